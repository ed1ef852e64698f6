"""The correction of a verified §."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motions.forms.fields import DayField


class CorrectionForm(forms.Form):
    """What, why, who and when; `seen` is how many corrections the page showed."""

    text = forms.CharField(
        label=_("Rättelse"),
        max_length=5000,
        help_text=_("Vad som står och vad som skulle ha stått: I beslutet står ”2025”. Det ska vara ”2026”."),
        widget=forms.Textarea({"rows": 4}),
    )
    reason = forms.CharField(
        label=_("Skäl"),
        max_length=1000,
        help_text=_("Till exempel: Skrivfel."),
        widget=forms.Textarea({"rows": 2}),
    )
    decided_by = forms.CharField(
        label=_("Beslutad av"),
        max_length=200,
        help_text=_("Till exempel: ordföranden och justerarna."),
        widget=forms.TextInput({"class": "is-medium"}),
    )
    corrected_on = DayField(label=_("Dag"), initial=timezone.localdate)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

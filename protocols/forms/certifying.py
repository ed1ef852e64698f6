"""What a certified copy says beside the name."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class CertifyForm(forms.Form):
    """The office of the one who certifies."""

    title = forms.CharField(
        label=_("Befattning"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization-title"}),
        help_text=_("Står under ditt namn, t.ex. nämndsekreterare."),
    )

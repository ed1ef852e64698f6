"""Withdrawing an issued extract."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WithdrawalForm(forms.Form):
    """Why; `code` is of the extract that the page showed."""

    reason = forms.CharField(
        label=_("Skäl"),
        max_length=1000,
        help_text=_("Visas för alla som kontrollerar utdraget. Till exempel: En bilaga saknades."),
        widget=forms.Textarea({"rows": 3}),
    )
    code = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

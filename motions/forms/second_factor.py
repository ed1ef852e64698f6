"""The field for a one-time code."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FirstCodeForm(forms.Form):
    """The first code of a new key: six digits."""

    code = forms.CharField(
        label=_("Koden som appen visar"),
        max_length=40,
        widget=forms.TextInput(
            {
                "class": "is-short",
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Skriv de sex siffror som appen visar.")},
    )


class OneTimeCodeForm(forms.Form):
    """A code from the app, or a recovery code."""

    code = forms.CharField(
        label=_("Engångskod"),
        max_length=40,
        help_text=_("De sex siffror som din app visar nu. Har du inte telefonen: en av dina reservkoder."),
        widget=forms.TextInput(
            {
                "class": "is-medium",
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Skriv engångskoden.")},
    )

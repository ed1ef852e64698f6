"""Saying who and what the names and letters of imported minutes are."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from motions.forms.fields import line_field
from motions.models import Party, Person


class SamePersonForm(forms.Form):
    """Somebody of the register."""

    person = forms.ModelChoiceField(
        Person.objects.all(),
        label=_("Person"),
        error_messages={
            "required": _("Välj en person."),
            "invalid_choice": _("Personen finns inte i registret."),
        },
    )


class NewPersonForm(forms.Form):
    """Somebody new, as the register writes a name."""

    given_name = line_field(label=_("Förnamn"), max_length=60)
    family_name = line_field(label=_("Efternamn"), max_length=80)


class SamePartyForm(forms.Form):
    """A party of the register."""

    party = forms.ModelChoiceField(
        Party.objects.all(),
        label=_("Parti i registret"),
        empty_label=_("Välj parti"),
        error_messages={"required": _("Välj ett parti."), "invalid_choice": _("Välj ett parti i listan.")},
    )


class NewPartyForm(forms.Form):
    """A new party's whole name; its letters are those printed."""

    name = line_field(label=_("Partiets namn"), max_length=80)

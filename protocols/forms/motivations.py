"""How many back each motivation of a referral back, where there are several (KL 5 kap. 50 §)."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

_PREFIX = "backing_"


class BackingForm(forms.Form):
    """A number for each motivation, none where it was not tried: part of the forms that find and vote."""

    def ask_backing(self, motivations: Mapping[int, str]) -> None:
        """Ask for each of them: what it is called, by the proposal's id."""
        for pk, words in motivations.items():
            self.fields[f"{_PREFIX}{pk}"] = forms.IntegerField(
                label=words,
                min_value=0,
                max_value=1000,
                required=False,
                widget=forms.NumberInput({"class": "is-short"}),
                help_text=_("Biträds av så många; tomt om det inte prövas."),
            )

    @property
    def backing_fields(self) -> list[forms.BoundField]:
        """The fields asked for."""
        return [self[name] for name in self.fields if name.startswith(_PREFIX)]

    @property
    def backing(self) -> dict[int, int]:
        """The numbers that were given, by the proposal's id."""
        given = {field.name: self.cleaned_data.get(field.name) for field in self.backing_fields}
        return {int(name.removeprefix(_PREFIX)): value for name, value in given.items() if value is not None}

"""Who leads the meeting and who verifies its minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from protocols.forms.numbers import NumbersField
from protocols.forms.people import PeopleField, PersonField, offer
from protocols.models import Attendance, Meeting
from protocols.queries.attendance import free_substitutes, serving


class OfficesForm(forms.Form):
    """The meeting's chair and its verifiers, of those who serve."""

    chair = PersonField(
        label=_("Ordförande"),
        help_text=_("Den som leder sammanträdet i dag; ordföranden justerar alltid."),
    )
    verifiers = PeopleField(
        label=_("Justerare"),
        widget=forms.SelectMultiple({"data-combobox": True}),
        help_text=_("Skriv några bokstäver i namnet."),
    )

    def __init__(
        self, meeting: Meeting, rows: Sequence[Attendance], data: Mapping[str, Any] | None = None
    ) -> None:
        chosen = [str(pk) for pk in meeting.verifiers.values_list("pk", flat=True)]
        super().__init__(data, initial={"chair": meeting.chair_id, "verifiers": chosen})
        for name in self.fields:
            offer(self, name, rows, offered=serving(rows))


class MoveForm(forms.Form):
    """Somebody who came or left, when, and who stepped in."""

    person = PersonField(label=_("Vem"), widget=forms.Select({"data-combobox": True}))
    is_present = forms.TypedChoiceField(
        label=_("Vad"),
        choices=[("0", _("lämnade")), ("1", _("kom"))],
        coerce=lambda value: value == "1",
        widget=forms.Select({"class": "is-medium"}),
    )
    at = forms.TimeField(
        label=_("Klockan"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "is-short"}),
    )
    substitute = PersonField(
        label=_("I stället träder in"), required=False, widget=forms.Select({"data-combobox": True})
    )

    def __init__(
        self, meeting: Meeting, rows: Sequence[Attendance], data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, prefix="move")
        offer(self, "person", rows, offered=rows)
        offer(self, "substitute", rows, offered=free_substitutes(rows, besides=()))
        self.fields["at"].help_text = _("Tomt: från öppnandet.") if meeting.is_closed else _("Tomt: nu.")


class OtherForm(forms.Form):
    """Somebody in the room without a seat, as what, and for which §§."""

    name = forms.CharField(label=_("Namn"), max_length=120, widget=forms.TextInput({"autocomplete": "off"}))
    function = forms.CharField(
        label=_("Funktion"),
        max_length=120,
        help_text=_("Till exempel regiondirektör, sakkunnig eller gäst."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    numbers = NumbersField(
        label=_("Bara paragraf"), help_text=_("Till exempel 4 eller 4–6, 9. Tomt: hela sammanträdet.")
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, prefix="other")


class RollCallForm(forms.Form):
    """Everybody on the list, here or not: a field a person."""

    def __init__(self, rows: Sequence[Attendance], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        for row in rows:
            self.fields[f"person-{row.person_id}"] = forms.TypedChoiceField(
                label=str(row),
                choices=[("n", _("Närvarande")), ("f", _("Frånvarande"))],
                coerce=lambda value: value == "n",
                initial="n" if row.is_present else "f",
                error_messages={"required": _("Anteckna närvarande eller frånvarande.")},
            )
        self._rows = rows

    @property
    def calls(self) -> list[tuple[Attendance, forms.BoundField]]:
        """Each person with the field."""
        return [(row, self[f"person-{row.person_id}"]) for row in self._rows]

    @property
    def present(self) -> set[int]:
        """The ids of those who are here."""
        return {row.person_id for row in self._rows if self.cleaned_data[f"person-{row.person_id}"]}


class PresenceForm(forms.Form):
    """One person of the list, present or absent."""

    person = forms.IntegerField()
    is_present = forms.TypedChoiceField(choices=[("1", ""), ("0", "")], coerce=lambda value: value == "1")


class ServeForm(forms.Form):
    """A substitute who steps in for a member."""

    member = forms.IntegerField()
    substitute = forms.IntegerField()

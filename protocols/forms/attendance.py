"""Who leads the meeting and who verifies its minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from protocols.forms.people import PeopleField, PersonField, offer
from protocols.models import Attendance, Meeting
from protocols.queries.attendance import serving


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


class PresenceForm(forms.Form):
    """One person of the list, present or absent."""

    person = forms.IntegerField()
    is_present = forms.TypedChoiceField(choices=[("1", ""), ("0", "")], coerce=lambda value: value == "1")


class ServeForm(forms.Form):
    """A substitute who steps in for a member."""

    member = forms.IntegerField()
    substitute = forms.IntegerField()

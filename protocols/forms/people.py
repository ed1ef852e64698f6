"""Choosing people from a meeting's attendance list, each with the party of the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motions.models import Person
from protocols.models import Attendance

_ERRORS = {"invalid_choice": _("Välj någon ur närvarolistan.")}


class _OnTheList(forms.ChoiceField):
    """Offers some of the attendance list, but accepts all of it: the rules say why somebody may not."""

    people: dict[str, Person]
    with_blank = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(error_messages=_ERRORS, **kwargs)
        self.people = {}

    def offer(
        self, rows: Iterable[Attendance], *, offered: Iterable[Attendance], chosen: Sequence[str] = ()
    ) -> None:
        """Fill the list: those chosen first, in the order chosen, so that it survives an error."""
        labels = {str(row.person_id): str(row) for row in rows}
        self.people = {str(row.person_id): row.person for row in rows}
        first = {pk: labels[pk] for pk in chosen if pk in labels}
        rest = {str(row.person_id): str(row) for row in offered}
        blank = [("", "")] if self.with_blank else []
        self.choices = [*blank, *(first | rest).items()]

    def valid_value(self, value: Any) -> bool:
        """Whether the person is on the list at all."""
        return str(value) in self.people


class PersonField(_OnTheList):
    """One person; None where nobody is chosen and nobody need be."""

    with_blank = True

    def clean(self, value: Any) -> Person | None:
        """The person chosen."""
        return self.people.get(super().clean(value))


class PeopleField(_OnTheList, forms.MultipleChoiceField):
    """One or several people, in the order they were chosen."""

    def clean(self, value: Any) -> list[Person]:
        """The people chosen."""
        return [self.people[pk] for pk in forms.MultipleChoiceField.clean(self, value)]


def offer(form: forms.Form, name: str, rows: Sequence[Attendance], *, offered: Sequence[Attendance]) -> None:
    """Fill a field of people, those already chosen first."""
    field = form.fields[name]
    assert isinstance(field, PersonField | PeopleField)
    value = form[name].value() or []
    field.offer(rows, offered=offered, chosen=value if isinstance(value, list) else [str(value)])

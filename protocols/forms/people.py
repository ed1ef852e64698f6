"""Choosing people from a meeting's attendance list, each with the party of the day, or parties' groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motions.models import Party, Person
from protocols.models import Attendance
from protocols.models.decision import group_name

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


class MoversField(_OnTheList, forms.MultipleChoiceField):
    """People as in PeopleField, and parties' groups: those with somebody on the list."""

    groups: dict[str, Party]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.groups = {}

    def offer(
        self, rows: Iterable[Attendance], *, offered: Iterable[Attendance], chosen: Sequence[str] = ()
    ) -> None:
        """Fill the list as above; the groups of those offered follow, a party each."""
        known, named = list(rows), list(offered)
        super().offer(known, offered=named, chosen=chosen)
        self.groups = {group_value(row.party): row.party for row in known if row.party}
        present = {row.party_id for row in named}
        parties = sorted(self.groups.items(), key=lambda item: (item[1].position, item[1].code))
        groups = {key: group_name(party) for key, party in parties}
        labels = {str(row.person_id): str(row) for row in known} | groups
        first = [(key, labels[key]) for key in chosen if key in labels]
        people = [(str(row.person_id), str(row)) for row in named if str(row.person_id) not in chosen]
        rest = [(key, groups[key]) for key, party in parties if party.pk in present and key not in chosen]
        self.choices = [*first, *people, *([(_("Partigrupper"), rest)] if rest else [])]

    def valid_value(self, value: Any) -> bool:
        """Whether the person or the group is on the list at all."""
        return str(value) in self.groups or super().valid_value(value)

    def clean(self, value: Any) -> list[Person | Party]:
        """The people and groups chosen, in the order they were chosen."""
        chosen = forms.MultipleChoiceField.clean(self, value)
        return [self.groups.get(key) or self.people[key] for key in chosen]


def group_value(party: Party) -> str:
    """What stands for a party's group in a form."""
    return f"parti-{party.pk}"


def offer(form: forms.Form, name: str, rows: Sequence[Attendance], *, offered: Sequence[Attendance]) -> None:
    """Fill a field of people, those already chosen first."""
    field = form.fields[name]
    assert isinstance(field, PersonField | PeopleField | MoversField)
    value = form[name].value() or []
    field.offer(rows, offered=offered, chosen=value if isinstance(value, list) else [str(value)])

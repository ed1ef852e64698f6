"""Fields that several forms share: days of the case, short texts, and persons who moved something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from motions.actions.documents import read_pdf
from motions.errors import DomainError
from motions.identity_numbers import refuse_identity_numbers
from motions.models import Person
from motions.queries.people import Candidate
from motions.texts import plain
from motions.wording.days import long_day

#: No register goes further back; an earlier day is a slip of the finger.
EARLIEST = date(1990, 1, 1)
#: The longest id a browser can have been given.
_ID_DIGITS = 18
MOST_MOVERS = 100


def no_identity_number(text: str) -> None:
    """Validator: no personal identity number in what is typed (dataskyddslagen 3 kap. 10 §)."""
    try:
        refuse_identity_numbers(plain(text))
    except DomainError as error:
        raise ValidationError(str(error), code="identity_number") from error


class DayField(forms.DateField):
    """A day that has been: not before `earliest`, not in the future."""

    def __init__(self, *, earliest: date = EARLIEST, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
        options.setdefault("input_formats", ["%Y-%m-%d", "%Y%m%d"])
        super().__init__(**options)
        self.error_messages |= {
            "required": _("Ange en dag."),
            "invalid": _("Skriv en dag som finns, i formen ÅÅÅÅ-MM-DD."),
        }
        self.earliest = earliest
        self.widget.attrs["min"] = earliest.isoformat()

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        """Tell the browser the last possible day: today, on each request."""
        self.widget.attrs["max"] = timezone.localdate().isoformat()
        return super().get_bound_field(form, field_name)

    def validate(self, value: date | None) -> None:
        """Raise ValidationError outside the bounds."""
        super().validate(value)
        if value is None:
            return
        if value > timezone.localdate():
            raise ValidationError(_t("Dagen ligger i framtiden."), code="future")
        if value < self.earliest:
            words = {"day": long_day(self.earliest)}
            raise ValidationError(_t("Dagen är före %(day)s.") % words, code="too_early")


def line_field(*, label: Any, max_length: int, required: bool = True, **options: Any) -> forms.CharField:
    """A text of one line without personal identity numbers."""
    return forms.CharField(
        label=label,
        max_length=max_length,
        required=required,
        validators=[no_identity_number],
        error_messages={"max_length": _("Högst %(limit_value)d tecken; du har skrivit %(show_value)d.")},
        **options,
    )


class PeopleSelect(forms.SelectMultiple):
    """Found by typing some letters; without JavaScript a plain list."""

    def optgroups(
        self, name: str, value: list[str], attrs: dict[str, Any] | None = None
    ) -> list[tuple[str | None, list[dict[str, Any]], int | None]]:
        """Put the chosen ones first, in the order chosen: that is the order they are sent in again."""
        order = {pk: index for index, pk in enumerate(value)}
        choices = list(self.choices)
        self.choices = sorted(choices, key=lambda choice: order.get(str(choice[0]), len(order)))
        groups = super().optgroups(name, value, attrs)
        self.choices = choices
        return groups


class PeopleField(forms.Field):
    """Persons in the order chosen. Whether each may do what is asked is told by the action, by name."""

    widget = PeopleSelect

    def clean(self, value: Any) -> list[Person]:
        """The persons; ValidationError for none, or for an id of nobody."""
        typed = list(dict.fromkeys(value or []))
        if self.required and not typed:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(typed) > MOST_MOVERS:
            raise ValidationError(_t("Högst %(most)s personer.") % {"most": MOST_MOVERS}, code="too_many")
        found = Person.objects.in_bulk(ids(typed))
        people = [found[pk] for pk in ids(typed) if pk in found]
        if len(people) != len(typed):
            raise ValidationError(_t("Välj personer ur listan."), code="unknown")
        return people

    def offer(self, chosen: Iterable[Candidate], others: Sequence[Candidate]) -> None:
        """Say which persons can be picked, beside those already chosen."""
        candidates = {candidate.pk: candidate for candidate in (*chosen, *others)}
        self.widget.choices = [(str(row.pk), row.label) for row in candidates.values()]


def ids(values: Iterable[Any]) -> list[int]:
    """The ids among what a browser sent; anything else is left out."""
    texts = [str(value) for value in values]
    return [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) <= _ID_DIGITS]


def whole_pdf(file: UploadedFile[bytes]) -> UploadedFile[bytes]:
    """The file, to be read from its start; ValidationError for what is no whole PDF."""
    try:
        read_pdf(file)
    except DomainError as error:
        raise ValidationError(str(error)) from error
    file.seek(0)
    return file

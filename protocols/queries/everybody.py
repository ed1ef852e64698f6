"""A meeting as each who stands on its list sees it: read once, for one of them or for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from django.db.models import Prefetch, QuerySet

from motions.errors import DomainError
from motions.models import Person
from protocols.enums import NonParticipationKind
from protocols.models import (
    Attendance,
    Meeting,
    MinutesNote,
    NonParticipation,
    Paragraph,
    Reservation,
    ReservationPerson,
)
from protocols.queries.agenda import AgendaItem, agenda_items
from protocols.queries.fate import fates_of_proposals
from protocols.queries.reservations import Standing
from protocols.queries.service import served_by

Row = TypeVar("Row")

#: Of each person, by the paragraph's id.
ByPerson = Mapping[int, Mapping[int, Row]]


@dataclass(frozen=True)
class MyItem:
    """One item of the meeting, with what the person has done and may do about it."""

    item: AgendaItem
    standing: Standing
    reservation: Reservation | None = None
    note: MinutesNote | None = None

    @property
    def paragraph(self) -> Paragraph:
        return self.item.paragraph

    @cached_property
    def refusal(self) -> DomainError | None:
        """Why the person may not reserve now, None where it is allowed."""
        return self.standing.reservation_refusal()

    @property
    def can_reserve(self) -> bool:
        return self.refusal is None

    @property
    def can_note(self) -> bool:
        return self.standing.note_refusal() is None


@dataclass(frozen=True)
class MyMeeting:
    """A meeting on whose attendance list the person stands.

    `fate`: what became of the person's own proposals in the item that was decided last, in words.
    """

    meeting: Meeting
    attendance: Attendance
    items: Sequence[MyItem]
    fate: str = ""

    @cached_property
    def now(self) -> MyItem | None:
        """The § being dealt with, else the one decided last; None before the first and after the meeting."""
        now = _now([item.item for item in self.items]) if self.meeting.is_open else None
        return next((item for item in self.items if item.paragraph is now), None)

    @property
    def earlier(self) -> list[MyItem]:
        """Decided ones against which the person can still reserve, besides the one of now; latest first."""
        now = self.now
        return [item for item in reversed(self.items) if item is not now and item.can_reserve]

    @property
    def reserved(self) -> list[MyItem]:
        return [item for item in self.items if item.reservation]

    @property
    def noted(self) -> list[MyItem]:
        return [item for item in self.items if item.note]

    @property
    def decided(self) -> list[MyItem]:
        return [item for item in self.items if item.paragraph.is_decided]

    @property
    def left(self) -> list[MyItem]:
        """What is still on the agenda."""
        return [item for item in self.items if item.paragraph.is_draft]


@dataclass(frozen=True)
class Everybody:
    """The meeting with what each of the persons read has done in it; `attendance` and the rest by person."""

    meeting: Meeting
    items: Sequence[AgendaItem]
    attendance: Mapping[int, Attendance]
    serves: Mapping[int, set[int]]
    stayed_out: ByPerson[str]
    reservations: ByPerson[Reservation]
    notes: ByPerson[MinutesNote]
    fates: Mapping[int, str]

    def likeness(self, person: int) -> Hashable:
        """The same for two to whom the meeting looks the same."""
        row = self.attendance[person]
        return (
            (row.is_present, row.is_seated, row.replaces_id),
            frozenset(self.serves.get(person, ())),
            frozenset(self.stayed_out.get(person, {}).items()),
            frozenset(found.pk for found in self.reservations.get(person, {}).values()),
            frozenset(found.pk for found in self.notes.get(person, {}).values()),
            self.fates.get(person, ""),
        )

    def shown_to(self, person: int) -> MyMeeting:
        """The meeting as the person sees it."""
        serves = self.serves.get(person, set())
        stayed_out = self.stayed_out.get(person, {})
        reservations, notes = self.reservations.get(person, {}), self.notes.get(person, {})
        attendance = self.attendance[person]
        items = [
            MyItem(
                item,
                Standing(
                    item.paragraph,
                    attendance,
                    item.paragraph.pk in serves,
                    NonParticipationKind(stayed_out[item.paragraph.pk])
                    if item.paragraph.pk in stayed_out
                    else None,
                    has_reserved=item.paragraph.pk in reservations,
                ),
                reservations.get(item.paragraph.pk),
                notes.get(item.paragraph.pk),
            )
            for item in self.items
        ]
        return MyMeeting(self.meeting, attendance, items, self.fates.get(person, ""))


def read_everybody(meeting: Meeting, persons: Collection[Person] | None = None) -> Everybody:
    """The meeting as it is now, for the persons or for all on its list, in a fixed number of queries."""
    rows = meeting.attendance.select_related("person", "replaces")
    if persons is not None:
        rows = rows.filter(person__in=persons)
    attendance = {row.person_id: row for row in rows}
    items = agenda_items(meeting.paragraphs.all(), with_history=False)
    now = _now(items)
    decided = now if now and now.is_decided else None
    return Everybody(
        meeting,
        items,
        attendance,
        served_by(meeting, attendance, [item.paragraph for item in items]),
        _stayed_out(meeting, attendance),
        _reservations(meeting, attendance),
        _notes(meeting, attendance),
        fates_of_proposals(decided, attendance) if decided else {},
    )


def reservants() -> Prefetch[str, QuerySet[ReservationPerson], str]:
    """Loads with reservations those who made them."""
    return Prefetch("person_rows", ReservationPerson.objects.select_related("person", "party"))


def _now(items: Sequence[AgendaItem]) -> Paragraph | None:
    """The § being dealt with, else the one decided last."""
    paragraphs = [item.paragraph for item in items]
    taken_up = next((paragraph for paragraph in paragraphs if paragraph.is_taken_up), None)
    decided = [(paragraph.decided_at, paragraph) for paragraph in paragraphs if paragraph.decided_at]
    return taken_up or max(decided, key=lambda pair: pair[0], default=(None, None))[1]


def _stayed_out(meeting: Meeting, persons: Collection[int]) -> ByPerson[str]:
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    rows = NonParticipation.objects.filter(paragraph__meeting=meeting, person__in=persons, clauses=[])
    for person, paragraph, kind in rows.values_list("person_id", "paragraph_id", "kind"):
        found[person][paragraph] = kind
    return found


def _reservations(meeting: Meeting, persons: Collection[int]) -> ByPerson[Reservation]:
    found: defaultdict[int, dict[int, Reservation]] = defaultdict(dict)
    rows = Reservation.objects.filter(paragraph__meeting=meeting, persons__in=persons).distinct()
    for row in rows.prefetch_related(reservants()):
        for part in row.person_rows.all():
            found[part.person_id][row.paragraph_id] = row
    return found


def _notes(meeting: Meeting, persons: Collection[int]) -> ByPerson[MinutesNote]:
    found: defaultdict[int, dict[int, MinutesNote]] = defaultdict(dict)
    for row in MinutesNote.objects.filter(paragraph__meeting=meeting, person__in=persons):
        found[row.person_id][row.paragraph_id] = row
    return found

"""An elected representative's own meeting: what is decided now, and what one may still do about it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from motions.errors import DomainError
from motions.models import Person
from protocols.enums import MeetingState, NonParticipationKind, ParagraphState
from protocols.models import (
    Attendance,
    Meeting,
    MinutesNote,
    NonParticipation,
    Paragraph,
    Reservation,
    ReservationPerson,
    Verification,
)
from protocols.queries.agenda import AgendaItem, agenda_items
from protocols.queries.fate import fate_of_proposals
from protocols.queries.reservations import Standing
from protocols.queries.service import served_by


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

    @property
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

    @property
    def now(self) -> MyItem | None:
        """The § being dealt with, else the one decided last; None before the first and after the meeting."""
        return _now(self.items) if self.meeting.is_open else None

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
class Duty:
    """Minutes that the person is to verify; done: others have still to do it."""

    meeting: Meeting
    is_done: bool


@dataclass(frozen=True)
class MyPage:
    """All that the page of one's own meeting shows."""

    person: Person
    today: date
    open_meetings: Sequence[Meeting]
    shown: MyMeeting | None
    coming: Meeting | None
    to_write: Sequence[Reservation]
    duties: Sequence[Duty]

    @property
    def refresh_seconds(self) -> int:
        """How often the page asks for news besides being told of them (config.streams); 0: never."""
        if any(meeting.is_open for meeting in self.open_meetings):
            return 30
        return 30 if self.coming and self.coming.held_on == self.today else 0

    @property
    def has_duty_now(self) -> bool:
        """Whether a § of a meeting that goes on waits for the person's verification."""
        return any(duty.meeting.is_open and not duty.is_done for duty in self.duties)

    @property
    def fingerprint(self) -> str:
        """The same as long as the page would look the same."""
        shown = self.shown
        parts: list[object] = [
            self.refresh_seconds,
            [meeting.pk for meeting in self.open_meetings],
            self.coming and self.coming.pk,
            [(row.pk, row.version) for row in self.to_write],
            [(duty.meeting.pk, duty.is_done) for duty in self.duties],
        ]
        if shown:
            parts += [shown.meeting.pk, shown.meeting.state, shown.fate, *map(_look, shown.items)]
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def my_page(person: Person, *, meeting: Meeting | None, today: date, verifies: bool) -> MyPage:
    """The page for the chosen meeting, or for the one that is going on; a fixed number of queries.

    `verifies`: whether the person's login may verify minutes at all, and is to be told of them.
    """
    ongoing = list(meetings_of(person).filter(state=MeetingState.OPEN).order_by("-opened_at", "-pk"))
    chosen = meeting or next(iter(ongoing), None)
    shown = my_meeting(person, chosen) if chosen else None
    return MyPage(
        person,
        today,
        ongoing,
        shown,
        None if ongoing else _coming(person, today),
        _to_write(person, besides=chosen),
        _duties(person) if verifies else [],
    )


def meetings_of(person: Person) -> QuerySet[Meeting]:
    """The meetings on whose attendance list the person stands."""
    return Meeting.objects.filter(attendance__person=person).select_related("body")


def my_meeting(person: Person, meeting: Meeting) -> MyMeeting:
    """The meeting as it is now. Raises Attendance.DoesNotExist for one who is not on its list."""
    attendance = meeting.attendance.select_related("replaces").get(person=person)
    items = _items(person, meeting, attendance)
    now = _now(items)
    decided = now.paragraph if now and now.paragraph.is_decided else None
    return MyMeeting(meeting, attendance, items, fate_of_proposals(decided, person) if decided else "")


def _items(person: Person, meeting: Meeting, attendance: Attendance) -> list[MyItem]:
    rows = Reservation.objects.filter(paragraph__meeting=meeting, persons=person)
    reservations = {row.paragraph_id: row for row in rows.prefetch_related(_persons())}
    notes = {
        row.paragraph_id: row for row in MinutesNote.objects.filter(paragraph__meeting=meeting, person=person)
    }
    stayed_out = dict(
        NonParticipation.objects.filter(paragraph__meeting=meeting, person=person, clauses=[]).values_list(
            "paragraph_id", "kind"
        )
    )
    items = agenda_items(meeting.paragraphs.all(), with_history=False)
    serves = served_by(meeting, attendance, [item.paragraph for item in items])
    return [
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
        for item in items
    ]


def _now(items: Sequence[MyItem]) -> MyItem | None:
    """The § being dealt with, else the one decided last."""
    taken_up = next((item for item in items if item.paragraph.is_taken_up), None)
    decided = [(item.paragraph.decided_at, item) for item in items if item.paragraph.decided_at]
    return taken_up or max(decided, key=lambda pair: pair[0], default=(None, None))[1]


def _coming(person: Person, today: date) -> Meeting | None:
    planned = meetings_of(person).filter(state=MeetingState.PLANNED, held_on__gte=today)
    return planned.order_by("held_on", "starts_at", "pk").first()


def _to_write(person: Person, *, besides: Meeting | None) -> list[Reservation]:
    """The person's reservations in minutes that are not verified, those without a text first."""
    found = Reservation.objects.filter(persons=person).exclude(paragraph__state=ParagraphState.VERIFIED)
    if besides:
        found = found.exclude(paragraph__meeting=besides)
    rows = found.select_related("paragraph__meeting__body").prefetch_related(_persons())
    return sorted(rows, key=lambda row: (bool(row.html), row.paragraph.meeting.verify_by, row.pk))


def _persons() -> Prefetch[str, QuerySet[ReservationPerson], str]:
    return Prefetch("person_rows", ReservationPerson.objects.select_related("person", "party"))


def _duties(person: Person) -> list[Duty]:
    decided = Paragraph.objects.filter(
        Q(meeting__state=MeetingState.CLOSED) | Q(is_immediate=True),
        meeting=OuterRef("pk"),
        state=ParagraphState.DECIDED,
    )
    mine = Verification.objects.filter(paragraph=OuterRef("pk"), person=person)
    chosen = Meeting.verifiers.through.objects.filter(meeting=OuterRef("meeting"), person=person)
    decided = decided.filter(Q(chair=person) | Exists(chosen))
    meetings = Meeting.objects.filter(Exists(decided), ~Q(state=MeetingState.PLANNED))
    rows = list(meetings.select_related("body").order_by("held_on", "pk"))
    waiting = (
        set(meetings.filter(Exists(decided.filter(~Exists(mine)))).values_list("pk", flat=True))
        if rows
        else set()
    )
    return [Duty(meeting, is_done=meeting.pk not in waiting) for meeting in rows]


def _look(item: MyItem) -> tuple[object, ...]:
    paragraph = item.paragraph
    return (
        paragraph.pk,
        paragraph.state,
        paragraph.label,
        paragraph.title,
        item.item.brief,
        str(item.refusal),
        item.can_note,
        item.reservation and (item.reservation.pk, item.reservation.version),
        item.note and item.note.version,
    )

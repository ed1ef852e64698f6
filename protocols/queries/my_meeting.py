"""An elected representative's own meeting: what is decided now, and what one may still do about it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from motions.models import Person
from protocols.enums import MeetingState, ParagraphState
from protocols.models import Attendance, Meeting, Paragraph, Reservation, Verification
from protocols.queries.everybody import Everybody, MyItem, MyMeeting, read_everybody, reservants


@dataclass(frozen=True)
class Duty:
    """Minutes that the person is to verify; done: others have still to do it."""

    meeting: Meeting
    is_done: bool


@dataclass(frozen=True)
class MyPage:
    """All that the page of one's own meeting shows; what was stored before `read_at` is in it."""

    person: Person
    today: date
    read_at: datetime
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
            mine, now = shown.attendance, shown.now
            parts += [mine.is_present, mine.is_seated, mine.replaces_id, now and now.standing.serves]
            parts += [shown.meeting.pk, shown.meeting.state, shown.fate, *map(_look, shown.items)]
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def my_page(person: Person, *, meeting: Meeting | None, today: date, verifies: bool) -> MyPage:
    """The page for the chosen meeting, or for the one that is going on; a fixed number of queries.

    `verifies`: whether the person's login may verify minutes at all, and is to be told of them.
    """
    read_at = timezone.now()
    ongoing = list(meetings_of(person).filter(state=MeetingState.OPEN).order_by("-opened_at", "-pk"))
    chosen = meeting or next(iter(ongoing), None)
    shown = read_everybody(chosen, [person]).shown_to(person.pk) if chosen else None
    return MyPage(
        person,
        today,
        read_at,
        ongoing,
        shown,
        None if ongoing else _coming(person, today),
        _to_write(person, besides=chosen),
        _duties(person) if verifies else [],
    )


def meetings_of(person: Person) -> QuerySet[Meeting]:
    """The meetings on whose attendance list the person stands."""
    held = Meeting.objects.exclude(state=MeetingState.CANCELLED)
    return held.filter(attendance__person=person).select_related("body")


def page_brought(everybody: Everybody, person: int, *, today: date, read_at: datetime) -> MyPage:
    """The page of one who is not `busy_elsewhere`, in no query."""
    shown = everybody.shown_to(person)
    return MyPage(shown.attendance.person, today, read_at, [everybody.meeting], shown, None, [], [])


def busy_elsewhere(meeting: Meeting) -> set[int]:
    """The persons whose page may show more than this open meeting: rather one too many than one too few."""
    elsewhere = Attendance.objects.filter(meeting__state=MeetingState.OPEN).exclude(meeting=meeting)
    to_write = _unverified().exclude(paragraph__meeting=meeting)
    to_verify = Meeting.objects.filter(paragraphs__in=_decided())
    return {
        *elsewhere.values_list("person_id", flat=True),
        *to_write.values_list("persons", flat=True),
        *to_verify.values_list("chair", flat=True),
        *to_verify.values_list("verifiers", flat=True),
    }


def _coming(person: Person, today: date) -> Meeting | None:
    planned = meetings_of(person).filter(state=MeetingState.PLANNED, held_on__gte=today)
    return planned.order_by("held_on", "starts_at", "pk").first()


def _to_write(person: Person, *, besides: Meeting | None) -> list[Reservation]:
    """The person's reservations in minutes that are not verified, those without a text first."""
    found = _unverified().filter(persons=person)
    if besides:
        found = found.exclude(paragraph__meeting=besides)
    rows = found.select_related("paragraph__meeting__body").prefetch_related(reservants())
    return sorted(rows, key=lambda row: (bool(row.html), row.paragraph.meeting.verify_by, row.pk))


def _unverified() -> QuerySet[Reservation]:
    """Reservations whose text can still be written."""
    return Reservation.objects.exclude(paragraph__state=ParagraphState.VERIFIED)


def _decided() -> QuerySet[Paragraph]:
    """What can be verified: after the meeting, or at once."""
    can_be = Q(meeting__state=MeetingState.CLOSED) | Q(is_immediate=True)
    return Paragraph.objects.filter(can_be, state=ParagraphState.DECIDED)


def _duties(person: Person) -> list[Duty]:
    decided = _decided().filter(meeting=OuterRef("pk"))
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

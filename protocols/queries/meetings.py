"""Meetings as they are listed: when, what waits, and how far the verification has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page
from django.db.models import Count, Q, QuerySet

from motions.models import Body, User
from motions.permissions import Permission, has_permission
from protocols.enums import MeetingState, ParagraphState
from protocols.models import Attendance, Meeting, Paragraph


@dataclass(frozen=True)
class MeetingRow:
    """A meeting with its items: how many there are, how many are decided and of these verified."""

    meeting: Meeting
    today: date
    items: int
    decided: int
    verified: int

    @property
    def unverified(self) -> int:
        """Decided ones whose text is not frozen yet."""
        return self.decided - self.verified

    @property
    def days_left(self) -> int:
        """Days until the last day of verification (KL 5 kap. 69 §), negative when it has passed."""
        return (self.meeting.verify_by - self.today).days

    @property
    def days_over(self) -> int:
        """Days since the last day of verification."""
        return -self.days_left

    @property
    def summons_days_left(self) -> int:
        """Days until the last day for summons (KL 5 kap. 15 §), negative when it has passed."""
        return (self.meeting.summon_by - self.today).days


@dataclass(frozen=True)
class Presence:
    """How many serve at a meeting, of how many seats, and how many must (KL 5 kap. 45 §, 6 kap. 27 §)."""

    serving: int
    seats: int
    quorum: int

    @property
    def is_quorate(self) -> bool:
        return self.serving >= self.quorum


def followed_by(user: User) -> QuerySet[Meeting]:
    """The meetings whose unverified paragraphs the user may see."""
    if has_permission(user, Permission.READ_DRAFTS):
        return Meeting.objects.all()
    return Meeting.objects.of_person(user.person_id or 0)


def open_now(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Those going on."""
    return meetings.filter(state=MeetingState.OPEN).order_by("held_on", "starts_at", "pk")


def coming(meetings: QuerySet[Meeting], *, today: date) -> QuerySet[Meeting]:
    """Planned ones, the next one first; one never opened stays until it is, a cancelled one for its day."""
    is_cancelled = Q(state=MeetingState.CANCELLED, held_on__gte=today)
    return meetings.filter(Q(state=MeetingState.PLANNED) | is_cancelled).order_by(
        "held_on", "starts_at", "pk"
    )


def past(meetings: QuerySet[Meeting], *, today: date) -> QuerySet[Meeting]:
    """Closed ones, latest first, and those that were cancelled."""
    was_cancelled = Q(state=MeetingState.CANCELLED, held_on__lt=today)
    return meetings.filter(Q(state=MeetingState.CLOSED) | was_cancelled)


def unverified(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Closed ones with a § whose text is not verified, those that must be verified first first."""
    waiting = Paragraph.objects.filter(state=ParagraphState.DECIDED)
    closed = meetings.filter(state=MeetingState.CLOSED)
    return closed.filter(pk__in=waiting.values("meeting")).order_by("held_on", "pk")


def rows(meetings: QuerySet[Meeting], *, today: date) -> list[MeetingRow]:
    """The meetings with their counts, in two queries."""
    found = list(meetings.select_related("body"))
    counts: dict[int, dict[str, int]] = {
        row["meeting"]: {"items": row["items"], "decided": row["decided"], "verified": row["verified"]}
        for row in Paragraph.objects.filter(meeting__in=[meeting.pk for meeting in found])
        .order_by()
        .values("meeting")
        .annotate(
            items=Count("pk"),
            decided=Count("pk", filter=Q(state__in=[ParagraphState.DECIDED, ParagraphState.VERIFIED])),
            verified=Count("pk", filter=Q(state=ParagraphState.VERIFIED)),
        )
    }
    none = {"items": 0, "decided": 0, "verified": 0}
    return [_row(meeting, counts.get(meeting.pk, none), today) for meeting in found]


def _row(meeting: Meeting, counts: dict[str, int], today: date) -> MeetingRow:
    return MeetingRow(meeting, today, counts["items"], counts["decided"], counts["verified"])


def bodies_with(meetings: QuerySet[Meeting]) -> QuerySet[Body]:
    """The bodies that have held or planned one of the meetings."""
    return Body.objects.filter(pk__in=meetings.order_by().values("body"))


def others_planned(meeting: Meeting) -> QuerySet[Meeting]:
    """The body's other planned meetings, the next one first."""
    found = Meeting.objects.filter(body=meeting.body, state=MeetingState.PLANNED).exclude(pk=meeting.pk)
    return found.select_related("body").order_by("held_on", "starts_at", "pk")


def presence(meeting: Meeting) -> Presence:
    """Who serves, counted."""
    return presence_of(meeting, meeting.attendance.all())


def presence_of(meeting: Meeting, attendance: Iterable[Attendance]) -> Presence:
    """The same from rows that are loaded already."""
    serving = sum(row.is_serving for row in attendance)
    return Presence(serving, meeting.body.seats, meeting.body.quorum)


def latest(body: Body | None) -> Meeting | None:
    """The latest meeting of the body (None: of any), for what the next one is likely to have in common."""
    found = Meeting.objects.filter(body=body) if body else Meeting.objects.all()
    return found.first()


def on_page(page: Page[Meeting]) -> QuerySet[Meeting]:
    """The meetings of one page of a list."""
    return Meeting.objects.filter(pk__in=[meeting.pk for meeting in page])

"""What hangs on the notice board, and what can be certified about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Prefetch, QuerySet

from motions.enums import BodyKind
from protocols.deadlines import latest_posting_day
from protocols.enums import MeetingState
from protocols.models import Meeting, Notice, NoticeParagraph, Paragraph

#: Time and place of a planned fullmäktige are told this long before, its items when they must be told soon.
MEETING_TOLD = timedelta(weeks=4)
AGENDA_TOLD = timedelta(days=10)


@dataclass(frozen=True)
class PostedNotice:
    """A notice with its paragraphs as its page or card shows it on one day."""

    notice: Notice
    rows: Sequence[NoticeParagraph]
    today: date

    @property
    def is_up(self) -> bool:
        """Whether it hangs on the board today."""
        return self.today < self.notice.down_on

    @cached_property
    def appealable(self) -> list[Paragraph]:
        """The paragraphs whose decisions members can appeal against."""
        return [row.paragraph for row in self.rows if row.is_appealable]

    @cached_property
    def preparatory(self) -> list[Paragraph]:
        """Those that only prepare what another body decides."""
        return [row.paragraph for row in self.rows if not row.is_appealable]

    @property
    def can_appeal(self) -> bool:
        """Whether an appeal against any of it can still come in."""
        return bool(self.appealable) and self.today <= self.notice.appeal_until

    @property
    def days_up(self) -> int:
        """For how many days it hangs in all."""
        return (self.notice.down_on - self.notice.posted_on).days

    @property
    def days_left(self) -> int:
        """In how many days it comes down."""
        return (self.notice.down_on - self.today).days

    @cached_property
    def verified_on(self) -> list[date]:
        """The days on which its paragraphs were verified, the first first."""
        return sorted({row.paragraph.verified_on for row in self.rows if row.paragraph.verified_on})


@dataclass(frozen=True)
class Announcement:
    """A coming meeting of fullmäktige (kungörelse, KL 5 kap. 13 §); no items before they must be told."""

    meeting: Meeting
    items: Sequence[Paragraph]


@dataclass(frozen=True)
class NoticeBoard:
    """All that hangs on the board on one day."""

    notices: Sequence[PostedNotice]
    announcements: Sequence[Announcement]

    @property
    def is_empty(self) -> bool:
        return not self.notices and not self.announcements


@dataclass(frozen=True)
class ProofOfNotice:
    """Proof (anslagsbevis) that verified minutes were announced; `notices` in the order they were posted."""

    meeting: Meeting
    notices: Sequence[PostedNotice]


def notice_board(*, today: date) -> NoticeBoard:
    """The board of the day, the newest notice first and the next meeting first."""
    return NoticeBoard(_posted(Notice.objects.up_on(today), today), _announcements(today))


def notices_of(meeting: Meeting, *, today: date) -> list[PostedNotice]:
    """All notices of a meeting's minutes, in the order they were posted."""
    return _posted(meeting.notices.order_by("posted_on"), today)


def proof_of_notice(meeting: Meeting, *, today: date) -> ProofOfNotice | None:
    """What is certified about the meeting's minutes; None before any § is verified."""
    notices = notices_of(meeting, today=today)
    return ProofOfNotice(meeting, notices) if notices else None


def latest_notice_day(meeting: Meeting) -> date:
    """The last day for the notice where the minutes are verified on their own last day."""
    return latest_posting_day(meeting.verify_by)


def _posted(notices: QuerySet[Notice], today: date) -> list[PostedNotice]:
    rows = NoticeParagraph.objects.select_related("paragraph__body").order_by("paragraph__number")
    found = notices.select_related(
        "meeting__body", "meeting__secretary", "posted_by", "certified_by"
    ).prefetch_related(Prefetch("rows", queryset=rows))
    return [PostedNotice(notice, list(notice.rows.all()), today) for notice in found]


def _announcements(today: date) -> list[Announcement]:
    coming = (
        Meeting.objects.filter(
            body__kind=BodyKind.ASSEMBLY,
            state__in=[MeetingState.PLANNED, MeetingState.CANCELLED],
            held_on__gte=today,
            held_on__lte=today + MEETING_TOLD,
        )
        .select_related("body")
        .prefetch_related(Prefetch("paragraphs", queryset=Paragraph.objects.order_by("position", "pk")))
        .order_by("held_on", "starts_at", "pk")
    )
    return [
        Announcement(
            meeting,
            list(meeting.paragraphs.all())
            if meeting.is_planned and meeting.held_on <= today + AGENDA_TOLD
            else [],
        )
        for meeting in coming
    ]

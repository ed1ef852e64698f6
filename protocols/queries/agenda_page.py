"""Everything that the agenda page of a meeting shows, read at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from motions.models import Motion, Organisation, Person
from motions.permissions import HasRoles, Permission, has_permission
from motions.queries.clock import YearClock, year_clock
from protocols.enums import ParagraphKind
from protocols.models import Meeting, Summons
from protocols.queries.agenda import (
    BLOCK_KINDS,
    AgendaItem,
    agenda_items,
    history_of,
    motions_for_block,
    offered_motions,
    stranded_items,
    tabled_matters,
    tabled_motions,
)
from protocols.queries.completeness import Shortcoming, shortcomings
from protocols.queries.dispatch import stopped_letters
from protocols.queries.meetings import Presence, presence
from protocols.queries.notices import PostedNotice, latest_notice_day, notices_of
from protocols.queries.signing import Signing, signing_of
from protocols.queries.summons import latest_summons


@dataclass(frozen=True)
class OfferedMotion:
    """A ready motion with its year and its earlier treatment."""

    motion: Motion
    clock: YearClock
    history: Sequence[str]


@dataclass(frozen=True)
class OfferedBlock:
    """A block that can be made now, and of how many motions; `is_due`: the organisation's month for it."""

    name: str
    kind: ParagraphKind
    count: int
    is_due: bool = False


@dataclass(frozen=True)
class Offers:
    """What the secretary can put on the agenda; `tabled` names what was postponed to it.

    `stranded` names what stands on the agenda of a meeting that was cancelled.
    """

    motions: Sequence[OfferedMotion] = ()
    blocks: Sequence[OfferedBlock] = ()
    tabled: Sequence[str] = ()
    stranded: Sequence[str] = ()


@dataclass(frozen=True)
class AgendaPage:
    """A meeting as its agenda page shows it to one who may see `items`."""

    meeting: Meeting
    today: date
    items: Sequence[AgendaItem]
    presence: Presence
    verifiers: Sequence[Person]
    is_public: bool
    can_manage: bool
    has_minutes: bool = False
    verifies: bool = False
    shortcomings: Sequence[Shortcoming] = ()
    offers: Offers = field(default_factory=Offers)
    notices: Sequence[PostedNotice] = ()
    stopped_letters: int = 0
    summons: Summons | None = None
    signing: Signing | None = None

    @cached_property
    def settled(self) -> list[AgendaItem]:
        """Items taken up: their order stands."""
        return [item for item in self.items if not item.paragraph.is_draft]

    @cached_property
    def drafts(self) -> list[AgendaItem]:
        """Items still to come."""
        return [item for item in self.items if item.paragraph.is_draft]

    @property
    def current(self) -> AgendaItem | None:
        """The item being dealt with."""
        return next((item for item in self.items if item.paragraph.is_taken_up), None)

    @property
    def unsettled(self) -> list[AgendaItem]:
        """What hinders the closing."""
        return [item for item in self.items if not item.paragraph.is_decided]

    @property
    def unverified(self) -> int:
        """How many decided paragraphs still wait for verification."""
        return sum(item.paragraph.is_decided and not item.paragraph.is_verified for item in self.items)

    @property
    def immediate(self) -> int:
        """How many paragraphs wait to be verified while the meeting goes on."""
        waiting = [item.paragraph for item in self.items if item.paragraph.is_immediate]
        return sum(paragraph.is_decided and not paragraph.is_verified for paragraph in waiting)

    @property
    def is_verified(self) -> bool:
        """Whether the meeting is closed and every paragraph of it that the reader sees is verified."""
        seen = [item.paragraph.is_verified for item in self.items]
        return self.meeting.is_closed and bool(seen) and all(seen)

    @property
    def can_dispatch(self) -> bool:
        """Whether some § is verified, so that its extract can go out."""
        return any(item.paragraph.is_verified for item in self.items)

    @property
    def can_close(self) -> bool:
        """Whether nothing hinders the closing."""
        return not self.unsettled and bool(self.verifiers_chosen)

    @property
    def verifiers_chosen(self) -> list[Person]:
        """Those chosen beside the chair."""
        return [person for person in self.verifiers if person != self.meeting.chair]

    @property
    def days_left(self) -> int:
        """Days until the last day of verification (KL 5 kap. 69 §), negative when it has passed."""
        return (self.meeting.verify_by - self.today).days

    @property
    def latest_notice_day(self) -> date:
        """The last day for the notice of what is not verified yet (KL 8 kap. 12 §)."""
        return latest_notice_day(self.meeting)

    @property
    def is_ahead(self) -> bool:
        """Whether the day of the meeting is still to come."""
        return self.meeting.held_on > self.today

    @property
    def is_summoned(self) -> bool:
        """Whether a summons has been issued."""
        return self.summons is not None

    @property
    def is_notice_late(self) -> bool:
        """Whether the last day for the notice has passed (KL 5 kap. 13 §)."""
        return self.meeting.is_planned and self.today > (self.meeting.notify_by or self.today)

    @property
    def is_summons_late(self) -> bool:
        """Whether the last day for summons has passed, and nobody is summoned (KL 5 kap. 15 §)."""
        return self.meeting.is_planned and not self.is_summoned and self.today > self.meeting.summon_by


def read_agenda_page(meeting: Meeting, user: HasRoles, *, today: date) -> AgendaPage:
    """The page for one user, in a fixed number of queries."""
    meeting = Meeting.objects.select_related("body", "chair", "secretary").get(pk=meeting.pk)
    can_manage = has_permission(user, Permission.MANAGE_MEETING)
    present = presence(meeting)
    verifiers = [*([meeting.chair] if meeting.chair else []), *meeting.verifiers.all()]
    reads = _reads_agenda(meeting, user)
    return AgendaPage(
        meeting=meeting,
        today=today,
        items=agenda_items(meeting.paragraphs.visible_to(user)),
        presence=present,
        verifiers=verifiers,
        is_public=not reads,
        can_manage=can_manage,
        has_minutes=_has_minutes(meeting, reads=reads),
        verifies=getattr(user, "person_id", None) in {person.pk for person in verifiers},
        shortcomings=shortcomings(meeting) if can_manage else (),
        offers=_offers(meeting, today)
        if can_manage and (meeting.is_planned or meeting.is_open)
        else Offers(),
        notices=notices_of(meeting, today=today) if meeting.is_closed else (),
        stopped_letters=stopped_letters(meeting) if can_manage else 0,
        summons=latest_summons(meeting) if reads else None,
        signing=signing_of(meeting, user, can_manage=can_manage) if reads and meeting.is_closed else None,
    )


def _reads_agenda(meeting: Meeting, user: HasRoles) -> bool:
    """Whether the user reads the whole agenda: an official, or a member or substitute of the body."""
    return Meeting.objects.whole_to(user).filter(pk=meeting.pk).exists()


def _has_minutes(meeting: Meeting, *, reads: bool) -> bool:
    """Whether the reader gets the minutes: the body's own as soon as it has met, others when verified."""
    if reads:
        return not (meeting.is_planned or meeting.is_cancelled)
    return Meeting.objects.verified().filter(pk=meeting.pk).exists()


def _offers(meeting: Meeting, today: date) -> Offers:
    motions = offered_motions(meeting.body)
    history = history_of(meeting, motions)
    return Offers(
        motions=[OfferedMotion(m, year_clock(m, today), history[m.pk]) for m in motions],
        tabled=[
            *(motion.full_title for motion in tabled_motions(meeting)),
            *(matter.title for matter in tabled_matters(meeting)),
        ],
        stranded=[item.title for item in stranded_items(meeting.body)],
        blocks=_blocks(meeting) if meeting.body.is_assembly else (),
    )


def _blocks(meeting: Meeting) -> list[OfferedBlock]:
    """Both blocks; the report is due in the organisation's months, until one is on the agenda."""
    is_month = meeting.held_on.month in Organisation.objects.get().report_months
    placed = set(meeting.paragraphs.values_list("kind", flat=True))
    offers = []
    for name, kind in BLOCK_KINDS.items():
        count = motions_for_block(kind).count()
        is_report = kind == ParagraphKind.OUTSTANDING_REPORT
        is_due = is_report and is_month and bool(count) and kind not in placed
        offers.append(OfferedBlock(name, kind, count, is_due))
    return offers

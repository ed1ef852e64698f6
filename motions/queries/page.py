"""Everything that a motion's page shows, gathered in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from motions.enums import Stage
from motions.models import Clause, Document, Motion
from motions.permissions import HasRoles, Permission, has_permission
from motions.queries.acts import Act, acts_open_to, carries_motions, waiting_for
from motions.queries.clock import YearClock, starts_on, year_clock
from motions.queries.timeline import TimelineEntry, WayStep, timeline, way

#: Where the draft of the case officer is the latest word; after that the board's proposal is.
DRAFTED = (Stage.IN_PREPARATION, Stage.AT_BOARD)


@dataclass(frozen=True)
class MotionPage:
    """A motion as a reader sees it.

    `shows_names`: the reader is an official; `shows_drafts`: and sees the draft outcome of each att-sats.
    """

    movers: Sequence[str]
    clauses: Sequence[Clause]
    steps: Sequence[WayStep]
    entries: Sequence[TimelineEntry]
    documents: Sequence[Document]
    clock: YearClock
    starts_on: date
    acts: Sequence[Act]
    waiting: str
    shows_names: bool
    shows_drafts: bool

    @property
    def next_acts(self) -> list[Act]:
        """The acts that carry the motion on, in the card of the next step."""
        return [act for act in self.acts if act.is_next]

    @property
    def other_acts(self) -> list[Act]:
        """What else can be done."""
        return [act for act in self.acts if not act.is_next]


def motion_page(motion: Motion, *, user: HasRoles, today: date) -> MotionPage:
    """The page for this reader."""
    is_official = has_permission(user, Permission.READ_DRAFTS)
    events = list(motion.events.select_related("by"))
    documents = list(motion.documents.visible_to(user))
    return MotionPage(
        movers=[str(row) for row in motion.mover_rows.select_related("person", "party")],
        clauses=list(motion.clauses.all()),
        steps=way(motion, events),
        entries=timeline(events, documents, shows_names=is_official),
        documents=documents,
        clock=year_clock(motion, today),
        starts_on=starts_on(motion),
        acts=acts_open_to(user, motion),
        waiting=waiting_for(Stage(motion.stage)) if carries_motions(user) else "",
        shows_names=is_official,
        shows_drafts=is_official and motion.stage in DRAFTED,
    )

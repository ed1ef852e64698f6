"""What the big screen in the room shows: the item that is dealt with, the question put, and the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import F

from protocols.enums import ParagraphState
from protocols.models import Meeting, Paragraph
from protocols.queries.live import LiveView, read_live
from protocols.queries.live_questions import QuestionRow
from protocols.queries.meetings import Presence, presence
from protocols.wording.motion import decision_clauses
from protocols.wording.text import capitalise
from protocols.wording.votes import meaning

#: So many of the items to come are shown, and of those who stand in.
SHOWN = 4


@dataclass(frozen=True)
class ShownVote:
    """A vote's result: what Ja and Nej meant, how many there were of each, and what it led to."""

    meaning: str
    tally: str
    finding: str


@dataclass(frozen=True)
class StandIn:
    """One who serves in another's place; `part` are the clauses of the decision where it is so for these."""

    who: str
    instead_of: str
    part: str = ""


@dataclass(frozen=True)
class Screen:
    """The meeting as the room sees it. `live` is None before the first item and after the last."""

    meeting: Meeting
    presence: Presence
    live: LiveView | None
    coming: Sequence[Paragraph]

    @property
    def paragraph(self) -> Paragraph | None:
        return self.live.paragraph if self.live else None

    @cached_property
    def question(self) -> QuestionRow | None:
        """The question that the chair is putting; None where there is only one thing to decide."""
        rows = self.live.questions if self.live else []
        return next((row for row in rows if row.is_next and (row.asked or len(row.names) > 1)), None)

    @cached_property
    def leader(self) -> str:
        """Who leads the item, with the party of the day; '' before it is known, as of a recused chair."""
        paragraph = self.paragraph
        if self.live is None or self.live.chair_is_out or paragraph is None or paragraph.chair is None:
            return ""
        party = paragraph.chair_party
        return f"{paragraph.chair} ({party.code})" if party else str(paragraph.chair)

    @cached_property
    def stand_ins(self) -> list[StandIn]:
        """Who serves in the item in whose place, and in which clauses alone; of the recused ones first."""
        if self.live is None:
            return []
        paragraph, labels = self.live.paragraph, {row.person_id: str(row) for row in self.live.attendance}
        noted = [row for row in paragraph.non_participations.all() if row.substitute_id]
        found = {
            row.substitute_id: StandIn(
                labels.get(row.substitute_id or 0, str(row.substitute)),
                labels.get(row.person_id, str(row.person)),
                decision_clauses(row.clauses) if row.clauses else "",
            )
            for row in noted
        }
        seats = paragraph.service.all() if paragraph.is_decided else self.live.attendance
        for seat in seats:
            if seat.replaces_id and seat.person_id not in found:
                found[seat.person_id] = StandIn(labels[seat.person_id], labels.get(seat.replaces_id, ""))
        return list(found.values())

    @property
    def shown_stand_ins(self) -> list[StandIn]:
        """As many of them as the room can take in."""
        return self.stand_ins[:SHOWN]

    @property
    def more_stand_ins(self) -> int:
        """How many more there are."""
        return max(len(self.stand_ins) - SHOWN, 0)

    @cached_property
    def votes(self) -> list[ShownVote]:
        """The votes taken in the item so far."""
        if self.live is None:
            return []
        facts = [question for question in self.live.facts.questions if question.vote]
        rows = [row for row in self.live.questions if row.tally]
        return [
            ShownVote(capitalise(meaning(fact, self.live.facts)), row.tally, row.finding)
            for fact, row in zip(facts, rows, strict=True)
        ]


def read_screen(meeting: Meeting) -> Screen:
    """The screen as it is now, in a fixed number of queries."""
    now = _now(meeting) if meeting.is_open else None
    coming = meeting.paragraphs.drafts().order_by("position")[:SHOWN] if not meeting.is_closed else []
    return Screen(meeting, presence(meeting), read_live(now) if now else None, list(coming))


def _now(meeting: Meeting) -> Paragraph | None:
    """The § being dealt with, else the one decided last."""
    items = meeting.paragraphs.numbered()
    taken_up = items.filter(state=ParagraphState.TAKEN_UP).first()
    return taken_up or items.order_by(F("decided_at").desc(nulls_last=True)).first()

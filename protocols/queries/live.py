"""One § as the secretary's live view shows it: what is recorded, what can be answered, what is missing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from motions.models import Organisation
from protocols.document import ParagraphDocument
from protocols.enums import ParagraphKind, ProposalKind, QuestionKind, SectionKind
from protocols.facts import ParagraphFacts
from protocols.models import Attendance, Meeting, Paragraph, Proposal, Reservation
from protocols.queries.agenda import badge_of
from protocols.queries.attendance import attendance_list
from protocols.queries.comments import open_comments
from protocols.queries.completeness import Point, completeness
from protocols.queries.documents import draft_document
from protocols.queries.drafts import draft_sections
from protocols.queries.facts import (
    Surroundings,
    facts_of,
    reserving,
    surroundings,
    with_facts,
)
from protocols.queries.last_step import Step, last_step
from protocols.queries.live_questions import QuestionRow, question_rows
from protocols.queries.meetings import Presence
from protocols.queries.motivations import motivations_put
from protocols.queries.service import lowest_presence, recusal_law, served_of_loaded, voters_of_loaded
from protocols.queries.substitutes import Order, RecusalRow, order_of, recusal_rows
from protocols.wording import names
from protocols.wording.decision import decision_in_brief
from protocols.wording.earlier import reference
from protocols.wording.proposals import in_hand, moved, tabled_text


@dataclass(frozen=True)
class ProposalRow:
    """A proposal in a few words: who, what, and the words of its own."""

    proposal: Proposal
    who: str
    words: str
    hand: str = ""

    @property
    def is_support(self) -> bool:
        """Whether it only supports the proposal before the meeting, in no hand of its own."""
        return self.proposal.kind == ProposalKind.TABLED and self.proposal.preference is None


@dataclass(frozen=True)
class ReservationRow:
    """A reservation and who made it, a party's whole group as one."""

    reservation: Reservation
    who: str


@dataclass(frozen=True)
class LiveView:
    """Everything the page shows of one paragraph. Load it with `read_live`."""

    paragraph: Paragraph
    facts: ParagraphFacts
    attendance: Sequence[Attendance]
    agenda: Sequence[Paragraph]
    document: ParagraphDocument
    order: Order

    @property
    def meeting(self) -> Meeting:
        return self.paragraph.meeting

    @cached_property
    def presence(self) -> Presence:
        """The quorum of the § at hand, in that clause of it in which fewest take part."""
        return lowest_presence(self.paragraph, self.attendance)

    @cached_property
    def taking_part(self) -> list[Attendance]:
        """Those who may propose, vote and reserve in the §."""
        return voters_of_loaded(self.paragraph, self.attendance)

    @cached_property
    def chair_is_out(self) -> bool:
        """Whether the one who leads the § is recused in it or has left, so that another must lead."""
        paragraph, rows = self.paragraph, self.attendance
        if paragraph.chair_id is None or paragraph.is_decided:
            return False
        return not any(row.person_id == paragraph.chair_id for row in served_of_loaded(paragraph, rows))

    @property
    def recusal_law(self) -> str:
        """What rules jäv in the body."""
        return recusal_law(self.paragraph)

    @cached_property
    def recusals(self) -> list[RecusalRow]:
        """Who stays out, in the order noted, each recused one with those who can step in for the §."""
        return recusal_rows(self.paragraph, self.attendance, self.order)

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The six points of KL 5 kap. 67 §."""
        return completeness(
            self.facts,
            kind=ParagraphKind(self.paragraph.kind),
            open_questions=sum(row.is_needed and not row.is_found for row in self.questions),
            serving=self.presence.serving,
            quorum=self.presence.quorum,
        )

    @property
    def lacks_verdict(self) -> bool:
        """Whether the decision leaves an att-sats of the motion without its outcome."""
        return self.paragraph.is_decided and any(p.is_missing and p.number == 4 for p in self.points)

    @cached_property
    def history(self) -> list[str]:
        """The motion's earlier treatment."""
        return [reference(fact) for fact in self.facts.earlier_treatment]

    @cached_property
    def tabled(self) -> str:
        """The proposal before the meeting in a few words."""
        found = tabled_text(self.facts)
        if found or self.paragraph.kind == ParagraphKind.MOTION:
            return found
        if self.paragraph.kind == ParagraphKind.REMITTAL:
            return _("remittering till %(body)s") % {"body": self.facts.remitted_to}
        return _("att ärendet läggs till handlingarna")

    @cached_property
    def proposals(self) -> list[ProposalRow]:
        """The yrkanden in the order they were put; the tabled one only where somebody supports it."""
        by_id = {fact.id: fact for fact in self.facts.proposals}
        return [
            ProposalRow(
                proposal, names.people(fact.movers), moved(fact, self.facts), in_hand(fact, self.facts)
            )
            for proposal in self.paragraph.proposals.all()
            if (fact := by_id[proposal.pk]).movers
        ]

    @cached_property
    def questions(self) -> list[QuestionRow]:
        """The chair's questions in order; the first without a finding can be answered now."""
        return question_rows(self.paragraph, self.facts, serving=self.presence.serving)

    @property
    def can_reorder(self) -> bool:
        """Whether an order with counter-proposals is laid out, and none of them is settled."""
        counters = [row for row in self.questions if row.question.kind == QuestionKind.COUNTER]
        return self.paragraph.is_taken_up and bool(counters) and not any(row.is_found for row in counters)

    @property
    def reservations(self) -> list[ReservationRow]:
        """The reservations in the order they were announced."""
        found = self.paragraph.reservations.all()
        return [ReservationRow(row, names.members(reserving(row))) for row in found]

    @cached_property
    def motivations(self) -> dict[int, str]:
        """The motivations of the referral back that is put now, where the chair may try several."""
        waiting = next((row.question for row in self.questions if row.is_next), None)
        return motivations_put(waiting, self.facts) if waiting else {}

    @property
    def can_join(self) -> bool:
        """Whether several referrals back wait, each with a question of its own."""
        return self.paragraph.is_taken_up and len(self._referrals) > 1

    @property
    def can_part_referrals(self) -> bool:
        """Whether one that waits has several motivations."""
        return self.paragraph.is_taken_up and any(
            len(row.question.options.all()) > 1 for row in self._referrals
        )

    @property
    def _referrals(self) -> list[QuestionRow]:
        kinds = {fact.id: fact.kind for fact in self.facts.proposals}
        return [
            row
            for row in self.questions
            if row.question.kind == QuestionKind.FORMAL
            and not row.is_found
            and any(kinds.get(o.proposal_id) == ProposalKind.REFER_BACK for o in row.question.options.all())
        ]

    @property
    def can_unpart(self) -> bool:
        """Whether the clauses are put one by one, and none of them is settled."""
        parted = [row for row in self.questions if row.question.clause]
        return self.paragraph.is_taken_up and bool(parted) and not any(row.is_found for row in parted)

    @cached_property
    def undoable(self) -> Step | None:
        """The last step, which can be taken back while the meeting is open and nobody has reserved."""
        if not self.meeting.is_open or self.paragraph.reservations.all():
            return None
        return last_step(self.paragraph)

    @property
    def decision_html(self) -> str:
        """The decision as the minutes word it, sanitised; '' before the gavel."""
        return next((s.html for s in self.document.sections if s.kind == SectionKind.DECISION), "")

    @property
    def decision_brief(self) -> str:
        return decision_in_brief(self.facts)

    @property
    def badge(self) -> str:
        return badge_of(self.paragraph)

    @cached_property
    def upcoming(self) -> Paragraph | None:
        """The next item that is not taken up."""
        return next((item for item in self.agenda if item.is_draft and item.pk != self.paragraph.pk), None)

    @property
    def occupied(self) -> Paragraph | None:
        """Another item that is being dealt with."""
        others = (item for item in self.agenda if item.pk != self.paragraph.pk)
        return next((item for item in others if item.is_taken_up), None)

    @property
    def can_propose(self) -> bool:
        """Whether yrkanden can still be noted: the chair has not begun to ask."""
        return self.paragraph.is_taken_up and not any(row.is_found for row in self.questions)

    @property
    def has_begun(self) -> bool:
        return any(row.is_found for row in self.questions)

    @property
    def seen(self) -> str:
        """What the reservations and notes are now, as a word that changes with them."""
        return fingerprint(
            [(row.pk, row.version, len(row.person_rows.all())) for row in self.paragraph.reservations.all()],
            [(row.pk, row.version) for row in self.paragraph.notes.all()],
            [(self.open_comments,)],
        )

    @cached_property
    def open_comments(self) -> int:
        """How many comments of verifiers wait for the secretary."""
        return open_comments(self.paragraph)

    @property
    def saved_at(self) -> datetime | None:
        """The latest moment that anything of the paragraph was recorded at, as far as it is known."""
        moments = [self.paragraph.taken_up_at, self.paragraph.decided_at]
        moments += [question.found_at for question in self.paragraph.questions.all()]
        moments += [row.announced_at for row in self.paragraph.reservations.all()]
        moments += [row.received_at for row in self.paragraph.notes.all()]
        return max((moment for moment in moments if moment), default=None)


def read_live(paragraph: Paragraph) -> LiveView:
    """The view of a paragraph as it is now, in a fixed number of queries."""
    found = with_facts(Paragraph.objects.filter(pk=paragraph.pk)).get()
    around = surroundings([found])
    organisation = Organisation.objects.get()
    agenda = found.meeting.paragraphs.only("pk", "number", "title", "state", "position", "meeting").order_by(
        "position"
    )
    return LiveView(
        paragraph=found,
        facts=facts_of(found, around),
        attendance=attendance_list(found.meeting),
        agenda=list(agenda),
        document=_document(found, organisation, around),
        order=order_of(found.meeting),
    )


def _document(paragraph: Paragraph, organisation: Organisation, around: Surroundings) -> ParagraphDocument:
    """The paragraph as it stands; before the board takes a motion up, as its officer has drafted it."""
    document = draft_document(paragraph, organisation, around)
    if paragraph.is_draft and paragraph.motion and paragraph.body.is_executive_board:
        return replace(document, sections=draft_sections(paragraph.motion, organisation))
    return document


def seen_now(paragraph: Paragraph) -> str:
    """The `seen` of a paragraph, asked without reading the rest of it."""
    people = paragraph.reservations.values_list("pk", "version", "person_rows")
    reservations: dict[tuple[int, int], int] = {}
    for pk, version, _person in people.order_by("announced_at", "pk"):
        reservations[pk, version] = reservations.get((pk, version), 0) + 1
    notes = paragraph.notes.order_by("received_at", "pk").values_list("pk", "version")
    return fingerprint(
        [(*row, count) for row, count in reservations.items()], list(notes), [(open_comments(paragraph),)]
    )


def fingerprint(*rows: Sequence[tuple[int, ...]]) -> str:
    """A short word for the rows."""
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:12]

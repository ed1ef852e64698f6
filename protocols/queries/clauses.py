"""The clauses of a decision by number, before the gavel as they would be, and which one a vote is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from motions.enums import Outcome
from protocols.enums import ProposalKind, QuestionKind
from protocols.facts import ClauseFact
from protocols.models import Decision, Paragraph, Proposal, ProposalClause, Question
from protocols.queries.facts import clause_facts
from protocols.queries.service import WHOLE
from protocols.wording.motion import OUTCOME_OF


def clauses_of(paragraph: Paragraph, winner: Proposal) -> list[ClauseFact]:
    """What is decided where the proposal carries the matter itself."""
    if winner.kind == ProposalKind.AMEND and winner.concerns:
        return _with_part_changed(paragraph, winner, ClauseFact(text=winner.text))
    if winner.kind in {ProposalKind.AMEND, ProposalKind.ADD}:
        return [ClauseFact(text=winner.text)]
    outcome = OUTCOME_OF.get(ProposalKind(winner.kind))
    if outcome and winner.concerns:
        return _with_part_changed(paragraph, winner, ClauseFact(outcome, tuple(winner.concerns)))
    if outcome and paragraph.motion:
        return [ClauseFact(outcome, tuple(paragraph.motion.clauses.values_list("position", flat=True)))]
    if winner.kind == ProposalKind.REJECT:
        return [ClauseFact(Outcome.REJECTED)]
    return tabled_clauses(paragraph)


def tabled_clauses(paragraph: Paragraph) -> list[ClauseFact]:
    """The clauses of the proposal before the meeting."""
    return clause_facts(
        ProposalClause.objects.filter(proposal__paragraph=paragraph, proposal__kind=ProposalKind.TABLED)
    )


def settled_so_far(paragraph: Paragraph, questions: Sequence[Question]) -> list[ClauseFact]:
    """The clauses that the findings give: what carried the matter itself, then each addition."""
    mains = [q for q in questions if q.kind == QuestionKind.MAIN and q.winner]
    additions = [q.winner for q in questions if q.kind == QuestionKind.ADDITION and q.winner]
    matter: list[ClauseFact] = []
    if mains and mains[-1].clause:
        tabled = tabled_clauses(paragraph)
        settled = [answer_in(paragraph, q.winner, q.clause, tabled) for q in mains if q.winner and q.clause]
        matter = [clause for clause in settled if clause]
    elif mains and mains[-1].winner:
        matter = clauses_of(paragraph, mains[-1].winner)
    return [*matter, *(ClauseFact(text=addition.text) for addition in additions)]


def answer_in(
    paragraph: Paragraph, proposal: Proposal, number: int, tabled: Sequence[ClauseFact]
) -> ClauseFact | None:
    """What a proposal wants to become of one of the `tabled` clauses; None where it says nothing about it.

    Raises UnpartedError for one that cannot be parted by clauses: it replaces the whole, or cuts the clause.
    """
    clause, wanted = tabled[number - 1], set(proposal.concerns)
    has_motion = paragraph.motion_id is not None
    own = set(clause.settles) if has_motion else {number}
    outcome = OUTCOME_OF.get(ProposalKind(proposal.kind))
    if proposal.kind == ProposalKind.AMEND:
        if not wanted or (wanted & own and wanted != own):
            raise UnpartedError(proposal)
        return ClauseFact(text=proposal.text) if wanted & own else None
    if outcome is None or (not has_motion and outcome == Outcome.GRANTED):
        return clause
    if wanted and wanted & own and not wanted >= own:
        raise UnpartedError(proposal)
    if not own or (wanted and not wanted & own):
        return None
    return ClauseFact(outcome, tuple(sorted(own)))


class UnpartedError(Exception):
    """A proposal that cannot be answered clause by clause."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(proposal.pk)
        self.proposal = proposal


def clause_put_in(paragraph: Paragraph, question: Question) -> int | None:
    """The number of the one clause that a question is about: an addition, or where each is put by itself.

    None for the matter as one, WHOLE for a formal question: that is about every clause.
    """
    if question.kind == QuestionKind.FORMAL:
        return WHOLE
    if question.kind != QuestionKind.ADDITION:
        return question.clause
    earlier = paragraph.questions.filter(position__lt=question.position).select_related("winner")
    return len(settled_so_far(paragraph, list(earlier))) + 1


def clause_count(paragraph: Paragraph) -> int:
    """How many clauses the decision has; before the gavel those of the proposal with all additions.

    Reads rows that `facts.with_facts` loads, or asks for them.
    """
    decision: Decision | None = getattr(paragraph, "decision", None)
    if decision:
        return len(decision.clauses.all())
    proposals = [proposal for proposal in paragraph.proposals.all() if proposal.withdrawn_at is None]
    tabled = sum(len(p.clauses.all()) for p in proposals if p.kind == ProposalKind.TABLED)
    return tabled + sum(p.kind == ProposalKind.ADD for p in proposals)


def parts_of(paragraph: Paragraph) -> list[int]:
    """The numbers a proposal can be about: the motion's att-satser, else the clauses before the meeting."""
    if paragraph.motion:
        return [clause.position for clause in paragraph.motion.clauses.all()]
    tabled = [p for p in paragraph.proposals.all() if p.kind == ProposalKind.TABLED]
    return list(range(1, sum(len(p.clauses.all()) for p in tabled) + 1))


def _with_part_changed(paragraph: Paragraph, winner: Proposal, part: ClauseFact) -> list[ClauseFact]:
    """The proposal before the meeting, with `part` in place of the att-satser or clauses it is about."""
    tabled, concerns = tabled_clauses(paragraph), set(winner.concerns)
    if paragraph.motion is None:
        kept = [clause for number, clause in enumerate(tabled, start=1) if number not in concerns]
        place = min(concerns) - 1
        return [*kept[:place], part, *kept[place:]]
    rest = [
        replace(clause, settles=left)
        for clause in tabled
        if (left := tuple(number for number in clause.settles if number not in concerns))
        or not clause.settles
    ]
    return [part, *rest]

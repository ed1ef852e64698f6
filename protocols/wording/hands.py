"""In which hand something is proposed (i första hand, i andra hand), and what is put only when that falls.

The order follows from KL 5 kap. 53 §: what is proposed in the second hand is proposed only for the case that
the first falls, so it is put after it, and not at all where the first is carried.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from protocols.enums import ProposalKind, QuestionKind
from protocols.facts import ParagraphFacts, ProposalFact, QuestionFact
from protocols.wording.references import Alternative, alternatives


def rounds(facts: ParagraphFacts) -> dict[int, int]:
    """The round (from 1) each proposal is put in among those of its class; one taken back counts for nothing.

    Formal proposals, the matter itself and additions are put one class after the other anyhow. A proposal
    that somebody else has in the first hand is put in the first round for all.
    """
    live = [fact for fact in facts.proposals if not fact.is_withdrawn]
    found: dict[int, int] = {}
    for alternative in alternatives(facts):
        places = [_round(fact, live) for fact in alternative.proposals if not fact.is_withdrawn]
        found |= {fact.id: min(places, default=1) for fact in alternative.proposals}
    return found


def is_needed(question: QuestionFact, facts: ParagraphFacts) -> bool:
    """Whether a question without a finding is still to be put, after those of `facts` that have one.

    A later hand is not where the earlier one was carried; an addition is not where what it adds to fell.
    """
    if question.kind == QuestionKind.MAIN:
        mains = [last for last in _last_mains(facts) if last.clause == question.clause]
        return all(last.winner in question.proposals for last in mains)
    if question.kind == QuestionKind.ADDITION:
        return any(stands(alternative, facts) for alternative in _put_in(question, facts))
    return True


def stands(alternative: Alternative, facts: ParagraphFacts) -> bool:
    """Whether one of those who propose it still does, after what has been found."""
    carried = _carried(facts)
    return any(_stands(fact, carried, facts) for fact in alternative.proposals if not fact.is_withdrawn)


def _stands(fact: ProposalFact, carried: set[int], facts: ParagraphFacts) -> bool:
    if any(other.id in carried for other in facts.proposals if _goes_before(other, fact)):
        return False
    is_settled = fact.kind == ProposalKind.ADD and bool(_last_mains(facts))
    return not (is_settled and fact.target and fact.target not in carried)


def _round(fact: ProposalFact, live: Iterable[ProposalFact]) -> int:
    before = {
        other.preference for other in live if _goes_before(other, fact) and _class(other) == _class(fact)
    }
    return 1 + len(before)


def _goes_before(other: ProposalFact, fact: ProposalFact) -> bool:
    """Whether a mover of `fact` has the other one in an earlier hand."""
    if not fact.preference or not other.preference or other.is_withdrawn:
        return False
    return other.preference < fact.preference and bool(set(other.movers) & set(fact.movers))


def _class(fact: ProposalFact) -> QuestionKind:
    if fact.kind in ProposalKind.formal:
        return QuestionKind.FORMAL
    return QuestionKind.ADDITION if fact.kind == ProposalKind.ADD else QuestionKind.MAIN


def _carried(facts: ParagraphFacts) -> set[int]:
    """The ids of all that is carried so far: what the last round on the matter left, and additions.

    Decided clause by clause, a proposal is carried where it was in one of them.
    """
    winners = {q.winner for q in facts.questions if q.kind == QuestionKind.ADDITION}
    winners |= {last.winner for last in _last_mains(facts)}
    same = (a.proposals for a in alternatives(facts) if any(fact.id in winners for fact in a.proposals))
    return {fact.id for group in same for fact in group}


def _last_mains(facts: ParagraphFacts) -> list[QuestionFact]:
    """The last round on the matter; decided clause by clause, that of each clause."""
    found = {q.clause: q for q in facts.questions if q.kind == QuestionKind.MAIN and q.winner is not None}
    return list(found.values())


def _put_in(question: QuestionFact, facts: ParagraphFacts) -> Sequence[Alternative]:
    return [a for a in alternatives(facts) if any(fact.id in question.proposals for fact in a.proposals)]

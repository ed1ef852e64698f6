"""Made-up people, bodies and motions that the wording tests share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from motions.enums import Outcome
from protocols.enums import DecisionKind, ProposalKind, QuestionKind
from protocols.facts import (
    BodyFact,
    ClauseFact,
    DecisionFact,
    MotionFact,
    ParagraphFacts,
    PersonFact,
    ProposalFact,
    QuestionFact,
)

NBSP = "\u00a0"

TORA = PersonFact("Tora Hedlund", "V")
JONAS = PersonFact("Jonas Lindfors", "MP")
BIRGITTA = PersonFact("Birgitta Sand", "M")
ALEX = PersonFact("Alex Prytz", "L")
MAX = PersonFact("Ester Max", "KD")
LOOSE = PersonFact("Ulf Rönn")
FIVE = (TORA, JONAS, BIRGITTA, ALEX, MAX)

BOARD = BodyFact("Regionstyrelsen", "regionstyrelsen")
ASSEMBLY = BodyFact("Regionfullmäktige", "regionfullmäktige", is_assembly=True)
COMMITTEE = BodyFact("Patientnämnden", "patientnämnden")

MOTION = MotionFact("2-2026", "Nattåg året om", 3, (TORA,))

REJECT_ALL = ClauseFact(Outcome.REJECTED, (1, 2, 3))
TABLED = ProposalFact(1, ProposalKind.TABLED, clauses=(REJECT_ALL,))


def facts(**recorded: Any) -> ParagraphFacts:
    """An item on a motion with three att-satser before the board, with what else is recorded."""
    defaults: dict[str, Any] = {"body": BOARD, "assembly_inline_name": "regionfullmäktige", "motion": MOTION}
    return ParagraphFacts(**defaults | recorded)


def proposal(number: int, kind: ProposalKind, *movers: PersonFact, **more: Any) -> ProposalFact:
    """A proposal by members."""
    return ProposalFact(number, kind, movers, **more)


def main(winner: int | None, *proposals: int) -> QuestionFact:
    """A main question."""
    return QuestionFact(QuestionKind.MAIN, proposals, winner)


def formal(winner: int | None, *proposals: int, of: tuple[int, int] | None = None) -> QuestionFact:
    """A formal question, with how many demanded it of how many present."""
    supporters, present = of or (None, None)
    return QuestionFact(QuestionKind.FORMAL, proposals, winner, supporters, present)


def addition(winner: int | None, number: int) -> QuestionFact:
    """A question on one addition."""
    return QuestionFact(QuestionKind.ADDITION, (number,), winner)


def proposes(*clauses: ClauseFact) -> DecisionFact:
    """The board's proposal to the assembly."""
    return DecisionFact(DecisionKind.PROPOSES, clauses)


def decides(*clauses: ClauseFact) -> DecisionFact:
    """A body's own decision."""
    return DecisionFact(DecisionKind.DECIDES, clauses)


def settle(outcome: Outcome, *numbers: int) -> ClauseFact:
    """A clause on some att-satser."""
    return ClauseFact(outcome, numbers)


def spaced(lines: Sequence[object]) -> tuple[str, ...]:
    """Lines with ordinary spaces, for tables of sentences that are not about no-break spaces."""
    return tuple(str(line).replace(NBSP, " ") for line in lines)

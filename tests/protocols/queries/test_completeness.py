"""The six points of KL 5 kap. 67 §, judged from facts alone."""

from __future__ import annotations

from typing import Any

import pytest

from motions.enums import Outcome
from protocols.enums import DecisionKind, ParagraphKind, ProposalKind, QuestionKind
from protocols.facts import (
    BodyFact,
    ClauseFact,
    DecisionFact,
    MotionFact,
    ParagraphFacts,
    PersonFact,
    ProposalFact,
    QuestionFact,
    ReservationFact,
)
from protocols.queries.completeness import Point, PointState, completeness, missing

BOARD = BodyFact("Regionstyrelsen", "regionstyrelsen")
ASSEMBLY = BodyFact("Regionfullmäktige", "regionfullmäktige", is_assembly=True)
ALL = ClauseFact(Outcome.REJECTED, (1, 2, 3))
TABLED = ProposalFact(1, ProposalKind.TABLED, clauses=(ALL,))
GRANT = ProposalFact(2, ProposalKind.GRANT, (PersonFact("Tora Hedlund", "V"),))
PUT = QuestionFact(QuestionKind.MAIN, (1,), 1)


def points(
    *, kind: ParagraphKind = ParagraphKind.MOTION, open_questions: int = 0, serving: int = 15, **recorded: Any
) -> tuple[Point, ...]:
    """The points of a complete item of the board, changed by what is given."""
    complete: dict[str, Any] = {
        "body": BOARD,
        "assembly_inline_name": "regionfullmäktige",
        "motion": MotionFact("2-2026", "Nattåg", 3),
        "proposals": (TABLED,),
        "questions": (PUT,),
        "decision": DecisionFact(DecisionKind.PROPOSES, (ALL,)),
    }
    facts = ParagraphFacts(**complete | recorded)
    return completeness(facts, kind=kind, open_questions=open_questions, serving=serving, quorum=8)


def lacking(**changes: Any) -> list[tuple[int, str, str]]:
    return [(point.number, point.missing, point.anchor) for point in missing(points(**changes))]


def test_complete_item_lacks_nothing() -> None:
    assert lacking() == []
    assert [point.number for point in points()] == [1, 2, 3, 4, 5, 6]
    assert [point.label for point in points()] == [
        "yrkanden", "ordning", "omröstning ej begärd", "beslut", "deltagande", "inga reservationer",
    ]  # fmt: skip
    assert [point.state for point in points()][2] == PointState.NOT_CALLED_FOR


def test_motion_without_any_proposal_lacks_the_first_point() -> None:
    words = "Det finns inget liggande förslag och inget yrkande."
    assert lacking(proposals=(ProposalFact(1, ProposalKind.TABLED),)) == [(1, words, "proposals")]
    assert lacking(proposals=()) == [(1, words, "proposals")]
    assert lacking(proposals=(ProposalFact(1, ProposalKind.TABLED), GRANT)) == []


@pytest.mark.parametrize("kind", [ParagraphKind.MATTER, *map(ParagraphKind, ParagraphKind.blocks)])
def test_information_and_blocks_need_no_words_of_a_proposal(kind: ParagraphKind) -> None:
    decision = DecisionFact(DecisionKind.NOTES)
    tabled = ProposalFact(1, ProposalKind.TABLED)
    assert lacking(kind=kind, motion=None, proposals=(tabled,), decision=decision) == []


def test_questions_without_a_finding_lack_the_second_and_the_decision() -> None:
    assert lacking(questions=(), decision=None, open_questions=1) == [
        (2, "Ordförandens fråga är inte besvarad.", "procedure"),
        (4, "Beslutet är inte fattat.", "decision"),
    ]
    assert lacking(questions=(), decision=None, open_questions=3)[0][1] == (
        "Ordförandens 3 frågor är inte besvarade."
    )
    assert lacking(questions=())[0][1] == "Ingen fråga har ställts."


def test_questions_left_after_a_carried_deferral_are_not_called_for() -> None:
    assert lacking(open_questions=1, decision=DecisionFact(DecisionKind.POSTPONES)) == []


@pytest.mark.parametrize(
    ("clauses", "words"),
    [
        ((), "Beslutet saknar beslutssats."),
        ((ClauseFact(text="utreda läget"),), "Ange utfallet för att-sats 1, 2 och 3."),
        ((ClauseFact(Outcome.GRANTED, (1, 3)),), "Ange utfallet för att-sats 2."),
    ],
)
def test_verdict_of_fullmaktige_settles_every_clause(clauses: tuple[ClauseFact, ...], words: str) -> None:
    decision = DecisionFact(DecisionKind.DECIDES, clauses)
    assert lacking(body=ASSEMBLY, decision=decision) == [(4, words, "decision")]


def test_the_board_may_leave_clauses_open() -> None:
    decision = DecisionFact(DecisionKind.PROPOSES, (ClauseFact(text="utreda läget"),))
    assert lacking(decision=decision) == []


def test_too_few_who_serve_lack_the_fifth() -> None:
    assert lacking(serving=7) == [(5, "7 tjänstgör, och minst 8 behövs.", "participation")]


def test_reservations_are_told_when_there_are_any() -> None:
    reserved = points(reservations=(ReservationFact((PersonFact("Tora Hedlund", "V"),)),))[5]
    assert (reserved.label, reserved.state) == ("reservationer", PointState.DONE)
    assert points(decision=None)[5].state == PointState.NOT_CALLED_FOR

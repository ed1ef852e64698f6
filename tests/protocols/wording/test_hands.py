"""What is proposed in the first and in the second hand: the round it is put in, and whether at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motions.enums import Outcome
from protocols.enums import ProposalKind as Kind
from protocols.facts import ProposalFact, QuestionFact
from protocols.wording import hands, proposals
from protocols.wording.procedure import procedure
from tests.protocols.wording.examples import (
    JONAS,
    MOTION,
    TABLED,
    TORA,
    addition,
    facts,
    formal,
    main,
    proposal,
    settle,
    spaced,
)

FIRST = proposal(2, Kind.GRANT, TORA, preference=1)
SECOND = proposal(3, Kind.DEEM_ANSWERED, TORA, preference=2)


@pytest.mark.parametrize(
    ("recorded", "found"),
    [
        ((TABLED, FIRST, SECOND), {1: 1, 2: 1, 3: 2}),
        ((TABLED, replace(FIRST, is_withdrawn=True), SECOND), {1: 1, 3: 1}),
        ((TABLED, FIRST, replace(SECOND, movers=(JONAS,))), {1: 1, 2: 1, 3: 1}),
        ((TABLED, FIRST, replace(SECOND, movers=(JONAS, TORA))), {1: 1, 2: 1, 3: 2}),
        ((TABLED, replace(FIRST, kind=Kind.REFER_BACK), SECOND), {1: 1, 2: 1, 3: 1}),
        ((TABLED, FIRST, proposal(4, Kind.TABLED, TORA, preference=2)), {1: 1, 2: 1, 4: 1}),
        ((TABLED, FIRST, SECOND, proposal(4, Kind.DEEM_ANSWERED, JONAS)), {1: 1, 2: 1, 3: 1, 4: 1}),
    ],
)
def test_rounds(recorded: tuple[ProposalFact, ...], found: dict[int, int]) -> None:
    assert hands.rounds(facts(proposals=recorded)) == found


def test_order_puts_the_second_hand_in_a_round_of_its_own() -> None:
    recorded = (TABLED, FIRST, SECOND, proposal(4, Kind.ADD, JONAS, text="a"))
    in_hand = hands.rounds(facts(proposals=recorded))
    assert proposals.default_questions(recorded, in_hand) == (
        main(None, 1, 2),
        main(None, 3),
        addition(None, 4),
    )


def test_order_puts_formal_proposals_by_hand() -> None:
    recorded = (
        proposal(2, Kind.POSTPONE, TORA, preference=2),
        proposal(3, Kind.REFER_BACK, TORA, preference=1),
    )
    in_hand = hands.rounds(facts(proposals=recorded))
    assert proposals.default_questions(recorded, in_hand) == (formal(None, 3), formal(None, 2))


@pytest.mark.parametrize(
    ("question", "is_put"),
    [(main(None, 3), False), (main(None, 2, 3), True), (formal(None, 3), True)],
)
def test_later_round_is_needed_where_the_first_carried_meets_it(question: QuestionFact, is_put: bool) -> None:
    item = facts(proposals=(TABLED, FIRST, SECOND), questions=(main(2, 1, 2),))
    assert hands.is_needed(question, item) is is_put


@pytest.mark.parametrize(("winner", "is_put"), [(1, False), (2, True)])
def test_addition_to_a_proposal_is_needed_where_that_one_was_carried(winner: int, is_put: bool) -> None:
    more = proposal(4, Kind.ADD, JONAS, text="a", target=2)
    item = facts(proposals=(TABLED, FIRST, more), questions=(main(winner, 1, 2),))
    assert hands.is_needed(addition(None, 4), item) is is_put


@pytest.mark.parametrize(("winner", "is_put"), [(3, False), (None, True)])
def test_addition_in_the_second_hand_is_needed_where_the_first_fell(winner: int | None, is_put: bool) -> None:
    first = proposal(3, Kind.ADD, TORA, text="a", preference=1)
    second = proposal(4, Kind.ADD, TORA, text="b", preference=2)
    item = facts(proposals=(TABLED, first, second), questions=(main(1, 1), addition(winner, 3)))
    assert hands.is_needed(addition(None, 4), item) is is_put


def test_procedure_tells_both_rounds() -> None:
    item = facts(proposals=(TABLED, FIRST, SECOND), questions=(main(1, 1, 2), main(1, 1, 3)))
    assert spaced(procedure(item)) == (
        (
            "Ordföranden ställer först det liggande förslaget mot Tora Hedlunds förslag om bifall "
            "till motionen och finner att regionstyrelsen bifaller det liggande förslaget."
        ),
        (
            "Därefter ställer ordföranden det liggande förslaget mot Tora Hedlunds förslag om att motionen "
            "ska anses besvarad och finner att regionstyrelsen bifaller det liggande förslaget."
        ),
    )


@pytest.mark.parametrize(
    ("fact", "phrase"),
    [
        (
            proposal(4, Kind.ADD, JONAS, text="resultatet redovisas", target=2),
            "som tillägg till Tora Hedlunds förslag att resultatet redovisas",
        ),
        (
            proposal(4, Kind.AMEND, JONAS, text="tåget går varje natt", target=2),
            "som ändring av Tora Hedlunds förslag att tåget går varje natt",
        ),
        (
            proposal(4, Kind.AMEND, JONAS, text="tåget går varje natt", concerns=(2,)),
            "som ändring av andra att-satsen att tåget går varje natt",
        ),
        (
            proposal(4, Kind.AMEND, JONAS, text="tåget går varje natt", concerns=(1, 3), target=2),
            "som ändring av första och tredje att-satserna i Tora Hedlunds förslag att tåget går varje natt",
        ),
        (
            proposal(4, Kind.GRANT, JONAS, clauses=(settle(Outcome.GRANTED, 2),)),
            "bifall till motionens andra att-sats",
        ),
        (
            proposal(4, Kind.ADD, JONAS, text="resultatet redovisas", target=99),
            "som tillägg att resultatet redovisas",
        ),
    ],
)
def test_moved_says_for_what(fact: ProposalFact, phrase: str) -> None:
    item = facts(proposals=(TABLED, proposal(2, Kind.GRANT, TORA), fact))
    assert spaced((proposals.moved(fact, item),)) == (phrase,)


def test_moved_in_a_matter_speaks_of_clauses_of_the_decision() -> None:
    fact = proposal(4, Kind.AMEND, JONAS, text="avgiften är 40 kronor", concerns=(2,))
    item = facts(motion=None, proposals=(TABLED, fact))
    assert spaced((proposals.moved(fact, item),)) == (
        "som ändring av andra beslutssatsen att avgiften är 40 kronor",
    )


def test_in_hand_is_said_only_beside_another_hand() -> None:
    item = facts(motion=MOTION, proposals=(TABLED, FIRST, SECOND))
    assert [proposals.in_hand(fact, item) for fact in (FIRST, SECOND)] == ["i första hand", "i andra hand"]
    assert proposals.in_hand(FIRST, facts(proposals=(TABLED, FIRST))) == ""

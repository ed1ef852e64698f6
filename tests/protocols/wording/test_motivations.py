"""Several motivations of a referral back in the minutes (KL 5 kap. 50 §)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from protocols.enums import BallotChoice, DecisionKind, ProposalKind, QuestionKind
from protocols.facts import DecisionFact, ParagraphFacts, PersonFact, QuestionFact, VoteFact
from protocols.wording.blocks import Clauses
from protocols.wording.decision import decision
from protocols.wording.procedure import procedure
from protocols.wording.proposals import default_questions, deliberation
from tests.protocols.wording.examples import (
    ALEX,
    ASSEMBLY,
    BIRGITTA,
    BOARD,
    TABLED,
    TORA,
    facts,
    proposal,
    spaced,
)

FIRST = proposal(2, ProposalKind.REFER_BACK, TORA, text="kostnaden är oklar.")
SECOND = proposal(3, ProposalKind.REFER_BACK, BIRGITTA, ALEX, text="för att restiderna ska redovisas")
GROUP = PersonFact("Vänsterpartiet", "V", is_group=True)

THIRD = "minst en tredjedel av de närvarande, här 24 ledamöter"


def item(question: QuestionFact | None = None, *proposals: Any, **more: Any) -> ParagraphFacts:
    """Fullmäktige of 71 with two referrals back."""
    found = proposals or (FIRST, SECOND)
    return facts(
        body=ASSEMBLY,
        proposals=[TABLED, *found],
        questions=[question] if question else [],
        decision=DecisionFact(DecisionKind.REFERS_BACK, by_minority=True, motivation="x"),
        remitted_to="regionstyrelsen",
        **more,
    )


def put(winner: int | None, **more: Any) -> QuestionFact:
    """Both motivations in one question, demanded by 28 of 71."""
    said: dict[str, Any] = {"supporters": 28, "present": 71, "motivations": (2, 3)} | more
    return QuestionFact(QuestionKind.FORMAL, (2, 3), winner, **said)


def test_referrals_of_others_are_put_by_themselves_and_those_of_the_same_as_one() -> None:
    again = replace(SECOND, id=4, text="mer")
    found = [question.proposals for question in default_questions([TABLED, FIRST, SECOND, again])]
    assert found == [(2,), (3, 4), (1,)]


def test_same_movers_give_their_motivations_in_one_sentence() -> None:
    again = replace(SECOND, id=4, text="personalen har inte hörts.")
    lead, reasons = deliberation(item(None, SECOND, again))
    assert spaced([lead]) == (
        "Birgitta Sand (M) och Alex Prytz (L) föreslår att ärendet återremitteras med följande motiveringar:",
    )
    assert reasons == Clauses(("För att restiderna ska redovisas.", "Personalen har inte hörts."))


def test_one_question_asks_for_the_referral_whatever_its_motivation() -> None:
    assert spaced(procedure(item(put(2)))) == (
        (
            "Ordföranden frågar om ärendet ska avgöras i dag eller återremitteras. Återremiss begärs av 28 "
            "av de 71 närvarande ledamöterna. Enligt 5 kap. 50 § kommunallagen räcker det att "
            f"{THIRD}, begär det. "
            "Ordföranden finner därmed att ärendet återremitteras."
        ),
    )


def test_every_motivation_that_stood_is_in_the_decision() -> None:
    lead, reasons = decision(item(put(2)))
    assert spaced([lead]) == (
        (
            "Regionfullmäktige återremitterar ärendet till regionstyrelsen på begäran av 28 av de 71 "
            "närvarande ledamöterna (minoritetsåterremiss enligt 5 kap. 50 § kommunallagen) med följande "
            "motiveringar:"
        ),
    )
    assert reasons == Clauses(
        (
            "Enligt Tora Hedlunds förslag: Kostnaden är oklar.",
            "Enligt Birgitta Sands och Alex Prytz förslag: för att restiderna ska redovisas.",
        )
    )


def test_group_has_a_motivation_of_its_own() -> None:
    of_group = replace(FIRST, movers=(GROUP,))
    _lead, reasons = decision(item(put(2), of_group, SECOND))
    assert isinstance(reasons, Clauses)
    assert reasons.items[0] == "Enligt Vänsterpartiets partigrupps förslag: Kostnaden är oklar."


def test_motivations_of_the_same_movers_need_no_names() -> None:
    again = replace(FIRST, id=3, text="Länet är stort.")
    _lead, reasons = decision(item(put(2), FIRST, again))
    assert reasons == Clauses(("Kostnaden är oklar.", "Länet är stort."))


@pytest.mark.parametrize(
    ("tried", "stood", "said"),
    [
        (
            {2: 15, 3: 24},
            (3,),
            (
                "Motiveringen i Tora Hedlunds förslag biträds av 15 ledamöter och faller. Motiveringen i "
                "Birgitta Sands och Alex Prytz förslag biträds av 24 ledamöter."
            ),
        ),
        (
            {3: 1},
            (2,),
            "Motiveringen i Birgitta Sands och Alex Prytz förslag biträds av 1 ledamot och faller.",
        ),
    ],
)
def test_what_the_chair_tried_is_told(tried: dict[int, int], stood: tuple[int, ...], said: str) -> None:
    (line,) = spaced(procedure(item(put(stood[0], motivations=stood, tried=tried))))
    assert line.endswith(f"kommunallagen prövar ordföranden vilken motivering som biträds av {THIRD}. {said}")


def test_only_motivation_that_stood_is_the_decisions_own() -> None:
    question = put(3, motivations=(3,), tried={2: 15, 3: 24})
    found = replace(
        item(question),
        decision=DecisionFact(DecisionKind.REFERS_BACK, by_minority=True, motivation=SECOND.text),
    )
    (line,) = spaced(decision(found))
    assert line.endswith("kommunallagen) för att restiderna ska redovisas.")


def test_vote_on_the_referral_tells_the_motivations_after_it() -> None:
    counts = {BallotChoice.YES: 43, BallotChoice.NO: 28}
    question = put(2, vote=VoteFact(None, 2, counts), tried={2: 28, 3: 10}, motivations=(2,))
    told = spaced(procedure(item(question)))
    assert told[0].endswith("ja för att ärendet ska avgöras i dag, nej för att ärendet ska återremitteras.")
    assert told[1].endswith("står bakom förslaget, och ärendet ska därmed återremitteras.")
    assert told[2].endswith("biträds av 10 ledamöter och faller.")


def test_board_decides_with_all_motivations_by_majority() -> None:
    question = QuestionFact(QuestionKind.FORMAL, (2, 3), 2, motivations=(2, 3))
    found = replace(
        item(question),
        body=BOARD,
        remitted_to="",
        decision=DecisionFact(DecisionKind.REFERS_BACK, motivation="x"),
    )
    assert spaced(procedure(found)) == (
        (
            "Ordföranden frågar om ärendet ska avgöras i dag eller återremitteras och finner att "
            "regionstyrelsen beslutar att återremittera ärendet."
        ),
    )
    lead, reasons = decision(found)
    assert lead == "Regionstyrelsen återremitterar ärendet med följande motiveringar:"
    assert isinstance(reasons, Clauses)

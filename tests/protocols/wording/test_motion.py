from __future__ import annotations

import pytest

from motions.enums import Outcome
from protocols.facts import ClauseFact, MotionFact, PersonFact
from protocols.wording import motion
from protocols.wording.motion import Verdict
from tests.protocols.wording.examples import ALEX, NBSP, TORA, settle

GRANTED, REJECTED = Outcome.GRANTED, Outcome.REJECTED
ANSWERED, WRITTEN_OFF = Outcome.DEEMED_ANSWERED, Outcome.WRITTEN_OFF


@pytest.mark.parametrize(
    ("number", "word"),
    [(1, "första"), (3, "tredje"), (12, "tolfte"), (13, "13:e"), (21, "21:a"), (22, "22:a"), (111, "111:e")],
)
def test_ordinal(number: int, word: str) -> None:
    assert motion.ordinal(number) == word


@pytest.mark.parametrize(
    ("numbers", "plain", "definite"),
    [
        ((1,), "första att-sats", "första att-satsen"),
        ((2, 3), "andra och tredje att-satser", "andra och tredje att-satserna"),
        ((1, 2, 4), "första, andra och fjärde att-satser", "första, andra och fjärde att-satserna"),
    ],
)
def test_att_satser_agree_in_number(numbers: tuple[int, ...], plain: str, definite: str) -> None:
    assert motion.att_satser(numbers) == plain
    assert motion.att_satser(numbers, definite=True) == definite


@pytest.mark.parametrize(
    ("clauses", "count", "found"),
    [
        ((settle(REJECTED, 1, 2, 3),), 3, (Verdict(REJECTED),)),
        ((settle(REJECTED, 1), settle(REJECTED, 3), settle(REJECTED, 2)), 3, (Verdict(REJECTED),)),
        ((settle(REJECTED, 1),), 1, (Verdict(REJECTED),)),
        ((settle(REJECTED),), 3, (Verdict(REJECTED),)),
        ((settle(REJECTED, 1),), 0, (Verdict(REJECTED),)),
        (
            (settle(GRANTED, 3), settle(REJECTED, 2), settle(GRANTED, 1)),
            3,
            (Verdict(GRANTED, (1, 3)), Verdict(REJECTED, (2,))),
        ),
        ((settle(GRANTED, 2, 1),), 3, (Verdict(GRANTED, (1, 2)),)),
        (
            (settle(GRANTED, 1), ClauseFact(text="att saken utreds.")),
            1,
            (Verdict(GRANTED), Verdict(None, text="saken utreds")),
        ),
        ((ClauseFact(GRANTED, (1,), "egna ord"),), 3, (Verdict(None, text="egna ord"),)),
        ((ClauseFact(),), 3, ()),
    ],
)
def test_verdicts_draw_one_outcome_together(
    clauses: tuple[ClauseFact, ...], count: int, found: tuple[Verdict, ...]
) -> None:
    assert motion.verdicts(clauses, count) == found


@pytest.mark.parametrize(
    ("verdict", "clause"),
    [
        (Verdict(GRANTED), "motionen bifalls"),
        (Verdict(REJECTED), "motionen avslås"),
        (Verdict(ANSWERED), "motionen anses besvarad"),
        (Verdict(WRITTEN_OFF), "motionen avskrivs från vidare handläggning"),
        (Verdict(GRANTED, (1,)), "motionens första att-sats bifalls"),
        (Verdict(REJECTED, (1, 2)), "motionens första och andra att-satser avslås"),
        (Verdict(ANSWERED, (3,)), "motionens tredje att-sats anses besvarad"),
        (Verdict(ANSWERED, (2, 3)), "motionens andra och tredje att-satser anses besvarade"),
        (
            Verdict(WRITTEN_OFF, (2, 3)),
            "motionens andra och tredje att-satser avskrivs från vidare handläggning",
        ),
        (Verdict(None, text="saken utreds"), "saken utreds"),
    ],
)
def test_verdict_clause_agrees(verdict: Verdict, clause: str) -> None:
    assert motion.verdict_clause(verdict) == clause


@pytest.mark.parametrize(
    ("outcome", "clause"),
    [
        (GRANTED, "förslaget bifalls"),
        (REJECTED, "förslaget avslås"),
        (ANSWERED, "ärendet anses besvarat"),
        (WRITTEN_OFF, "ärendet avskrivs från vidare handläggning"),
    ],
)
def test_verdict_clause_without_a_motion(outcome: Outcome, clause: str) -> None:
    assert motion.verdict_clause(Verdict(outcome), has_motion=False) == clause


@pytest.mark.parametrize(
    ("verdict", "wish"),
    [
        (Verdict(GRANTED), "bifall till motionen"),
        (Verdict(REJECTED), "avslag på motionen"),
        (Verdict(ANSWERED), "att motionen ska anses besvarad"),
        (Verdict(WRITTEN_OFF), "att motionen ska avskrivas från vidare handläggning"),
        (Verdict(GRANTED, (1,)), "bifall till motionens första att-sats"),
        (Verdict(REJECTED, (1, 2)), "avslag på motionens första och andra att-satser"),
        (Verdict(ANSWERED, (1, 2)), "att motionens första och andra att-satser ska anses besvarade"),
        (Verdict(None, text="saken utreds"), "att saken utreds"),
    ],
)
def test_wish_follows_the_verb(verdict: Verdict, wish: str) -> None:
    assert motion.wish(verdict) == wish


@pytest.mark.parametrize(
    ("outcome", "wish"),
    [
        (GRANTED, "bifall till det liggande förslaget"),
        (REJECTED, "avslag på det liggande förslaget"),
        (ANSWERED, "att ärendet ska anses besvarat"),
        (WRITTEN_OFF, "att ärendet ska avskrivas från vidare handläggning"),
    ],
)
def test_wish_without_a_motion(outcome: Outcome, wish: str) -> None:
    assert motion.wish(Verdict(outcome), matter="det liggande förslaget") == wish


@pytest.mark.parametrize(
    ("outcomes", "is_part", "whole", "proposed"),
    [
        ((), False, "", ""),
        ((GRANTED,), False, "bifall", "bifall"),
        ((REJECTED,), False, "avslag", "avslag"),
        ((ANSWERED,), False, "anses besvarad", "att motionen anses besvarad"),
        ((WRITTEN_OFF,), False, "avskriven", "att motionen avskrivs"),
        ((GRANTED,), True, "delvis bifall", "delvis bifall"),
        ((REJECTED, GRANTED), False, "delvis bifall", "delvis bifall"),
        ((ANSWERED, REJECTED), False, "delvis avslag", "delvis avslag"),
    ],
)
def test_summary_of_outcomes(
    outcomes: tuple[Outcome, ...], *, is_part: bool, whole: str, proposed: str
) -> None:
    assert motion.summary(outcomes, is_part=is_part) == whole
    assert motion.summary(outcomes, is_part=is_part, is_proposal=True) == proposed


@pytest.mark.parametrize(
    ("title", "movers", "line"),
    [
        ("Nattåg året om", (TORA,), "Motion 2-2026: Nattåg året om, av Tora Hedlund (V)"),
        ("om nattåg", (TORA, ALEX), "Motion 2-2026 om nattåg, av Tora Hedlund (V) och Alex Prytz (L)"),
        ("Motion om nattåg", (), "Motion om nattåg"),
        ("", (), "Motion 2-2026"),
    ],
)
def test_listed_motion(title: str, movers: tuple[PersonFact, ...], line: str) -> None:
    assert motion.listed(MotionFact("2-2026", title, 1, movers)).replace(NBSP, " ") == line

"""§§ of two bodies become cases with a timeline."""

from __future__ import annotations

import datetime as dt

from protocols.reading import cases, protocol
from protocols.reading.facts import Outcome
from tests.protocols.reading.minutes import CITY

BOARD, ASSEMBLY = "kommunstyrelsen", "kommunfullmäktige"


def day(month: int) -> dt.date:
    return dt.date(2031, month, 1)


def step(
    body: str, month: int, number: str, *,
    earlier: tuple[tuple[int, str], ...] = (), outcome: Outcome = Outcome.POSTPONED,
    registry: str = "1/31", title: str = "motion om bänkar",
) -> cases.Step:  # fmt: skip
    told = frozenset((day(one), other) for one, other in earlier)
    return cases.Step(body, day(month), number, registry, title, True, outcome, told)


CHAIN = [
    step(BOARD, 1, "5"),
    step(BOARD, 2, "9", earlier=((1, "5"),), outcome=Outcome.RECOMMENDS_GRANTING),
    step(ASSEMBLY, 3, "20"),
    step(ASSEMBLY, 4, "31", earlier=((3, "20"),), outcome=Outcome.GRANTED),
]


def test_steps_of_both_bodies_are_one_case_in_order() -> None:
    other = step(BOARD, 1, "6", title="anmälan av jäv")
    found = cases.gather([*reversed(CHAIN), other])
    assert [[one.number for one in case.steps] for case in found] == [["5", "9", "20", "31"], ["6"]]
    assert found[0].bodies == {BOARD, ASSEMBLY}
    assert cases.agrees(found[0]) is True
    assert cases.share(found) == cases.Share(1, 1, 1, 1)


def test_step_with_another_title_belongs_to_the_case_that_it_tells_of() -> None:
    renamed = step(ASSEMBLY, 5, "40", earlier=((4, "31"),), title="reviderad motion")
    (case,) = cases.gather([*CHAIN, renamed])
    assert case.steps[-1] is renamed


def test_case_whose_last_step_tells_of_another_paragraph_does_not_agree() -> None:
    (case,) = cases.gather([*CHAIN[:3], step(ASSEMBLY, 4, "31", earlier=((3, "19"),))])
    assert case.told == ((day(3), "19"),)
    assert cases.agrees(case) is False


def test_round_begins_anew_when_the_matter_comes_back() -> None:
    again = [
        step(BOARD, 5, "50", outcome=Outcome.RECOMMENDS_REJECTING),
        step(ASSEMBLY, 6, "60", outcome=Outcome.REJECTED),
    ]
    (case,) = cases.gather([*CHAIN, *again])
    assert cases.agrees(case) is None
    assert cases.share([case]) == cases.Share(1, 1, 0, 0)


def test_steps_are_made_of_what_was_read() -> None:
    first, second = cases.steps(protocol.read(CITY, "x"))
    assert (first.body, first.day, first.number) == (ASSEMBLY, dt.date(2031, 6, 3), "11")
    assert (day(3).replace(day=4), "7") in first.earlier
    assert second.outcome is Outcome.POSTPONED

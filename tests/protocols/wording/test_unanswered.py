"""The table of unanswered motions (KL 5 kap. 35 §)."""

from __future__ import annotations

from datetime import date

import pytest

from motions.enums import Stage
from motions.queries.clock import full_months
from protocols.facts import MotionFact, UnansweredFact
from protocols.wording.blocks import Table
from protocols.wording.decision import block_list
from tests.protocols.wording.examples import ASSEMBLY, BIRGITTA, NBSP, TORA, facts


def unanswered(stage: Stage, *more: UnansweredFact) -> Table:
    """The table of one motion at the stage, and of more."""
    motion = MotionFact("2-2026", "nattåg året om", 1, (TORA, BIRGITTA))
    fact = UnansweredFact(motion, date(2025, 3, 4), stage, 14)
    report = facts(body=ASSEMBLY, motion=None, board_inline_name="regionstyrelsen", unanswered=(fact, *more))
    (table,) = block_list(report)
    assert isinstance(table, Table)
    return table


def test_row_tells_number_title_movers_day_place_and_months() -> None:
    table = unanswered(Stage.AT_BOARD)
    assert table.caption == f"1{NBSP}motion som inte har besvarats."
    assert table.head == ("Motion", "Rubrik", "Inlämnad", "Läge", "Månader")
    title = f"Nattåg året om, av Tora Hedlund{NBSP}(V) och Birgitta Sand{NBSP}(M)"
    assert table.rows == (("2-2026", title, "2025-03-04", "Hos regionstyrelsen", "14"),)


def test_motion_without_number_or_movers() -> None:
    other = UnansweredFact(MotionFact("", "Bättre bussar", 1), date(2026, 1, 2), Stage.HANDED_IN, 1)
    table = unanswered(Stage.AT_BOARD, other)
    assert table.caption == f"2{NBSP}motioner som inte har besvarats."
    assert table.rows[1] == ("–", "Bättre bussar", "2026-01-02", "Inlämnad, inte registrerad", "1")


@pytest.mark.parametrize(
    ("stage", "place"),
    [
        (Stage.REGISTERED, "Registrerad, inte remitterad"),
        (Stage.REMITTED, "Remitterad, beredningen inte påbörjad"),
        (Stage.IN_PREPARATION, "Under beredning"),
        (Stage.AT_ASSEMBLY, "Hos regionfullmäktige"),
        (Stage.WITHDRAWN, "Återtagen"),
    ],
)
def test_place_by_stage(stage: Stage, place: str) -> None:
    assert unanswered(stage).rows[0][3] == place


@pytest.mark.parametrize(
    ("end", "months"),
    [(date(2026, 3, 3), 11), (date(2026, 3, 4), 12), (date(2025, 3, 4), 0), (date(2025, 1, 1), 0)],
)
def test_months_are_whole(end: date, months: int) -> None:
    assert full_months(date(2025, 3, 4), end) == months

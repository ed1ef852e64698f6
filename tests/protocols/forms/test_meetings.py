"""How far ahead a meeting is planned."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from protocols.forms.meetings import MOST_DAYS_AHEAD, PlanForm
from tests.factories import Region, make_region

TODAY = date(2026, 5, 20)


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@time_machine.travel("2026-05-20 12:00")
@pytest.mark.parametrize(
    ("days", "is_valid"), [(-20_000, True), (MOST_DAYS_AHEAD, True), (MOST_DAYS_AHEAD + 1, False)]
)
def test_plan_form_refuses_a_year_that_must_be_a_slip(region: Region, days: int, *, is_valid: bool) -> None:
    day = TODAY + timedelta(days=days)
    given = {"body": region.board.pk, "held_on": day.isoformat(), "starts_at": "09:00", "place": "Salen"}
    assert PlanForm(given).is_valid() is is_valid

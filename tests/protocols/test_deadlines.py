from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.deadlines import (
    final_from,
    is_working_day,
    last_appeal_day,
    latest_posting_day,
    take_down_day,
    working_day_from,
)

days = st.dates(min_value=date(2005, 1, 1), max_value=date(2090, 12, 31))


@pytest.mark.parametrize(
    ("posted", "taken_down"),
    [
        (date(2012, 11, 27), date(2012, 12, 19)),
        (date(2017, 9, 12), date(2017, 10, 4)),
        (date(2020, 8, 18), date(2020, 9, 9)),
        # The last day is a Friday: down on the Monday, twenty-four days after it was posted.
        (date(2017, 10, 27), date(2017, 11, 20)),
    ],
)
def test_notices_of_real_minutes_come_down_on_their_day(posted: date, taken_down: date) -> None:
    assert take_down_day(posted) == taken_down


def test_appeal_time_of_real_minutes_runs_out_on_christmas_eve() -> None:
    posted = date(2014, 12, 2)
    assert last_appeal_day(posted) == date(2014, 12, 23)
    assert final_from(posted) == date(2014, 12, 24)
    assert take_down_day(posted) == date(2014, 12, 29)  # eve, two holidays, Saturday and Sunday


def test_last_day_on_easter_monday_moves_though_a_real_board_took_its_notice_down() -> None:
    # That board had counted twenty-two days, 26 April, which was still a day for appeals.
    assert last_appeal_day(date(2011, 4, 4)) == date(2011, 4, 26)
    assert take_down_day(date(2011, 4, 4)) == date(2011, 4, 27)


@pytest.mark.parametrize(
    ("due", "moved"),
    [
        (date(2026, 6, 19), date(2026, 6, 22)),  # Midsummer Eve
        (date(2026, 12, 24), date(2026, 12, 28)),  # Christmas Eve, two holidays, Sunday
        (date(2026, 12, 31), date(2027, 1, 4)),  # New Year's Eve, New Year's Day, weekend
        (date(2026, 4, 3), date(2026, 4, 7)),  # Good Friday
        (date(2026, 5, 14), date(2026, 5, 15)),  # Ascension Day; the day after is a working day to the law
        (date(2026, 1, 6), date(2026, 1, 7)),  # Epiphany
        (date(2025, 6, 6), date(2025, 6, 9)),  # National Day on a Friday
        (date(2026, 5, 2), date(2026, 5, 4)),  # a Saturday
        (date(2026, 6, 18), date(2026, 6, 18)),  # the day before Midsummer Eve: short in banks only
    ],
)
def test_day_that_is_no_working_day_moves(due: date, moved: date) -> None:
    assert working_day_from(due) == moved
    assert last_appeal_day(due - timedelta(weeks=3)) == moved


def test_notice_is_posted_on_the_second_day_after_even_on_a_weekend() -> None:
    # Announcing on the web board needs no open office, and the act says "senast andra dagen efter".
    assert latest_posting_day(date(2026, 5, 29)) == date(2026, 5, 31)


@given(days)
def test_appeal_time_is_never_shorter_than_three_weeks_and_ends_on_a_working_day(posted: date) -> None:
    last = last_appeal_day(posted)
    assert last >= posted + timedelta(days=21)
    assert is_working_day(last)
    moved = [posted + timedelta(days=21 + n) for n in range((last - posted).days - 21)]
    assert not any(is_working_day(day) for day in moved)


@given(days)
def test_notice_stays_up_until_the_appeal_time_is_over(posted: date) -> None:
    assert last_appeal_day(posted) < final_from(posted) <= take_down_day(posted)
    assert is_working_day(take_down_day(posted))
    assert (take_down_day(posted) - posted).days <= 21 + 2 * 6  # no run of days off is longer


@given(days, days)
def test_later_posted_is_never_taken_down_earlier(one: date, other: date) -> None:
    first, second = sorted((one, other))
    assert take_down_day(first) <= take_down_day(second)

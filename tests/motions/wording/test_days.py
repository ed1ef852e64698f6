from __future__ import annotations

from datetime import date

from motions.wording.days import brief_day, day_near, joined, long_day, short_day

DAY = date(2026, 12, 9)


def test_days_are_written_as_in_swedish() -> None:
    assert long_day(DAY) == "9 december 2026"
    assert short_day(DAY) == "9 december"
    assert brief_day(DAY) == "9 dec"


def test_year_is_left_out_where_it_is_this_one() -> None:
    assert day_near(DAY, date(2026, 1, 1)) == "9 december"
    assert day_near(DAY, date(2027, 1, 1)) == "9 december 2026"


def test_names_are_joined_with_a_last_and() -> None:
    assert [joined(["A", "B", "C"][:count]) for count in range(4)] == ["", "A", "A och B", "A, B och C"]

from __future__ import annotations

from datetime import date

import pytest

from protocols.wording import dates


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2026, 12, 9), "9 december 2026", "9 december"),
        (date(2027, 1, 31), "31 januari 2027", "31 januari"),
        (date(2028, 2, 29), "29 februari 2028", "29 februari"),
    ],
)
def test_dates_in_swedish(day: date, long: str, short: str) -> None:
    assert (dates.long_date(day), dates.short_date(day)) == (long, short)


def test_months_are_twelve_different() -> None:
    assert len(set(dates.MONTHS)) == 12

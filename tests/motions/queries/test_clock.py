from __future__ import annotations

from datetime import date

import pytest

from motions.models import Motion
from motions.queries.clock import YearClock, starts_on, year_clock

START, DUE = date(2025, 11, 1), date(2026, 11, 1)


def clock(today: date, *, decided_on: date | None = None, reported_on: date | None = None) -> YearClock:
    return YearClock(START, DUE, today, decided_on, reported_on)


@pytest.mark.parametrize(
    ("today", "state", "words", "note"),
    [
        (date(2025, 11, 1), "", "365 dagar kvar", ""),
        (date(2026, 8, 27), "", "66 dagar kvar", ""),
        (date(2026, 8, 28), "is-near", "65 dagar kvar", ""),
        (date(2026, 10, 31), "is-near", "1 dag kvar", ""),
        (date(2026, 11, 1), "is-near", "0 dagar kvar", ""),
        (date(2026, 11, 2), "is-late", "1 dag över", "ej anmäld (KL 5 kap. 35 §)"),
        (date(2026, 11, 24), "is-late", "23 dagar över", "ej anmäld (KL 5 kap. 35 §)"),
    ],
)
def test_clock_of_an_open_motion(today: date, state: str, words: str, note: str) -> None:
    found = clock(today)
    assert (found.state, found.words, found.note) == (state, words, note)


def test_clock_tells_of_the_report_to_fullmaktige() -> None:
    assert clock(date(2026, 11, 24), reported_on=date(2026, 6, 16)).note == "anmäld 16 juni"


def test_clock_stops_at_the_verdict() -> None:
    found = clock(date(2030, 1, 1), decided_on=date(2026, 3, 29), reported_on=date(2026, 6, 16))
    assert (found.state, found.words, found.note, found.used, found.total) == (
        "is-done",
        "avgjord på 148 dagar",
        "",
        148,
        365,
    )


def test_clock_of_a_withdrawn_motion_has_stopped() -> None:
    motion = Motion(handed_in_on=START, due_on=DUE, stage="withdrawn")
    assert year_clock(motion, date(2027, 1, 1)).words == "återtagen"


@pytest.mark.parametrize(
    ("handed_in_on", "raised_on", "due_on", "expected"),
    [
        (date(2026, 1, 12), None, date(2027, 1, 12), date(2026, 1, 12)),
        (date(2026, 1, 12), date(2026, 2, 10), date(2027, 1, 12), date(2026, 1, 12)),
        (date(2026, 1, 12), date(2026, 2, 10), date(2027, 2, 10), date(2026, 2, 10)),
        (date(2028, 2, 29), None, date(2029, 2, 28), date(2028, 2, 29)),
    ],
)
def test_year_starts_on_the_day_that_gives_its_end(
    handed_in_on: date, raised_on: date | None, due_on: date, expected: date
) -> None:
    assert starts_on(Motion(handed_in_on=handed_in_on, raised_on=raised_on, due_on=due_on)) == expected

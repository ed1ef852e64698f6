"""Dates as Swedish minutes write them; references to other paragraphs use ISO dates instead."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


def full_date(day: date) -> str:
    """With the day of the week: "onsdag 9 december 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {long_date(day)}"


def long_date(day: date) -> str:
    """Day, month and year: "9 december 2026"."""
    return f"{short_date(day)} {day.year}"


def short_date(day: date) -> str:
    """Day and month, for lists whose year is plain: "9 december"."""
    return f"{day.day} {MONTHS[day.month - 1]}"

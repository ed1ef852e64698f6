"""Days and amounts as pages write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def long_day(day: date) -> str:
    """Day, month and year: "9 december 2026"."""
    return date_format(day, "j F Y")


def short_day(day: date) -> str:
    """Day and month, where the year is plain: "9 december"."""
    return date_format(day, "j F")


def brief_day(day: date) -> str:
    """For narrow places: "9 dec"."""
    return date_format(day, "j b")


def day_near(day: date, today: date) -> str:
    """Without the year where it is this one: "9 december", "9 december 2025"."""
    return short_day(day) if day.year == today.year else long_day(day)


def joined(words: Sequence[str]) -> str:
    """One line of several: "A", "A och B", "A, B och C"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s och %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}

"""Earlier §§ of the same matter: "Bordlagt den 4 mars 2031, § 12, den 1 april 2031, § 33"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from protocols.reading.facts import Earlier
from protocols.reading.lines import Line, Passage

MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
WORDS = "|".join(MONTHS)
DATE = (
    rf"(?:(?P<day>\d{{1,2}})\s+(?P<month>{WORDS}|"
    rf"{'|'.join(month[:3] for month in MONTHS)})\.?(?:\s+(?P<year>\d{{4}}))?|"
    rf"(?P<iso>\d{{4}}-\d{{2}}-\d{{2}}))"
)
TOKEN = re.compile(
    rf"{DATE}|§+\s*(?P<number>\d+[a-z]?(?:/\d{{2,4}})?)|(?P<more>(?<=\d)(?:\s*,\s*|\s+och\s+)(?P<next>\d+)(?=\s*(?:[,.]|och|$)))",
    re.IGNORECASE,
)


def date_of(match: re.Match[str]) -> dt.date | None:
    """The date of a match of `DATE`; None for one that no calendar has or that lacks its year."""
    try:
        if match["iso"]:
            return dt.date.fromisoformat(match["iso"])
        if not match["year"]:
            return None
        month = next(
            number for number, name in enumerate(MONTHS, 1) if name.startswith(match["month"].casefold()[:3])
        )
        return dt.date(int(match["year"]), month, int(match["day"]))
    except ValueError:
        return None


def first_date(text: str) -> dt.date | None:
    """The first whole date of a text."""
    return next((day for match in re.finditer(DATE, text, re.IGNORECASE) if (day := date_of(match))), None)


def earlier(lines: Sequence[Line]) -> tuple[Earlier, ...]:
    """Each § told with the date before it ("den 8 maj 2024, § 394") or after it ("§ 394, 2024-05-08")."""
    passage = Passage(lines)
    found: list[Earlier] = []
    day: dt.date | None = None
    waiting: list[tuple[str, int, int]] = []
    for match in TOKEN.finditer(passage.text):
        number = match["number"] or match["next"]
        if number is None:
            day = date_of(match) or day
            found += [Earlier(day, one, passage.place(a, b)) for one, a, b in waiting if day]
            waiting = []
        elif day is None:
            waiting.append((number, match.start(), match.end()))
        else:
            found.append(Earlier(day, number, passage.place(match.start(), match.end())))
    return tuple(dict.fromkeys(found))

"""Whom the rows of a protocol name: in a §, on the front page and in the lists of attendance.

It works on what was stored (`rows`), so that minutes read long ago can be gathered again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from protocols.reading.names import key

#: Of a party's letters in the register; what is longer is its name.
LONGEST_LETTERS = 10
#: Of no party: printed as a dash, or nothing.
NO_PARTY = ("", "-")


@dataclass(frozen=True, order=True)
class Spelt:
    """Somebody as the minutes spell them; `key` and `code` say which name that is."""

    key: str
    code: str
    spelling: str


def in_paragraph(facts: Mapping[str, Any]) -> list[Spelt]:
    """Everybody the § names, each once, in order; lists of votes last."""
    return _each_once(_people(facts))


def in_meeting(facts: Mapping[str, Any]) -> list[Spelt]:
    """Everybody the front page and the lists of attendance name, each once, and for whom they stood in.

    Officers, who have no party, are none of the register's persons.
    """
    listed = [*facts["attendance"], *facts["listed"]]
    there = [row for row in listed if row["party"]]
    away = [{"name": row["instead_of"], "party": ""} for row in listed]
    return _each_once([*there, *facts["verifiers"], *away])


def letters(facts: Mapping[str, Any], named: Iterable[Spelt]) -> set[str]:
    """The letters of every party that the § names, behind a name or as a group of its own."""
    groups = {
        code
        for kind in ("reservations", "notes")
        for row in facts[kind]
        for code in row["parties"]
        if len(code) <= LONGEST_LETTERS
    }
    return (groups | {one.code for one in named}) - set(NO_PARTY)


def _each_once(people: Iterable[Mapping[str, str]]) -> list[Spelt]:
    """Whoever is named with a party is not somebody else where a letterless name is the same."""
    found: dict[tuple[str, str], Spelt] = {}
    for row in people:
        spelling, code = row["name"].strip()[:200], row["party"].strip()[:20]
        if spelling:
            found.setdefault((key(spelling), code), Spelt(key(spelling), code, spelling))
    bearers = {one.key for one in found.values() if one.code}
    return [one for one in found.values() if one.code or one.key not in bearers]


def _people(facts: Mapping[str, Any]) -> Iterable[Mapping[str, str]]:
    yield from facts["movers"]
    for kind in ("proposals", "reservations", "notes"):
        for one in facts[kind]:
            yield from one["by"]
    yield from facts["recusals"]
    for vote in facts["votes"]:
        yield from vote["named"]
        yield from vote["listed"]

"""Who served in which §§, and who came and went, as the cover and the attendance list tell it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone

from protocols.enums import MoveKind
from protocols.facts import MoveFact, ServiceFact
from protocols.wording import names
from protocols.wording.motion import decision_clauses
from protocols.wording.text import NBSP


def paragraphs(numbers: Iterable[int]) -> str:
    """§§ in unbroken runs: "§ 4", "§§ 4–5", "§§ 1–12, 15"; '' for none."""
    runs = _runs(sorted(set(numbers)))
    if not runs:
        return ""
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    sign = "§" if len(runs) == 1 and runs[0][0] == runs[0][1] else "§§"
    return f"{sign}{NBSP}{', '.join(shown)}"


def service(fact: ServiceFact) -> str:
    """What follows a name: "§§ 1–12, 15; jäv § 13", "ersätter Asta Björk (V) §§ 13–14"; '' for all of it.

    One who served in nothing has nothing either, besides a recusal.
    """
    parts = []
    for span in fact.spans:
        where = "" if fact.is_whole else paragraphs(span.numbers)
        if span.replaces:
            parts.append(f"ersätter {names.person(span.replaces)} {where}".rstrip())
        elif where:
            parts.append(where)
    if fact.recused:
        parts.append(f"deltar inte i {paragraphs(fact.recused)} på grund av jäv")
    for part in fact.in_clauses:
        where = f"{paragraphs([part.number])}, {decision_clauses(part.clauses)}"
        if part.replaces:
            parts.append(f"ersätter {names.person(part.replaces)} {where}")
        else:
            parts.append(f"deltar inte i {where}, på grund av jäv")
    return "; ".join(parts)


def clock(at: datetime) -> str:
    """The time of day in the hall: "14.05"."""
    return f"{timezone.localtime(at):%H.%M}"


def move(fact: MoveFact) -> str:
    """What follows the name: "kom 10.15", "lämnade 14.05, efter § 12"."""
    other = names.person(fact.other) if fact.other else ""
    acts = {
        MoveKind.CAME: "kom",
        MoveKind.LEFT: "lämnade",
        MoveKind.STEPPED_IN: f"trädde in för {other}",
        MoveKind.STEPPED_BACK: f"lämnade platsen åter till {other}" if other else "slutade tjänstgöra",
    }
    where = ""
    if fact.during is not None:
        where = f", under {paragraphs([fact.during])}"
    elif fact.after is not None:
        where = f", efter {paragraphs([fact.after])}"
    return f"{acts[fact.kind]} {clock(fact.at)}{where}"


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Unbroken runs of the sorted numbers, first and last of each."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs

"""Gathers the §§ of one matter from the protocols of several bodies into a case with one timeline.

Two §§ are of one case when they carry the same registry number and the same title, or when one tells the
other under "Tidigare behandling". (A registry number alone is not enough: "Anmälan av jäv" has the same one
every time.)
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from protocols.reading.facts import Outcome, ReadProtocol
from protocols.reading.titles import figure

SAME_BEGINNING = 60  # characters of a title, folded, by which it is the same in both bodies


@dataclass(frozen=True, slots=True)
class Step:
    """A § as a case needs it: light enough to keep for every file."""

    body: str
    day: dt.date
    number: str
    registry_number: str
    title: str
    is_motion: bool
    outcome: Outcome
    earlier: frozenset[tuple[dt.date, str]]

    @property
    def key(self) -> tuple[dt.date, str]:
        return self.day, self.number


@dataclass(frozen=True, slots=True)
class Case:
    """The §§ of a matter, oldest first. `told` are §§ that a later one tells of and no file read has."""

    steps: tuple[Step, ...]
    told: tuple[tuple[dt.date, str], ...]

    @property
    def bodies(self) -> frozenset[str]:
        return frozenset(step.body for step in self.steps)


def steps(protocol: ReadProtocol) -> list[Step]:
    """The §§ of a protocol; none where its day could not be read."""
    day = protocol.front.day
    if day is None:
        return []
    return [
        Step(
            protocol.front.body.casefold(), day, one.number, one.registry_number or "", _folded(one.title),
            one.is_motion, one.outcome, frozenset((told.day, told.number) for told in one.earlier),
        )
        for one in protocol.paragraphs
    ]  # fmt: skip


def _folded(title: str) -> str:
    return re.sub(r"\W+", " ", title).strip().casefold()[:SAME_BEGINNING]


def gather(those: Iterable[Step]) -> list[Case]:
    """The cases of these steps, in the order in which they began."""
    all_ = sorted(those, key=lambda step: (step.day, figure(step.number)))
    owner = list(range(len(all_)))

    def root(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    by_title: dict[tuple[str, str], int] = {}
    by_place: dict[tuple[dt.date, str, str], int] = {}
    for index, step in enumerate(all_):
        name = (step.registry_number, step.title)
        if step.title and (step.registry_number or step.is_motion):
            owner[root(index)] = root(by_title.setdefault(name, index))
        for day, number in step.earlier:
            other = by_place.get((day, number, step.registry_number))
            if other is not None:
                owner[root(index)] = root(other)
        by_place[(*step.key, step.registry_number)] = index
    grouped: dict[int, list[Step]] = defaultdict(list)
    for index, step in enumerate(all_):
        grouped[root(index)].append(step)
    return [_case(group) for group in grouped.values()]


def _case(group: list[Step]) -> Case:
    read = {step.key for step in group}
    told = {key for step in group for key in step.earlier} - read
    return Case(tuple(group), tuple(sorted(told, key=lambda key: (key[0], figure(key[1])))))


def agrees(case: Case) -> bool | None:
    """Whether the timeline and the "Tidigare behandling" of its last § list the same §§ of that body.

    A body tells of the round that it is in: what it decided before the matter came back to it need not be
    told again, but each postponement since must be. What was told and not read is on no side, unless its
    meeting was read. None for a case whose last § tells of nothing and has nothing to tell.
    """
    last = case.steps[-1]
    mine = [step for step in case.steps if step.body == last.body and step is not last]
    days = {step.day for step in mine}
    told = {key for key in last.earlier if key not in case.told or key[0] in days}
    must: set[tuple[dt.date, str]] = set()
    for step in reversed(mine):
        if step.outcome is not Outcome.POSTPONED:
            break
        must.add(step.key)
    if not must and not told:
        return None
    return must <= told <= {step.key for step in case.steps}


@dataclass(frozen=True, slots=True)
class Share:
    """Of the cases that passed through two bodies.

    How many agree, and the same for those with anything to tell.
    """

    agree: int
    cases: int
    telling_agree: int
    telling: int


def share(cases: Iterable[Case]) -> Share:
    """How many timelines agree with what the last § of their case tells. Nothing told of nothing agrees."""
    answers = [agrees(case) for case in cases if len(case.bodies) > 1]
    told = [answer for answer in answers if answer is not None]
    return Share(len(answers) - told.count(False), len(answers), told.count(True), len(told))

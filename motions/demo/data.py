"""The demo region read from its files.

Dates. The files hold absolute dates around `REFERENCE_DAY`, a Sunday. `Region.shifted_to(today)` moves every
date by the same number of whole weeks, so that weekdays are kept and `today` lies zero to six days after the
reference day; the one meeting marked `is_today` is put on `today` itself. The texts avoid dates of the story,
and no § number, motion number or year of a registry number is stored: the system gives them in the order of
the shifted dates, beginning at `Organisation.first_numbers` in the calendar year of the first event and at 1
in every later year. There is no general election in the story: memberships have a first day and no last.
"""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from motions.demo.shapes import (
    Body,
    Item,
    Login,
    Meeting,
    Motion,
    Official,
    Organisation,
    Party,
    PartyChange,
)
from motions.demo.tables import DemoDataError, from_table, shifted
from motions.enums import BodyKind

REFERENCE_DAY = date(2026, 11, 22)
FOLDER = Path(__file__).parent

T = TypeVar("T")


@dataclass(frozen=True)
class Region:
    """The whole demo. `motions` and `meetings` stand in the order of their days."""

    organisation: Organisation
    parties: tuple[Party, ...]
    party_changes: tuple[PartyChange, ...]
    officials: tuple[Official, ...]
    logins: tuple[Login, ...]
    bodies: tuple[Body, ...]
    motions: tuple[Motion, ...]
    meetings: tuple[Meeting, ...]

    @cached_property
    def _meetings_by_key(self) -> dict[str, Meeting]:
        return {meeting.key: meeting for meeting in self.meetings}

    def meeting(self, key: str) -> Meeting:
        """The meeting with the key. Raises KeyError."""
        return self._meetings_by_key[key]

    def body(self, key: str) -> Body:
        """The body with the key. Raises KeyError."""
        return {body.key: body for body in self.bodies}[key]

    def motion(self, key: str) -> Motion:
        """The motion with the key. Raises KeyError."""
        return {motion.key: motion for motion in self.motions}[key]

    @cached_property
    def assembly(self) -> Body:
        """Fullmäktige, from whose lists every elected person comes."""
        return next(body for body in self.bodies if body.kind == BodyKind.ASSEMBLY)

    @cached_property
    def persons(self) -> tuple[str, ...]:
        """Every elected person: members of fullmäktige, then substitutes."""
        return self.assembly.all_members + self.assembly.all_substitutes

    def party_of(self, person: str, on: date) -> str:
        """The code of the person's party on that day. Raises KeyError for one who is not elected."""
        for change in self.party_changes:
            if change.person == person:
                return change.new if on >= change.on else change.old
        for lists in (self.assembly.members, self.assembly.substitutes):
            for code, names in lists.items():
                if person in names:
                    return code
        raise KeyError(person)

    def history_of(self, key: str) -> list[tuple[Meeting, Item]]:
        """The meetings' items where the motion is dealt with, alone or in a block, in order of time."""
        return [
            (meeting, item)
            for meeting in self.meetings
            for item in meeting.items
            if item.motion == key or key in item.motions
        ]

    def shifted_to(self, today: date) -> Region:
        """The same region as if the reference week were the week of `today` (see the module's text)."""
        weeks = (today - REFERENCE_DAY).days // 7
        moved: Region = shifted(self, timedelta(weeks=weeks))
        meetings = tuple(
            dataclasses.replace(meeting, held_on=today) if meeting.is_today else meeting
            for meeting in moved.meetings
        )
        return dataclasses.replace(moved, meetings=meetings)


def load_region(folder: Path = FOLDER) -> Region:
    """Read the region from its files. Raises DemoDataError on a wrong form; see checks for the content."""
    organisation = _read(folder / "organisation.toml")
    people = _read(folder / "people.toml")
    motions = _read_all(Motion, folder / "motions")
    meetings = _read_all(Meeting, folder / "meetings")
    return Region(
        organisation=from_table(Organisation, organisation["organisation"], "organisation"),
        parties=_read_list(Party, people["parties"], "parties"),
        party_changes=_read_list(PartyChange, people["party_changes"], "party_changes"),
        officials=_read_list(Official, people["officials"], "officials"),
        logins=_read_list(Login, people["logins"], "logins"),
        bodies=_read_list(Body, people["bodies"], "bodies"),
        motions=tuple(sorted(motions, key=lambda motion: (motion.handed_in_on, motion.key))),
        meetings=tuple(sorted(meetings, key=lambda meeting: (meeting.held_on, meeting.starts))),
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DemoDataError(f"{path.name}: {error}") from error


def _read_list(cls: type[T], tables: list[dict[str, Any]], where: str) -> tuple[T, ...]:
    return tuple(from_table(cls, table, f"{where}[{index}]") for index, table in enumerate(tables))


def _read_all(cls: type[T], folder: Path) -> list[T]:
    return [
        from_table(cls, {"key": path.stem} | _read(path), path.name) for path in sorted(folder.glob("*.toml"))
    ]

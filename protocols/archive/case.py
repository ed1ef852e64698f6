"""A closed case as it goes to the archive: plain facts, and files that are known by their content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any, Literal, Protocol
from uuid import NAMESPACE_URL, UUID, uuid5


class Source(Protocol):
    """A stored file that can be opened to read."""

    def open(self, mode: Literal["rb"], /) -> Any: ...


class RecordKind(Enum):
    """What a record of the case is; the value is its Swedish name."""

    DOCUMENT = "Handling"
    EXTRACT = "Protokollsutdrag"
    CORRECTION = "Rättat protokollsutdrag"
    CERTIFIED_COPY = "Bestyrkt protokollsutdrag"
    MINUTES = "Protokoll"
    IMPORTED = "Inläst protokoll"


@dataclass(frozen=True)
class ArchivedFile:
    """A file under the data of the package: `path` is relative, `sha256` hex, `size` bytes.

    `puid` is the format's name in PRONOM, where it is known for sure.
    """

    path: str
    sha256: str
    size: int
    made_at: datetime
    source: Source = field(compare=False)
    media_type: str = "application/pdf"
    puid: str = ""


@dataclass(frozen=True)
class ArchivedRecord:
    """A record with its file; `replaced_by` is the identifier of the one that stands in its place."""

    identifier: str
    kind: RecordKind
    title: str
    day: date
    file: ArchivedFile
    is_secret: bool = False
    note: str = ""
    replaced_by: str = ""


@dataclass(frozen=True)
class ArchivedEvent:
    """Something that happened: in Swedish words, with its day and the moment it was recorded."""

    kind: str
    words: str
    day: date
    recorded_at: datetime
    by: str = ""


@dataclass(frozen=True)
class ArchivedCase:
    """The whole: a motion from hand-in to its end.

    `reference` names it for good: its registry number, or where it was withdrawn before it got one something
    else that no other case has.
    """

    organisation: str
    reference: str
    registry_number: str
    number: str
    title: str
    text: str
    handed_in_on: date
    ended_on: date
    outcome: str
    movers: Sequence[str]
    clauses: Sequence[tuple[str, str]]
    events: Sequence[ArchivedEvent]
    records: Sequence[ArchivedRecord]

    @property
    def identifier(self) -> UUID:
        """The case's own, the same each time."""
        return uuid5(NAMESPACE_URL, f"klubbslag:{self.organisation}:{self.reference}")

    def identifier_of(self, record: ArchivedRecord) -> UUID:
        """The record's own, the same each time."""
        return uuid5(self.identifier, record.identifier)

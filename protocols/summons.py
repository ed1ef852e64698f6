"""A summons (kallelse) as it is read: cover, list of items, each item's texts and documents (KL 5:15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from itertools import groupby
from typing import Any, Protocol

from protocols.document import DocumentSection


class Source(Protocol):
    """A stored PDF that can be opened to read, as a binary file that closes itself (Django's or Python's)."""

    def open(self, mode: str = "rb") -> Any: ...


@dataclass(frozen=True)
class Paper:
    """A document of an item; `number` is that of the appendix, counted through the whole summons."""

    number: int
    title: str
    source: Source = field(compare=False)

    @property
    def label(self) -> str:
        return f"Bilaga {self.number}"


@dataclass(frozen=True)
class SummonsItem:
    """An item of the agenda: `proposal` is what is proposed in a few words, `sections` the texts in full.

    `heading` is what it stands under with those beside it; `is_new`: the summons before did not have it.
    """

    number: int
    title: str
    registry_number: str = ""
    heading: str = ""
    proposal: str = ""
    is_new: bool = False
    sections: tuple[DocumentSection, ...] = ()
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True)
class SummonsDocument:
    """The whole; `number` is None while it is a draft that nobody has been summoned by."""

    organisation: str
    body: str
    held_on: date
    starts_at: time
    place: str
    chair: str
    secretary: str
    secretary_address: str
    members: tuple[str, ...]
    substitutes: tuple[str, ...]
    items: tuple[SummonsItem, ...]
    issued_on: date
    number: int | None = None
    is_open_to_all: bool = False

    @property
    def title(self) -> str:
        """What it is called: "Kallelse nr 1"."""
        if self.number is None:
            return "Kallelse"
        return f"{'Kallelse' if self.number == 1 else 'Tilläggskallelse'} nr {self.number}"

    @property
    def groups(self) -> Sequence[tuple[str, list[SummonsItem]]]:
        """The items under their headings, in the order of the agenda."""
        return [(heading, list(items)) for heading, items in groupby(self.items, lambda item: item.heading)]

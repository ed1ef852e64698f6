"""A paragraph as it is read: the one shape that page, PDF and frozen archive copy are all made from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from protocols.enums import Following, SectionKind


@dataclass(frozen=True)
class DocumentSection:
    """A heading and its sanitised HTML. `is_reworded` says that a person changed the made sentences."""

    kind: SectionKind
    heading: str
    html: str
    is_reworded: bool = False

    @property
    def name(self) -> str:
        """What a page calls the section, where the organisation hides its heading, too."""
        return self.heading or str(SectionKind(self.kind).label)


@dataclass(frozen=True)
class FollowingDocument:
    """A PDF that goes along with the extract, by its content: `sha256` is hex, `size` in bytes.

    `number` counts all lines under Bilagor, from 1.
    """

    number: int
    title: str
    sha256: str
    size: int
    following: Following

    @property
    def label(self) -> str:
        return f"Bilaga {self.number}"

    @property
    def is_file(self) -> bool:
        """Whether it is a file inside the extract; else it follows as pages."""
        return self.following == Following.FILE


@dataclass(frozen=True)
class ParagraphDocument:
    """One § of one meeting, ready to be read; unverified (a draft) while `verified_on` is None."""

    organisation: str
    body: str
    held_on: date
    number: int | None
    title: str
    registry_number: str
    sections: tuple[DocumentSection, ...]
    secretary: str = ""
    verifiers: tuple[str, ...] = ()
    verified_on: date | None = None
    appendices: tuple[FollowingDocument, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether the text has not been verified and must carry the mark UTKAST."""
        return self.verified_on is None

    @property
    def label(self) -> str:
        """The § with its number, never parted; empty before the item has one."""
        return f"§\N{NO-BREAK SPACE}{self.number}" if self.number else ""

    def to_json(self) -> str:
        """The canonical text of the document: sorted keys, UTF-8, no spaces to spare."""
        return json.dumps(
            asdict(self), default=_encode, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )

    def sha256(self) -> str:
        """The hash that binds a verification to exactly this text (hex)."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    @classmethod
    def from_json(cls, text: str) -> ParagraphDocument:
        """Rebuild a document from its canonical text. Raises KeyError or ValueError on anything else."""
        data: dict[str, Any] = json.loads(text)
        sections = tuple(
            DocumentSection(SectionKind(s["kind"]), s["heading"], s["html"], s["is_reworded"])
            for s in data.pop("sections")
        )
        verified_on = data.pop("verified_on")
        appendices = tuple(
            FollowingDocument(**row | {"following": Following(row["following"])})
            for row in data.pop("appendices", ())
        )
        return cls(
            **data
            | {
                "held_on": date.fromisoformat(data["held_on"]),
                "verifiers": tuple(data["verifiers"]),
                "sections": sections,
                "appendices": appendices,
                "verified_on": date.fromisoformat(verified_on) if verified_on else None,
            }
        )


def _encode(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"cannot store {type(value).__name__} in a document")

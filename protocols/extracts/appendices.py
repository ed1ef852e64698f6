"""Documents that follow an extract: as files inside it, or as pages after its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.utils.text import slugify

from protocols.document import FollowingDocument
from protocols.extracts.attachments import Attachment, Relationship
from protocols.extracts.enclosures import Enclosure, open_enclosures
from protocols.summons import Paper

#: What one extract can hold: it goes by mail to everybody.
MOST_PAGES = 500
MOST_BYTES = 50 * 1024 * 1024
_NAME = 60  # characters of a file's name


@dataclass(frozen=True)
class Appended:
    """A document with its bytes."""

    document: FollowingDocument
    content: bytes

    def open(self, mode: str = "rb") -> BytesIO:
        """The bytes as a file."""
        return BytesIO(self.content)


class AppendixError(Exception):
    """A document that cannot follow, though it could when it was chosen; `str()` says why, for the log."""


def attached(appended: Iterable[Appended], *, changed_on: date) -> tuple[Attachment, ...]:
    """Those that follow as files."""
    return tuple(
        Attachment(
            name=f"bilaga-{each.document.number}-{slugify(each.document.title)[:_NAME].strip('-')}.pdf",
            media_type="application/pdf",
            description=f"{each.document.label}. {each.document.title}",
            relationship=Relationship.SUPPLEMENT,
            changed_on=changed_on,
            content=each.content,
        )
        for each in appended
        if each.document.is_file
    )


def opened(appended: Sequence[Appended], stack: ExitStack) -> list[Enclosure]:
    """Those that follow as pages, open until the stack is left. Raises AppendixError."""
    bound = [each for each in appended if not each.document.is_file]
    papers = [Paper(each.document.number, each.document.title, each) for each in bound]
    enclosures = open_enclosures(papers, stack)
    for enclosure in enclosures:
        if enclosure.problem:
            raise AppendixError(f"{enclosure.paper.label} {enclosure.problem}")
    return enclosures

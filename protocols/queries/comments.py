"""The passages of a text that can be commented on, and the comments that stand."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from protocols.document import ParagraphDocument
from protocols.models import Comment, Paragraph
from protocols.wording.blocks import strip_tags

_BLOCK_END = re.compile(r"</(?:p|li|h3|h4|td|th|blockquote)>|<(?:ul|ol|table)[^>]*>")


@dataclass(frozen=True)
class Passage:
    """A paragraph or list item of a section; `key` changes with its words."""

    kind: str
    heading: str
    text: str

    @property
    def key(self) -> str:
        """What a form sends for it."""
        return f"{self.kind}:{hashlib.sha256(self.text.encode()).hexdigest()[:12]}"


def passages(document: ParagraphDocument) -> list[Passage]:
    """Every passage with words, in the order of the text."""
    return [
        Passage(section.kind.value, section.name, text)
        for section in document.sections
        for part in _BLOCK_END.split(section.html)
        if (text := strip_tags(part))
    ]


def comments_on(paragraph: Paragraph) -> Sequence[Comment]:
    """All of them, oldest first."""
    return list(paragraph.comments.select_related("person", "answered_by"))


def open_comments(paragraph: Paragraph) -> int:
    """How many the secretary has not dealt with."""
    return paragraph.comments.filter(answered_at__isnull=True).count()

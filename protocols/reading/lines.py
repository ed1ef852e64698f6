"""A source's text as lines, and a run of lines as one folded passage that still knows where it came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from protocols.reading.facts import Place
from protocols.reading.signs import KEPT_HYPHEN

CHUNK = re.compile(r"\S+(?: \S+)*")
# A word cut at a line's end goes on in small letters ("hand-" "läggning"). A hyphen that is part of the word
# stays: "IT-" "stöd", "Anna-" "Karin", "2031-" "2033"; in "miljö-" "och" a blank follows it.
CUT = re.compile(r"[a-zåäöéü]{2}-$")
WITHIN = re.compile(r"\w[-\u2011]$")
GOES_ON = re.compile(r"(?!(?:och|eller|samt|respektive|till)\b)\w")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its outer white space.

    `start` is its offset in the source, `gap` whether a blank line or a page break stands before it,
    `indent` how many blanks begin it; `furniture` is set for running heads and page numbers.
    """

    text: str
    start: int
    page: int | None
    gap: bool
    furniture: bool = False
    indent: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def place(self) -> Place:
        """Where it stands in the source."""
        return Place(self.start, self.end, self.page)


def split(text: str) -> list[Line]:
    """The lines of a text that have something in them.

    Form feeds count the pages; without any there are none.
    """
    paged = "\f" in text
    lines: list[Line] = []
    page, gap, offset = 1, True, 0
    for raw in re.split(r"\r\n|\r|\n", text):
        breaks = raw.count("\f")
        page += breaks
        gap = gap or bool(breaks)
        body = raw.replace("\f", " ").strip()
        if body:
            before = len(raw) - len(raw.replace("\f", " ").lstrip())
            indent = before - raw.rfind("\f", 0, before) - 1
            lines.append(Line(body, offset + before, page if paged else None, gap, indent=indent))
        gap = not body
        offset += len(raw)
        offset += 2 if text.startswith("\r\n", offset) else 1
    return lines


class Passage:
    """Lines folded into one line of text, hyphenation undone.

    `place` leads from a span of it to the source.
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        self._at: list[int] = []
        self._chunks: list[tuple[int, int | None]] = []
        parts: list[str] = []
        length = 0
        for line in lines:
            for chunk in CHUNK.finditer(line.text):
                piece = chunk.group()
                goes_on = parts and not chunk.start() and WITHIN.search(parts[-1]) and GOES_ON.match(piece)
                if goes_on and CUT.search(parts[-1]) and piece[0].islower():
                    parts[-1] = parts[-1][:-1]
                    length -= 1
                elif parts and not goes_on:
                    parts[-1] += " "
                    length += 1
                self._at.append(length)
                self._chunks.append((line.start + chunk.start(), line.page))
                parts.append(piece)
                length += len(piece)
        self.text = "".join(parts).replace(KEPT_HYPHEN, "-")

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """Where the characters `start` to `end` of the folded text stand in the source."""
        if not self._at:
            return Place(0, 0)
        end = len(self.text) if end is None else end
        first, page = self._offset(start)
        last, _ = self._offset(max(end - 1, start))
        return Place(first, last + 1, page)

    def _offset(self, position: int) -> tuple[int, int | None]:
        index = max(bisect_right(self._at, position) - 1, 0)
        offset, page = self._chunks[index]
        return offset + position - self._at[index], page


def ended_early(line: Line, after: Line, width: int) -> bool:
    """Whether a line was ended before it was full: the next line's first word would have had room.

    A line that was only wrapped is full; one that ended early ended its block. `width` is the widest line
    of the text around, in characters; type is proportional, so an eighth of it is left as doubt.
    """
    word = after.text.split(" ", 1)[0]
    return len(line.text) + 1 + len(word) < width * 7 // 8

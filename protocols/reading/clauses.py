"""Cuts a section into its items.

Numbered points, bullets, att-satser, or one item a paragraph or sentence.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from protocols.reading.lines import Line, ended_early
from protocols.reading.names import UPPER

POINT = re.compile(r"(?:(?P<number>\d{1,2})[.)]|(?P<bullet>[•▪◦–\-*])|(?P<att>att\b))\s+(?=\S)")
LONE_BULLET = re.compile(r"[•▪◦–*\-]|\d{1,2}[.)]")
# What stands at the end of the line before an att-sats; elsewhere "att" only goes on with a sentence.
BEFORE_ATT = (",", ".", ";", ":", "och", "samt", "besluta", "beslutar", "att")
LETTER = re.compile(r"[a-z][.)]\s")


def items(lines: Sequence[Line]) -> list[list[Line]]:
    """The clauses of a decision, their list numbers taken off.

    Lettered points stay with the clause they are part of.
    """
    lines = [line for line in lines if not LONE_BULLET.fullmatch(line.text)]
    numbered = _points(lines, "number")
    if numbered and _counts_up(lines, numbered):
        return _cut(lines, numbered)
    attar = _points(lines, "att")
    if attar:
        return _cut(lines, attar)
    return _paragraphs(lines)


def _points(lines: Sequence[Line], kind: str) -> list[int]:
    return [
        index
        for index, line in enumerate(lines)
        if (match := POINT.match(line.text)) and match[kind]
        and (kind != "att" or index == 0 or line.gap or lines[index - 1].text.endswith(BEFORE_ATT))
    ]  # fmt: skip


def _counts_up(lines: Sequence[Line], points: Sequence[int]) -> bool:
    first = POINT.match(lines[points[0]].text)
    return first is not None and first["number"] == "1"


def _cut(lines: Sequence[Line], points: Sequence[int]) -> list[list[Line]]:
    """Items that begin at `points`; what stands before the first is an item (or lead-in) of its own."""
    bounds = [*points, len(lines)]
    result = _paragraphs(lines[: points[0]])
    for one, other in itertools.pairwise(bounds):
        result.append([_stripped(lines[one]), *lines[one + 1 : other]])
    return [*result[:-1], *_after_list(result[-1])]


def _after_list(last: list[Line]) -> list[list[Line]]:
    """The last point, and what stands after the list: a new paragraph after a full stop is no part of it."""
    end = next(
        (
            index
            for index, (before, line) in enumerate(itertools.pairwise(last), start=1)
            if line.gap and before.text.endswith(".") and re.match(rf"[{UPPER}]", line.text)
        ),
        len(last),
    )
    return [last[:end], *_paragraphs(last[end:])]


def _stripped(line: Line) -> Line:
    match = POINT.match(line.text)
    if match is None or match["att"]:
        return line
    return replace(line, text=line.text[match.end() :], start=line.start + match.end())


def _paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """One item a paragraph: it ends at a blank line or where a line that was not full ended a sentence."""
    width = max((len(line.text) for line in lines), default=0)
    result: list[list[Line]] = []
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        if before is None or _begins(before, line, width):
            result.append([])
        result[-1].append(
            _stripped(line) if POINT.match(line.text) and not line.text.startswith("att") else line
        )
    return result


def _begins(before: Line, line: Line, width: int) -> bool:
    if re.match(r"[•▪◦–\-*]\s", line.text):
        return True
    if LETTER.match(line.text) or not re.match(rf"[{UPPER}\d”\"]", line.text):
        return False
    if before.text.endswith(":"):
        return not LETTER.match(line.text)
    return (
        before.text.endswith((".", "!", "?", '"', "”")) and (line.gap or ended_early(before, line, width))
    ) or (line.gap and not before.text.endswith((",", "och", "samt")))


def listed(lines: Sequence[Line]) -> list[list[Line]]:
    """The items of a list of documents or recipients: one a line, or as many lines as its sentence takes.

    A line begins an item unless it goes on in small letters or the line before it was broken because it
    was full.
    """
    lines = [line for line in lines if not LONE_BULLET.fullmatch(line.text)]
    width = max((len(line.text) for line in lines), default=0)
    result: list[list[Line]] = []
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        if before is None or _new_item(before, line, width):
            result.append([])
        result[-1].append(
            _stripped(line) if POINT.match(line.text) and not line.text.startswith("att") else line
        )
    return result


def _new_item(before: Line, line: Line, width: int) -> bool:
    if POINT.match(line.text) and not line.text.startswith("att"):
        return not (re.match(r"\d", line.text) and before.text.endswith((" den", " nr")))
    if not re.match(rf"[{UPPER}\d”\"(]", line.text):
        return False
    if re.search(r"(?:\b(?:den|och|samt|från|för|till|av|om|i|med|nr|på)|[,\-\u2011])$", before.text):
        return False
    if before.text.endswith((".", ":")) or line.gap:
        return True
    return len(before.text) < 72 or ended_early(before, line, width)

"""Cuts a protocol into front matter, §§ and appendices, and each § into its sections."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from dataclasses import dataclass, replace

from protocols.reading import headings, titles
from protocols.reading.facts import SectionKind
from protocols.reading.lines import Line
from protocols.reading.profiles import Profile
from protocols.reading.signs import KEPT_HYPHEN

APPENDIX = re.compile(
    r"Bilaga\s+(?:nr\.?\s*)?(\d{1,3}|[A-ZÅÄÖ])"
    r"(?:(?:\s*[.:–-]\s+|\s{2,})(?P<title>\S.{2,80}(?:(?<!\d)|(?<=§ \d)|(?<=§ \d\d)|(?<=§ \d\d\d))))?",
    re.IGNORECASE,
)
CELLS = re.compile(r"\s{2,}")
TABLE_HEADS = {
    "namn",
    "parti",
    "plats",
    "ledamot",
    "ersättare",
    "resultat",
    "funktion",
    "närvarande",
    "ja",
    "nej",
    "avstår",
    "utgick",
    "ankom",
}
LISTS = {SectionKind.DOCUMENTS, SectionKind.RECIPIENTS}
PAPERS = {SectionKind.STATEMENT, SectionKind.SUMMARY, SectionKind.MATTER, SectionKind.INFORMATION}
CONTENTS = re.compile(r"(?:\.\s?){4,}\s*\d*$|\s\d{1,3}$")


@dataclass(frozen=True, slots=True)
class Part:
    """A section before its facts are read.

    Its heading line (None where it has none) and the lines under it.
    """

    kind: SectionKind
    heading: Line | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """The three parts of a protocol's own lines. Each § begins with the line of its sign."""

    front: list[Line]
    paragraphs: list[list[Line]]
    appendices: list[list[Line]]


def cut(lines: list[Line], profile: Profile) -> Cut:
    """Lines without furniture, in the three parts. `paragraphs` is empty where no § was found."""
    starts = _starts(lines, profile)
    if not starts:
        return Cut(lines, [], [])
    end = _appendices_from(lines, starts[-1])
    bounds = [*starts, end]
    paragraphs = [lines[one:other] for one, other in itertools.pairwise(bounds)]
    return Cut(lines[: starts[0]], paragraphs, _appendices(lines[end:]))


def _starts(lines: list[Line], profile: Profile) -> list[int]:
    """The lines on which a § begins.

    A § sign as a heading, neither in a table of contents nor in a sentence.
    """
    found = [(index, sign) for index, line in enumerate(lines) if (sign := titles.sign(line.text, profile))]
    tables = next((index for index in range(len(lines)) if _appendix(lines, index)), len(lines))
    before = {number for index, (number, _) in found if index < tables}
    # A list of appendices tells whose they are: no § of its own.
    found = [one for one in found if one[0] < tables or one[1][0] not in before]
    last: dict[str, int] = {number: index for index, (number, _) in found}
    starts: list[int] = []
    previous = ""
    for index, (number, rest) in found:
        listed = index < last[number] and CONTENTS.search(rest)
        inside = not lines[index].gap and not _registry_or_next(rest, number, previous, profile)
        if listed or inside:
            continue
        starts.append(index)
        previous = number
    return _without_contents(starts, lines, profile)


def _registry_or_next(rest: str, number: str, previous: str, profile: Profile) -> bool:
    """What makes a § sign in the middle of a block a heading.

    A registry number, or that it is the next number.
    """
    if re.match(rf"(?:{profile.registry_labels}|{profile.registry_number})", rest):
        return True
    one, other = titles.figure(previous), titles.figure(number)
    return bool(one and other == one + 1)


def _without_contents(starts: list[int], lines: list[Line], profile: Profile) -> list[int]:
    """A table of contents without page numbers.

    A run of §§ at the start that all come again, with nothing under them.
    """
    numbers: dict[str, list[int]] = defaultdict(list)
    for index in starts:
        sign = titles.sign(lines[index].text, profile)
        numbers[sign[0] if sign else ""].append(index)
    after = dict(zip(starts, [*starts[1:], len(lines)], strict=False))
    dropped = set()
    for places in numbers.values():
        for index in places[:-1]:
            body = lines[index + 1 : after[index]]
            if len(body) < 8 and not any(headings.known(line.text, profile) for line in body):
                dropped.add(index)
    return [index for index in starts if index not in dropped]


def _appendices_from(lines: list[Line], start: int) -> int:
    for index in range(start + 1, len(lines)):
        if _appendix(lines, index):
            return index
    return len(lines)


def _appendix(lines: list[Line], index: int) -> bool:
    """Whether a line is "Bilaga 2" alone, perhaps with its title, with the heads of a table after it."""
    line = lines[index]
    found = APPENDIX.fullmatch(line.text)
    if not found or (found["title"] and not line.gap):
        return False
    cells = (cell for one in lines[index + 1 : index + 24] for cell in CELLS.split(one.text))
    return len({cell.casefold().rstrip(":") for cell in cells} & TABLE_HEADS) >= 2


def _appendices(lines: list[Line]) -> list[list[Line]]:
    parts: list[list[Line]] = []
    for index, line in enumerate(lines):
        if not parts or _appendix(lines, index):
            parts.append([])
        parts[-1].append(line)
    return parts


def sections(lines: list[Line], profile: Profile) -> tuple[titles.Head, list[Part]]:
    """A §'s head and its sections in reading order; text between the title and the first heading has none."""
    first = next(
        (
            index
            for index in range(_title_until(lines, profile), len(lines))
            if _heading(lines, index, profile, SectionKind.FRONT)
        ),
        len(lines),
    )
    head = titles.head(lines[:first], profile)
    parts: list[Part] = []
    rest = list(head.rest)
    current: tuple[SectionKind, Line | None] = (SectionKind.MATTER, None)
    body: list[Line] = []
    following = [*rest, *lines[first:]]
    for index, line in enumerate(following):
        within = current[0] if current[1] or current[0] is not SectionKind.MATTER else SectionKind.HEAD
        kind = _heading(following, index, profile, within)
        if kind is None:
            body.append(line)
            continue
        if body or current[1]:
            parts.append(Part(current[0], current[1], tuple(body)))
        current, body = (kind, line), []
        led = headings.led(line.text, profile)
        if led and headings.known(line.text, profile) is None:
            at = len(led[1]) + (len(line.text[len(led[1]) :]) - len(line.text[len(led[1]) :].lstrip()))
            current = (kind, replace(line, text=led[1]))
            body = [replace(line, text=led[2], start=line.start + at, gap=False)]
    if body or current[1]:
        parts.append(Part(current[0], current[1], tuple(body)))
    return head, parts


def _title_until(lines: list[Line], profile: Profile) -> int:
    """The first line that may be a heading.

    A § whose sign stands alone has a title, though it be called "Anföranden".
    """
    sign = titles.sign(lines[0].text, profile)
    alone = sign is not None and (not sign[1] or titles.is_registry(sign[1], profile))
    titled = len(lines) > 1 and headings.known(lines[1].text, profile) is not SectionKind.DECISION
    return 2 if alone and titled else 1


def _heading(lines: list[Line], index: int, profile: Profile, within: SectionKind) -> SectionKind | None:
    line = lines[index]
    kind = headings.known(line.text, profile)
    if kind is not None:
        return kind if _stands_alone(lines, index) and not _is_item(lines, index, profile, within) else None
    led = headings.led(line.text, profile)
    if led is not None and (line.gap or _begins_anew(lines, index, led, within)):
        return led[0]
    return headings.free_kind(within) if headings.free(lines, index, within) else None


def _begins_anew(
    lines: list[Line], index: int, led: tuple[SectionKind, str, str], within: SectionKind
) -> bool:
    """Whether "Yrkande: …" begins a section with no blank line above: the title or a sentence ended there."""
    if not led[1].endswith(":"):
        return False
    if within is SectionKind.FRONT and led[0] is SectionKind.DECISION:
        return True
    return index == 0 or lines[index - 1].text.endswith((".", ":", "!", "?"))


def _is_item(lines: list[Line], index: int, profile: Profile, within: SectionKind) -> bool:
    """A document may be called "Yttrande": in a list, such a heading with nothing under it is an item."""
    if within not in LISTS or headings.known(lines[index].text, profile) not in PAPERS:
        return False
    return index + 1 == len(lines) or headings.known(lines[index + 1].text, profile) is not None


def _stands_alone(lines: list[Line], index: int) -> bool:
    """A heading's word on a line of its own may be the end of a sentence that was wrapped before it."""
    line, before = lines[index], lines[index - 1] if index else None
    if before is None or line.gap:
        return True
    return line.text[:1].isupper() and not before.text.endswith(("-", KEPT_HYPHEN, ",", " och", " samt"))

"""The head of a §: its number, registry number and title, whatever order and lines they stand on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from protocols.reading.lines import Line, Passage, ended_early
from protocols.reading.names import UPPER
from protocols.reading.profiles import Profile

NUMBER = r"\d{1,4}(?:\s?[a-zA-Z](?![\w]))?(?:\s?/\s?\d{2,4})?"
SIGN = re.compile(
    rf"[*_#\s]*(?:(?:[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{{0,5}})\s?)?(?:§|Paragraf\s)\s?({NUMBER})[*_]*"
    rf"(?:\s*[.:–—-]\s+(?=[{UPPER}]))?\s*(.*)"
)
DECORATION = "*_# \t"
TITLE_WIDTH = 60
CLASS = re.compile(r"\d{3}")  # of the plan by which matters are filed: "Dnr 2035-00311 101"
PART = re.compile(rf"[{UPPER}][a-zåäö]+ \d{{1,2}}[.:]?")  # "Fråga 1"
# What a sentence of the text has and a title has not.
SENTENCE = re.compile(r"[.?!:]$")


@dataclass(frozen=True, slots=True)
class Head:
    """`lines` are those that its parts stand on, `rest` those after them and before the first heading."""

    number: str
    registry_number: str | None
    title: str
    lines: tuple[Line, ...]
    rest: tuple[Line, ...]


def figure(number: str) -> int:
    """The figure that a § number begins with: 70 of "70/20", 12 of "12a"; 0 where it has none."""
    match = re.match(r"\d+", number)
    return int(match.group()) if match else 0


def sign(text: str, profile: Profile) -> tuple[str, str] | None:
    """§ number and what follows it on the line; None for a line that only mentions a §.

    A § that is mentioned goes on in the sentence ("§ 32, den 29 februari", "§ 12 i arbetsordningen"); a
    heading has nothing, a registry number or a title after it.
    """
    match = SIGN.match(text)
    if not match:
        return None
    number, rest = re.sub(r"\s", "", match[1]), match[2].strip(DECORATION)
    if re.match(rf",\s*(?:{profile.registry_labels})", rest):  # "§ 12, Dnr KS/2031:44"
        rest = rest[1:].lstrip()
    if (
        not rest
        or re.match(rf"[{UPPER}\d\"”(]", rest)
        or re.match(profile.registry_labels, rest, re.IGNORECASE)
    ):
        return number, rest
    return None


def head(lines: list[Line], profile: Profile) -> Head:
    """Reads the lines from the § sign to the first heading."""
    found = sign(lines[0].text, profile)
    number, rest = found or ("", lines[0].text)
    registry, title_start = _registry(rest, profile)
    body = lines[1:]
    if (
        title_start
        and body
        and re.match(rf"[{UPPER}]", body[0].text)
        and ended_early(lines[0], body[0], TITLE_WIDTH)
    ):
        body = [replace(body[0], gap=True), *body[1:]]
    if registry is None and body and not title_start:
        registry, left = _registry(body[0].text, profile)
        if registry and not left:
            body = body[1:]
        else:
            registry = None
    title_lines, after = _title(body, started=bool(title_start))
    if registry is None:
        registry, after, title_lines = _registry_after(title_lines, after, profile)
    begun = [replace(lines[0], text=title_start)] if title_start else []
    title = Passage([*begun, *title_lines]).text.strip(DECORATION)
    bracketed = re.fullmatch(rf"(.+?)\s*\(({profile.registry_number})\)", title) if registry is None else None
    if bracketed:
        title, registry = bracketed[1], bracketed[2]
    kept = {line.start for line in after}
    return Head(
        number, registry, title, tuple(line for line in lines if line.start not in kept), tuple(after)
    )


def is_registry(text: str, profile: Profile) -> bool:
    """Whether a line is a registry number, with or without its label, and nothing else."""
    registry, left = _registry(text, profile)
    return not left and (registry is not None or bool(re.match(profile.registry_labels, text, re.IGNORECASE)))


def _registry(text: str, profile: Profile) -> tuple[str | None, str]:
    """A registry number at the start or the end of a line, labelled or alone.

    And what is left of the line.
    """
    number = rf"({profile.registry_number})(?:\s*(?:,|;|\boch\b)\s*{profile.registry_number})*"
    labelled = re.match(rf"(?:{profile.registry_labels})\s*:?\s*(?:{number})?\s*(.*)$", text, re.IGNORECASE)
    if labelled:
        left = labelled[2].strip(DECORATION)
        return labelled[1], "" if labelled[1] and CLASS.fullmatch(left) else left
    at_end = re.match(
        rf"(.*?)\s*\(?(?:{profile.registry_labels})\s*:?\s*{number}\)?$",
        text,
        re.IGNORECASE,
    )
    if at_end:
        return at_end[2], at_end[1].strip(DECORATION)
    alone = re.match(rf"({profile.registry_number})(?:\s+(.*))?$", text)
    if alone and not re.match(r"[a-zåäö]", alone[2] or ""):
        return alone[1], (alone[2] or "").strip(DECORATION)
    return None, text


def _registry_after(
    title: list[Line], after: list[Line], profile: Profile
) -> tuple[str | None, list[Line], list[Line]]:
    """A registry number on a line of its own below the title, or as the title's last line."""
    for place in (title, after):
        for index, line in enumerate(place[-1:] if place is title else place[:2]):
            registry, left = _registry(line.text, profile)
            if registry and not left:
                if place is title:
                    return registry, after, title[:-1]
                return registry, [*after[:index], *after[index + 1 :]], title
    return None, after, title


def _title(lines: list[Line], *, started: bool) -> tuple[list[Line], list[Line]]:
    """Where the title ends: at a blank line, or where a line that was not full is followed by a sentence."""
    end = 0
    while end < len(lines):
        if lines[end].gap and (end or (started and not lines[end].text[:1].islower())):
            break
        end += 1
    block, after = lines[:end], lines[end:]
    short = next(
        (index for index in range(1, len(block)) if _ends_before(block[index - 1], block[index])), end
    )
    block, after = block[:short], [*block[short:], *after]
    if block and SENTENCE.search(block[-1].text):
        cut = _sentence_from(block)
        return block[:cut], [*block[cut:], *after]
    return block, after


def _ends_before(line: Line, after: Line) -> bool:
    """Whether a line is much too short to be wrapped, or short and followed by the first part of a text."""
    if PART.fullmatch(after.text) and ended_early(line, after, TITLE_WIDTH):
        return True
    return bool(re.match(rf"[{UPPER}]", after.text)) and ended_early(line, after, TITLE_WIDTH * 5 // 8)


def _sentence_from(block: list[Line]) -> int:
    """The line of a block from which it is text and no longer title."""
    for index in range(1, len(block)):
        line, before = block[index], block[index - 1]
        if re.match(rf"[{UPPER}]", line.text) and ended_early(before, line, TITLE_WIDTH):
            return index
    for index in range(1, len(block)):
        if re.match(rf"[{UPPER}]", block[index].text) and len(block[index].text) > TITLE_WIDTH + 8:
            return index
    return len(block)

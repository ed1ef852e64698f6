"""Running heads and page numbers: lines that belong to the page and not to the text.

Known ones come from the profile. Unknown ones are learnt: what stands, figures aside, at the same place
at the top or the foot of most pages. A body's name alone ("Kommunstyrelsen") is furniture only as part of a
running head, since it may as well be a recipient.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from protocols.reading import titles
from protocols.reading.headings import known
from protocols.reading.lines import Line
from protocols.reading.profiles import BODY_ENDING, Profile

ZONE = 6  # lines at the top and at the foot of a page where running heads stand
FEWEST_PAGES = 3
BODY_ALONE = re.compile(rf"{BODY_ENDING}", re.IGNORECASE)
PAGE_HEAD = re.compile(r"(?:Protokoll\b.{0,12}|Sammanträdes(?:datum|protokoll|dag)\b.*)")
TABLE_WORD = re.compile(
    r"(?:Ja|Nej|Avstår|Frånvarande|Ledamot|Ersättare|Ordförande|Närvarande|Namn|Parti|[A-ZÅÄÖ]{1,4}|\d+)"
)
PAGE_NUMBER = re.compile(r"\b(?:Sida|Sid\.?)\s*\d+|\b\d+\s?\(\d+\)")
CALLED = re.compile(r"protokoll$|\bprotokoll\b.{0,12}\d$", re.IGNORECASE)
FOOT = re.compile(r"\d|sign|bestyrk|protokoll|www\.|://|@|\bregion|\bkommun\b|\bstad\b", re.IGNORECASE)
UNFINISHED = re.compile(r"(?:\S+ ){3,}\S*[\w,]")
GOES_ON = re.compile(r"\s+\(?forts\.?\)?$")
SIGN = re.compile(r"(?:[A-ZÅÄÖ]{1,5}\s*)?§")


def marked(lines: list[Line], profile: Profile) -> list[Line]:
    """The same lines, with `furniture` set where a line is part of the page.

    Or repeats a § sign on its next page.
    """
    learnt = _learnt(lines, profile)
    result: list[Line] = []
    current = ""
    for index, line in enumerate(lines):
        again = bool(current) and GOES_ON.sub("", line.text) == current
        if titles.sign(line.text, profile):
            current = line.text
        page = bool(profile.furniture.fullmatch(line.text)) or index in learnt or _body_head(lines, index)
        page = page or (bool(result) and result[-1].furniture and _ends_foot(lines, index))
        result.append(replace(line, furniture=True) if page or (again and line.gap) else line)
    return result


def without(lines: list[Line]) -> list[Line]:
    """The text's own lines. A sentence that a page break cut in two is no new block.

    The gap is taken away.
    """
    own: list[Line] = []
    cut = False
    for line in lines:
        if line.furniture:
            cut = True
            continue
        goes_on = bool(own) and _goes_on(own[-1].text, line.text)
        own.append(replace(line, gap=not goes_on) if cut else line)
        cut = False
    return own


def _goes_on(before: str, after: str) -> bool:
    return not before.endswith((".", ":", "!", "?", '"', "”")) and bool(re.match(r"[a-zåäö(]", after))


def _ends_foot(lines: list[Line], index: int) -> bool:
    """The rest of a sentence in a page's foot, or an address, after a line that is known to be part of it."""
    line, before = lines[index], lines[index - 1]
    goes_on = UNFINISHED.fullmatch(before.text) and line.text.endswith(".")
    if line.page is None or line.page != before.page or not (goes_on or re.fullmatch(r"\S+/\S+", line.text)):
        return False
    return index + ZONE >= len(lines) or lines[index + ZONE].page != line.page


def _body_head(lines: list[Line], index: int) -> bool:
    """A body's name with the rest of a running head after it, perhaps with a displaced heading between."""
    line = lines[index]
    if not BODY_ALONE.fullmatch(line.text):
        return False
    if line.page is not None and index and lines[index - 1].page == line.page:
        return False
    return any(PAGE_HEAD.fullmatch(after.text) for after in lines[index + 1 : index + 4])


def _learnt(lines: list[Line], profile: Profile) -> set[int]:
    pages: dict[int | None, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        pages[line.page].append(index)
    if None in pages:
        return _around_page_numbers(lines, profile) | _said_again(lines, profile)
    if len(pages) == 1:
        return set()
    edges = _same_edges(lines, *pages.values()) if len(pages) == 2 else _repeated(lines, list(pages.values()))
    learnt: set[int] = set()
    for at_foot, zone in edges:
        below = False  # what comes again below a part of the foot belongs to it
        for index in zone:
            below = below or bool(profile.furniture.fullmatch(lines[index].text))
            if _may_be(lines[index].text, profile, at_foot=at_foot and not below):
                learnt.add(index)
                below = True
    return learnt


def _repeated(lines: list[Line], pages: Sequence[list[int]]) -> list[tuple[bool, list[int]]]:
    """The head and the foot of each page: what stands there, figures aside, on most pages."""
    zones: list[tuple[bool, list[int]]] = []
    for page in pages:
        half = len(page) // 2
        zones += [(False, page[: min(ZONE, half)]), (True, page[max(half, len(page) - ZONE) :])]
    seen: Counter[tuple[bool, str]] = Counter()
    for at_foot, zone in zones:
        seen.update({(at_foot, _pattern(lines[index].text)) for index in zone})
    return [
        (at_foot, [index for index in zone if seen[at_foot, _pattern(lines[index].text)] * 2 > len(pages)])
        for at_foot, zone in zones
    ]


def _same_edges(lines: list[Line], one: list[int], other: list[int]) -> list[tuple[bool, list[int]]]:
    """Of two pages only what both begin with, line by line, and what both end with."""
    result: list[tuple[bool, list[int]]] = []
    for at_foot, order in ((False, 1), (True, -1)):
        pairs = zip(one[::order][:ZONE], other[::order][:ZONE], strict=False)
        same = list(
            itertools.takewhile(
                lambda pair: _pattern(lines[pair[0]].text) == _pattern(lines[pair[1]].text), pairs
            )
        )
        result += [(at_foot, sorted(side)) for side in zip(*same, strict=True)]
    return result


def _said_again(lines: list[Line], profile: Profile) -> set[int]:
    """In a text without pages and their numbers: a line that calls itself minutes, over and over alone."""
    alone = Counter(
        line.text
        for line, after in itertools.zip_longest(lines, lines[1:])
        if line.gap and (after is None or after.gap) and CALLED.search(line.text)
    )
    heads = {text for text, count in alone.items() if count >= FEWEST_PAGES and _may_be(text, profile)}
    return {index for index, line in enumerate(lines) if line.text in heads}


def _around_page_numbers(lines: list[Line], profile: Profile) -> set[int]:
    """In a text without page breaks.

    Repeated lines with a page number, and what stands beside every one of them.
    """
    numbered = [
        index
        for index, line in enumerate(lines)
        if PAGE_NUMBER.search(line.text) and not SIGN.match(line.text)
    ]
    counts = Counter(_pattern(lines[index].text) for index in numbered)
    anchors = [index for index in numbered if counts[_pattern(lines[index].text)] >= FEWEST_PAGES - 1]
    learnt = {index for index in anchors if _may_be(lines[index].text, profile)}
    for step in (-2, -1, 1, 2):
        beside = [index + step for index in anchors if 0 <= index + step < len(lines)]
        if len(beside) >= FEWEST_PAGES and len({_pattern(lines[index].text) for index in beside}) == 1:
            learnt |= {index for index in beside if _may_be(lines[index].text, profile)}
    return learnt


def _pattern(text: str) -> str:
    """The line without its figures, and without the § that a running head tells of its page."""
    return re.sub(r"\d+", "0", re.sub(r"(?<=.)\s*§+\s*\d[\d\s,–-]*$", "", text))


def _may_be(text: str, profile: Profile, *, at_foot: bool = False) -> bool:
    """At the foot of a page the last recipient ("Akten") may be the same on most pages, too."""
    if at_foot and not FOOT.search(text):
        return False
    return not (TABLE_WORD.fullmatch(text) or SIGN.match(text) or known(text, profile))

"""Where a sentence ends.

At a full stop, question or exclamation mark before a capital, and not at an abbreviation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from protocols.reading.names import UPPER

ABBREVIATION = re.compile(
    r"(?:\b(?:m\.\s?fl|t\.\s?ex|bl\.\s?a|d\.\s?v\.\s?s|s\.\s?k|f\.\s?d|m\.\s?m|o\.\s?s\.\s?v|p\.\s?g\.\s?a|fr\.\s?o\.\s?m|t\.\s?o\.\s?m|"
    rf"kap|st|nr|dnr|bil|ca|kl|tjg|ordf|resp|jfr|s|f|sid|org|tf|inkl|exkl|ev|div|milj|mnkr|tkr|e|v)|\b[{UPPER}]|\b\d{{1,2}})$"
)
END = re.compile(rf"[.!?][”\"’)]?(?=\s+[”\"“(]?[{UPPER}\d§])")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a folded text, as spans of it, without the blanks between."""
    start = 0
    for match in END.finditer(text):
        before = text[start : match.start()]
        abbreviated = match.group().startswith(".") and ABBREVIATION.search(before)
        if abbreviated and not _ends_anyway(before, text[match.end() :]):
            continue
        yield start, match.end()
        start = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
    if start < len(text.rstrip()):
        yield start, len(text.rstrip())


def _ends_anyway(before: str, after: str) -> bool:
    """An abbreviation may end a sentence, too: "m.fl." before a new subject, a party letter, a year's day."""
    if re.search(r"(?:m\.\s?fl|m\.\s?m)$", before):
        return not re.match(r"\s*\(", after)  # "Anna Berg m.fl. (V)"
    return bool(re.search(r"\d$", before)) and not re.match(r"\s+\d", after) and len(before.split()) > 2

"""Small tools of Swedish typography: spaces, stops, enumerations, and what must never be parted."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: The no-break space that keeps a name at its party and § at its number.
NBSP = "\u00a0"

_SPACE = re.compile(r"\s+")
_BEFORE_PARTY = re.compile(r"\s+\((?=(?:[A-ZÅÄÖ]\w{0,7}|-)\))")
_AFTER_SIGN = re.compile(r"(§+)\s*(?=\d)")
_BEFORE_SIGN = re.compile(r"(?<=\d)\s+(?=§)")
_ABBREVIATION = re.compile(r"(?:\b\w\.)+\w?\.$|\b(?:m\.fl|m\.m|osv|etc|kap|st|p)\.$", re.IGNORECASE)

#: How a text begins that goes on with the sentence before it instead of standing by itself.
_CONTINUATIONS = (
    "för att ", "så att ", "eftersom ", "då ", "med hänvisning ", "med anledning ", "med motiveringen ",
    "mot bakgrund ", "enligt ", "i enlighet ", "i avvaktan ", "i väntan ", "i syfte ", "utifrån ", "till ",
    "tills ", "på grund ",
)  # fmt: skip


def fold(text: str) -> str:
    """One line with single spaces; a no-break space stays one."""
    return _SPACE.sub(lambda run: NBSP if NBSP in run.group() else " ", text).strip(" " + NBSP)


def bind(text: str) -> str:
    """Fold `text` and put no-break spaces between a name and its party, and between § and its number."""
    text = _BEFORE_PARTY.sub(NBSP + "(", fold(text))
    return _BEFORE_SIGN.sub(NBSP, _AFTER_SIGN.sub(rf"\1{NBSP}", text))


def enumerate_with(items: Sequence[str], conjunction: str = "och") -> str:
    """Join as Swedish does: "a", "a och b", "a, b och c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def capitalise(text: str) -> str:
    """Raise the first letter only; the rest may hold names."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """End `text` with a full stop unless it already ends as a sentence (or with "m.fl.")."""
    return text if text.endswith((".", "!", "?", "…")) or not text else text + "."


def without_stop(text: str) -> str:
    """`text` without a closing stop or comma, fit to stand inside a sentence; "m.fl." keeps its own."""
    text = text.rstrip(" ,;:")
    if text.endswith("..") or _ABBREVIATION.search(text) or not text.endswith("."):
        return text
    return text[:-1].rstrip()


def own_words(text: str) -> str:
    """Words a person typed, ready to stand inside a sentence; '' where nothing was said."""
    return without_stop(bind(text))


def clause(text: str) -> str:
    """The secretary's own words of a clause, ready to follow "att": no "att" of its own, no full stop."""
    return own_words(re.sub(r"^att\s+", "", fold(text), flags=re.IGNORECASE))


def continues(text: str) -> bool:
    """Whether `text` ("för att ...", "eftersom ...") goes on with a sentence and is none of its own."""
    return text.startswith(_CONTINUATIONS)


def paragraphs(text: str) -> tuple[str, ...]:
    """The non-empty lines of `text`, each a sentence that begins with a capital."""
    lines = (bind(line) for line in text.splitlines())
    return tuple(sentence(capitalise(line)) for line in lines if without_stop(line))


def shortened(text: str, length: int) -> str:
    """The text, or its beginning with "…" where it is longer."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"

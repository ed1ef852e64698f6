"""Whether a text is in Swedish: told by the small words that no page does without."""

from __future__ import annotations

import re

from protocols.reading.refusals import Reason, UnreadableError

# English, German and Finnish do not have them.
SWEDISH = frozenset((
    "och", "att", "är", "för", "som", "av", "på", "inte", "till", "från", "ska", "enligt", "beslutar",
    "beslut", "ärendet",
))  # fmt: skip
# Where Norwegian and Danish are spelt in another way than Swedish, word for word.
NOT_NEIGHBOURS = frozenset(("och", "inte", "från", "efter", "också", "vad"))
NEIGHBOURS = frozenset(("og", "ikke", "fra", "etter", "også", "hva", "hvad"))
LEAST_SWEDISH = 0.04
LEAST_DIFFERENT = 5
TELLING = 20  # so many words of Swedish have one of those
LONG = 100
MOST_LETTERS = 200_000  # that are looked at


def check_language(text: str) -> None:
    """Refuses a text without words, and one that is not in Swedish. A very short one has no language to tell.

    Raises UnreadableError with `NO_TEXT` or `NOT_SWEDISH`.
    """
    words = re.findall(r"[^\W\d_]+", text[:MOST_LETTERS].casefold())
    if not words:
        raise UnreadableError(Reason.NO_TEXT)
    if len(words) >= TELLING and not _is_swedish(words):
        raise UnreadableError(Reason.NOT_SWEDISH)


def _is_swedish(words: list[str]) -> bool:
    swedish = [word for word in words if word in SWEDISH]
    neighbours = sum(word in NEIGHBOURS for word in words)
    if not swedish or neighbours > sum(word in NOT_NEIGHBOURS for word in words):
        return False
    # Minutes of a large assembly may be names for the most part: then several different words are enough.
    return (
        len(words) < LONG
        or len(swedish) >= LEAST_SWEDISH * len(words)
        or len(set(swedish)) >= LEAST_DIFFERENT
    )

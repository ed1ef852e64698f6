"""Which letters our faces have, and what is printed for one that none of them has.

An empty box says nothing, and no paper for the archive may have one (ISO 19005-3, 6.2.11.8; ISO 14289-1,
7.21.8). The letter's name stands for it instead; the data inside the paper keep the letter itself.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from fontTools.ttLib import TTFont

from protocols.extracts.fonts import FACES, system_faces

_VARIATION_SELECTORS = frozenset([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
_DRAWN_AS_NOTHING = frozenset({"Cc", "Cf", "Zl", "Zp"})  # controls, joiners, marks of direction
_MEANS_NOTHING = frozenset({"Co", "Cn", "Cs"})  # private, not assigned, half a letter


def printable(text: str) -> str:
    """The text with "[MELTING FACE]" for a letter that no face has, "[U+E000]" for one without a name."""
    known = covered()
    lacking = {letter for letter in set(text) if ord(letter) not in known and not _is_silent(letter)}
    lacking |= {letter for letter in set(text) if unicodedata.category(letter) in _MEANS_NOTHING}
    return text.translate({ord(letter): _name(letter) for letter in lacking}) if lacking else text


@cache
def covered() -> frozenset[int]:
    """The code points that some face of the press draws."""
    found: set[int] = set()
    for file in {face.file for face in (*FACES, *system_faces())}:
        with TTFont(file, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)


def _is_silent(letter: str) -> bool:
    return ord(letter) in _VARIATION_SELECTORS or unicodedata.category(letter) in _DRAWN_AS_NOTHING


def _name(letter: str) -> str:
    return f"[{unicodedata.name(letter, '') or f'U+{ord(letter):04X}'}]"

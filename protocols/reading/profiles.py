"""What a layout calls its parts, as data.

Profiles/swedish.toml for all, and a file a layout that adds its own.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from protocols.reading.facts import SectionKind

FOLDER = Path(__file__).parent / "profiles"
GENERAL = "swedish"
# A committee's name is any word of these endings: "socialnämnden", "arbetsutskottet", "gymnasie- och
# vuxennämndens".
BODY_ENDING = (
    r"(?:\w+-\s(?:och|samt)\s)?[\w\-]*(?:fullmäktige|styrelsen|nämnden|utskottet|beredningen|direktionen|presidiet|"
    r"nämnd|styrelse|utskott)(?:n?s)?"
)
# The whole name may have more words: "tekniska nämnden", "kommunstyrelsens arbetsutskott", "nämnden för
# kultur och fritid"; what only goes on with a sentence ("av nämnden") is none of them.
BODY_PHRASE = (
    r"(?!(?:att|av|enligt|från|med|om|på|till|utifrån)\b)(?:[\w\-]+ (?:och|samt) )?(?:\w+ )?"
    rf"{BODY_ENDING}(?: \w+nämnd(?:en)?s?| arbetsutskotts?)?(?: för [\w\-]+(?:(?:,| och) [\w\-]+)*)?"
)


@dataclass(frozen=True, slots=True)
class Profile:
    """A layout, compiled: a text is of it when `least` of the patterns `recognise` are found in it.

    One of the patterns `certain` is enough: no other layout has them.
    """

    name: str
    certain: tuple[re.Pattern[str], ...]
    recognise: tuple[re.Pattern[str], ...]
    least: int
    bodies: tuple[str, ...]
    assemblies: tuple[str, ...]
    furniture: re.Pattern[str]
    registry_labels: str
    registry_number: str
    headings: Mapping[str, SectionKind]
    heading_patterns: tuple[tuple[re.Pattern[str], SectionKind], ...]
    sources: tuple[re.Pattern[str], ...]
    recommends: tuple[re.Pattern[str], ...]
    proposes: re.Pattern[str]
    lead_ins: tuple[re.Pattern[str], ...]
    outcomes: Mapping[str, re.Pattern[str]]
    immediate: re.Pattern[str]
    motion_titles: re.Pattern[str]
    motion_lists: re.Pattern[str]


def names() -> list[str]:
    """The layouts there are data for, the general one last."""
    special = sorted(file.stem for file in FOLDER.glob("*.toml") if file.stem != GENERAL)
    return [*special, GENERAL]


def recognised(text: str) -> Profile:
    """The layout that a text is of: the one most of whose signs it shows, else the general one."""
    best, most = load(GENERAL), 0
    for name in names():
        profile = load(name)
        if any(pattern.search(text) for pattern in profile.certain):
            return profile
        seen = sum(1 for pattern in profile.recognise if pattern.search(text))
        if profile.recognise and seen >= profile.least and seen > most:
            best, most = profile, seen
    return best


@functools.cache
def load(name: str) -> Profile:
    """A layout by the name of its file. Raises FileNotFoundError for one there is no file of."""
    general = tomllib.loads((FOLDER / f"{GENERAL}.toml").read_text(encoding="utf-8"))
    if name == GENERAL:
        return compiled(general)
    return compiled(merged(general, tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))))


def merged(general: Mapping[str, Any], special: Mapping[str, Any]) -> dict[str, Any]:
    """The general data with a layout's own: lists are added to, single values replaced."""
    result = dict(general)
    for key, value in special.items():
        before = result.get(key)
        if isinstance(value, dict) and isinstance(before, dict):
            result[key] = merged(before, value)
        elif isinstance(value, list) and isinstance(before, list):
            result[key] = [*value, *before]
        else:
            result[key] = value
    return result


def compiled(data: Mapping[str, Any]) -> Profile:
    """Data as read from TOML, with its patterns compiled.

    Raises KeyError or re.error for data that is not whole.
    """
    bodies, assemblies = tuple(data["bodies"]["names"]), tuple(data["bodies"]["assemblies"])
    fill = functools.partial(_filled, body=BODY_PHRASE, assembly="|".join(assemblies))
    exact, patterns = _headings(data["headings"])
    decision, motion = data["decision"], data["motion"]
    return Profile(
        name=data["name"],
        certain=tuple(re.compile(sign) for sign in data["layout"].get("certain", ())),
        recognise=tuple(re.compile(sign) for sign in data["layout"]["recognise"]),
        least=data["layout"].get("least", 1),
        bodies=bodies,
        assemblies=assemblies,
        furniture=_any(data["furniture"]["lines"]),
        registry_labels="|".join(data["paragraph"]["registry_labels"]),
        registry_number=data["paragraph"]["registry_number"],
        headings=exact,
        heading_patterns=patterns,
        sources=tuple(re.compile(fill(one), re.IGNORECASE) for one in decision["sources"]),
        recommends=tuple(re.compile(fill(one), re.IGNORECASE) for one in decision["recommends"]),
        proposes=_any((fill(one) for one in decision["proposes"]), re.IGNORECASE),
        lead_ins=tuple(re.compile(fill(one), re.IGNORECASE) for one in decision["lead_ins"]),
        outcomes={key: _any(value, re.IGNORECASE) for key, value in data["outcomes"].items()},
        immediate=_any(data["verification"]["immediate"], re.IGNORECASE),
        motion_titles=_any(motion["titles"], re.IGNORECASE),
        motion_lists=_any(motion["lists"], re.IGNORECASE),
    )


def _filled(pattern: str, *, body: str, assembly: str) -> str:
    return pattern.replace("{body}", body).replace("{assembly}", assembly)


def _any(patterns: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns), flags)


def _headings(
    data: Mapping[str, list[str]],
) -> tuple[dict[str, SectionKind], tuple[tuple[re.Pattern[str], SectionKind], ...]]:
    """Phrases without a body's name are looked up; those with one are patterns."""
    exact: dict[str, SectionKind] = {}
    patterns: dict[SectionKind, list[str]] = defaultdict(list)
    for kind, phrases in data.items():
        for phrase in phrases:
            if "{body}" in phrase:
                pattern = r"\s+".join(
                    BODY_PHRASE if word == "{body}" else re.escape(word) for word in phrase.split()
                )
                patterns[SectionKind(kind)].append(pattern)
            else:
                exact[phrase] = SectionKind(kind)
    return exact, tuple((_any(those, re.IGNORECASE), kind) for kind, those in patterns.items())

"""What stands before the first §: the body, the day, the place, who was there and who verifies."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from protocols.reading import names
from protocols.reading.facts import Attendee, FrontPage, Person, Place
from protocols.reading.lines import Line, Passage
from protocols.reading.profiles import BODY_ENDING, Profile
from protocols.reading.references import first_date

LABELS = {
    "venue": r"Plats och tid|Tid och plats|Plats|Sammanträdesplats|Mötesplats|Lokal",
    "day": r"Sammanträdesdatum|Sammanträdesdag|Datum|Tid|Mötesdatum|Mötesdag",
    "members": (
        r"Beslutande|Beslutande ledamöter|Ledamöter|Närvarande|Närvarande ledamöter|"
        r"Närvarolista|Tjänstgörande ledamöter"
    ),
    "serving": r"Tjänstgörande ersättare",
    "substitutes": r"Ersättare|Ej tjänstgörande ersättare|Närvarande ersättare|Icke tjänstgörande ersättare",
    "others": r"Övriga närvarande|Övriga|Övriga deltagande|Tjänstepersoner|Tjänstemän|Övriga deltagare",
    "verifiers": (
        r"Utsedda? att justera|Justerare|Utses att justera|Justerande|Justering|"
        r"Val av justerare|Justeras"
    ),
    "end": (
        r"Justeringens plats och (?:tid|datum)|Underskrifter|Paragrafer|Sekreterare|"
        r"Ordförande|Anslag.*|Bevis.*|Innehåll.*|Ärendelista|Föredragningslista|Organ|"
        r"Överklagande.*"
    ),
}
LABEL = {
    key: re.compile(rf"(?:{pattern})\s*(?::\s*|\s{{2,}}|$)(.*)", re.IGNORECASE)
    for key, pattern in LABELS.items()
}
ROLES = {
    "members": "ledamot",
    "serving": "tjänstgörande ersättare",
    "substitutes": "ersättare",
    "others": "övrig",
}
SHORT = {
    "kf": "kommunfullmäktige", "ks": "kommunstyrelsen", "rf": "regionfullmäktige", "rs": "regionstyrelsen",
    "ksau": "kommunstyrelsens arbetsutskott", "rsau": "regionstyrelsens arbetsutskott",
}  # fmt: skip
# Whom somebody stands in for may be told on the next line.
CUT = re.compile(r"\b(?:ersätter|ersättare för|i stället för)\b[^()]*$", re.IGNORECASE)
INSTEAD = re.compile(rf"(?:ersätter|ersättare för|för|i stället för)\s+(?P<name>{names.NAME})", re.IGNORECASE)


def read(
    lines: Sequence[Line], furniture: Sequence[Line], opening: str, name: str, profile: Profile
) -> FrontPage:
    """The front page.

    Body and day are sought in the running heads, too, in the first §'s words `opening`, and last in the
    file's name ("ks-2031-11-20").
    """
    fields: dict[str, list[Line]] = {}
    current = ""
    for line in lines:
        for key, pattern in LABEL.items():
            if match := pattern.match(line.text):
                current = key
                rest = match[1].strip()
                if rest:
                    at = line.start + match.start(1)
                    fields.setdefault(current, []).append(Line(rest, at, line.page, line.gap))
                break
        else:
            if current:
                fields.setdefault(current, []).append(line)
    texts = [line.text for line in [*lines, *furniture]]
    justified = Passage(fields.get("verifiers", [])).text
    attendees = [one for key, role in ROLES.items() for one in _attendees(fields.get(key, []), role)]
    verifiers = names.people(justified) or tuple(
        one.person for one in attendees if re.search(rf"\b{re.escape(one.person.name)}\b", justified)
    )
    return FrontPage(
        _body(texts, opening, name, profile), _day([*texts, name.replace("_", " ")], fields.get("day", [])),
        Passage(fields.get("venue", [])[:2]).text, tuple(attendees), verifiers or _verifiers(opening),
    )  # fmt: skip


def _body(texts: Sequence[str], opening: str, name: str, profile: Profile) -> str:
    """The first line that is a body's name, else what the file's name is short for.

    Else the first body named.
    """
    pattern = re.compile(BODY_ENDING, re.IGNORECASE)
    alone = next((text for text in texts if pattern.fullmatch(text)), "")
    named = re.search("|".join(profile.bodies), " ".join([*texts[:60], opening]), re.IGNORECASE)
    short = SHORT.get(re.sub(r"[^a-zåäö].*", "", name.casefold(), flags=re.DOTALL), "")
    return (alone or short or (named.group() if named else "")).capitalize()


def _day(texts: Sequence[str], labelled: Sequence[Line]) -> dt.date | None:
    told = [line.text for line in labelled] + [
        text for text in texts if re.match(LABELS["day"], text, re.IGNORECASE)
    ]
    return next((day for text in [*told, *texts] if (day := first_date(text))), None)


def _verifiers(opening: str) -> tuple[Person, ...]:
    """Who verifies, as told in the first §: "Anna Berg (S) justerar dagens protokoll"."""
    match = re.search(r"[^.]*\b(?:justerar|att justera|utses att)\b", opening)
    return names.people(match.group()) if match else ()


def _attendees(lines: Sequence[Line], role: str) -> list[Attendee]:
    rows = []
    cut = False
    for line in lines:
        wrapped, cut = cut, bool(CUT.search(line.text))
        instead = INSTEAD.search(line.text)
        for one in names.find(line.text)[wrapped:]:
            if instead and one.start >= instead.start():
                continue
            place = Place(line.start + one.start, line.start + one.end, line.page)
            said = re.match(r"\s*,\s*([^,]+?)\s*$", line.text[one.end :]) if not instead else None
            rows.append(
                Attendee(
                    one.person, said[1] if said else role, instead["name"] if instead else "", "", "", place
                )
            )
    return rows

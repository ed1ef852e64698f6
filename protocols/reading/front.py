"""What stands before the first §: the body, the day, the place, who was there and who verifies."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Sequence

from protocols.reading import names
from protocols.reading.facts import Attendee, FrontPage, Person
from protocols.reading.lines import Line, Passage
from protocols.reading.profiles import BODY_PHRASE, Profile
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
        r"Överklagande.*|Frånvarande|Frånvarande ledamöter|Ej närvarande|(?:Anmält )?[Ff]örhinder"
    ),
}
LABEL = {
    key: re.compile(rf"[*_#]*(?=[A-ZÅÄÖ])(?i:{pattern})[*_]*\s*(?::[*_]*\s*|\s{{2,}}|$)(.*)")
    for key, pattern in LABELS.items()
}
SIGNATURE = re.compile(rf"(?P<name>{names.WORD} {names.NAME})(?:\s*\((?P<party>{names.PARTY})\))?")
ROLES = {
    "members": "ledamot",
    "serving": "tjänstgörande ersättare",
    "substitutes": "ersättare",
    "others": "övrig",
}
# "Kommunstyrelsens protokoll 2031-04-16", "Byggnadsnämnden, sammanträde den 3 maj".
OF_BODY = re.compile(
    rf"[*_#\s]*(?=[{names.UPPER}])(?P<body>(?i:{BODY_PHRASE})(?<!s))s?(?:,|\s+[–-])?\s*(?i:protokoll|sammanträd|\d{{4}}-)"
)
SHORT = {
    "kf": "kommunfullmäktige", "ks": "kommunstyrelsen", "rf": "regionfullmäktige", "rs": "regionstyrelsen",
    "ksau": "kommunstyrelsens arbetsutskott", "rsau": "regionstyrelsens arbetsutskott",
}  # fmt: skip
# An officer, who has an office and no party: "Eva Ek, förvaltningschef, §§ 3–5", "Eva Ek (sekreterare)".
OFFICER = re.compile(
    rf"(?P<name>{names.WORD} {names.NAME})\s*"
    r"(?:,\s*(?P<office>(?!§|kl\b)[^\W\d_][^,;()§]*[^\W\d_])|\((?P<bracketed>[^\W\d_][^()]{3,})\))"
    r"(?:\s*[,(]?\s*(?:§|kl\b).*)?"
)
STANDS_IN = re.compile(rf"{names.FOR}\s*$", re.IGNORECASE)
# Whom somebody stands in for may be told on the next line, as a whole or in part.
CUT = re.compile(rf"{names.FOR}(?P<begun>[^()]*)$", re.IGNORECASE)
NAME_CUT = re.compile(rf"(?:[{names.UPPER}][\w\-]*[-\u2011]|\s{names.PARTICLE})$")
# What follows a name and a comma and is no office: §§, times, whom somebody stands in for.
ROLE = re.compile(
    rf"\s*,(?!\s*(?:§|{names.FOR}|delt(?:ar|og)|kl\b|jäv|(?:från|när)varande|(?:fr|t)\.\s?o\.\s?m))"
    r"\s*(?P<role>\w[^,;§()]*?)\s*(?=[,;§(]|\bför\b|$)",
    re.IGNORECASE,
)


def read(
    lines: Sequence[Line],
    furniture: Sequence[Line],
    opening: str,
    name: str,
    *,
    profile: Profile,
    listed: Sequence[Attendee] = (),
    signed: Sequence[str] = (),
) -> FrontPage:
    """The front page; `listed` are those of an attendance list, `signed` the lines under "Justeras".

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
    texts = [line.text for line in sorted([*lines, *furniture], key=lambda line: line.start)]
    attendees = [one for key, role in ROLES.items() for one in _attendees(fields.get(key, []), role)]
    there = dict.fromkeys(one.person for one in [*attendees, *listed])
    justified = Passage(fields.get("verifiers", [])).text
    verifiers = names.people(justified) or _by_name(justified, there) or _signed(signed)
    return FrontPage(
        _body(texts, opening, name, profile), _day([*texts, name.replace("_", " ")], fields.get("day", [])),
        _venue(fields.get("venue", [])), tuple(attendees), verifiers or _verifiers(opening),
    )  # fmt: skip


def _venue(lines: Sequence[Line]) -> str:
    """A line, or two where the second goes on without a blank line between."""
    return Passage([line for index, line in enumerate(lines[:2]) if not (index and line.gap)]).text


def _signed(lines: Sequence[str]) -> tuple[Person, ...]:
    """Names alone on their lines, as an extract has them under "Justeras", mostly without a party."""
    found = [SIGNATURE.fullmatch(line) for line in lines]
    return tuple(Person(one["name"], one["party"] or "") for one in found if one)


def _by_name(text: str, people: Iterable[Person]) -> tuple[Person, ...]:
    """Those of some people whose names stand in a text, in its order."""
    found = [
        (match.start(), one)
        for one in people
        if (match := re.search(rf"(?<!\w){re.escape(one.name)}(?!\w)", text))
    ]
    return tuple(one for _, one in sorted(found, key=lambda each: each[0]))


def _body(texts: Sequence[str], opening: str, name: str, profile: Profile) -> str:
    """The first line that is a body's name, else what the file's name is short for.

    Else the first body named.
    """
    pattern = re.compile(BODY_PHRASE, re.IGNORECASE)
    alone = next((text for text in texts if text[:1].isupper() and pattern.fullmatch(text)), "")
    begun = next((found["body"] for text in texts[:60] if (found := OF_BODY.match(text))), "")
    named = re.search("|".join(profile.bodies), " ".join([*texts[:60], opening]), re.IGNORECASE)
    short = SHORT.get(re.sub(r"[^a-zåäö].*", "", name.casefold(), flags=re.DOTALL), "")
    return (alone or begun or short or (named.group() if named else "")).capitalize()


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
    found: list[Attendee] = []
    for passage in map(Passage, _rows(lines)):
        text = passage.text
        people = [one for one in names.find(text) if not STANDS_IN.search(text[: one.start])]
        for one, after in itertools.zip_longest(people, people[1:]):
            tail = text[one.end : after.start if after else None]
            office, instead = ROLE.match(tail), names.INSTEAD.search(tail)
            said = office["role"] if office else role
            place = passage.place(one.start, one.end)
            found.append(Attendee(one.person, said, instead["name"] if instead else "", "", "", place))
        if role == ROLES["others"] and not people:
            found += _officers(passage)
    return found


def _officers(passage: Passage) -> Iterable[Attendee]:
    """Those of a row without parties, one or several with semicolons between."""
    for piece in re.finditer(r"[^;\s][^;]*", passage.text):
        if one := OFFICER.fullmatch(piece.group().rstrip(" .")):
            place = passage.place(piece.start(), piece.start() + len(one.group()))
            yield Attendee(Person(one["name"], ""), one["office"] or one["bracketed"], "", "", "", place)


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """One or several people a row, with all that is said of them; it may take more than a line."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and _goes_on(" ".join(one.text for one in rows[-1]), line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _goes_on(row: str, line: Line) -> bool:
    if re.match(r"[a-zåäö§(]", line.text) or (NAME_CUT.search(row) and not line.gap):
        return True
    cut = CUT.search(row)
    if cut is None:
        return False
    begun, rest = (len(re.findall(names.WORD, part)) for part in (cut["begun"], line.text.partition("(")[0]))
    return begun < 2 or (rest == 1 and not line.gap)

"""What a name is: capitalised words before a party in brackets: "Anna-Karin von Berg (S)".

Titles and roles before the name ("ordföranden", "Tjänstgörande ersättaren") are not part of it. Groups are
named by their parties alone: "Ledamöterna från S, V och MP". Somebody named once with a party may later be
named without one; `Known` remembers who has which party.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from protocols.reading.facts import Person

UPPER = "A-ZÅÄÖÉÈÜØÆÁÍÓÚÇŠŽČĆŁ"
WORD = rf"[{UPPER}][\w’'´`.\-]*"
PARTICLE = r"(?:von|van|van de[rn]|de|del|della|der|af|al|el|ben|bin|ibn|da|do|dos|di|du|la|le|ter|zu|y)"
NAME = rf"{WORD}(?:(?: {PARTICLE}){{0,2}} {WORD}){{0,5}}"
PARTY = r"(?:[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,9}|-|–)"
BRACKETS = rf"\(\s*({PARTY})\s*\)"
PERSON = re.compile(rf"(?P<name>{NAME})(?:\s+m\.?\s?fl\.?)?\s*,?\s*{BRACKETS}")
# "Anna Berg, Bo Ek och Cia Ask (alla V)".
TOGETHER = re.compile(
    rf"(?P<names>{NAME}(?:\s*,\s*{NAME})*\s*,?\s*(?:och|samt)\s+{NAME})\s*\(\s*(?:alla|samtliga|båda)\s+(?P<party>{PARTY})\s*\)"
)
# Words that begin with a capital only because they begin a sentence or are a title.
LEADING = re.compile(
    r"(?:(?:Tjänstgörande|Tjg\.?|Ordförande[nt]?|Ordf\.?|Ersättar(?:e|en|na)|Ledam(?:oten|öterna|ot|öter)|Kommunalråde[tn]|Kommunalråd|"
    r"Regionråde[tn]|Regionråd|Oppositionsråde[tn]|Oppositionsråd|Borgarråde[tn]|Landstingsråde[tn]|Vice|Förste|Första|"
    r"Andre|Andra|Tredje|[1-3]:[ea]|Gruppledar(?:e|en)|Representant(?:en|erna)|Vidare|Även|Dessutom|Också|Härefter|Därefter|Sedan|Slutligen|"
    r"Samt|Och|Likaså|Av|Från|För|Med|Motion(?:en)?|Enligt|Interpellation(?:en)?|Fråga(?:n)?|Yrkande(?:t)?|Herr|Fru|"
    r"Avsägelse|Val|Utsedd|Det|Att|Mot|Mellan|Ja|Nej|Ja:|Nej:|Avstår:|Beslut|Deputeraden?|Justerare:?|Till|Ordföranden:)\s+)+"
)
# Whom somebody stands in for.
FOR = r"\b(?:ersätter|ersättare för|i stället för|för)\b"
INSTEAD = re.compile(rf"{FOR}\s+(?P<name>(?-i:{NAME}))", re.IGNORECASE)
GROUP = re.compile(
    rf"(?P<who>[Ll]edamöterna|[Rr]epresentanterna|[Gg]rupperna|[Ff]öreträdarna|[Ee]rsättarna|[Ll]edamoten|[Rr]epresentanten)"
    rf"\s+(?:för|från|i|ur)\s+(?P<parties>{PARTY}(?::s)?(?:\s*,\s*{PARTY}(?::s)?)*(?:\s*,?\s*(?:och|samt)\s+{PARTY}(?::s)?)?)(?![\w(])"
)
# The parties of the Riksdag by name; a local party is known by its letters in brackets after it.
NATIONAL = {
    "socialdemokraterna": "S", "moderaterna": "M", "sverigedemokraterna": "SD", "centerpartiet": "C",
    "vänsterpartiet": "V",
    "kristdemokraterna": "KD", "liberalerna": "L", "miljöpartiet": "MP", "folkpartiet": "FP",
}  # fmt: skip
PARTY_NAME = re.compile(
    rf"\b(?P<group>[{UPPER}][\wåäö]*(?:partiet|demokraterna)|Moderaterna|"
    rf"Liberalerna)s?(?![\w])(?P<acts>\s+\w*grupp(?:en)?)?(?:\s+de gröna)?(?:\s*{BRACKETS})?"
)


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody found in a text, and between which characters."""

    person: Person
    start: int
    end: int


@dataclass(slots=True)
class Known:
    """Who has been named with which party, in this text so far."""

    parties: dict[str, str] = field(default_factory=dict)

    def learn(self, people: Iterable[Person]) -> None:
        self.parties.update((person.name, person.party) for person in people if person.party)

    def mentions(self, text: str) -> list[Found]:
        """Known people named without a party, by their whole name."""
        spans = [
            Found(Person(name, party), match.start(), match.end())
            for name, party in self.parties.items()
            if name in text
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)(?!\s*\()", text)
        ]
        return sorted(spans, key=lambda found: found.start)


def find(text: str) -> list[Found]:
    """Everybody who is named with a party, in order."""
    found = [_found(match["name"], match[2], match.start(), match.end()) for match in PERSON.finditer(text)]
    for match in TOGETHER.finditer(text):
        for one in re.finditer(NAME, match["names"]):
            start, end = match.start() + one.start(), match.start() + one.end()
            found.append(_found(one.group(), match["party"], start, end))
    return sorted((one for one in found if one), key=lambda one: one.start)


def _found(name: str, party: str, start: int, end: int) -> Found | None:
    """Somebody without the titles before the name; None where nothing but titles or a party is there."""
    lead = LEADING.match(name + " ")
    if lead:
        start += lead.end()
        name = name[lead.end() :]
    if not name.strip(" .,") or PARTY_NAME.match(name):
        return None
    return Found(Person(name.strip(" ,"), party.replace("–", "-")), start, end)


def people(text: str) -> tuple[Person, ...]:
    """Everybody who is named with a party, each once."""
    return tuple(dict.fromkeys(one.person for one in find(text)))


def groups(text: str) -> tuple[str, ...]:
    """The parties of "Ledamöterna från S, V och MP", "C-gruppen" and "Vänsterpartiet (V)"."""
    parties: list[str] = []
    for match in GROUP.finditer(text):
        parties += re.findall(PARTY, re.sub(r"\b(?:och|samt)\b|:s\b", " ", match["parties"]))
    parties += re.findall(r"(?<![\w-])([A-ZÅÄÖ]{1,4})-gruppen\b", text)
    for match in PARTY_NAME.finditer(text):
        party = match[match.re.groups] or NATIONAL.get(match["group"].casefold())
        if party is None and match["acts"]:
            party = match["group"]  # a local party's group, whose letters stand nowhere near
        parties += [party] if party else []
    return tuple(dict.fromkeys(parties))


def turned(listed: str) -> str:
    """A name as lists have it, the right way round: "Berg, Anna" is Anna Berg."""
    last, comma, first = listed.partition(",")
    return f"{first.strip()} {last.strip()}" if comma else listed.strip()


def key(name: str) -> str:
    """By what two spellings of a name are one: "Ek-Berglund, Maj" and "Maj Ek Berglund"."""
    return re.sub(r"[\s\-]+", " ", turned(name)).casefold()

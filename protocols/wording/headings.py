"""Headings and their order: data of the organisation, with three real profiles to start from.

A profile is an ordered list of headings. An empty pattern hides the heading: the text stands under the one
before it. In a pattern, "{body}" and "{body_genitive}" stand for the
body ("Regionstyrelsens beslut"), and "|" parts variants: one | several ("Reservation|Reservationer"); for
NON_PARTICIPATION: only jäv | only others | both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from protocols.enums import NonParticipationKind, SectionKind
from protocols.facts import ParagraphFacts
from protocols.wording import names
from protocols.wording.text import fold


class Heading(NamedTuple):
    """One section's heading as the organisation words it."""

    kind: SectionKind
    pattern: str


Profile: TypeAlias = Sequence[Heading]

_NOTES = "Protokollsanteckning|Protokollsanteckningar"
_NON_PARTICIPATION = "Jäv|Deltar inte i beslutet|Jäv och ej deltagande"

#: Decision first, debate after it, background last.
DEFAULT_PROFILE: Profile = (
    Heading(SectionKind.DECISION, "{body_genitive} beslut"),
    Heading(SectionKind.RESERVATION, "Reservation|Reservationer"),
    Heading(SectionKind.STATEMENT, "Yttrande till beslutsförslaget"),
    Heading(SectionKind.SUMMARY, "Sammanfattning"),
    Heading(SectionKind.EARLIER_TREATMENT, "Tidigare behandling"),
    Heading(SectionKind.DELIBERATION, "Ärendets behandling under sammanträdet"),
    Heading(SectionKind.PROCEDURE, "Beslutsgång"),
    Heading(SectionKind.NON_PARTICIPATION, _NON_PARTICIPATION),
    Heading(SectionKind.NOTES, _NOTES),
    Heading(SectionKind.MATTER, "Ärendet"),
    Heading(SectionKind.IMPACT, "Beslutsförslagets påverkan avseende jämställdhet"),
    Heading(SectionKind.VOTING_LIST, "Voteringslista|Voteringslistor"),
    Heading(SectionKind.VERIFICATION, "Justering"),
    Heading(SectionKind.APPENDICES, "Bilagor:"),
    Heading(SectionKind.RECIPIENTS, "Protokollsutdrag skickas till:"),
)

#: Earlier treatment and documents first, reservations after the debate.
GOTEBORG_PROFILE: Profile = (
    Heading(SectionKind.DECISION, "Beslut"),
    Heading(SectionKind.EARLIER_TREATMENT, "Tidigare behandling"),
    Heading(SectionKind.APPENDICES, "Handling|Handlingar"),
    Heading(SectionKind.SUMMARY, "Sammanfattning"),
    Heading(SectionKind.STATEMENT, "Yttrande till beslutsförslaget"),
    Heading(SectionKind.MATTER, "Ärendet"),
    Heading(SectionKind.IMPACT, "Påverkan avseende jämställdhet"),
    Heading(SectionKind.DELIBERATION, "Yrkanden"),
    Heading(SectionKind.PROCEDURE, "Propositionsordning"),
    Heading(SectionKind.NON_PARTICIPATION, _NON_PARTICIPATION),
    Heading(SectionKind.NOTES, _NOTES),
    Heading(SectionKind.RESERVATION, "Reservation|Reservationer"),
    Heading(SectionKind.VOTING_LIST, "Voteringslista|Voteringslistor"),
    Heading(SectionKind.VERIFICATION, "Justering"),
    Heading(SectionKind.RECIPIENTS, "Protokollsutdrag skickas till"),
)

#: Who wanted what before the documents, and the course of the decision last.
JONKOPING_PROFILE: Profile = (
    Heading(SectionKind.DECISION, "Beslut"),
    Heading(SectionKind.SUMMARY, "Sammanfattning"),
    Heading(SectionKind.EARLIER_TREATMENT, "Tidigare behandling"),
    Heading(SectionKind.APPENDICES, "Beslutsunderlag"),
    Heading(SectionKind.STATEMENT, "Yttrande till beslutsförslaget"),
    Heading(SectionKind.MATTER, "Ärendet"),
    Heading(SectionKind.IMPACT, "Konsekvenser för jämställdhet"),
    Heading(SectionKind.DELIBERATION, "Yrkande på sammanträdet|Yrkanden på sammanträdet"),
    Heading(SectionKind.PROCEDURE, "Beslutsgång"),
    Heading(SectionKind.NON_PARTICIPATION, _NON_PARTICIPATION),
    Heading(SectionKind.RESERVATION, "Reservation|Reservationer"),
    Heading(SectionKind.NOTES, _NOTES),
    Heading(SectionKind.VOTING_LIST, "Voteringslista|Voteringslistor"),
    Heading(SectionKind.VERIFICATION, "Justering"),
    Heading(SectionKind.RECIPIENTS, "Beslutet skickas till"),
)

#: Ready-made orders that an organisation can start from, by the authority whose minutes use them.
READY_MADE: Mapping[str, Profile] = MappingProxyType(
    {
        "Region Norrbotten": DEFAULT_PROFILE,
        "Göteborgs stad": GOTEBORG_PROFILE,
        "Region Jönköpings län": JONKOPING_PROFILE,
    }
)

_PLACES = {"{body}", "{body_genitive}"}
_PLACE = re.compile(r"\{[^{}]*\}|[{}]")
MOST_VARIANTS = 3


def unknown_places(pattern: str) -> list[str]:
    """What stands in braces, or is a brace alone, without being a place that `heading` fills in."""
    return [place for place in _PLACE.findall(pattern) if place not in _PLACES]


def heading(kind: SectionKind, profile: Profile, facts: ParagraphFacts) -> str:
    """The heading of a section, '' where the profile hides it; a kind that it lacks gets its usual one."""
    pattern = dict(profile).get(kind, dict(DEFAULT_PROFILE)[kind])
    variants = pattern.split("|")
    chosen = variants[min(_variant(kind, facts), len(variants) - 1)]
    owner = names.genitive(facts.body.name)
    return fold(chosen.replace("{body_genitive}", owner).replace("{body}", facts.body.name))


def name_of(kind: SectionKind, profile: Profile, facts: ParagraphFacts) -> str:
    """What a page calls a section, where the organisation hides its heading, too."""
    return heading(kind, profile, facts) or str(kind.label)


def complete(profile: Profile) -> Profile:
    """The profile with every kind it lacks at its end, so that nothing recorded is lost from the minutes."""
    known = {entry.kind for entry in profile}
    return (*profile, *(entry for entry in DEFAULT_PROFILE if entry.kind not in known))


def _variant(kind: SectionKind, facts: ParagraphFacts) -> int:
    if kind == SectionKind.NON_PARTICIPATION:
        recused = {fact.kind == NonParticipationKind.RECUSAL for fact in facts.non_participations}
        return 2 if len(recused) > 1 else int(recused == {False})
    counted: dict[SectionKind, Sequence[object]] = {
        SectionKind.RESERVATION: facts.reservations,
        SectionKind.NOTES: facts.notes,
        SectionKind.APPENDICES: facts.appendices,
        SectionKind.RECIPIENTS: facts.recipients,
        SectionKind.EARLIER_TREATMENT: facts.earlier_treatment,
        SectionKind.DELIBERATION: facts.proposals,
        SectionKind.VOTING_LIST: [q for q in facts.questions if q.vote and q.vote.is_named],
    }
    return int(len(counted.get(kind, ())) > 1)

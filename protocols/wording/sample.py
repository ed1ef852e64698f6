"""A made-up § in which every section has a text: to look at headings and their order."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from protocols.document import DocumentSection
from protocols.enums import NonParticipationKind, SectionKind
from protocols.facts import BodyFact, NonParticipationFact, ParagraphFacts, PersonFact
from protocols.wording.blocks import to_html
from protocols.wording.headings import Profile, complete, heading

_TEXTS: Mapping[SectionKind, str] = MappingProxyType(
    {
        SectionKind.DECISION: "Motionen avslås.",
        SectionKind.RESERVATION: "Alva Ek (V) reserverar sig mot beslutet.",
        SectionKind.STATEMENT: "Styrelsen delar motionärens syn på bussarna men ser ingen finansiering.",
        SectionKind.SUMMARY: "I en motion föreslås fler avgångar med länets bussar på kvällar och helger.",
        SectionKind.EARLIER_TREATMENT: "Styrelsen 4 mars, § 41: bordlagd.",
        SectionKind.DELIBERATION: "Alva Ek (V) yrkar bifall till motionen.",
        SectionKind.PROCEDURE: (
            "Ordföranden ställer proposition på yrkandena och finner att motionen avslås."
        ),
        SectionKind.NON_PARTICIPATION: "Bertil Falk (C) anmäler jäv och deltar inte i ärendet.",
        SectionKind.NOTES: "Cajsa Grip (M) lämnar en anteckning till protokollet.",
        SectionKind.MATTER: "Motionen lämnades in den 12 januari. Trafiknämnden har yttrat sig.",
        SectionKind.IMPACT: "Förslaget bedöms inte påverka jämställdheten.",
        SectionKind.VOTING_LIST: "Ja: 40. Nej: 31.",
        SectionKind.VERIFICATION: "Paragrafen förklaras omedelbart justerad.",
        SectionKind.APPENDICES: "Motionen",
        SectionKind.RECIPIENTS: "Trafiknämnden",
    }
)
_FACTS = ParagraphFacts(
    body=BodyFact("Regionstyrelsen", "regionstyrelsen"),
    assembly_inline_name="regionfullmäktige",
    non_participations=(NonParticipationFact(PersonFact("Bertil Falk", "C"), NonParticipationKind.RECUSAL),),
)


def sample_sections(profile: Profile) -> tuple[DocumentSection, ...]:
    """Every section, in the profile's order and under its headings."""
    return tuple(
        DocumentSection(kind, heading(kind, profile, _FACTS), to_html((_TEXTS[kind],)))
        for kind, _pattern in complete(profile)
    )

"""A whole paragraph: every section in the organisation's order, made from facts or written by people."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from protocols.document import DocumentSection
from protocols.enums import SectionKind
from protocols.facts import ParagraphFacts
from protocols.wording.blocks import Block, is_blank, listing, to_html
from protocols.wording.decision import block_list, decision
from protocols.wording.earlier import earlier_treatment
from protocols.wording.headings import DEFAULT_PROFILE, Profile, complete, heading
from protocols.wording.participation import non_participation
from protocols.wording.procedure import procedure
from protocols.wording.proposals import deliberation
from protocols.wording.reservations import notes, reservations
from protocols.wording.votes import voting_list


def _appendices(facts: ParagraphFacts) -> tuple[Block, ...]:
    return listing(facts.appendices)


def _recipients(facts: ParagraphFacts) -> tuple[Block, ...]:
    return listing(facts.recipients)


def _verification(facts: ParagraphFacts) -> tuple[Block, ...]:
    """Only where the meeting declared the § verified at once; who verified it stands at its foot."""
    return ("Paragrafen förklaras omedelbart justerad.",) if facts.is_immediate else ()


#: What words each section; a written section has an entry only where facts add to it.
_MADE_BY: dict[SectionKind, Callable[[ParagraphFacts], tuple[Block, ...]]] = {
    SectionKind.DECISION: decision,
    SectionKind.RESERVATION: reservations,
    SectionKind.EARLIER_TREATMENT: earlier_treatment,
    SectionKind.DELIBERATION: deliberation,
    SectionKind.PROCEDURE: procedure,
    SectionKind.NON_PARTICIPATION: non_participation,
    SectionKind.NOTES: notes,
    SectionKind.MATTER: block_list,
    SectionKind.VOTING_LIST: voting_list,
    SectionKind.VERIFICATION: _verification,
    SectionKind.APPENDICES: _appendices,
    SectionKind.RECIPIENTS: _recipients,
}


def made(kind: SectionKind, facts: ParagraphFacts) -> str:
    """The HTML that the facts give for a section, before anybody reworded it; '' where they give none."""
    words = _MADE_BY.get(kind)
    return to_html(words(facts)) if words else ""


def build(
    facts: ParagraphFacts,
    written: Mapping[SectionKind, str],
    profile: Profile = DEFAULT_PROFILE,
    reworded: Mapping[SectionKind, str] | None = None,
) -> tuple[DocumentSection, ...]:
    """Compose the paragraph in the profile's order, without sections that have nothing to say.

    `written` holds sanitised HTML of the sections people write (SectionKind.written), `reworded` that of made
    sections whose sentences a person has changed; a blank rewording counts as none, so that nothing the law
    wants told can vanish.
    """
    found = (_section(entry.kind, facts, written, reworded or {}, profile) for entry in complete(profile))
    return tuple(section for section in found if not is_blank(section.html))


def _section(
    kind: SectionKind,
    facts: ParagraphFacts,
    written: Mapping[SectionKind, str],
    reworded: Mapping[SectionKind, str],
    profile: Profile,
) -> DocumentSection:
    title = heading(kind, profile, facts)
    own = made(kind, facts)
    if kind in SectionKind.written:
        parts = [part for part in (written.get(kind, ""), own) if not is_blank(part)]
        return DocumentSection(kind, title, "\n".join(parts))
    changed = reworded.get(kind, "")
    if is_blank(changed) or changed == own:
        return DocumentSection(kind, title, own)
    return DocumentSection(kind, title, changed, is_reworded=True)

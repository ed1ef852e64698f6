"""Earlier treatment: the motion's chain of paragraphs before this one."""

from __future__ import annotations

from protocols.enums import DecisionKind
from protocols.facts import ParagraphFacts, TreatmentFact
from protocols.wording import motion
from protocols.wording.blocks import Block, listing
from protocols.wording.text import NBSP

_VERBS = {
    DecisionKind.POSTPONES: "bordlägger",
    DecisionKind.REFERS_BACK: "återremitterar",
    DecisionKind.NOTES: "lägger till handlingarna",
}


def earlier_treatment(facts: ParagraphFacts) -> tuple[Block, ...]:
    """A list in the order given: "Regionstyrelsen 2026-05-20, § 237 (föreslår avslag)"."""
    return listing([reference(fact) for fact in facts.earlier_treatment])


def reference(fact: TreatmentFact) -> str:
    """One earlier paragraph; without the bracket where its decision has no short name."""
    place = f"{fact.body} {fact.held_on.isoformat()}, §{NBSP}{fact.number}"
    brief = _brief(fact)
    return f"{place} ({brief})" if brief else place


def _brief(fact: TreatmentFact) -> str:
    match fact.decision:
        case DecisionKind.PROPOSES:
            found = motion.summary(fact.outcomes, is_proposal=True)
            return f"föreslår {found}" if found else ""
        case DecisionKind.DECIDES:
            return motion.summary(fact.outcomes)
    by = " på begäran av en minoritet" if fact.by_minority else ""
    return f"{_VERBS[fact.decision]}{by}"

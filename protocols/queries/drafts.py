"""What a motion's draft will read like in the board's minutes, before any meeting has it."""

from __future__ import annotations

from motions.enums import Outcome
from motions.models import Body, Motion, Organisation
from protocols.document import DocumentSection
from protocols.enums import DecisionKind, SectionKind
from protocols.facts import ClauseFact, DecisionFact, ParagraphFacts
from protocols.queries.documents import profile_of
from protocols.queries.facts import body_fact, motion_fact
from protocols.wording import sections


def draft_clauses(motion: Motion) -> list[ClauseFact]:
    """The case officer's draft as clauses: att-satser with the same proposed outcome in one."""
    by_outcome: dict[str, list[int]] = {}
    for clause in motion.clauses.all():
        by_outcome.setdefault(clause.proposed_outcome, []).append(clause.position)
    return [ClauseFact(Outcome(outcome), settles) for outcome, settles in by_outcome.items() if outcome]


def draft_sections(motion: Motion, organisation: Organisation) -> tuple[DocumentSection, ...]:
    """The sections as the board's § would have them, were the draft decided as it stands."""
    clauses = draft_clauses(motion)
    facts = ParagraphFacts(
        body=body_fact(Body.objects.executive_board()),
        assembly_inline_name=Body.objects.assembly().inline_name,
        motion=motion_fact(motion),
        decision=DecisionFact(DecisionKind.PROPOSES, clauses) if clauses else None,
        appendices=[motion.full_title],
    )
    written = {SectionKind(row.kind): row.html for row in motion.draft_sections.all()}
    return sections.build(facts, written, profile_of(organisation))

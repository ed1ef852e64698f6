"""Reservations against the decision (KL 4 kap. 27 §) and notes to the minutes."""

from __future__ import annotations

from protocols.facts import ParagraphFacts
from protocols.wording import names
from protocols.wording.blocks import Block, Written, is_blank
from protocols.wording.motion import decision_clauses


def reservations(facts: ParagraphFacts) -> tuple[Block, ...]:
    """Each reservation by itself: who reserves, and the filed text where there is one."""
    blocks: list[Block] = []
    for fact in facts.reservations:
        against = decision_clauses(fact.clauses) if fact.clauses else "beslutet"
        opening = f"{names.members(fact.persons)} reserverar sig mot {against}"
        if fact.for_own_proposal:
            opening += " till förmån för det egna förslaget"
        if is_blank(fact.html):
            blocks.append(f"{opening}.")
        else:
            joint = " och" if fact.for_own_proposal else ""
            blocks.extend((f"{opening}{joint} enligt följande:", Written(fact.html)))
    return tuple(blocks)


def notes(facts: ParagraphFacts) -> tuple[Block, ...]:
    """Each note by itself under the names of those who made it; blank notes are left out."""
    blocks: list[Block] = []
    for fact in facts.notes:
        if is_blank(fact.html):
            continue
        if fact.persons:
            blocks.append(f"{names.people(fact.persons)} lämnar följande protokollsanteckning:")
        blocks.append(Written(fact.html))
    return tuple(blocks)

"""Who did not take part: jäv, staying out of the decision and abstaining are three different facts."""

from __future__ import annotations

from protocols.enums import NonParticipationKind
from protocols.facts import ParagraphFacts
from protocols.wording import names
from protocols.wording.blocks import Block

#: In the order they are told. Jäv: KL 5 kap. 47 § and 6 kap. 28–30 §§; abstaining: KL 4 kap. 25 §.
_SENTENCES = {
    NonParticipationKind.RECUSAL: "anmäler jäv och deltar inte i handläggningen av ärendet.",
    NonParticipationKind.NOT_PARTICIPATING: "deltar inte i beslutet.",
    NonParticipationKind.ABSTAINED: "avstår från att delta i beslutet.",
}


def non_participation(facts: ParagraphFacts) -> tuple[Block, ...]:
    """One sentence a kind, naming everybody it is true of."""
    lines: list[Block] = []
    for kind, predicate in _SENTENCES.items():
        persons = [fact.person for fact in facts.non_participations if fact.kind == kind]
        if persons:
            lines.append(f"{names.people(persons)} {predicate}")
    return tuple(lines)

"""Who did not take part: jäv, staying out of the decision and abstaining are three different facts."""

from __future__ import annotations

from collections.abc import Sequence

from protocols.enums import NonParticipationKind
from protocols.facts import NonParticipationFact, ParagraphFacts
from protocols.wording import names
from protocols.wording.blocks import Block
from protocols.wording.motion import decision_clauses
from protocols.wording.text import enumerate_with

#: Of the whole and of a part, in the order they are told.
#: Jäv: KL 5 kap. 47 § and 6 kap. 28–30 §§; abstaining: KL 4 kap. 25 §.
_SENTENCES = {
    NonParticipationKind.RECUSAL: (
        "anmäler jäv och deltar inte i handläggningen av ärendet.",
        "anmäler jäv och deltar inte i handläggningen av {part}.",
    ),
    NonParticipationKind.NOT_PARTICIPATING: (
        "deltar inte i beslutet.",
        "deltar inte i beslutet om {part}.",
    ),
    NonParticipationKind.ABSTAINED: (
        "avstår från att delta i beslutet.",
        "avstår från att delta i beslutet om {part}.",
    ),
}


def non_participation(facts: ParagraphFacts) -> tuple[Block, ...]:
    """One sentence a kind, naming everybody it is true of, and who served instead of the recused.

    First of the whole decision, then of each clause that somebody stayed out of alone.
    """
    lines: list[Block] = []
    for kind, (of_all, of_part) in _SENTENCES.items():
        of_kind = [fact for fact in facts.non_participations if fact.kind == kind]
        for clauses in sorted({tuple(fact.clauses) for fact in of_kind}):
            noted = [fact for fact in of_kind if tuple(fact.clauses) == clauses]
            predicate = of_part.format(part=decision_clauses(clauses)) if clauses else of_all
            persons = names.people([fact.person for fact in noted])
            lines.append(" ".join(filter(None, [f"{persons} {predicate}", _instead(noted)])))
    if facts.deputy and facts.is_chair_recused:
        lines.append(f"{names.person(facts.deputy)} leder behandlingen av ärendet i ordförandens ställe.")
    return tuple(lines)


def _instead(noted: Sequence[NonParticipationFact]) -> str:
    """Who served in the § in the place of one recused, or of each of several; '' for nobody."""
    pairs = [(fact.person, fact.substitute) for fact in noted if fact.substitute]
    if not pairs:
        return ""
    if len(noted) == 1:
        return f"I stället tjänstgör {names.person(pairs[0][1])}."
    served = [f"{names.person(substitute)} för {names.person(person)}" for person, substitute in pairs]
    return f"I stället tjänstgör {enumerate_with(served)}."

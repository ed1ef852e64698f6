"""Several motivations of one referral back: which of them stood, and why (KL 5 kap. 50 §)."""

from __future__ import annotations

from protocols.facts import ParagraphFacts, ProposalFact, QuestionFact
from protocols.wording import references
from protocols.wording.formal import MINORITY_LAW, a_third_of
from protocols.wording.text import capitalise, continues, own_words, sentence


def tried(question: QuestionFact, facts: ParagraphFacts) -> str:
    """How many the chair found to back each motivation, and which fell; '' where none was tried."""
    if not question.tried:
        return ""
    labels = references.references(facts)
    lead = (
        f"Enligt {MINORITY_LAW} prövar ordföranden vilken motivering som biträds av "
        f"{a_third_of(question.present or 0)}."
    )
    told = [
        f"Motiveringen i {labels[number]} biträds av {backing} {'ledamot' if backing == 1 else 'ledamöter'}"
        f"{'' if number in question.motivations else ' och faller'}."
        for number, backing in question.tried.items()
    ]
    return " ".join([lead, *told])


def stood(question: QuestionFact | None, facts: ParagraphFacts) -> tuple[str, ...]:
    """The motivations that stood, with whose they are unless all have the same movers; none where but one."""
    if question is None or len(question.motivations) < 2:
        return ()
    found = [fact for fact in facts.proposals if fact.id in question.motivations]
    labels = references.references(facts)
    is_shared = len({frozenset(fact.movers) for fact in found}) == 1
    return tuple(_item(fact, "" if is_shared else labels[fact.id]) for fact in found)


def _item(fact: ProposalFact, label: str) -> str:
    text = own_words(fact.text)
    if not label:
        return sentence(capitalise(text))
    return sentence(f"Enligt {label}: {text if continues(text) else capitalise(text)}")

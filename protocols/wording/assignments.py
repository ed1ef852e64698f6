"""Assignments as sentences of the decision."""

from __future__ import annotations

from collections.abc import Sequence

from protocols.facts import AssignmentFact
from protocols.wording.dates import long_date
from protocols.wording.text import capitalise, clause, own_words, sentence


def assignments(facts: Sequence[AssignmentFact]) -> tuple[str, ...]:
    """One sentence each: "Regionstyrelsen får i uppdrag att …, senast den 31 december 2026."."""
    return tuple(map(_sentence, facts))


def _sentence(fact: AssignmentFact) -> str:
    until = f", senast den {long_date(fact.due_on)}" if fact.due_on else ""
    return sentence(f"{capitalise(own_words(fact.recipient))} får i uppdrag att {clause(fact.task)}{until}")

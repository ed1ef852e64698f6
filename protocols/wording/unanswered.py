"""The report of motions that are not answered, as a table (KL 5 kap. 35 §)."""

from __future__ import annotations

from motions.enums import Stage
from protocols.facts import ParagraphFacts, UnansweredFact
from protocols.wording import names
from protocols.wording.blocks import Table
from protocols.wording.text import NBSP, bind, capitalise, own_words

_HEAD = ("Motion", "Rubrik", "Inlämnad", "Läge", "Månader")
_PLACES = {
    Stage.HANDED_IN: "Inlämnad, inte registrerad",
    Stage.REGISTERED: "Registrerad, inte remitterad",
    Stage.REMITTED: "Remitterad, beredningen inte påbörjad",
}


def table(facts: ParagraphFacts) -> Table:
    """Number, title and movers, day, place and age of each motion, in the order they were put."""
    count = len(facts.unanswered)
    return Table(
        caption=f"{count}{NBSP}{'motion' if count == 1 else 'motioner'} som inte har besvarats.",
        head=_HEAD,
        rows=tuple(_row(fact, facts) for fact in facts.unanswered),
    )


def _row(fact: UnansweredFact, facts: ParagraphFacts) -> tuple[str, ...]:
    title = capitalise(bind(own_words(fact.motion.title)))
    movers = f", av {names.people(fact.motion.movers)}" if fact.motion.movers else ""
    return (
        fact.motion.number or "–",
        f"{title}{movers}",
        fact.handed_in_on.isoformat(),
        _where(fact.stage, facts),
        str(fact.months),
    )


def _where(stage: Stage, facts: ParagraphFacts) -> str:
    """Where the motion is, in the few words of a cell."""
    if stage == Stage.AT_BOARD:
        return f"Hos {facts.board_inline_name}"
    if stage == Stage.AT_ASSEMBLY:
        return f"Hos {facts.assembly_inline_name}"
    return _PLACES.get(stage) or str(stage.label)

"""What the minutes must tell of each item (KL 5 kap. 67 §): six points, judged from the recorded facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from protocols.enums import DecisionKind, ParagraphKind, ParagraphState, ProposalKind
from protocols.facts import DecisionFact, ParagraphFacts
from protocols.models import Meeting, Paragraph
from protocols.queries.facts import Surroundings, facts_of, surroundings, with_facts
from protocols.queries.service import lowest_presence
from protocols.wording.motion import decision_clauses
from protocols.wording.text import enumerate_with

LAW = "KL 5 kap. 67 §"


class PointState(Enum):
    """done: told · missing: the minutes may not be verified so · not_called_for: nothing to tell."""

    DONE = "done"
    MISSING = "missing"
    NOT_CALLED_FOR = "not_called_for"


@dataclass(frozen=True)
class Point:
    """One of the six points. `label` says it in a word or two, `missing` what is to be done where it lacks.

    `anchor` is the part of the live view in which it is mended.
    """

    number: int
    label: str
    anchor: str
    state: PointState = PointState.DONE
    missing: str = ""

    @property
    def is_missing(self) -> bool:
        return self.state == PointState.MISSING

    @property
    def is_done(self) -> bool:
        return self.state == PointState.DONE


def completeness(
    facts: ParagraphFacts, *, kind: ParagraphKind, open_questions: int, serving: int, quorum: int
) -> tuple[Point, ...]:
    """The six points in the order of the law.

    `open_questions` counts the chair's questions without a finding, `serving` those who took part.
    """
    return (
        _proposals(facts, kind),
        _order(facts, open_questions),
        _votes(facts),
        _decision(facts),
        _taking_part(facts, serving, quorum),
        _reservations(facts),
    )


def missing(points: tuple[Point, ...]) -> list[Point]:
    """Those that lack something."""
    return [point for point in points if point.is_missing]


def _point(number: int, label: str, anchor: str, missing: str) -> Point:
    state = PointState.MISSING if missing else PointState.DONE
    return Point(number, label, anchor, state, missing)


def _proposals(facts: ParagraphFacts, kind: ParagraphKind) -> Point:
    """Every item has a proposal before it; a matter without one is information, a block speaks for itself."""
    tabled = next((fact for fact in facts.proposals if fact.kind == ProposalKind.TABLED), None)
    has_words = tabled is not None and (tabled.clauses or tabled.text)
    needs_words = kind == ParagraphKind.MOTION and not any(fact.movers for fact in facts.proposals)
    lacks = _("Det finns inget liggande förslag och inget yrkande.")
    return _point(1, _("yrkanden"), "proposals", lacks if needs_words and not has_words else "")


def _order(facts: ParagraphFacts, open_questions: int) -> Point:
    if facts.decision is None and open_questions:
        lacks = ngettext(
            "Ordförandens fråga är inte besvarad.", "Ordförandens %(count)s frågor är inte besvarade.",
            open_questions,
        ) % {"count": open_questions}  # fmt: skip
        return _point(2, _("ordning"), "procedure", lacks)
    return _point(2, _("ordning"), "procedure", "" if facts.questions else _("Ingen fråga har ställts."))


def _decision(facts: ParagraphFacts) -> Point:
    if facts.decision is None:
        return _point(4, _("beslut"), "decision", _("Beslutet är inte fattat."))
    return _point(4, _("beslut"), "decision", _lacking_verdicts(facts, facts.decision))


def _lacking_verdicts(facts: ParagraphFacts, decision: DecisionFact) -> str:
    if decision.kind not in {DecisionKind.DECIDES, DecisionKind.PROPOSES} or facts.motion is None:
        return ""
    if not decision.clauses:
        return _("Beslutet saknar beslutssats.")
    if not (facts.body.is_assembly and decision.kind == DecisionKind.DECIDES):
        return ""
    settled = {number for clause in decision.clauses for number in clause.settles}
    undecided = [str(n) for n in range(1, facts.motion.clause_count + 1) if n not in settled]
    if not undecided:
        return ""
    return _("Ange utfallet för att-sats %(numbers)s.") % {"numbers": enumerate_with(undecided)}


def _votes(facts: ParagraphFacts) -> Point:
    """The votes that were held; a result is recorded with the vote."""
    if any(question.vote for question in facts.questions):
        return Point(3, _("omröstning"), "procedure")
    return Point(3, _("omröstning ej begärd"), "procedure", PointState.NOT_CALLED_FOR)


def _taking_part(facts: ParagraphFacts, serving: int, quorum: int) -> Point:
    """Who took part, and how each one voted in an open vote."""
    if any(question.vote and not question.vote.is_named for question in facts.questions):
        lacks = _("Ange hur var och en röstade, till exempel ur röstlistan.")
        return _point(5, _("deltagande"), "procedure", lacks)
    if unknown := _unknown_clauses(facts):
        lacks = _("Jäv eller ej deltagande gäller %(clauses)s, som beslutet inte har.") % {"clauses": unknown}
        return _point(5, _("deltagande"), "participation", lacks)
    lacks = _("%(serving)s tjänstgör, och minst %(quorum)s behövs.") % {"serving": serving, "quorum": quorum}
    return _point(5, _("deltagande"), "participation", lacks if serving < quorum else "")


def _unknown_clauses(facts: ParagraphFacts) -> str:
    """Clauses that somebody stayed out of, and that the decision does not have (any more)."""
    if facts.decision is None:
        return ""
    numbers = {number for fact in facts.non_participations for number in fact.clauses}
    unknown = sorted(number for number in numbers if number > len(facts.decision.clauses))
    return decision_clauses(unknown) if unknown else ""


def _reservations(facts: ParagraphFacts) -> Point:
    """Announcing is free of form; only the decision must be there for anybody to reserve against."""
    label = _("reservationer") if facts.reservations else _("inga reservationer")
    state = PointState.DONE if facts.decision else PointState.NOT_CALLED_FOR
    return Point(6, label, "reservations", state)


@dataclass(frozen=True)
class Shortcoming:
    """A paragraph that lacks something the law wants told."""

    paragraph: Paragraph
    points: Sequence[Point]

    def __str__(self) -> str:
        return f"{self.paragraph.label}: {' '.join(point.missing for point in self.points)}"


def completeness_of(paragraph: Paragraph, *, around: Surroundings | None = None) -> tuple[Point, ...]:
    """The six points of a paragraph loaded through `facts.with_facts`, when it is decided."""
    presence = lowest_presence(paragraph, ())
    return completeness(
        facts_of(paragraph, around),
        kind=ParagraphKind(paragraph.kind),
        open_questions=sum(question.found_at is None for question in paragraph.questions.all()),
        serving=presence.serving,
        quorum=presence.quorum,
    )


def shortcomings(meeting: Meeting) -> list[Shortcoming]:
    """The meeting's decided, unverified paragraphs that lack something, in a fixed number of queries."""
    decided = meeting.paragraphs.filter(state=ParagraphState.DECIDED)
    return shortcomings_of(list(with_facts(decided).order_by("number")))


def shortcomings_of(paragraphs: Sequence[Paragraph]) -> list[Shortcoming]:
    """Those of the decided paragraphs, loaded through `facts.with_facts`, that lack something."""
    around = surroundings(paragraphs) if paragraphs else None
    found = [
        Shortcoming(paragraph, missing(completeness_of(paragraph, around=around))) for paragraph in paragraphs
    ]
    return [shortcoming for shortcoming in found if shortcoming.points]

"""What the secretary did last in a §: the step that can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from protocols.models import Paragraph


class StepKind(Enum):
    """A finding of the chair, a yrkande taken back, a yrkande (or mover) noted, somebody who stays out."""

    FOUND = "found"
    WITHDRAWN = "withdrawn"
    NOTED = "noted"
    STAYED_OUT = "stayed_out"


@dataclass(frozen=True)
class Step:
    """One step; `pk` is that of the question, proposal, mover or note."""

    kind: StepKind
    pk: int
    at: datetime

    @property
    def name(self) -> str:
        """The step as a form names it."""
        return f"{self.kind.value}-{self.pk}"


def last_step(paragraph: Paragraph) -> Step | None:
    """The last one. Once the chair has found something, the yrkanden before it stand fast.

    Reads rows that `facts.with_facts` loads, or asks for them.
    """
    found = [Step(StepKind.FOUND, q.pk, q.found_at) for q in paragraph.questions.all() if q.found_at]
    stayed_out = [Step(StepKind.STAYED_OUT, r.pk, r.noted_at) for r in paragraph.non_participations.all()]
    latest_out = max(stayed_out, key=lambda step: (step.at, step.pk), default=None)
    if found:
        latest = found[-1]  # in the order they were put
        return latest_out if latest_out and latest_out.at > latest.at else latest
    if not paragraph.is_taken_up:
        return latest_out
    proposals = list(paragraph.proposals.all())
    steps = [Step(StepKind.WITHDRAWN, p.pk, p.withdrawn_at) for p in proposals if p.withdrawn_at]
    steps += [Step(StepKind.NOTED, row.pk, row.noted_at) for p in proposals for row in p.mover_rows.all()]
    steps += [latest_out] if latest_out else []
    return max(steps, key=lambda step: (step.at, step.pk), default=None)

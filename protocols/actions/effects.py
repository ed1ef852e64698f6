"""What a verified paragraph does to its motions: it calls the motion's own actions, and nothing else does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from motions.actions.ending import record_closing
from motions.actions.remittal import record_remittal
from motions.actions.verdicts import (
    record_board_proposal,
    record_overdue_report,
    record_postponement,
    record_referral_back,
    record_verdict,
)
from motions.enums import EventKind, Outcome, Stage
from motions.models import Body, Motion, User
from motions.workflow import is_allowed
from protocols.enums import DecisionKind, ParagraphKind
from protocols.models import Decision, Paragraph
from protocols.queries.facts import clause_facts, person_fact, proposal_fact
from protocols.wording import names


def apply_to_motions(paragraph: Paragraph, *, by: User, at: datetime | None = None) -> None:
    """Record the verified decision on the motion, or on each motion of a block.

    A motion that was withdrawn meanwhile keeps its end, and one that the registrar remitted meanwhile its
    remittal: the paragraph stands, but moves nothing.
    """
    if paragraph.kind == ParagraphKind.MOTION and paragraph.motion:
        if not _has_ended(paragraph.motion):
            _apply_decision(paragraph, paragraph.motion, paragraph.decision, by=by, at=at)
        return
    for row in paragraph.block_motions.all():
        if _has_ended(row.motion):
            continue
        if paragraph.kind == ParagraphKind.REMITTAL:
            if not is_allowed(EventKind.REMITTED, Stage(row.motion.stage)):
                continue
            record_remittal(
                row.motion,
                by=by,
                to=Body.objects.executive_board(),
                on=paragraph.meeting.held_on,
                facts=reference(paragraph),
                raised_on=paragraph.meeting.held_on,
                at=at,
            )
        else:
            record_overdue_report(
                row.motion, by=by, on=paragraph.meeting.held_on, facts=reference(paragraph), at=at
            )


def close_dispatched(paragraph: Paragraph, *, by: User) -> None:
    """Close the motion that the § has decided: its extract has gone out to all recipients.

    What another § decided, or somebody has closed by hand, stays as it is.
    """
    motion = paragraph.motion
    if (
        motion is None
        or not motion.events.filter(kind=EventKind.DECIDED, facts__paragraph=paragraph.pk).exists()
    ):
        return
    if Motion.objects.filter(pk=motion.pk, stage=Stage.DECIDED).exists():
        recipients = [str(recipient.name) for recipient in paragraph.recipients.all()]
        facts = reference(paragraph) | {"recipients": recipients}
        record_closing(motion, by=by, on=timezone.localdate(), facts=facts)


def reference(paragraph: Paragraph) -> dict[str, Any]:
    """The paragraph as a motion's event names it."""
    return {
        "body": paragraph.body.name,
        "abbreviation": paragraph.body.abbreviation,
        "paragraph": paragraph.pk,
        "number": paragraph.number,
        "held_on": paragraph.meeting.held_on.isoformat(),
    }


def _has_ended(motion: Motion) -> bool:
    ended = (Stage.WITHDRAWN, Stage.DECIDED, Stage.CLOSED)
    return Motion.objects.filter(pk=motion.pk, stage__in=ended).exists()


def _apply_decision(
    paragraph: Paragraph, motion: Motion, decision: Decision, *, by: User, at: datetime | None
) -> None:
    on, facts = paragraph.meeting.held_on, _facts(paragraph, decision)
    match DecisionKind(decision.kind):
        case DecisionKind.PROPOSES:
            record_board_proposal(motion, by=by, on=on, facts=facts, at=at)
        case DecisionKind.POSTPONES:
            record_postponement(motion, by=by, on=on, by_minority=decision.by_minority, facts=facts, at=at)
        case DecisionKind.REFERS_BACK:
            record_referral_back(motion, by=by, on=on, by_minority=decision.by_minority, facts=facts, at=at)
        case DecisionKind.DECIDES:
            outcomes = {
                number: Outcome(clause.outcome)
                for clause in decision.clauses.all()
                for number in clause.settles
                if clause.outcome
            }
            record_verdict(motion, by=by, on=on, outcomes=outcomes, facts=facts, at=at)
        case DecisionKind.NOTES:
            pass


def _facts(paragraph: Paragraph, decision: Decision) -> dict[str, Any]:
    """Who proposed what, the outcomes and who reserved, for the motion's timeline."""
    proposals = [proposal_fact(proposal) for proposal in paragraph.proposals.all()]
    return reference(paragraph) | {
        "decision": decision.kind,
        "outcomes": [clause.outcome for clause in clause_facts(decision.clauses.all()) if clause.outcome],
        "until": decision.until.isoformat() if decision.until else None,
        "proposals": [
            {"by": [names.person(mover) for mover in proposal.movers], "kind": proposal.kind}
            for proposal in proposals
            if proposal.movers and not proposal.is_withdrawn
        ],
        "reservations": [
            names.person(person_fact(row.person, row.party))
            for reservation in paragraph.reservations.all()
            for row in reservation.person_rows.all()
        ],
    }

"""The gavel: from the findings to the decision, and taking the last step back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.identity_numbers import refuse_identity_numbers
from motions.models import User
from protocols.actions.chair import require_leader
from protocols.actions.locking import edit_paragraph
from protocols.actions.second_hand import needed, take_second_hand_back
from protocols.actions.service import forget_service, record_service, require_quorum_in
from protocols.actions.voting_order import take_winner_back
from protocols.enums import DecisionKind, ParagraphKind, ParagraphState, ProposalKind, QuestionKind
from protocols.facts import ClauseFact
from protocols.models import Decision, DecisionClause, Paragraph, Question, Vote
from protocols.queries.clauses import settled_so_far
from protocols.queries.service import WHOLE


def decide_from_findings(paragraph: Paragraph, questions: Sequence[Question], *, at: datetime) -> None:
    """Decide the paragraph as soon as its questions' findings settle it; else leave it for the next one.

    Raises DomainError where the one who leads it is recused or has left.
    """
    require_leader(paragraph)
    formal = next((q.winner for q in questions if q.kind == QuestionKind.FORMAL and q.winner), None)
    if formal:
        supported = next(q.supporters for q in questions if q.winner_id == formal.pk)
        kind = DecisionKind.REFERS_BACK if formal.kind == ProposalKind.REFER_BACK else DecisionKind.POSTPONES
        motivation = _motivation(questions) if kind == DecisionKind.REFERS_BACK else ""
        _write(paragraph, kind, [], at=at, by_minority=supported is not None, motivation=motivation)
        return
    if any(question.found_at is None for question in needed(paragraph, questions)):
        return
    clauses = settled_so_far(paragraph, questions)
    _write(paragraph, _kind_of(paragraph, clauses), clauses, at=at)


@transaction.atomic
def undo_last_step(paragraph: Paragraph, *, by: User, question: int | None = None) -> Paragraph:
    """Take back the latest finding, its vote, and with them the decision, while the meeting is open.

    `question` is the id of the one that is meant, so that pressing twice takes back one step. Raises
    Conflict where it is not the latest, or where somebody has reserved or an assignment is given: that
    is about a decision that stands.
    """
    paragraph = edit_paragraph(paragraph, by=by)
    if not paragraph.meeting.is_open:
        raise Conflict(
            _("Sammanträdet är avslutat, och beslutet står fast"),
            law="KL 5 kap. 53 §",
            instead=_("Texten kan omformuleras fram till justeringen."),
        )
    if paragraph.reservations.exists():
        raise Conflict(
            _("Någon har redan reserverat sig mot beslutet"),
            law="KL 4 kap. 27 §",
            instead=_("Ta först bort reservationen i samråd med den som anmälde den."),
        )
    if paragraph.assignments.exists():
        raise Conflict(
            _("Ett uppdrag är givet i beslutet"), instead=_("Ta först bort uppdraget, och ångra sedan.")
        )
    latest = paragraph.questions.filter(found_at__isnull=False).order_by("-position").first()
    if latest is None:
        raise Conflict(_("Det finns inget att ångra"))
    if question is not None and question != latest.pk:
        raise Conflict(_("Det steget är redan ångrat"), instead=_("Läs beslutsgången igen och ångra sedan."))
    Decision.objects.filter(paragraph=paragraph).delete()
    forget_service(paragraph)
    Vote.objects.filter(question=latest).delete()
    take_winner_back(latest, list(paragraph.questions.all()))
    take_second_hand_back(paragraph, latest)
    latest.winner, latest.found_at, latest.supporters, latest.present = None, None, None, None
    latest.save()
    latest.options.update(supporters=None, has_fallen=False)
    paragraph.state, paragraph.decided_at = ParagraphState.TAKEN_UP, None
    paragraph.save(update_fields=["state", "decided_at"])
    return paragraph


@transaction.atomic
def refine_decision(
    paragraph: Paragraph,
    *,
    by: User,
    clauses: Sequence[ClauseFact],
    until: date | None = None,
) -> Decision:
    """Set the decision's clauses (outcome per att-sats, own words) and the day a postponed item returns.

    A matter without any clause is laid to the documents. Raises DomainError for an att-sats settled twice or
    not there.
    """
    paragraph = edit_paragraph(paragraph, by=by)
    decision = Decision.objects.select_for_update().filter(paragraph=paragraph).first()
    if decision is None:
        raise Conflict(_("Beslutet är inte fattat ännu"))
    if until and until <= paragraph.meeting.held_on:
        raise DomainError(_("Ärendet bordläggs till en senare dag"), law="KL 5 kap. 51 §", field="until")
    if decision.kind in {DecisionKind.PROPOSES, DecisionKind.DECIDES, DecisionKind.NOTES}:
        _check_clauses(paragraph, clauses)
        decision.clauses.all().delete()
        _add_clauses(decision, clauses)
    if paragraph.kind == ParagraphKind.MATTER and decision.kind in {DecisionKind.DECIDES, DecisionKind.NOTES}:
        decision.kind = _kind_of(paragraph, clauses)
    decision.until = until if decision.kind == DecisionKind.POSTPONES else None
    decision.save()
    return decision


def _motivation(questions: Sequence[Question]) -> str:
    """Of the referral back that was carried: each motivation that stood, a line each."""
    carried = next(q for q in questions if q.kind == QuestionKind.FORMAL and q.winner)
    options = carried.options.select_related("proposal")
    return "\n".join(option.proposal.text for option in options if not option.has_fallen)


def _check_clauses(paragraph: Paragraph, clauses: Sequence[ClauseFact]) -> None:
    settled = [number for clause in clauses for number in clause.settles]
    numbers = set(paragraph.motion.clauses.values_list("position", flat=True)) if paragraph.motion else set()
    if len(settled) != len(set(settled)) or not set(settled) <= numbers:
        raise DomainError(_("Varje att-sats kan bara få ett utfall"), field="clauses")
    if not clauses and paragraph.kind == ParagraphKind.MOTION:
        raise DomainError(_("Ett beslut behöver minst en beslutssats"), law="KL 5 kap. 67 §", field="clauses")
    for clause in clauses:
        if not (clause.outcome or clause.text.strip()):
            raise DomainError(_("Beslutssatsen är tom"), law="KL 5 kap. 67 §", field="clauses")
        refuse_identity_numbers(clause.text, "clauses")


def _kind_of(paragraph: Paragraph, clauses: Sequence[ClauseFact]) -> DecisionKind:
    if paragraph.kind == ParagraphKind.OUTSTANDING_REPORT:
        return DecisionKind.NOTES
    if paragraph.kind == ParagraphKind.MATTER and not clauses:
        return DecisionKind.NOTES
    if paragraph.kind == ParagraphKind.MOTION and not paragraph.body.is_assembly:
        return DecisionKind.PROPOSES
    return DecisionKind.DECIDES


def _write(
    paragraph: Paragraph,
    kind: DecisionKind,
    clauses: Sequence[ClauseFact],
    *,
    at: datetime,
    by_minority: bool = False,
    motivation: str = "",
) -> None:
    is_deferred = kind in {DecisionKind.REFERS_BACK, DecisionKind.POSTPONES}
    require_quorum_in(paragraph, clause=WHOLE if is_deferred else None)
    record_service(paragraph)
    decision = Decision(paragraph=paragraph, kind=kind, by_minority=by_minority, motivation=motivation)
    decision.full_clean(exclude=["paragraph"], validate_constraints=False)
    decision.save()
    _add_clauses(decision, clauses)
    paragraph.state, paragraph.decided_at = ParagraphState.DECIDED, at
    paragraph.save(update_fields=["state", "decided_at"])


def _add_clauses(decision: Decision, clauses: Sequence[ClauseFact]) -> None:
    rows = [
        DecisionClause(
            decision=decision,
            position=position,
            outcome=clause.outcome or "",
            settles=list(clause.settles),
            text=clause.text,
        )
        for position, clause in enumerate(clauses, start=1)
    ]
    for row in rows:
        row.full_clean(exclude=["decision"], validate_constraints=False)
    DecisionClause.objects.bulk_create(rows)

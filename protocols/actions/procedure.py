"""The chair's questions and findings: from proposals to the decision (KL 5 kap. 53 §)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.models import User
from protocols.actions.decisions import decide_from_findings
from protocols.actions.locking import edit_paragraph, require_taken_up
from protocols.actions.motivations import Backing, try_motivations
from protocols.actions.second_hand import needed, put_second_hand
from protocols.actions.service import require_quorum_in
from protocols.actions.voting_order import hand_on_winner
from protocols.enums import ProposalKind, QuestionKind
from protocols.models import Paragraph, Proposal, Question, QuestionOption
from protocols.queries.clauses import clause_put_in
from protocols.queries.facts import proposed_in
from protocols.queries.service import WHOLE, serving_in
from protocols.wording.formal import minority_needed
from protocols.wording.hands import rounds
from protocols.wording.proposals import default_questions
from protocols.wording.references import alternatives


def rebuild_questions(paragraph: Paragraph) -> None:
    """Lay the questions out anew after the proposals have changed; nothing is found yet."""
    paragraph.questions.all().delete()
    lay_out_questions(paragraph)


def lay_out_questions(paragraph: Paragraph) -> None:
    """Make the questions in the lawful order from the proposals that stand.

    Proposals that ask for the very same thing are one alternative, and stand once in a question.
    """
    facts = proposed_in(paragraph)
    drafts = default_questions((alternative.first for alternative in alternatives(facts)), rounds(facts))
    questions = Question.objects.bulk_create(
        Question(paragraph=paragraph, kind=draft.kind, position=position)
        for position, draft in enumerate(drafts, start=1)
    )
    QuestionOption.objects.bulk_create(
        QuestionOption(question=question, proposal_id=proposal, position=place)
        for question, draft in zip(questions, drafts, strict=True)
        for place, proposal in enumerate(draft.proposals, start=1)
    )


@transaction.atomic
def record_finding(
    question: Question,
    *,
    by: User,
    winner: Proposal | None,
    supporters: int | None = None,
    backing: Backing | None = None,
    at: datetime | None = None,
) -> Paragraph:
    """Record what the chair found; with the last needed finding the gavel falls and the § is decided.

    `supporters`: how many demanded a referral back or postponement as a minority (KL 5 kap. 50 §); `backing`:
    of a referral with several motivations how many back each, by the proposal's id, as far as it was tried.
    Raises DomainError where the minority is too small or its right is used, Conflict out of order.
    """
    paragraph = edit_paragraph(question.paragraph, by=by)
    require_taken_up(paragraph)
    require_quorum_in(paragraph, clause=clause_put_in(paragraph, question))
    questions = list(paragraph.questions.select_related("winner").prefetch_related("proposals"))
    question = _whose_turn(needed(paragraph, questions), question)
    _check_winner(question, winner)
    if supporters is not None:
        question.present = len(serving_in(paragraph, clause=WHOLE))
        _check_minority(paragraph, question, winner, supporters)
        question.supporters = supporters
    winner = try_motivations(paragraph, question, winner, backing or {})
    question.winner, question.found_at = winner, at or timezone.now()
    question.save()
    hand_on_winner(question, questions)
    put_second_hand(paragraph, question, questions)
    decide_from_findings(paragraph, questions, at=question.found_at)
    return paragraph


def _whose_turn(questions: Sequence[Question], asked: Question) -> Question:
    """The question as it stands now; Conflict where it is not the first one without a finding."""
    first = next((question for question in questions if question.found_at is None), None)
    if first is None or first.pk != asked.pk:
        raise Conflict(
            _("Frågan är redan besvarad, eller en tidigare fråga återstår"),
            instead=_("Besvara frågorna i ordning; den senaste kan ångras."),
        )
    return first


def _check_winner(question: Question, winner: Proposal | None) -> None:
    options = list(question.proposals.all())
    if winner is None:
        if question.kind in {QuestionKind.MAIN, QuestionKind.COUNTER}:
            raise DomainError(_("Välj vilket förslag som bifalls"), field="winner")
        return
    if winner not in options:
        raise DomainError(_("Förslaget hör inte till denna fråga"), field="winner")
    if winner.kind == ProposalKind.REFER_BACK and not winner.text.strip():
        raise DomainError(
            _("En återremiss behöver en motivering"),
            law="KL 5 kap. 50 §",
            instead=_("Skriv motiveringen i yrkandet; den bestäms av dem som begär återremissen."),
            field="winner",
        )


def _check_minority(
    paragraph: Paragraph, question: Question, winner: Proposal | None, supporters: int
) -> None:
    if question.kind != QuestionKind.FORMAL or winner is None:
        raise DomainError(
            _("Bara återremiss och bordläggning kan begäras av en minoritet"),
            law="KL 5 kap. 50 §",
            field="supporters",
        )
    if not paragraph.body.is_assembly:
        raise DomainError(
            _("I %(body)s krävs enkel majoritet för bordläggning och återremiss")
            % {"body": paragraph.body.inline_name},
            law="KL 6 kap. 33 §",
            instead=_("Anteckna ordförandens finnande i stället."),
            field="supporters",
        )
    if paragraph.motion and paragraph.motion.minority_deferral_used:
        raise DomainError(
            _("Ärendet har redan bordlagts eller återremitterats på begäran av en minoritet"),
            law="KL 5 kap. 50 §",
            instead=_("Nu krävs enkel majoritet."),
            field="supporters",
        )
    present = question.present or 0
    if supporters > present:
        raise DomainError(_("Bara %(present)s är närvarande") % {"present": present}, field="supporters")
    if supporters < minority_needed(present):
        raise DomainError(
            _("Det krävs minst %(needed)s av %(present)s närvarande, och %(given)s begärde det")
            % {"needed": minority_needed(present), "present": present, "given": supporters},
            law="KL 5 kap. 50 §",
            instead=_("Anteckna att yrkandet avslogs, om inte en majoritet biföll det."),
            field="supporters",
        )

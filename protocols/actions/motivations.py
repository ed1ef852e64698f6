"""A referral back with several motivations: put in one question, and which of them a third backs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.models import User
from protocols.actions.locking import edit_paragraph, require_taken_up
from protocols.enums import ProposalKind, QuestionKind
from protocols.models import Paragraph, Proposal, Question, QuestionOption
from protocols.queries.service import WHOLE, serving_in
from protocols.wording.formal import minority_needed

LAW = "KL 5 kap. 50 §"

Backing = Mapping[int, int]  # how many back a motivation, by the proposal's id


@transaction.atomic
def join_referrals(paragraph: Paragraph, *, by: User) -> Paragraph:
    """Put the referrals back in one question: whether the item is referred back; each keeps its motivation.

    Raises Conflict where there are not two of them to put.
    """
    paragraph = edit_paragraph(paragraph, by=by)
    require_taken_up(paragraph)
    waiting = _referrals(paragraph)
    if len(waiting) < 2:
        raise Conflict(
            _("Det finns inte flera yrkanden om återremiss att pröva i en fråga"),
            law=LAW,
            instead=_("Anteckna först varje yrkande med sin motivering."),
        )
    first, *others = waiting
    last = first.options.count()
    for other in others:
        for option in other.options.all():
            last += 1
            QuestionOption.objects.create(question=first, proposal_id=option.proposal_id, position=last)
        other.delete()
    return paragraph


@transaction.atomic
def part_referrals(paragraph: Paragraph, *, by: User) -> Paragraph:
    """Put each referral back with its motivation by itself, the reverse."""
    paragraph = edit_paragraph(paragraph, by=by)
    require_taken_up(paragraph)
    joint = next((question for question in _referrals(paragraph) if question.options.count() > 1), None)
    if joint is None:
        raise Conflict(
            _("Yrkandena om återremiss prövas redan var för sig"),
            instead=_("Ladda om sidan och se vilket som prövas nu."),
        )
    _kept, *options = joint.options.all()
    paragraph.questions.filter(position__gt=joint.position).update(position=F("position") + len(options))
    for place, option in enumerate(options, start=1):
        made = Question.objects.create(
            paragraph=paragraph, kind=QuestionKind.FORMAL, position=joint.position + place
        )
        QuestionOption.objects.create(question=made, proposal_id=option.proposal_id, position=1)
        option.delete()
    return paragraph


def try_motivations(
    paragraph: Paragraph, question: Question, winner: Proposal | None, backing: Backing
) -> Proposal | None:
    """Note how many back each motivation; the winner is then the first that stands.

    One that is not tried stands with the referral. Raises DomainError where none is left: a referral back
    needs its motivation.
    """
    options = list(question.options.select_related("proposal"))
    if winner is None or not backing:
        return winner
    present = len(serving_in(paragraph, clause=WHOLE))
    _check_backing(paragraph, options, backing, present)
    for option in options:
        option.supporters = backing.get(option.proposal_id)
        option.has_fallen = option.supporters is not None and option.supporters < minority_needed(present)
    standing = [option.proposal for option in options if not option.has_fallen]
    if not standing:
        raise DomainError(
            _("Ingen motivering biträds av minst %(needed)s av %(present)s närvarande")
            % {"needed": minority_needed(present), "present": present},
            law=LAW,
            instead=_("Anteckna att ärendet avgörs i dag, eller rätta antalen."),
            field=_field(options[0]),
        )
    QuestionOption.objects.bulk_update(options, ["supporters", "has_fallen"])
    question.present = present
    return standing[0]


def _check_backing(
    paragraph: Paragraph, options: Sequence[QuestionOption], backing: Backing, present: int
) -> None:
    if not paragraph.body.is_assembly or len(options) < 2:
        raise DomainError(
            _("Vilken motivering som en tredjedel biträder prövas bara i fullmäktige, när de är flera"),
            law=LAW,
            instead=_("Anteckna ordförandens finnande utan antal."),
            field=_field(options[0]),
        )
    for option in options:
        if backing.get(option.proposal_id, 0) > present:
            raise DomainError(
                _("Bara %(present)s är närvarande") % {"present": present}, law=LAW, field=_field(option)
            )


def _field(option: QuestionOption) -> str:
    return f"backing_{option.proposal_id}"


def _referrals(paragraph: Paragraph) -> list[Question]:
    """The questions on referrals back that wait, in order."""
    waiting = paragraph.questions.filter(
        kind=QuestionKind.FORMAL, found_at__isnull=True, proposals__kind=ProposalKind.REFER_BACK
    )
    return list(waiting.distinct())

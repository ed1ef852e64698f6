"""Deciding clause by clause: a question on the matter is parted into one for each clause it is about."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.models import User
from protocols.actions.locking import edit_paragraph, require_taken_up
from protocols.actions.voting_order import unanswered_main
from protocols.enums import QuestionKind
from protocols.facts import ClauseFact
from protocols.models import Paragraph, Proposal, Question, QuestionOption
from protocols.queries.clauses import UnpartedError, answer_in, tabled_clauses
from protocols.queries.facts import proposed_in
from protocols.wording.hands import rounds
from protocols.wording.proposals import default_questions
from protocols.wording.references import alternatives

LAW = "KL 5 kap. 53 §"


@transaction.atomic
def part_by_clause(question: Question, *, by: User) -> Paragraph:
    """Put each clause of the proposal before the meeting by itself, with what is proposed instead of it.

    Then whoever is out of one clause alone is so in its vote alone. Raises DomainError where there is but one
    clause, or where a proposal replaces more than one of them and has no answer to each.
    """
    paragraph = edit_paragraph(question.paragraph, by=by)
    require_taken_up(paragraph)
    question = unanswered_main(paragraph, question)
    tabled = tabled_clauses(paragraph)
    _require_partable(paragraph, question, tabled)
    proposals = [option.proposal for option in question.options.select_related("proposal")]
    answers = [_answers(paragraph, proposals, number, tabled) for number in range(1, len(tabled) + 1)]
    first = question.position
    question.delete()
    paragraph.questions.filter(position__gt=first).update(position=F("position") + len(tabled) - 1)
    for number, put in enumerate(answers, start=1):
        made = Question.objects.create(
            paragraph=paragraph, kind=QuestionKind.MAIN, clause=number, position=first + number - 1
        )
        _put(made, [proposal.pk for proposal in put])
    return paragraph


@transaction.atomic
def decide_as_one(paragraph: Paragraph, *, by: User) -> Paragraph:
    """Take that back: all clauses stand in one question again, as long as none of them is settled."""
    paragraph = edit_paragraph(paragraph, by=by)
    require_taken_up(paragraph)
    parted = paragraph.questions.filter(clause__isnull=False)
    first = parted.first()
    if first is None or parted.filter(found_at__isnull=False).exists():
        raise Conflict(
            _("Ordningen kan inte ändras nu"), instead=_("Ångra först svaren på frågorna om beslutssatserna.")
        )
    position = first.position
    parted.delete()
    facts = proposed_in(paragraph)
    drafts = default_questions((found.first for found in alternatives(facts)), rounds(facts))
    whole = next(draft for draft in drafts if draft.kind == QuestionKind.MAIN)
    question = Question.objects.create(paragraph=paragraph, kind=QuestionKind.MAIN, position=position)
    _put(question, whole.proposals)
    return paragraph


def _require_partable(paragraph: Paragraph, question: Question, tabled: Sequence[ClauseFact]) -> None:
    if question.clause:
        raise Conflict(
            _("Beslutssatserna prövas redan var för sig"),
            instead=_("Ladda om sidan och se vilken som prövas nu."),
        )
    if len(tabled) < 2:
        raise DomainError(
            _("Förslaget har bara en beslutssats, och inget att pröva var för sig"),
            law=LAW,
            instead=_("Ställ förslagen mot varandra i en fråga."),
        )
    if paragraph.questions.filter(kind=QuestionKind.MAIN).count() > 1:
        raise DomainError(
            _("Yrkanden i andra hand prövas när hela första handen har fallit, inte sats för sats"),
            law=LAW,
            instead=_("Rätta yrkandena så att de gäller var sin beslutssats, eller pröva dem i en fråga."),
        )


def _answers(
    paragraph: Paragraph, proposals: Sequence[Proposal], number: int, tabled: Sequence[ClauseFact]
) -> list[Proposal]:
    """The proposals put against each other on one clause: those that want the same of it stand once."""
    found: dict[ClauseFact, Proposal] = {}
    try:
        for proposal in proposals:
            answer = answer_in(paragraph, proposal, number, tabled)
            if answer:
                found.setdefault(answer, proposal)
    except UnpartedError as error:
        who = ", ".join(map(str, error.proposal.mover_rows.select_related("person", "party")))
        raise DomainError(
            _("Yrkandet från %(who)s gäller inte hela beslutssatser var för sig, och kan inte delas upp")
            % {"who": who},
            law=LAW,
            instead=_("Rätta yrkandet så att det gäller en beslutssats, eller pröva förslagen i en fråga."),
        ) from error
    return list(found.values())


def _put(question: Question, proposals: Sequence[int]) -> None:
    QuestionOption.objects.bulk_create(
        QuestionOption(question=question, proposal_id=proposal, position=place)
        for place, proposal in enumerate(proposals, start=1)
    )

"""More than two proposals on the matter: a main proposal, and votes on which is put against it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.models import User
from protocols.actions.locking import edit_paragraph, require_taken_up
from protocols.enums import QuestionKind
from protocols.models import Paragraph, Proposal, Question, QuestionOption
from protocols.queries.votes import main_question, next_after_counter


@transaction.atomic
def arrange_main_vote(
    question: Question, *, by: User, main: Proposal, others: Sequence[Proposal]
) -> Paragraph:
    """Part a question with several proposals: the `others` meet in this order until one is left.

    The first two of them are put against each other, the winner against the third and so on; who is left
    then meets the main proposal (huvudförslag). Raises DomainError unless every proposal has its place once.
    """
    paragraph = edit_paragraph(question.paragraph, by=by)
    require_taken_up(paragraph)
    question = unanswered_main(paragraph, question)
    wanted = sorted(question.proposals.values_list("pk", flat=True))
    if sorted([main.pk, *(other.pk for other in others)]) != wanted or len(wanted) < 3:
        raise DomainError(
            _("Varje förslag ska ha sin plats en gång: ett huvudförslag, de andra i ordning"),
            law="KL 5 kap. 53 §",
            instead=_("Välj huvudförslag, och numrera de andra förslagen i den ordning de ställs."),
            field="main",
        )
    steps = [others[:2], *([other] for other in others[2:])]
    first = question.position
    paragraph.questions.filter(position__gte=first).update(position=F("position") + len(steps))
    question.options.all().delete()
    QuestionOption.objects.create(question=question, proposal=main, position=1)
    for place, options in enumerate(steps):
        counter = Question.objects.create(
            paragraph=paragraph, kind=QuestionKind.COUNTER, position=first + place, clause=question.clause
        )
        QuestionOption.objects.bulk_create(
            QuestionOption(question=counter, proposal=proposal, position=position)
            for position, proposal in enumerate(options, start=3 - len(options))
        )
    return paragraph


@transaction.atomic
def put_all_against_each_other(paragraph: Paragraph, *, by: User) -> Paragraph:
    """Take such an order back: the proposals stand in one question again, for the chair to settle at once."""
    paragraph = edit_paragraph(paragraph, by=by)
    require_taken_up(paragraph)
    main = main_question(list(paragraph.questions.all()))
    counters = paragraph.questions.filter(
        kind=QuestionKind.COUNTER, position__lt=main.position if main else 0
    )
    if earlier := paragraph.questions.filter(kind=QuestionKind.MAIN, found_at__isnull=False).last():
        counters = counters.filter(position__gt=earlier.position)
    if main is None or not counters or counters.filter(found_at__isnull=False).exists():
        raise Conflict(
            _("Ordningen kan inte ändras nu"),
            instead=_("Ångra först svaren på frågorna om motförslag."),
        )
    proposals = Proposal.objects.filter(questions__in=[main, *counters]).order_by("position", "pk").distinct()
    wanted = list(proposals)
    counters.delete()
    main.options.all().delete()
    QuestionOption.objects.bulk_create(
        QuestionOption(question=main, proposal=proposal, position=position)
        for position, proposal in enumerate(wanted, start=1)
    )
    return paragraph


def hand_on_winner(counter: Question, questions: Sequence[Question]) -> None:
    """Put the winner of a counter-proposal question into the question that it leads to."""
    following = next_after_counter(counter, questions)
    if following and counter.winner_id:
        QuestionOption.objects.create(
            question=following,
            proposal_id=counter.winner_id,
            position=2 if following.kind == QuestionKind.MAIN else 1,
        )


def take_winner_back(counter: Question, questions: Sequence[Question]) -> None:
    """The reverse, where the finding is undone."""
    following = next_after_counter(counter, questions)
    if following and counter.winner_id:
        following.options.filter(proposal_id=counter.winner_id).delete()


def unanswered_main(paragraph: Paragraph, asked: Question) -> Question:
    """The question on the matter that is to be put now. Raises Conflict where it is another one's turn."""
    found = paragraph.questions.filter(pk=asked.pk, kind=QuestionKind.MAIN, found_at__isnull=True).first()
    earlier = paragraph.questions.filter(position__lt=asked.position, found_at__isnull=True)
    if found is None or earlier.exists():
        raise Conflict(
            _("Frågan är redan besvarad, eller en tidigare fråga återstår"),
            instead=_("Besvara frågorna i ordning; den senaste kan ångras."),
        )
    return found

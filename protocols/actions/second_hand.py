"""What is proposed in the second hand: put only when the first hand has fallen (KL 5 kap. 53 §)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from protocols.enums import QuestionKind
from protocols.facts import ParagraphFacts
from protocols.models import Paragraph, Question, QuestionOption
from protocols.queries.facts import proposed_in, question_fact
from protocols.wording.hands import is_needed, rounds, stands
from protocols.wording.proposals import default_questions
from protocols.wording.references import alternatives


def needed(paragraph: Paragraph, questions: Sequence[Question]) -> list[Question]:
    """The questions that are answered or still to be put, in order."""
    facts = _found(paragraph, questions)
    return [q for q in questions if q.found_at or is_needed(question_fact(q), facts)]


def put_second_hand(paragraph: Paragraph, found: Question, questions: Sequence[Question]) -> None:
    """After a round on the matter: let what it carried meet those of the next round that still stand."""
    if found.kind != QuestionKind.MAIN or found.winner_id is None or found.clause:
        return
    facts = _found(paragraph, questions)
    by_first = {alternative.first.id: alternative for alternative in alternatives(facts)}
    for later in _later_rounds(found, questions):
        put = [pk for pk in _options(later) if pk in by_first and stands(by_first[pk], facts)]
        if put:
            _set_options(later, [found.winner_id, *put])
            return


def take_second_hand_back(paragraph: Paragraph, found: Question) -> None:
    """The reverse, where the finding is undone: the later rounds stand as they were laid out."""
    if found.kind != QuestionKind.MAIN or found.clause:
        return
    paragraph.questions.filter(kind=QuestionKind.COUNTER, position__gt=found.position).delete()
    mains = [q for q in paragraph.questions.all() if q.kind == QuestionKind.MAIN]
    facts = proposed_in(paragraph)
    drafts = default_questions((alternative.first for alternative in alternatives(facts)), rounds(facts))
    laid_out = [draft.proposals for draft in drafts if draft.kind == QuestionKind.MAIN]
    for question, proposals in zip(mains, laid_out, strict=True):
        if question.position > found.position:
            _set_options(question, proposals)


def _found(paragraph: Paragraph, questions: Iterable[Question]) -> ParagraphFacts:
    return replace(proposed_in(paragraph), questions=[question_fact(q) for q in questions if q.found_at])


def _later_rounds(found: Question, questions: Iterable[Question]) -> list[Question]:
    return [q for q in questions if q.kind == QuestionKind.MAIN and q.position > found.position]


def _options(question: Question) -> list[int]:
    return list(question.options.values_list("proposal_id", flat=True))


def _set_options(question: Question, proposals: Iterable[int]) -> None:
    question.options.all().delete()
    QuestionOption.objects.bulk_create(
        QuestionOption(question=question, proposal_id=proposal, position=place)
        for place, proposal in enumerate(proposals, start=1)
    )

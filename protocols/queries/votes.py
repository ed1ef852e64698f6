"""Who votes in a paragraph, and in which order they are called."""

from __future__ import annotations

from collections.abc import Sequence

from protocols.enums import QuestionKind
from protocols.models import Attendance, Paragraph, Proposal, Question
from protocols.queries.clauses import clause_put_in
from protocols.queries.service import Serving, voters_in


def voters_of(paragraph: Paragraph, question: Question | None = None) -> list[Attendance]:
    """Those who serve and take part, in seat order: a substitute votes from the seat served in.

    Whoever is recused, stays out of the decision or abstains from it has no vote here (KL 4 kap. 25 §), be it
    in the one clause that the `question` is about.
    """
    clause = clause_put_in(paragraph, question) if question else None
    rows = {row.person_id: row for row in paragraph.meeting.attendance.select_related("person", "party")}

    def seat(one: Serving) -> int:
        return rows[one.replaces.pk if one.replaces else one.person.pk].position

    return [rows[one.person.pk] for one in sorted(voters_in(paragraph, clause=clause), key=seat)]


def main_question(questions: Sequence[Question]) -> Question | None:
    """The question on the matter itself that is to be put next."""
    return next((q for q in questions if q.kind == QuestionKind.MAIN and q.found_at is None), None)


def next_after_counter(counter: Question, questions: Sequence[Question]) -> Question | None:
    """The question that the winner of a counter-proposal question goes on to, None for any other kind."""
    if counter.kind != QuestionKind.COUNTER:
        return None
    later = (q for q in questions if q.position > counter.position)
    return next((q for q in later if q.kind in {QuestionKind.COUNTER, QuestionKind.MAIN}), None)


def can_vote_on(question: Question, options: Sequence[Proposal | int]) -> bool:
    """Whether there are two answers to vote between, and not more."""
    if question.kind == QuestionKind.FORMAL:
        return bool(options)
    return len(options) == 2 or (len(options) == 1 and question.kind == QuestionKind.ADDITION)


def answers_to(question: Question, options: Sequence[Proposal]) -> tuple[Proposal | None, Proposal | None]:
    """The two answers to vote between: of a formal question, however many motivations, yes and no."""
    first, second = (*options, None, None)[:2]
    return (first, None) if question.kind == QuestionKind.FORMAL else (first, second)

"""Which motivations of a referral back are put in one question, for the chair to try (KL 5 kap. 50 §)."""

from __future__ import annotations

from protocols.enums import QuestionKind
from protocols.facts import ParagraphFacts
from protocols.models import Paragraph, Question
from protocols.queries.facts import proposed_in
from protocols.wording import names
from protocols.wording.text import own_words, shortened

_SHOWN = 80  # signs of a motivation in the label of its field


def motivations_of(paragraph: Paragraph) -> dict[int, str]:
    """What each is called, of the question that waits with several motivations; none where none does."""
    waiting = paragraph.questions.filter(kind=QuestionKind.FORMAL, found_at__isnull=True)
    for question in waiting.prefetch_related("options"):
        if len(question.options.all()) > 1:
            return motivations_put(question, proposed_in(paragraph))
    return {}


def motivations_put(question: Question, facts: ParagraphFacts) -> dict[int, str]:
    """What each of several motivations is called in a form, by the proposal's id; in fullmäktige alone."""
    put = [option.proposal_id for option in question.options.all()]
    if question.kind != QuestionKind.FORMAL or len(put) < 2 or not facts.body.is_assembly:
        return {}
    return {
        fact.id: f"{names.people(fact.movers)}: {shortened(own_words(fact.text), _SHOWN)}"
        for fact in facts.proposals
        if fact.id in put
    }

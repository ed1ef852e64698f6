"""What became of a person's own proposals in a decided paragraph, in words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from protocols.enums import QuestionKind
from protocols.models import Paragraph, ProposalMover, Question
from protocols.queries.facts import proposed_in
from protocols.wording.references import alternatives


class Fate(Enum):
    """carried: it became the decision · fell: another one did · untried: it was never put."""

    CARRIED = "carried"
    FELL = "fell"
    UNTRIED = "untried"


def fates_of_proposals(paragraph: Paragraph, persons: Collection[int]) -> dict[int, str]:
    """Such as "Ditt yrkande föll.", by person's id: of those who moved something.

    In one query where nobody did, else in six.
    """
    moved = ProposalMover.objects.filter(proposal__paragraph=paragraph, proposal__withdrawn_at__isnull=True)
    theirs: dict[int, set[int]] = {}
    for person, proposal in moved.filter(person__in=persons).values_list("person_id", "proposal_id"):
        theirs.setdefault(person, set()).add(proposal)
    if not theirs:
        return {}
    questions = list(paragraph.questions.filter(found_at__isnull=False).prefetch_related("options"))
    groups = [{fact.id for fact in found.proposals} for found in alternatives(proposed_in(paragraph))]
    return {
        person: in_words([_fate(group, questions) for group in groups if group & proposals])
        for person, proposals in theirs.items()
    }


def in_words(fates: Sequence[Fate]) -> str:
    """One sentence for all of somebody's proposals."""
    count = len(fates)
    carried = fates.count(Fate.CARRIED)
    if not fates:
        return ""
    if carried == count:
        return ngettext("Ditt yrkande bifölls.", "Dina yrkanden bifölls.", count)
    if fates.count(Fate.UNTRIED) == count:
        return ngettext("Ditt yrkande prövades inte.", "Dina yrkanden prövades inte.", count)
    if not carried:
        return ngettext("Ditt yrkande föll.", "Dina yrkanden föll.", count)
    return _("%(carried)s av dina %(count)s yrkanden bifölls.") % {"carried": carried, "count": count}


def _fate(group: Collection[int], questions: Sequence[Question]) -> Fate:
    """Of proposals that ask for the same one stands for all; the last question they were in settles it.

    Decided clause by clause, one is carried where it was in a clause.
    """
    asked = [q for q in questions if any(option.proposal_id in group for option in q.options.all())]
    if not asked:
        return Fate.UNTRIED
    settling = [q for q in asked if q.clause] or asked[-1:]
    return Fate.CARRIED if any(_stood(group, question) for question in settling) else Fate.FELL


def _stood(group: Collection[int], question: Question) -> bool:
    """Whether one of them was found to be carried: of several motivations, whether it did not fall."""
    if question.kind == QuestionKind.FORMAL and question.winner_id:
        return any(o.proposal_id in group and not o.has_fallen for o in question.options.all())
    return question.winner_id in group

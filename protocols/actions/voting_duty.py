"""Who must vote, and who cannot: the chair's duty, and votes that part of the seats may not take part in."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from motions.errors import DomainError
from protocols.enums import BallotChoice, QuestionKind
from protocols.models import Paragraph, Question
from protocols.queries.service import law_of_staying_out, serving_in, voters_in
from protocols.wording.motion import decision_clauses

LAW = "KL 4 kap. 25 §"


def require_chair_to_vote(
    paragraph: Paragraph,
    tally: Mapping[BallotChoice, int],
    ballots: Mapping[int, BallotChoice] | None,
    *,
    clause: int | None = None,
) -> None:
    """Raise DomainError where the votes are equal and the chair has abstained (KL 4 kap. 25 §).

    Others may always abstain; the chair must vote where the item cannot be settled without. Where only the
    counts are known nobody can tell, and where the chair is recused or absent another one presides; be it in
    the one `clause` that is voted on. The chair is whoever leads the §.
    """
    chair = paragraph.chair
    if chair is None or tally[BallotChoice.YES] != tally[BallotChoice.NO]:
        return
    if not any(one.person.pk == chair.pk for one in serving_in(paragraph, clause=clause)):
        return
    stays_out = not any(one.person.pk == chair.pk for one in voters_in(paragraph, clause=clause))
    abstained = (ballots or {}).get(chair.pk) == BallotChoice.ABSTAIN
    if not (abstained or stays_out):
        return
    raise DomainError(
        _("Det blev lika röstetal, och då är ordföranden %(name)s skyldig att rösta") % {"name": chair.name},
        law=LAW,
        instead=_("Anteckna ordförandens röst som ja eller nej.")
        if abstained
        else _("Ta bort anteckningen om att ordföranden inte deltar, och anteckna rösten."),
        field="ballots",
    )


def require_one_roll(paragraph: Paragraph, question: Question) -> None:
    """Raise DomainError where a vote is about all clauses as one, and somebody stays out of one of them."""
    if question.kind not in {QuestionKind.MAIN, QuestionKind.COUNTER} or question.clause:
        return
    row = paragraph.non_participations.exclude(clauses=[]).select_related("person").first()
    if row is None:
        return
    raise DomainError(
        _("%(name)s deltar inte i %(clauses)s, men omröstningen gäller hela beslutet")
        % {"name": row.person.name, "clauses": decision_clauses(row.clauses)},
        law=law_of_staying_out(row, paragraph),
        instead=_("Avgör beslutssats för beslutssats, eller anteckna det för hela paragrafen."),
        field="meaning",
    )

"""Proposals put to the meeting (yrkanden)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.identity_numbers import refuse_identity_numbers
from motions.models import User
from protocols.actions.locking import edit_paragraph, require_taken_up
from protocols.actions.movers import Mover, add_movers, check_movers, moved_by
from protocols.actions.procedure import rebuild_questions
from protocols.enums import ParagraphKind, ProposalKind
from protocols.models import Paragraph, Proposal, ProposalMover
from protocols.queries.clauses import parts_of
from protocols.wording.motion import OUTCOME_OF

_NEED_TEXT = (ProposalKind.AMEND, ProposalKind.ADD, ProposalKind.REFER_BACK)
_ABOUT_MOTIONS = (ProposalKind.DEEM_ANSWERED,)
_MADE_TO_ANOTHER = (ProposalKind.AMEND, ProposalKind.ADD)


@dataclass(frozen=True)
class Wish:
    """What is proposed: the kind, its words, which att-satser (or tabled clauses), and to which yrkande."""

    kind: ProposalKind
    text: str = ""
    concerns: Sequence[int] = ()
    target: Proposal | None = None


@transaction.atomic
def add_proposal(
    paragraph: Paragraph,
    *,
    by: User,
    kind: ProposalKind,
    movers: Sequence[Mover],
    text: str = "",
    concerns: Sequence[int] = (),
    target: Proposal | None = None,
) -> Proposal:
    """Note a proposal by members who serve; TABLED notes that they support the proposal before the meeting.

    A party among the `movers` is its group in the body, which somebody who serves speaks for.
    Raises DomainError for one who does not serve, or a missing wording.
    """
    wish = Wish(kind, text, concerns, target)
    return add_proposals(paragraph, by=by, movers=movers, wishes=[wish])[0]


@transaction.atomic
def add_proposals(
    paragraph: Paragraph,
    *,
    by: User,
    movers: Sequence[Mover],
    wishes: Sequence[Wish],
    at: datetime | None = None,
) -> list[Proposal]:
    """Note what the same movers propose in the first hand, in the second hand and so on, each as its own.

    Raises DomainError as `add_proposal` does; its field for a later hand begins with "second_".
    """
    paragraph = edit_paragraph(paragraph, by=by)
    _require_unanswered(paragraph)
    check_movers(paragraph, movers)
    _check_wishes(paragraph, wishes)
    at = at or timezone.now()
    made = []
    for hand, wish in enumerate(wishes, start=1):
        proposal = _proposal_of(paragraph, wish, preference=hand if len(wishes) > 1 else None)
        add_movers(proposal, movers, by=by, at=at)
        made.append(proposal)
    rebuild_questions(paragraph)
    return made


@transaction.atomic
def change_proposal(
    proposal: Proposal, *, by: User, movers: Sequence[Mover], wish: Wish | None = None
) -> Proposal:
    """Correct who proposes, and what: a mover added or taken off. Without a `wish` the words stay.

    Those who stay keep by whom and when they were noted. Raises DomainError as `add_proposal` does.
    """
    paragraph = edit_paragraph(proposal.paragraph, by=by)
    _require_unanswered(paragraph)
    proposal = paragraph.proposals.get(pk=proposal.pk)
    if proposal.withdrawn_at:
        raise Conflict(
            _("Yrkandet är återtaget"), instead=_("Ångra återtagandet, eller skriv ett nytt yrkande.")
        )
    check_movers(paragraph, movers)
    if wish:
        _check_wish(paragraph, wish, besides=proposal)
        proposal.kind, proposal.text, proposal.target = wish.kind, wish.text.strip(), wish.target
        proposal.concerns = sorted(set(wish.concerns))
        proposal.full_clean(exclude=["paragraph"], validate_constraints=False)
        proposal.save()
    proposal.mover_rows.exclude(moved_by(movers)).delete()
    add_movers(proposal, movers, by=by, at=timezone.now())
    for position, mover in enumerate(dict.fromkeys(movers), start=1):
        proposal.mover_rows.filter(moved_by([mover])).update(position=position)
    rebuild_questions(paragraph)
    return proposal


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, by: User) -> Proposal:
    """Note that its movers took the proposal back before it was put to the decision (KL 5 kap. 67 §)."""
    paragraph = edit_paragraph(proposal.paragraph, by=by)
    _require_unanswered(paragraph)
    if is_before_the_meeting(proposal) or proposal.withdrawn_at:
        raise Conflict(_("Förslaget kan inte återtas"))
    proposal.withdrawn_at, proposal.withdrawn_by = timezone.now(), by
    proposal.save(update_fields=["withdrawn_at", "withdrawn_by"])
    rebuild_questions(paragraph)
    return proposal


@transaction.atomic
def restore_proposal(proposal: Proposal, *, by: User) -> Proposal:
    """Undo that it was noted as taken back."""
    paragraph = edit_paragraph(proposal.paragraph, by=by)
    _require_unanswered(paragraph)
    proposal.withdrawn_at, proposal.withdrawn_by = None, None
    proposal.save(update_fields=["withdrawn_at", "withdrawn_by"])
    rebuild_questions(paragraph)
    return proposal


@transaction.atomic
def remove_proposal(proposal: Proposal, *, by: User) -> None:
    """Remove a proposal that was noted by mistake; of the one before the meeting only who supports it."""
    paragraph = edit_paragraph(proposal.paragraph, by=by)
    _require_unanswered(paragraph)
    paragraph.questions.all().delete()
    if is_before_the_meeting(proposal):
        proposal.mover_rows.all().delete()
    else:
        proposal.delete()
    rebuild_questions(paragraph)


@transaction.atomic
def forget_noted_at(paragraph: Paragraph, *, by: User, at: datetime) -> None:
    """Take back what was noted at that very moment: movers, and proposals that nobody moves any more."""
    paragraph = edit_paragraph(paragraph, by=by)
    _require_unanswered(paragraph)
    rows = ProposalMover.objects.filter(proposal__paragraph=paragraph, noted_at=at)
    touched = set(rows.values_list("proposal", flat=True))
    rows.delete()
    paragraph.questions.all().delete()
    for proposal in paragraph.proposals.filter(pk__in=touched, mover_rows__isnull=True):
        if not is_before_the_meeting(proposal):
            proposal.delete()
    rebuild_questions(paragraph)


def is_before_the_meeting(proposal: Proposal) -> bool:
    """Whether it is the proposal before the meeting itself, not support of it in some hand."""
    return proposal.kind == ProposalKind.TABLED and proposal.preference is None


def can_be_target(proposal: Proposal) -> bool:
    """Whether a change or an addition can be made to it: a yrkande on the matter that stands."""
    none = {ProposalKind.ADD, ProposalKind.TABLED, *ProposalKind.formal}
    return proposal.kind not in none and proposal.withdrawn_at is None


def _proposal_of(paragraph: Paragraph, wish: Wish, *, preference: int | None) -> Proposal:
    if wish.kind == ProposalKind.TABLED and preference is None:
        return paragraph.proposals.get(kind=ProposalKind.TABLED, preference__isnull=True)
    last: int = paragraph.proposals.aggregate(last=Max("position"))["last"] or 0
    proposal = Proposal(
        paragraph=paragraph,
        kind=wish.kind,
        text=wish.text.strip(),
        preference=preference,
        concerns=sorted(set(wish.concerns)),
        target=wish.target,
        position=last + 1,
    )
    proposal.full_clean(exclude=["paragraph"], validate_constraints=False)
    proposal.save()
    return proposal


def _require_unanswered(paragraph: Paragraph) -> None:
    require_taken_up(paragraph)
    if paragraph.questions.filter(found_at__isnull=False).exists():
        raise Conflict(
            _("Beslutsgången har börjat, och yrkandena ligger fast"),
            instead=_("Ångra den senaste frågan om ett yrkande saknas."),
        )


def _check_wishes(paragraph: Paragraph, wishes: Sequence[Wish]) -> None:
    for place, wish in enumerate(wishes):
        try:
            _check_wish(paragraph, wish)
            _require_other(wish, wishes[:place])
        except DomainError as error:
            if place and error.field:
                error.field = f"second_{error.field}"
            raise


def _require_other(wish: Wish, earlier: Sequence[Wish]) -> None:
    if wish in earlier:
        raise DomainError(
            _("Det som föreslås i andra hand är detsamma som i första hand"),
            instead=_("Välj ett annat yrkande i andra hand, eller lämna det tomt."),
            field="kind",
        )


def _check_wish(paragraph: Paragraph, wish: Wish, *, besides: Proposal | None = None) -> None:
    _check_wording(paragraph, wish.kind, wish.text)
    _check_concerns(paragraph, wish)
    target = wish.target
    if target is None:
        return
    if target == besides or target.paragraph_id != paragraph.pk or not can_be_target(target):
        raise DomainError(
            _("En ändring eller ett tillägg kan inte göras till det yrkandet"),
            instead=_("Välj ett yrkande i sak som inte är återtaget, eller det liggande förslaget."),
            field="target",
        )
    if wish.kind not in _MADE_TO_ANOTHER:
        raise DomainError(
            _("Bara en ändring eller ett tillägg görs till ett annat yrkande"),
            instead=_("Lämna fältet tomt."),
            field="target",
        )


def _check_concerns(paragraph: Paragraph, wish: Wish) -> None:
    if not wish.concerns:
        return
    can_concern = [ProposalKind.AMEND, ProposalKind.REJECT]
    if wish.kind not in (can_concern if paragraph.motion is None else [*can_concern, *OUTCOME_OF]):
        raise DomainError(
            _("Det yrkandet gäller hela ärendet"), instead=_("Lämna fältet tomt."), field="concerns"
        )
    known = set(parts_of(paragraph))
    unknown = [str(number) for number in sorted(set(wish.concerns) - known)]
    if unknown:
        raise DomainError(
            _("Nummer %(numbers)s finns inte: det finns %(count)s")
            % {"numbers": ", ".join(unknown), "count": len(known)},
            instead=_("Ange nummer från 1, till exempel 1, 3."),
            field="concerns",
        )


def _check_wording(paragraph: Paragraph, kind: ProposalKind, text: str) -> None:
    if kind == ProposalKind.TABLED and text.strip():
        raise DomainError(
            _("Den som yrkar bifall till det liggande förslaget har ingen egen lydelse"),
            instead=_("Välj ändring eller tillägg om lydelsen är en annan."),
            field="text",
        )
    if kind in _ABOUT_MOTIONS and paragraph.kind != ParagraphKind.MOTION:
        raise DomainError(_("Bara en motion kan anses besvarad"), field="kind")
    if kind in _NEED_TEXT and not text.strip():
        raise DomainError(
            _("Skriv motiveringen") if kind == ProposalKind.REFER_BACK else _("Skriv yrkandets lydelse"),
            law="KL 5 kap. 50 §" if kind == ProposalKind.REFER_BACK else "KL 5 kap. 67 §",
            field="text",
        )
    refuse_identity_numbers(text, "text")

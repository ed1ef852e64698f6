"""Proposals put to the meeting (yrkanden)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.identity_numbers import refuse_identity_numbers
from motions.models import Person, User
from protocols.actions.locking import edit_paragraph, require_taken_up
from protocols.actions.procedure import rebuild_questions
from protocols.enums import NonParticipationKind, ParagraphKind, ProposalKind
from protocols.models import Paragraph, Proposal, ProposalMover
from protocols.queries.service import serving_in

_NEED_TEXT = (ProposalKind.AMEND, ProposalKind.ADD, ProposalKind.REFER_BACK)
_ABOUT_MOTIONS = (ProposalKind.DEEM_ANSWERED,)


@transaction.atomic
def add_proposal(
    paragraph: Paragraph, *, by: User, kind: ProposalKind, movers: Sequence[Person], text: str = ""
) -> Proposal:
    """Note a proposal by members who serve; TABLED notes that they support the proposal before the meeting.

    Raises DomainError for one who does not serve, or a missing wording.
    """
    paragraph = edit_paragraph(paragraph, by=by)
    _require_unanswered(paragraph)
    _check_movers(paragraph, movers)
    _check_wording(paragraph, kind, text)
    if kind == ProposalKind.TABLED:
        proposal = paragraph.proposals.get(kind=ProposalKind.TABLED)
    else:
        last: int = paragraph.proposals.aggregate(last=Max("position"))["last"] or 0
        proposal = Proposal(paragraph=paragraph, kind=kind, text=text.strip(), position=last + 1)
        proposal.full_clean(exclude=["paragraph"], validate_constraints=False)
        proposal.save()
    _add_movers(proposal, movers)
    rebuild_questions(paragraph)
    return proposal


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, by: User) -> Proposal:
    """Note that its movers took the proposal back before it was put to the decision (KL 5 kap. 67 §)."""
    paragraph = edit_paragraph(proposal.paragraph, by=by)
    _require_unanswered(paragraph)
    if proposal.kind == ProposalKind.TABLED or proposal.withdrawn_at:
        raise Conflict(_("Förslaget kan inte återtas"))
    proposal.withdrawn_at = timezone.now()
    proposal.save(update_fields=["withdrawn_at"])
    rebuild_questions(paragraph)
    return proposal


@transaction.atomic
def remove_proposal(proposal: Proposal, *, by: User) -> None:
    """Remove a proposal that was noted by mistake; of the one before the meeting only who supports it."""
    paragraph = edit_paragraph(proposal.paragraph, by=by)
    _require_unanswered(paragraph)
    paragraph.questions.all().delete()
    if proposal.kind == ProposalKind.TABLED:
        proposal.mover_rows.all().delete()
    else:
        proposal.delete()
    rebuild_questions(paragraph)


def _require_unanswered(paragraph: Paragraph) -> None:
    require_taken_up(paragraph)
    if paragraph.questions.filter(found_at__isnull=False).exists():
        raise Conflict(
            _("Beslutsgången har börjat, och yrkandena ligger fast"),
            instead=_("Ångra den senaste frågan om ett yrkande saknas."),
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


def _add_movers(proposal: Proposal, movers: Sequence[Person]) -> None:
    parties = dict(proposal.paragraph.meeting.attendance.values_list("person_id", "party_id"))
    known = list(proposal.mover_rows.values_list("person_id", flat=True))
    fresh = [person for person in dict.fromkeys(movers) if person.pk not in known]
    ProposalMover.objects.bulk_create(
        ProposalMover(proposal=proposal, person=person, party_id=parties[person.pk], position=position)
        for position, person in enumerate(fresh, start=len(known) + 1)
    )


def _check_movers(paragraph: Paragraph, movers: Sequence[Person]) -> None:
    if not movers:
        raise DomainError(_("Ange vem som yrkar"), field="movers")
    recused = paragraph.non_participations.filter(
        kind=NonParticipationKind.RECUSAL, person__in=movers
    ).first()
    if recused:
        raise DomainError(
            _("%(name)s är jävig och deltar inte i ärendet") % {"name": recused.person.name},
            law="KL 6 kap. 30 §",
            field="movers",
        )
    serving = {one.person.pk for one in serving_in(paragraph)}
    outsiders = [person.name for person in movers if person.pk not in serving]
    if outsiders:
        raise DomainError(
            _("%(names)s tjänstgör inte och kan inte yrka") % {"names": ", ".join(outsiders)},
            law="KL 5 kap. 17 §",
            instead=_("Rätta närvaron, eller välj en tjänstgörande ledamot."),
            field="movers",
        )

"""Who moves a proposal: members who serve, and groups of parties in the body."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from motions.errors import DomainError
from motions.models import Party, Person, User
from protocols.enums import NonParticipationKind
from protocols.models import Paragraph, Proposal, ProposalMover
from protocols.queries.service import Serving, acting_in, recusal_law

Mover = Person | Party  # a member, or a party's group in the body


def moved_by(movers: Sequence[Mover]) -> Q:
    """The condition that a row of a proposal is that of one of them."""
    persons = [mover for mover in movers if isinstance(mover, Person)]
    groups = [mover for mover in movers if isinstance(mover, Party)]
    return Q(person__in=persons) | Q(person__isnull=True, party__in=groups)


def add_movers(proposal: Proposal, movers: Sequence[Mover], *, by: User, at: datetime) -> None:
    """Note those who are not noted yet, with the party of the day, after those who are."""
    parties = dict(proposal.paragraph.meeting.attendance.values_list("person_id", "party_id"))
    last: int = proposal.mover_rows.aggregate(last=Max("position"))["last"] or 0
    fresh = [mover for mover in dict.fromkeys(movers) if not _is_noted(proposal, mover)]
    ProposalMover.objects.bulk_create(
        ProposalMover(
            proposal=proposal,
            person=mover if isinstance(mover, Person) else None,
            party_id=parties[mover.pk] if isinstance(mover, Person) else mover.pk,
            position=position,
            noted_by=by,
            noted_at=at,
        )
        for position, mover in enumerate(fresh, start=last + 1)
    )


def _is_noted(proposal: Proposal, mover: Mover) -> bool:
    return proposal.mover_rows.filter(moved_by([mover])).exists()


def check_movers(paragraph: Paragraph, movers: Sequence[Mover]) -> None:
    """Raise DomainError unless everybody serves in the paragraph, and somebody of each party's group."""
    if not movers:
        raise DomainError(_("Ange vem som yrkar"), field="movers")
    acting = acting_in(paragraph)
    _check_groups(paragraph, [mover for mover in movers if isinstance(mover, Party)], acting)
    persons = [mover for mover in movers if isinstance(mover, Person)]
    recused = paragraph.non_participations.filter(
        kind=NonParticipationKind.RECUSAL, person__in=persons, clauses=[]
    ).first()
    if recused:
        raise DomainError(
            _("%(name)s är jävig och deltar inte i ärendet") % {"name": recused.person.name},
            law=recusal_law(paragraph),
            field="movers",
        )
    serving = {one.person.pk for one in acting}
    outsiders = [person.name for person in persons if person.pk not in serving]
    if outsiders:
        raise DomainError(
            _("%(names)s tjänstgör inte och kan inte yrka") % {"names": ", ".join(outsiders)},
            law="KL 5 kap. 17 §",
            instead=_("Rätta närvaron, eller välj en tjänstgörande ledamot."),
            field="movers",
        )


def _check_groups(paragraph: Paragraph, groups: Sequence[Party], acting: Sequence[Serving]) -> None:
    """A party's group speaks through those of it who serve: without any there is nobody who proposes."""
    present = {one.party.pk for one in acting if one.party}
    absent = [party.name for party in groups if party.pk not in present]
    if absent:
        raise DomainError(
            _("Ingen från %(parties)s tjänstgör i %(label)s, och partigruppen kan inte yrka")
            % {"parties": ", ".join(absent), "label": paragraph.label},
            law="KL 5 kap. 17 §",
            instead=_("Rätta närvaron, eller välj den som yrkade."),
            field="movers",
        )

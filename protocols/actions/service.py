"""Recording who serves in a paragraph: at the gavel, and when the list is corrected from an earlier time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from protocols.enums import ParagraphState
from protocols.models import Attendance, Ballot, Meeting, Paragraph, ProposalMover, ReservationPerson, Service
from protocols.queries.service import lowest_presence, presence_in
from protocols.wording.motion import decision_clauses


def record_service(paragraph: Paragraph) -> None:
    """Record who holds the seats now that the gavel falls."""
    Service.objects.filter(paragraph=paragraph).delete()
    Service.objects.bulk_create(_service(paragraph, row) for row in paragraph.meeting.attendance.serving())


def forget_service(paragraph: Paragraph) -> None:
    """Forget it when the decision is taken back: the seats are again as the list has them."""
    Service.objects.filter(paragraph=paragraph).delete()


def require_quorum_in(paragraph: Paragraph, *, clause: int | None = None) -> None:
    """Raise DomainError unless enough take part in the § (KL 5 kap. 45 och 46 §§, 6 kap. 27 §).

    `clause` is the number of the one clause that is decided (WHOLE: all as one); None: each of them.
    """
    rows = paragraph.meeting.attendance.all()
    presence = (
        lowest_presence(paragraph, rows) if clause is None else presence_in(paragraph, rows, clause=clause)
    )
    if presence.is_quorate:
        return
    body = paragraph.body
    label = f"{paragraph.label}, {decision_clauses([clause])}" if clause else paragraph.label
    raise DomainError(
        _(
            "%(body)s är inte beslutsför i %(label)s: %(serving)s av %(seats)s tjänstgör,"
            " minst %(quorum)s behövs"
        )
        % {
            "body": body.name,
            "label": label,
            "serving": presence.serving,
            "seats": presence.seats,
            "quorum": presence.quorum,
        },
        law="KL 5 kap. 45 §" if body.is_assembly else "KL 6 kap. 27 §",
        instead=_("Anteckna vilka ersättare som träder in, eller ajournera."),
    )


def serve_since(meeting: Meeting, seats: Iterable[int], at: datetime) -> None:
    """Let the §§ decided since then tell who holds the seats (ids of members) as the list has it now.

    Raises Conflict where one who has proposed or reserved in such a § would not have served in it.
    """
    if meeting.is_planned:
        return
    members = list(seats)
    since = meeting.paragraphs.filter(state=ParagraphState.DECIDED, decided_at__gt=at)
    paragraphs = list(since.select_related("body", "meeting").order_by("number"))
    if not paragraphs:
        return
    holders = [
        row
        for row in meeting.attendance.serving().select_related("person")
        if (row.replaces_id or row.person_id) in members
    ]
    kept = {row.person_id for row in holders}
    for paragraph in paragraphs:
        held = [one for one in paragraph.service.all() if (one.replaces_id or one.person_id) in members]
        _refuse_losing(paragraph, {one.person_id for one in held} - kept)
        Service.objects.filter(pk__in=[one.pk for one in held]).delete()
        Service.objects.bulk_create(_service(paragraph, row) for row in holders)
        require_quorum_in(paragraph)


def _service(paragraph: Paragraph, row: Attendance) -> Service:
    return Service(
        paragraph=paragraph,
        person_id=row.person_id,
        party_id=row.party_id,
        replaces_id=row.replaces_id,
        position=row.position,
    )


def _refuse_losing(paragraph: Paragraph, persons: set[int]) -> None:
    moved = ProposalMover.objects.filter(proposal__paragraph=paragraph, person__in=persons)
    reserved = ReservationPerson.objects.filter(paragraph=paragraph, person__in=persons)
    voted = Ballot.objects.filter(vote__question__paragraph=paragraph, person__in=persons)
    acted = [row.person for row in moved.select_related("person")[:1] if row.person]
    acted += [row.person for row in reserved.select_related("person")[:1]]
    acted += [row.person for row in voted.select_related("person")[:1]]
    if acted:
        raise Conflict(
            _("%(name)s har yrkat, röstat eller reserverat sig i %(label)s och tjänstgjorde alltså då")
            % {"name": acted[0].name, "label": paragraph.label},
            law="KL 4 kap. 27 §",
            instead=_("Ange ett senare klockslag, eller ta först bort det ur paragrafen."),
            field="at",
        )

"""Planning, opening and closing meetings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.enums import MembershipRole
from motions.errors import Conflict, DomainError
from motions.models import Body, Membership, PartyAffiliation, Person, User, on_day
from motions.permissions import Permission, require
from protocols.actions.chair import change_leaders
from protocols.actions.locking import lock_meeting, require_state
from protocols.actions.signing import queue_signing
from protocols.enums import MeetingState, ParagraphState
from protocols.models import Attendance, Meeting


@transaction.atomic
def plan_meeting(*, by: User, body: Body, held_on: date, starts_at: time, place: str) -> Meeting:
    """Plan a meeting of a body: its attendance list comes from the memberships of that day."""
    require(by, Permission.MANAGE_MEETING)
    there = Meeting.objects.exclude(state=MeetingState.CANCELLED)
    if there.filter(body=body, held_on=held_on, starts_at=starts_at).exists():
        raise DomainError(
            _("%(body)s har redan ett sammanträde den dagen och tiden") % {"body": body.name}, field="held_on"
        )
    meeting = Meeting(body=body, held_on=held_on, starts_at=starts_at, place=place.strip(), secretary=by)
    meeting.chair = Person.objects.filter(
        memberships__in=Membership.objects.on(held_on).filter(body=body, role=MembershipRole.CHAIR)
    ).first()
    meeting.full_clean()
    meeting.save()
    _list_attendance(meeting)
    return meeting


def _list_attendance(meeting: Meeting) -> None:
    memberships = list(
        Membership.objects.on(meeting.held_on).filter(body=meeting.body).select_related("person")
    )
    if not any(membership.is_seated for membership in memberships):
        raise DomainError(
            _("%(body)s har inga ledamöter den %(day)s")
            % {"body": meeting.body.name, "day": meeting.held_on.isoformat()},
            instead=_("Rätta dagen, eller lägg in uppdragen i administrationen."),
            field="held_on",
        )
    parties = dict(
        PartyAffiliation.objects.filter(
            on_day(meeting.held_on), person__in=[membership.person_id for membership in memberships]
        ).values_list("person_id", "party_id")
    )
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            person=membership.person,
            party_id=parties.get(membership.person_id),
            role=membership.role,
            position=membership.position,
            is_present=membership.is_seated,
        )
        for membership in memberships
    )


@transaction.atomic
def change_meeting(
    meeting: Meeting, *, by: User, starts_at: time, place: str, chair: Person | None = None
) -> Meeting:
    """Change the time, place or chair (None: stays); the chair must be on the attendance list."""
    meeting = lock_meeting(meeting, by=by)
    _refuse_when_verified(meeting)
    if chair and not meeting.attendance.filter(person=chair).exists():
        raise DomainError(_("%(name)s hör inte till organet den dagen") % {"name": chair.name}, field="chair")
    if (meeting.starts_at, meeting.place) != (starts_at, place.strip()):
        meeting.calendar_sequence += 1
    before = meeting.chair
    meeting.starts_at, meeting.place, meeting.chair = starts_at, place.strip(), chair or meeting.chair
    meeting.full_clean()
    meeting.save()
    if chair and chair != before:
        change_leaders(meeting, before=before, now=chair)
    return meeting


@transaction.atomic
def choose_verifiers(meeting: Meeting, *, by: User, verifiers: Iterable[Person]) -> Meeting:
    """Decide who verifies the minutes beside the chair; only those who serve can (local rules)."""
    meeting = lock_meeting(meeting, by=by)
    _refuse_when_verified(meeting)
    chosen = list(verifiers)
    serving = set(meeting.attendance.serving().values_list("person_id", flat=True))
    outsiders = [person.name for person in chosen if person.pk not in serving]
    if outsiders:
        raise DomainError(
            _("%(names)s tjänstgör inte och kan inte justera") % {"names": ", ".join(outsiders)},
            instead=_("Välj en tjänstgörande ledamot eller ersättare."),
            field="verifiers",
        )
    if meeting.chair in chosen:
        raise DomainError(
            _("Ordföranden justerar alltid; välj en annan person som justerare"), field="verifiers"
        )
    _refuse_lone_leader(meeting, chosen)
    meeting.verifiers.set(chosen)
    return meeting


def _refuse_lone_leader(meeting: Meeting, chosen: Sequence[Person]) -> None:
    """One who has led a § verifies it as chair, so that another must be chosen beside."""
    if len(chosen) != 1:
        return
    led = meeting.paragraphs.numbered().unverified().filter(chair=chosen[0]).order_by("number").first()
    if led:
        raise DomainError(
            _("%(name)s har lett %(label)s och skulle justera den utan någon annan")
            % {"name": chosen[0].name, "label": led.label},
            law="KL 5 kap. 69 §",
            instead=_("Välj en justerare till."),
            field="verifiers",
        )


@transaction.atomic
def choose_offices(meeting: Meeting, *, by: User, chair: Person, verifiers: Iterable[Person]) -> Meeting:
    """Decide who leads the meeting and who verifies beside the chair, both or neither."""
    meeting = lock_meeting(meeting, by=by)
    if not meeting.attendance.serving().filter(person=chair).exists():
        raise DomainError(
            _("%(name)s tjänstgör inte och kan inte leda sammanträdet") % {"name": chair.name},
            instead=_("Välj en tjänstgörande ledamot, som regel en vice ordförande."),
            field="chair",
        )
    change_meeting(meeting, by=by, starts_at=meeting.starts_at, place=meeting.place, chair=chair)
    return choose_verifiers(meeting, by=by, verifiers=verifiers)


@transaction.atomic
def open_meeting(meeting: Meeting, *, by: User, at: datetime | None = None) -> Meeting:
    """Open a planned meeting. Raises DomainError without a quorum (KL 5 kap. 45 §, 6 kap. 27 §)."""
    meeting = lock_meeting(meeting, by=by)
    require_state(meeting, MeetingState.PLANNED)
    require_quorum(meeting)
    meeting.state, meeting.opened_at = MeetingState.OPEN, at or timezone.now()
    meeting.save(update_fields=["state", "opened_at"])
    return meeting


@transaction.atomic
def close_meeting(meeting: Meeting, *, by: User, at: datetime | None = None) -> Meeting:
    """Close the meeting: from now on nobody can reserve (KL 4 kap. 27 §).

    Raises Conflict while an item is being dealt with, or was never taken up.
    """
    meeting = lock_meeting(meeting, by=by)
    require_state(meeting, MeetingState.OPEN)
    pending = meeting.paragraphs.filter(state__in=[ParagraphState.DRAFT, ParagraphState.TAKEN_UP])
    if pending:
        raise Conflict(
            _("Dessa ärenden är inte avgjorda: %(items)s")
            % {"items": "; ".join(str(paragraph) for paragraph in pending)},
            instead=_(
                "Avgör dem, bordlägg dem eller ta bort dem från dagordningen innan sammanträdet avslutas."
            ),
        )
    if not meeting.verifiers.exists():
        raise DomainError(
            _("Ingen justerare är utsedd"),
            law="KL 5 kap. 69 §",
            instead=_("Välj justerare under Närvaro och avsluta sedan sammanträdet."),
        )
    meeting.state, meeting.closed_at = MeetingState.CLOSED, at or timezone.now()
    meeting.save(update_fields=["state", "closed_at"])
    queue_signing(meeting)  # where all was verified at once
    return meeting


def require_quorum(meeting: Meeting) -> None:
    """Raise DomainError unless more than half of the seats are served (KL 5 kap. 45 §, 6 kap. 27 §)."""
    serving = meeting.attendance.serving().count()
    if serving < meeting.body.quorum:
        raise DomainError(
            _("%(body)s är inte beslutsför: %(serving)s av %(seats)s tjänstgör, minst %(quorum)s behövs")
            % {
                "body": meeting.body.name,
                "serving": serving,
                "seats": meeting.body.seats,
                "quorum": meeting.body.quorum,
            },
            law="KL 5 kap. 45 §" if meeting.body.is_assembly else "KL 6 kap. 27 §",
            instead=_("Anteckna vilka ersättare som träder in, eller ajournera."),
        )


def _refuse_when_verified(meeting: Meeting) -> None:
    if meeting.paragraphs.verified().exists():
        raise Conflict(
            _("Protokollet har justerats, och uppgifterna om sammanträdet ligger fast"), law="KL 5 kap. 69 §"
        )

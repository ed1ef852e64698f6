"""Who is present and who serves for whom."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.models import Person, User
from protocols.actions.locking import lock_meeting
from protocols.models import Attendance, Meeting


@transaction.atomic
def set_present(meeting: Meeting, *, by: User, person: Person, is_present: bool) -> Attendance:
    """Note somebody as present or absent; a returning member takes the seat back (KL 5 kap. 19 §).

    The substitute who served stays in the room, but serves no more.
    """
    row = _row(lock_meeting(meeting, by=by), person)
    row.is_present = is_present
    if not is_present:
        row.replaces = None
    elif row.is_seated:
        meeting.attendance.filter(replaces=person).update(replaces=None)
    row.save(update_fields=["is_present", "replaces"])
    return row


@transaction.atomic
def serve_for(meeting: Meeting, *, by: User, substitute: Person, member: Person) -> Attendance:
    """Let a substitute serve in an absent member's place (KL 5 kap. 17 §)."""
    meeting = lock_meeting(meeting, by=by)
    row, seat = _row(meeting, substitute), _row(meeting, member)
    if row.is_seated:
        raise DomainError(_("%(name)s är inte ersättare") % {"name": substitute.name}, field="substitute")
    if not seat.is_seated or seat.is_present:
        raise DomainError(
            _("%(name)s är närvarande, så ingen ersättare träder in") % {"name": member.name},
            law="KL 5 kap. 17 §",
            instead=_("Anteckna först ledamoten som frånvarande."),
            field="substitute",
        )
    if meeting.attendance.filter(replaces=member).exclude(person=substitute).exists():
        raise DomainError(_("Platsen har redan en tjänstgörande ersättare"), field="substitute")
    row.is_present, row.replaces = True, member
    row.save(update_fields=["is_present", "replaces"])
    return row


def _row(meeting: Meeting, person: Person) -> Attendance:
    if meeting.paragraphs.verified().exists():
        raise Conflict(_("Protokollet har justerats, och närvaron ligger fast"), law="KL 5 kap. 66 §")
    row = meeting.attendance.select_for_update(of=("self",)).filter(person=person).first()
    if row is None:
        raise DomainError(_("%(name)s hör inte till organet den dagen") % {"name": person.name})
    return row

"""Cancelling a planned meeting: its items go on to another, and everybody summoned is told."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import DomainError
from motions.identity_numbers import refuse_identity_numbers
from motions.models import User
from motions.wording.days import long_day
from protocols.actions.agenda import take_over
from protocols.actions.locking import lock_meeting, require_state
from protocols.actions.outbox import Attachment, Letter, queue_letters
from protocols.calendars import calendar, file_name
from protocols.enums import MailingKind, MeetingState
from protocols.models import Mailing, Meeting
from protocols.queries.calendars import calendar_entry
from protocols.queries.cancelled import to_be_told


@transaction.atomic
def cancel_meeting(
    meeting: Meeting, *, by: User, because: str, move_to: Meeting | None = None, at: datetime | None = None
) -> Mailing | None:
    """Cancel a planned meeting; the letters that tell of it, None where nobody was summoned by mail.

    Its items move to `move_to`, or stay until the body's next meeting takes them over. Raises Conflict for a
    meeting that is not planned, DomainError without a reason.
    """
    meeting = lock_meeting(meeting, by=by)
    require_state(meeting, MeetingState.PLANNED)
    because = " ".join(because.split())
    if not because:
        raise DomainError(_("Skriv varför sammanträdet ställs in"), field="because")
    refuse_identity_numbers(because, "because")
    if move_to is not None:
        _move_items(meeting, move_to, by=by)
    told = Meeting.objects.select_related("body", "secretary").get(pk=meeting.pk)
    told.state, told.calendar_sequence = MeetingState.CANCELLED, told.calendar_sequence + 1
    told.cancelled_at, told.cancelled_by, told.cancelled_because = at or timezone.now(), by, because
    mailing = queue_letters(meeting, kind=MailingKind.CANCELLED, letters=_letters(told), by=by, at=at)
    told.full_clean(validate_constraints=False)
    told.save()
    return mailing


def _move_items(meeting: Meeting, other: Meeting, *, by: User) -> None:
    if other.body_id != meeting.body_id or other.pk == meeting.pk or not other.is_planned:
        raise DomainError(
            _("Ärendena kan bara flyttas till ett annat planerat sammanträde med %(body)s")
            % {"body": meeting.body.inline_name},
            field="move_to",
        )
    take_over(other, by=by, items=list(meeting.paragraphs.all()))


def _letters(meeting: Meeting) -> list[Letter]:
    assert meeting.cancelled_at is not None  # written before the letters
    entry = calendar([calendar_entry(meeting)], name=str(meeting), made_at=meeting.cancelled_at)
    event = Attachment(file_name(meeting.body.name, meeting.held_on), entry, "text/calendar", is_once=False)
    subject = _("Inställt: %(body)s %(day)s") % {"body": meeting.body.name, "day": long_day(meeting.held_on)}
    return [
        Letter(name=name, address=address, subject=subject, text=_text(meeting, name), attachments=[event])
        for name, address in to_be_told(meeting)
    ]


def _text(meeting: Meeting, name: str) -> str:
    words = {
        "body": meeting.body.inline_name,
        "day": long_day(meeting.held_on),
        "time": f"{meeting.starts_at:%H.%M}",
        "because": meeting.cancelled_because,
        "address": f"{settings.SITE_ADDRESS}{meeting.get_absolute_url()}",
        "secretary": meeting.secretary.name,
        "mail": meeting.secretary.email,
    }
    return "\n\n".join(
        [
            _("Hej %(name)s!") % {"name": name},
            _("Sammanträdet med %(body)s %(day)s klockan %(time)s är inställt.") % words,
            _("Orsak: %(because)s") % words,
            _("Kalenderfilen tar bort sammanträdet ur din kalender. Läs mer här: %(address)s") % words,
            _("Frågor besvaras av sekreteraren %(secretary)s, %(mail)s.") % words,
        ]
    )

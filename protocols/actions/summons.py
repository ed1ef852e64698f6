"""Issuing a summons: numbered, stored by its content, never changed; and sending it (KL 5 kap. 15 §)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.models import User
from motions.permissions import Permission, require
from motions.wording.days import long_day
from protocols.actions.extracts import store_paper
from protocols.actions.locking import lock_meeting, refuse_cancelled
from protocols.actions.outbox import MOST_MAIL_BYTES, Attachment, Letter, queue_letters
from protocols.calendars import calendar, file_name
from protocols.enums import MailingKind
from protocols.extracts.summons import summons_pdf
from protocols.models import AskedSummons, Mailing, Meeting, Summons
from protocols.queries.calendars import calendar_entry
from protocols.queries.letterhead import letterhead
from protocols.queries.summons import agenda_digest, latest_summons, summons_document
from protocols.queries.summons_mail import summons_mail


@dataclass(frozen=True)
class _State:
    """What the next summons would be made of: the agenda's items, its digest, and the summons before."""

    items: list[int]
    digest: str
    latest: Summons | None


@transaction.atomic
def ask_summons(meeting: Meeting, *, by: User) -> AskedSummons:
    """Have the summons made and issued in the background (`summons_making`), as the agenda stands now.

    Raises what `issue_summons` does. Asked for twice it is made once.
    """
    state = _state(lock_meeting(meeting, by=by))
    known = AskedSummons.objects.filter(meeting=meeting).first()
    if known and known.is_waiting and known.agenda_sha256 == state.digest:
        return known
    values = {
        "agenda_sha256": state.digest,
        "attempts": 0,
        "failure": "",
        "asked_by": by,
        "asked_at": timezone.now(),
    }
    asked, _made = AskedSummons.objects.update_or_create(meeting=meeting, defaults=values)
    return asked


def issue_summons(
    meeting: Meeting, *, by: User, at: datetime | None = None, seen: str | None = None
) -> Summons:
    """Issue the summons to a planned meeting, or an additional one where the agenda has changed since.

    It is set before the meeting is locked: hundreds of pages take their time. Its number is given in the
    transaction that stores it, so that none is left out. `seen` is the digest of the agenda that it was asked
    for. Raises Conflict for a meeting that has begun, where the last summons still tells all there is, and
    where the agenda was changed meanwhile; DomainError for an empty agenda.
    """
    require(by, Permission.MANAGE_MEETING)
    moment = at or timezone.now()
    state = _state(meeting)
    if seen and seen != state.digest:
        raise _changed_meanwhile()
    number = state.latest.number + 1 if state.latest else 1
    known = state.latest.items if state.latest else None
    made = summons_pdf(
        summons_document(meeting, issued_on=timezone.localdate(moment), number=number, known=known),
        letterhead=letterhead(),
    )
    summons = Summons(
        meeting=meeting,
        number=number,
        pages=made.pages,
        agenda_sha256=state.digest,
        items=state.items,
        left_out=made.left_out,
        issued_at=moment,
        issued_by=by,
    )
    with transaction.atomic():
        if _state(lock_meeting(meeting, by=by)) != state:
            raise _changed_meanwhile()
        store_paper(summons, made.content)
        AskedSummons.objects.filter(meeting=meeting).delete()
    return summons


def _changed_meanwhile() -> Conflict:
    return Conflict(_("Dagordningen ändrades medan kallelsen gjordes"), instead=_("Utfärda kallelsen igen."))


def _state(meeting: Meeting) -> _State:
    """What there is to summon to now. Raises as `issue_summons` does."""
    refuse_cancelled(meeting)
    if not meeting.is_planned:
        raise Conflict(
            _("Sammanträdet har redan öppnats, och kallelsen kan inte ändras"),
            instead=_("Ett ärende som tillkommer tas upp på dagordningen under sammanträdet."),
        )
    items = list(meeting.paragraphs.order_by("position", "pk").values_list("pk", flat=True))
    if not items:
        raise DomainError(
            _("Dagordningen är tom, och kallelsen ska ange de ärenden som ska behandlas"),
            law="KL 5 kap. 15 §",
            instead=_("Lägg först ärendena på dagordningen."),
        )
    latest, digest = latest_summons(meeting), agenda_digest(meeting)
    if latest and latest.agenda_sha256 == digest:
        raise Conflict(
            _("%(summons)s gäller fortfarande: inget har ändrats sedan den utfärdades")
            % {"summons": latest.label}
        )
    return _State(items, digest, latest)


@transaction.atomic
def send_summons(summons: Summons, *, by: User) -> Mailing:
    """Queue the summons with its calendar file to every member and substitute who has not been sent it.

    Raises Conflict for a version that a later one has replaced, and where nobody is left to send it to.
    """
    meeting = lock_meeting(summons.meeting, by=by)
    summons = Summons.objects.select_related("meeting__body").get(pk=summons.pk)
    latest = latest_summons(meeting)
    if latest != summons or not meeting.is_planned:
        raise Conflict(
            _("%(summons)s gäller inte längre och skickas inte") % {"summons": summons.label},
            instead=_("Ladda om sidan för att se vad som gäller."),
        )
    waiting = summons_mail(summons).waiting
    attachments = _attachments(summons)
    letters = [
        Letter(
            name=person.row.person.name,
            address=person.address,
            subject=_letter_subject(summons),
            text=_letter_text(summons, person.row.person.name),
            attachments=attachments,
        )
        for person in waiting
    ]
    mailing = queue_letters(meeting, kind=MailingKind.SUMMONS, letters=letters, summons=summons, by=by)
    if mailing is None:
        raise Conflict(
            _("%(summons)s är redan skickad till alla som har en e-postadress") % {"summons": summons.label}
        )
    return mailing


def _attachments(summons: Summons) -> list[Attachment]:
    meeting = summons.meeting
    entry = calendar([calendar_entry(meeting)], name=str(meeting), made_at=summons.issued_at)
    event = Attachment(file_name(meeting.body.name, meeting.held_on), entry, "text/calendar", is_once=False)
    if summons.size > MOST_MAIL_BYTES:
        return [event]
    return [Attachment(summons.filename, summons), event]


def _letter_subject(summons: Summons) -> str:
    return _("%(summons)s: %(body)s %(day)s") % {
        "summons": summons.label,
        "body": summons.meeting.body.name,
        "day": long_day(summons.meeting.held_on),
    }


def _letter_text(summons: Summons, name: str) -> str:
    meeting = summons.meeting
    address = f"{settings.SITE_ADDRESS}{meeting.get_absolute_url()}"
    file = f"{settings.SITE_ADDRESS}{summons.get_absolute_url()}"
    told = (
        _("Kallelsen med alla handlingar är för stor för ett brev. Hämta den här: %(file)s") % {"file": file}
        if summons.size > MOST_MAIL_BYTES
        else _("Kallelsen med alla handlingar är bifogad som PDF, och sammanträdet som kalenderfil.")
    )
    return "\n\n".join(
        [
            _("Hej %(name)s!") % {"name": name},
            _("Du kallas till sammanträde med %(body)s %(day)s klockan %(time)s, %(place)s.")
            % {
                "body": meeting.body.inline_name,
                "day": long_day(meeting.held_on),
                "time": f"{meeting.starts_at:%H.%M}",
                "place": meeting.place,
            },
            told,
            _("Dagordningen finns också här: %(address)s") % {"address": address},
            _("Kan du inte komma, anmäl det till sekreteraren %(secretary)s, %(mail)s, så snart som möjligt.")
            % {"secretary": meeting.secretary.name, "mail": meeting.secretary.email},
        ]
    )

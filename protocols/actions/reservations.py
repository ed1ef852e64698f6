"""Reservations and notes to the minutes: announced at the meeting, written before the verification."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.actions.writing import StaleText
from motions.errors import Conflict, DomainError, Forbidden
from motions.identity_numbers import refuse_identity_numbers
from motions.models import Party, Person, User
from motions.permissions import Permission, has_permission, require
from motions.texts import clean, is_empty, plain
from protocols.actions.locking import lock_paragraph, refuse_verified
from protocols.models import MinutesNote, Paragraph, Reservation, ReservationPerson
from protocols.queries.reservations import members_of, note_refusal, reservation_refusal


@transaction.atomic
def announce_reservation(
    paragraph: Paragraph,
    *,
    by: User,
    persons: Sequence[Person | Party],
    html: str = "",
    at: datetime | None = None,
) -> Reservation:
    """Announce a reservation for oneself, or (the secretary) for those who said it aloud.

    A party among the `persons` is its whole group: all of it who took part and have not reserved yet.
    Raises DomainError with KL 4 kap. 27 § for one who may not reserve, or when the meeting is over.
    """
    _require_may_speak_for(by, persons)
    _require_nobody_else(by, persons)
    paragraph = lock_paragraph(paragraph)
    refuse_verified(paragraph)
    groups = members_of(paragraph, [party for party in persons if isinstance(party, Party)])
    alone = [one for one in persons if isinstance(one, Person) and one not in groups]
    for person in alone:
        if refusal := reservation_refusal(paragraph, person, told=by):
            raise refusal
    cleaned = _checked(html)
    moment = at or timezone.now()
    reservation = Reservation(
        paragraph=paragraph,
        announced_at=moment,
        html=cleaned,
        text_received_at=moment if cleaned else None,
    )
    reservation.full_clean(exclude=["paragraph"], validate_constraints=False)
    reservation.save()
    parties = dict(paragraph.meeting.attendance.values_list("person_id", "party_id"))
    ReservationPerson.objects.bulk_create(
        ReservationPerson(
            reservation=reservation,
            paragraph=paragraph,
            person=person,
            party_id=parties.get(person.pk),
            in_group=person in groups,
            position=position,
        )
        for position, person in enumerate(dict.fromkeys([*alone, *groups]), start=1)
    )
    return reservation


@transaction.atomic
def write_reservation(
    reservation: Reservation, *, by: User, html: str, version: int, at: datetime | None = None
) -> Reservation:
    """Write or change the reservation's text until verification. Raises StaleText by version."""
    _require_may_speak_for(by, list(reservation.persons.all()))
    refuse_verified(lock_paragraph(reservation.paragraph))
    reservation = Reservation.objects.select_for_update().get(pk=reservation.pk)
    if reservation.version != version:
        raise StaleText(reservation.html, reservation.version, "")
    reservation.html, reservation.version = _checked(html), version + 1
    reservation.text_received_at = (at or timezone.now()) if reservation.html else None
    reservation.full_clean(exclude=["paragraph"], validate_constraints=False)
    reservation.save()
    return reservation


@transaction.atomic
def withdraw_reservation(reservation: Reservation, *, by: User) -> None:
    """Take a reservation back before verification; of a joint one only one's own part.

    The secretary takes back the whole, for all who had made it.
    """
    persons = list(reservation.persons.all())
    _require_may_speak_for(by, persons)
    refuse_verified(lock_paragraph(reservation.paragraph))
    if has_permission(by, Permission.MANAGE_MEETING) or len(persons) == 1:
        reservation.delete()
    else:
        reservation.person_rows.filter(person=by.person_id).delete()


@transaction.atomic
def leave_note(
    paragraph: Paragraph,
    *,
    by: User,
    person: Person,
    html: str,
    version: int | None = None,
    at: datetime | None = None,
) -> MinutesNote:
    """Leave (or change) one's note to the minutes, with the chair's leave, until verification.

    `version` is the one that was read (0: there was none); with it a newer text raises StaleText.
    """
    _require_may_speak_for(by, [person])
    paragraph = lock_paragraph(paragraph)
    if refusal := note_refusal(paragraph, person, told=by):
        raise refusal
    cleaned = _checked(html)
    if not cleaned:
        raise DomainError(_("Skriv anteckningen"), field="html")
    note = paragraph.notes.filter(person=person).first()
    current = note.version if note else 0
    if version is not None and version != current:
        raise StaleText(note.html if note else "", current, "")
    row = paragraph.meeting.attendance.filter(person=person).first()
    note = note or MinutesNote(paragraph=paragraph, person=person, party=row.party if row else None)
    note.html, note.version, note.received_at = cleaned, current + 1, at or timezone.now()
    note.save()
    return note


@transaction.atomic
def remove_note(note: MinutesNote, *, by: User) -> None:
    """Take a note back before verification."""
    _require_may_speak_for(by, [note.person])
    refuse_verified(lock_paragraph(note.paragraph))
    note.delete()


def _checked(html: str) -> str:
    cleaned = "" if is_empty(html) else clean(html)
    refuse_identity_numbers(plain(cleaned), "html")
    if len(cleaned) > 50_000:
        raise DomainError(
            _("Texten är för lång"), instead=_("Korta den till högst 50 000 tecken."), field="html"
        )
    return cleaned


def _require_may_speak_for(by: User, persons: Sequence[Person | Party]) -> None:
    if has_permission(by, Permission.MANAGE_MEETING):
        if not persons:
            raise DomainError(_("Ange vem som reserverar sig"), field="persons")
        return
    require(by, Permission.ATTEND_MEETING)
    if not persons or by.person_id is None:
        raise Conflict(
            _("Din inloggning är inte knuten till någon förtroendevald"),
            instead=_("Be administratören koppla ihop dem."),
        )
    if all(person != by.person for person in persons):
        raise _only_for_oneself()


def _require_nobody_else(by: User, persons: Sequence[Person | Party]) -> None:
    if has_permission(by, Permission.MANAGE_MEETING):
        return
    if any(person != by.person for person in persons):
        raise _only_for_oneself()


def _only_for_oneself() -> Forbidden:
    return Forbidden(_("Du kan bara tala för dig själv"), instead=_("Be sekreteraren anteckna det."))

"""Who may reserve against a decision, and why not (KL 4 kap. 27 §)."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError, Forbidden
from motions.models import Person
from protocols.enums import NonParticipationKind
from protocols.models import Attendance, Paragraph

LAW = "KL 4 kap. 27 §"

_NOTE_INSTEAD = "Du kan i stället lämna en anteckning till protokollet."


def reservation_refusal(paragraph: Paragraph, person: Person) -> DomainError | None:
    """Why the person may not announce a reservation now, or None where it is allowed."""
    meeting = paragraph.meeting
    if not paragraph.is_decided:
        return Conflict(
            _("Beslutet är inte fattat ännu"), law=LAW, instead=_("Reservera dig när klubban har fallit.")
        )
    if meeting.closed_at:
        return Conflict(
            _("Sammanträdet avslutades klockan %(time)s, och en reservation ska anmälas innan dess")
            % {"time": timezone.localtime(meeting.closed_at).strftime("%H.%M")},
            law=LAW,
            instead=note_instead(paragraph),
        )
    if paragraph.reservations.filter(persons=person).exists():
        return Conflict(
            _("Du har redan reserverat dig mot beslutet"),
            instead=_("Texten kan du skriva fram till justeringen."),
        )
    attendance = meeting.attendance.filter(person=person).first()
    return _not_serving(attendance) or _not_participating(paragraph, person)


def note_refusal(paragraph: Paragraph, person: Person) -> DomainError | None:
    """Why the person may not leave a note to the minutes now, or None where it is allowed (local rules)."""
    if paragraph.is_draft:
        return Conflict(_("Ärendet är inte upptaget ännu"))
    if paragraph.is_verified:
        return Conflict(
            _("Protokollet är justerat, och ingen anteckning kan läggas till"), law="KL 5 kap. 69 §"
        )
    attendance = paragraph.meeting.attendance.filter(person=person).first()
    if attendance is None or not attendance.is_present:
        return Forbidden(_("Bara den som är med vid sammanträdet kan lämna en anteckning"))
    return None


def note_instead(paragraph: Paragraph) -> str:
    """What one who may not reserve can do instead."""
    return "" if paragraph.is_verified else _(_NOTE_INSTEAD)


def _not_serving(attendance: Attendance | None) -> DomainError | None:
    if attendance is None:
        return Forbidden(_("Du hör inte till organet och kan inte reservera dig"), law=LAW)
    if attendance.is_serving:
        return None
    reason = (
        _("Du är antecknad som frånvarande och deltog inte i beslutet")
        if attendance.is_seated
        else _("Du är ersättare och tjänstgör inte, så du deltog inte i beslutet")
    )
    return Forbidden(reason, law=LAW, instead=_(_NOTE_INSTEAD))


def _not_participating(paragraph: Paragraph, person: Person) -> DomainError | None:
    noted = paragraph.non_participations.filter(person=person).first()
    if noted is None:
        return None
    reasons = {
        NonParticipationKind.RECUSAL: _("Du är jävig i ärendet och deltog inte i beslutet"),
        NonParticipationKind.NOT_PARTICIPATING: _("Du har valt att inte delta i beslutet"),
        NonParticipationKind.ABSTAINED: _("Du avstod i beslutet"),
    }
    return Forbidden(reasons[NonParticipationKind(noted.kind)], law=LAW, instead=_(_NOTE_INSTEAD))

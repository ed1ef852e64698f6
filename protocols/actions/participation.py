"""Who did not take part in a decision: jäv, staying out, abstaining (KL 4:25, 5:47, 6:30)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.models import Person, User
from protocols.actions.locking import edit_paragraph
from protocols.enums import NonParticipationKind
from protocols.models import Ballot, NonParticipation, Paragraph


@transaction.atomic
def note_non_participation(
    paragraph: Paragraph, *, by: User, person: Person, kind: NonParticipationKind
) -> NonParticipation:
    """Note that somebody who serves does not take part in this decision."""
    paragraph = edit_paragraph(paragraph, by=by)
    row = paragraph.meeting.attendance.serving().filter(person=person).first()
    if row is None:
        raise DomainError(
            _("%(name)s tjänstgör inte och deltar redan inte i beslutet") % {"name": person.name},
            field="person",
        )
    if paragraph.reservations.filter(persons=person).exists():
        raise Conflict(
            _("%(name)s har reserverat sig, och den som reserverar sig har deltagit i beslutet")
            % {"name": person.name},
            law="KL 4 kap. 27 §",
        )
    if Ballot.objects.filter(vote__question__paragraph=paragraph, person=person).exists():
        raise Conflict(
            _("%(name)s har röstat i ärendet och har därmed deltagit") % {"name": person.name},
            law="KL 4 kap. 25 §",
            instead=_("Ångra först omröstningen."),
        )
    noted, _created = NonParticipation.objects.update_or_create(
        paragraph=paragraph, person=person, defaults={"kind": kind, "party": row.party}
    )
    return noted


@transaction.atomic
def remove_non_participation(noted: NonParticipation, *, by: User) -> None:
    """Remove what was noted by mistake."""
    edit_paragraph(noted.paragraph, by=by)
    noted.delete()

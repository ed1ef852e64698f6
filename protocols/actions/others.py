"""Others in the room (övriga närvarande): officers, experts and guests, told on the cover of the minutes."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from motions.errors import DomainError
from motions.identity_numbers import refuse_identity_numbers
from motions.models import User
from protocols.actions.locking import lock_meeting, refuse_settled
from protocols.models import Meeting, OtherPresent
from protocols.wording.service import paragraphs


@transaction.atomic
def note_other(
    meeting: Meeting, *, by: User, name: str, function: str, numbers: Sequence[int] = ()
) -> OtherPresent:
    """Note somebody who is there without a seat; `numbers`: the §§ alone that the person was there for.

    Raises DomainError for one on the attendance list or noted already, and for §§ that the meeting has not
    taken up; Conflict once its minutes are verified.
    """
    meeting = lock_meeting(meeting, by=by)
    refuse_settled(meeting)
    name, function = " ".join(name.split()), " ".join(function.split())
    refuse_identity_numbers(f"{name} {function}")
    if any(
        str(row.person).casefold() == name.casefold() for row in meeting.attendance.select_related("person")
    ):
        raise DomainError(
            _("%(name)s står redan i närvarolistan") % {"name": name},
            law="KL 5 kap. 66 §",
            instead=_("Anteckna närvaron där."),
            field="name",
        )
    if meeting.others.filter(name=name, function=function).exists():
        raise DomainError(
            _("%(name)s är redan antecknad") % {"name": name},
            instead=_("Ta bort anteckningen och lägg till den på nytt om paragraferna ska ändras."),
            field="name",
        )
    _refuse_unknown(meeting, numbers)
    row = OtherPresent(
        meeting=meeting, name=name, function=function, numbers=sorted(set(numbers)), noted_by=by
    )
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def remove_other(row: OtherPresent, *, by: User) -> None:
    """Remove somebody noted by mistake."""
    refuse_settled(lock_meeting(row.meeting, by=by))
    row.delete()


def _refuse_unknown(meeting: Meeting, numbers: Sequence[int]) -> None:
    known = [number for number in meeting.paragraphs.numbered().values_list("number", flat=True) if number]
    unknown = sorted(set(numbers) - set(known))
    if not unknown:
        return
    raise DomainError(
        _("%(span)s hör inte till sammanträdet") % {"span": paragraphs(unknown)},
        instead=_("Ange nummer ur %(span)s, eller lämna fältet tomt för hela sammanträdet.")
        % {"span": paragraphs(known)}
        if known
        else _("Lämna fältet tomt; paragraferna får sina nummer när de tas upp."),
        field="numbers",
    )

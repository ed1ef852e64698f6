"""Which party of the register the letters of imported minutes are."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.models import Party, User
from protocols.actions.read_answers import answered_row, take_answer_back, waiting_row, write_answer
from protocols.actions.read_names import match_names
from protocols.enums import NameState
from protocols.models import ReadName, ReadParty
from protocols.reading.named import LONGEST_LETTERS


@transaction.atomic
def letters_are(letters: ReadParty, *, by: User, party: Party, at: datetime | None = None) -> ReadParty:
    """Say that the letters are the party's, by an older name perhaps. Raises Conflict."""
    return _answer(waiting_row(letters, by=by), NameState.SAME, by=by, at=at, party=party)


@transaction.atomic
def letters_are_new(letters: ReadParty, *, by: User, name: str, at: datetime | None = None) -> ReadParty:
    """Take the party into the register, last of all. Raises Conflict; DomainError for a name that it has."""
    row = waiting_row(letters, by=by)
    name = " ".join(name.split())
    if not name:
        raise DomainError(_("Skriv partiets namn"), field="name")
    if len(row.code) > LONGEST_LETTERS:
        raise DomainError(
            _("%(code)s är för långt för en beteckning") % {"code": row.code},
            instead=_("Välj partiet bland dem i registret, eller lämna beteckningen utanför."),
        )
    if Party.objects.filter(name__iexact=name).exists():
        raise DomainError(
            _("%(name)s finns redan i registret") % {"name": name},
            instead=_("Välj det som samma parti."),
            field="name",
        )
    last = Party.objects.aggregate(last=Max("position"))["last"] or 0
    party = Party.objects.create(code=row.code, name=name, position=last + 1)
    return _answer(row, NameState.NEW, by=by, at=at, party=party)


@transaction.atomic
def letters_are_left(letters: ReadParty, *, by: User, at: datetime | None = None) -> ReadParty:
    """Leave the letters alone: no party. Raises Conflict."""
    return _answer(waiting_row(letters, by=by), NameState.LEFT, by=by, at=at, party=None)


@transaction.atomic
def undo_letters(letters: ReadParty, *, by: User) -> ReadParty:
    """Have the letters wait again, and whoever was found by them; a party that came with them leaves.

    Raises Conflict where they wait already, and where somebody new got the party, or it has somebody.
    """
    row = answered_row(letters, by=by)
    was_new, party = row.state == NameState.NEW, row.party
    take_answer_back(row)
    names = ReadName.objects.filter(code=row.code)
    if party and names.filter(state=NameState.NEW).exists():
        raise _used(party)
    names.filter(state=NameState.MATCHED).update(state=NameState.WAITING, person=None)
    if was_new and party:
        try:
            party.delete()
        except ProtectedError as error:
            raise _used(party) from error
    return row


def _used(party: Party) -> Conflict:
    return Conflict(
        _("%(party)s används redan i registret") % {"party": party},
        instead=_("Ångra först svaren om dess personer."),
    )


def _answer(
    row: ReadParty, state: NameState, *, by: User, at: datetime | None, party: Party | None
) -> ReadParty:
    write_answer(row, state, party, by=by, at=at)
    match_names(ReadName.objects.filter(code=row.code, state=NameState.WAITING))
    return row

"""Which party of the register the letters of imported minutes are."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.models import Party, User
from motions.permissions import Permission, require
from protocols.actions.read_names import match_names
from protocols.enums import NameState
from protocols.models import ReadName, ReadParty
from protocols.queries.read_names import LONGEST_LETTERS


@transaction.atomic
def letters_are(letters: ReadParty, *, by: User, party: Party, at: datetime | None = None) -> ReadParty:
    """Say that the letters are the party's, by an older name perhaps. Raises Conflict."""
    return _answer(_open(letters, by=by), NameState.SAME, by=by, at=at, party=party)


@transaction.atomic
def letters_are_new(letters: ReadParty, *, by: User, name: str, at: datetime | None = None) -> ReadParty:
    """Take the party into the register, last of all. Raises Conflict; DomainError for a name that it has."""
    row = _open(letters, by=by)
    name = " ".join(name.split())
    if not name:
        raise DomainError(_("Skriv partiets namn"), field="name")
    if len(row.code) > LONGEST_LETTERS:
        raise DomainError(_("%(code)s är för långt för en beteckning") % {"code": row.code})
    if Party.objects.filter(name__iexact=name).exists():
        raise DomainError(
            _("%(name)s finns redan i registret") % {"name": name},
            instead=_("Säg att bokstäverna är samma parti."),
            field="name",
        )
    last = Party.objects.aggregate(last=Max("position"))["last"] or 0
    party = Party.objects.create(code=row.code, name=name, position=last + 1)
    return _answer(row, NameState.NEW, by=by, at=at, party=party)


@transaction.atomic
def letters_are_left(letters: ReadParty, *, by: User, at: datetime | None = None) -> ReadParty:
    """Leave the letters alone: no party. Raises Conflict."""
    return _answer(_open(letters, by=by), NameState.LEFT, by=by, at=at, party=None)


@transaction.atomic
def undo_letters(letters: ReadParty, *, by: User) -> ReadParty:
    """Have the letters wait again; a party that came into the register by them leaves it.

    Raises Conflict where they wait already, and where that party has somebody.
    """
    require(by, Permission.READ_PROTOCOLS)
    row = ReadParty.objects.select_for_update().get(pk=letters.pk)
    if row.is_waiting:
        raise Conflict(_("Svaret om %(code)s är redan ångrat") % {"code": row})
    was_new, party = row.state == NameState.NEW, row.party
    row.state, row.party, row.answered_by, row.answered_at = NameState.WAITING, None, None, None
    row.save()
    if was_new and party:
        try:
            party.delete()
        except ProtectedError as error:
            raise Conflict(
                _("%(party)s används redan i registret") % {"party": party},
                instead=_("Ångra först svaren om dess personer."),
            ) from error
    return row


def _open(letters: ReadParty, *, by: User) -> ReadParty:
    require(by, Permission.READ_PROTOCOLS)
    row = ReadParty.objects.select_for_update().get(pk=letters.pk)
    if not row.is_waiting:
        raise Conflict(
            _("%(code)s är redan avgjort") % {"code": row}, instead=_("Ångra svaret om det blev fel.")
        )
    return row


def _answer(
    row: ReadParty, state: NameState, *, by: User, at: datetime | None, party: Party | None
) -> ReadParty:
    row.state, row.party = state, party
    row.answered_by, row.answered_at = by, at or timezone.now()
    row.save(update_fields=["state", "party", "answered_by", "answered_at"])
    match_names(ReadName.objects.filter(code=row.code, state=NameState.WAITING))
    return row

"""What names and parties' letters of imported minutes share: each is answered once, and can be undone."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict
from motions.models import Party, Person, User
from motions.permissions import Permission, require
from protocols.enums import NameState
from protocols.models import ReadName, ReadParty

Asked = TypeVar("Asked", ReadName, ReadParty)


def waiting_row(row: Asked, *, by: User) -> Asked:
    """The row, locked. Raises Conflict where it is answered already."""
    locked = _locked(row, by=by)
    if not locked.is_waiting:
        raise Conflict(
            _("Frågan om %(row)s är redan besvarad") % {"row": locked},
            instead=_("Ångra svaret om det blev fel."),
        )
    return locked


def answered_row(row: Asked, *, by: User) -> Asked:
    """The row, locked. Raises Conflict where it waits for an answer."""
    locked = _locked(row, by=by)
    if locked.is_waiting:
        raise Conflict(
            _("Svaret om %(row)s är redan ångrat") % {"row": locked},
            instead=_("Läs sidan igen och svara på nytt."),
        )
    return locked


def write_answer(
    row: Asked, state: NameState, to: Person | Party | None, *, by: User, at: datetime | None
) -> None:
    """Say that the row is `to`, or nobody and nothing."""
    row.state, row.answered_by, row.answered_at = state, by, at or timezone.now()
    _write(row, to)


def take_answer_back(row: Asked) -> None:
    """Have the row wait again."""
    row.state, row.answered_by, row.answered_at = NameState.WAITING, None, None
    _write(row, None)


def _write(row: Asked, to: Person | Party | None) -> None:
    setattr(row, row.TARGET, to)
    row.save(update_fields=["state", row.TARGET, "answered_by", "answered_at"])


def _locked(row: Asked, *, by: User) -> Asked:
    require(by, Permission.READ_PROTOCOLS)
    return type(row).objects.select_for_update().get(pk=row.pk)

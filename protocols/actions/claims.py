"""What several processes find to do, one of them does: claimed by a lock in the database.

The lock goes with a process that is killed, so that the next one that looks takes over what it left.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from django.db import connection
from django.utils.translation import gettext as _

from motions.errors import DomainError
from protocols.extracts.pool import PressTimeoutError

_LONGEST = 500  # characters of a reason that is stored


@contextmanager
def held(kind: int, pk: int) -> Generator[bool]:
    """Whether the row `pk` is this one's alone until the block is left; `kind` stands for its table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [kind, pk])
        is_mine = bool(cursor.fetchone()[0])
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [kind, pk])


def reason_of(error: Exception) -> str:
    """Why it could not be done, for those who asked, in at most 500 characters; the log says more."""
    if isinstance(error, DomainError):
        return ". ".join(filter(None, [error.message, error.instead]))[:_LONGEST]
    if isinstance(error, PressTimeoutError):
        return _("Det tog för lång tid, eller så väntar många på sina papper.")
    if isinstance(error, OSError):
        return _("En fil kunde inte läsas eller skrivas; är disken full? Mer står i serverns logg.")
    return _("Mer om felet står i serverns logg.")

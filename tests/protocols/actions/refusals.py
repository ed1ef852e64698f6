"""How the tests of actions look at a refusal, and make the database fail in the middle of an act."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from motions.errors import DomainError


def refusal(act: Callable[[], object]) -> DomainError:
    """What the act was refused with; its own writes are gone, as after a request."""
    with pytest.raises(DomainError) as caught, transaction.atomic():
        act()
    return caught.value


def fails(act: Callable[[], object], *, table: str) -> None:
    """Let the act fail when it writes to the table, as when the disk is full."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION pg_temp.refuse() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RAISE EXCEPTION 'no room'; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION pg_temp.refuse()"
        )
    with pytest.raises(DatabaseError, match="no room"):
        act()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER refuse ON {table}")

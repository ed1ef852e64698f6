"""Taking numbers: gapless and unique however many press the button at once."""

from __future__ import annotations

from django.db import connection, transaction

from motions.models import Motion, NumberSeries, Organisation

_TAKE = """
    INSERT INTO motions_numberseries (key, year, last) VALUES (%s, %s, 1)
    ON CONFLICT (key, year) DO UPDATE SET last = motions_numberseries.last + 1
    RETURNING last
"""


def take_number(key: str, year: int) -> int:
    """Take the next number of a series; must run inside the transaction that uses it.

    The series' row stays locked until commit, and a rollback gives the number back: no gap, no double.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is taken in the transaction that uses it")
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [key, year])
        return int(cursor.fetchone()[0])


def take_motion_number(organisation: Organisation, year: int) -> str:
    """The next motion number in the organisation's format ("13-2021")."""
    return organisation.motion_number_format.format(n=take_number("motion", year), year=year)


def take_registry_number(organisation: Organisation, year: int) -> str:
    """The next registry number (dnr) in the organisation's format, past those that were typed by hand."""
    while True:
        number = organisation.registry_number_format.format(n=take_number("registry", year), year=year)
        if not Motion.objects.filter(registry_number=number).exists():
            return number


def proposed_numbers(organisation: Organisation, year: int) -> tuple[str, str]:
    """The motion number and registry number that the next motion would get, without taking them."""
    last = dict(
        NumberSeries.objects.filter(key__in=["motion", "registry"], year=year).values_list("key", "last")
    )
    following = last.get("registry", 0) + 1
    registry_number = organisation.registry_number_format.format(n=following, year=year)
    while Motion.objects.filter(registry_number=registry_number).exists():
        following += 1
        registry_number = organisation.registry_number_format.format(n=following, year=year)
    motion_number = organisation.motion_number_format.format(n=last.get("motion", 0) + 1, year=year)
    return motion_number, registry_number

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motions.queries.duplicates import probable_duplicates
from tests.factories import Region, make_motion, make_region

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


@pytest.fixture
def region() -> Region:
    return make_region()


@pytest.mark.parametrize(
    ("title", "movers", "is_found"),
    [
        ("Fler cykelvägar i länet", (), True),
        ("fler cykelvagar i lanet!", (), True),
        ("Flera cykelvägar i hela länet", (), True),
        ("Cykelvägar till länets skolor", (), False),
        ("Cykelvägar till länets skolor", ("Asta",), True),
        ("Cykelvägar till länets skolor", ("Bo",), False),
        ("Solceller på vårdcentraler", ("Asta",), False),
        ("Fle", ("Asta",), False),
        ("", (), False),
        ("😀<script>", (), False),
    ],
)
def test_duplicate_is_a_like_title_the_more_so_with_the_same_mover(
    region: Region, title: str, movers: tuple[str, ...], is_found: bool
) -> None:
    motion = make_motion(region, title="Fler cykelvägar i länet", movers=("Asta",))
    found = probable_duplicates(title, day=DAY, movers=[region.people[name].pk for name in movers])
    assert [row.motion.pk for row in found] == ([motion.pk] if is_found else [])
    assert [row.movers for row in found] == (["Asta Björk (V)"] if is_found else [])


def test_a_motion_of_another_year_is_raised_anew(region: Region) -> None:
    make_motion(region, title="Fler cykelvägar i länet")
    assert probable_duplicates("Fler cykelvägar i länet", day=date(2028, 3, 1)) == []


def test_likest_come_first_and_few(region: Region) -> None:
    for number in range(4):
        make_motion(region, title=f"Fler cykelvägar i länet {'norr ' * number}")
    with CaptureQueriesContext(connection) as queries:
        found = probable_duplicates("Fler cykelvägar i länet", day=DAY)
    assert found[0].motion.title == "Fler cykelvägar i länet"
    assert len(found) == 3
    assert len(queries) == 4

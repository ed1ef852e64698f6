from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motions.models import Motion
from motions.permissions import HasRoles
from motions.queries.rows import Row, for_rows, movers_line, rows_of
from tests.factories import Region, make_motion, make_prepared_motion, make_region

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture
def region() -> Region:
    return make_region()


def rows(user: HasRoles) -> list[Row]:
    return rows_of(list(for_rows(Motion.objects.order_by("pk"))), user=user, today=TODAY)


def test_row_tells_movers_stage_clock_and_next_step(region: Region) -> None:
    motion = make_motion(region, movers=("Asta", "Bo"))
    (row,) = rows(region.registrar)
    assert row.movers == "Asta Björk (V), Bo Cederlund (S)"
    assert (row.standing.word, row.clock.words) == ("Registrerad", "246 dagar kvar")
    assert row.url == f"/motioner/{motion.pk}/"
    assert row.step
    assert (row.step.label, row.step.url) == (
        "Remittera till styrelsen",
        f"/motioner/{motion.pk}/remittera/",
    )


def test_public_sees_no_officer_and_no_next_step(region: Region) -> None:
    motion = make_prepared_motion(region)
    Motion.objects.filter(pk=motion.pk).update(stage="in_preparation")
    (row,) = rows(AnonymousUser())
    assert (row.standing.word, row.standing.detail, row.step) == ("Under beredning", "", None)
    (row,) = rows(region.secretary)
    assert row.standing.detail == "Hans Handläggare"


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, ""), (1, "A"), (3, "A, B, C"), (4, "A m.fl., 4 motionärer"), (5, "A m.fl., 5 motionärer")],
)
def test_many_movers_are_counted(count: int, expected: str) -> None:
    assert movers_line(["A", "B", "C", "D", "E"][:count]) == expected


def test_queries_do_not_grow_with_the_rows(region: Region) -> None:
    counts = []
    for title in ("Ett", "Två", "Tre"):
        make_prepared_motion(region, title=title)
        with CaptureQueriesContext(connection) as queries:
            rows(region.registrar)
        counts.append(len(queries))
    assert counts == [3, 3, 3]


def test_long_texts_are_not_loaded(region: Region) -> None:
    make_motion(region)
    with CaptureQueriesContext(connection) as queries:
        list(for_rows(Motion.objects.all()))
    assert '"text"' not in queries[0]["sql"]
    assert '"search"' not in queries[0]["sql"]

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motions.models import Motion
from motions.queries import search as module
from motions.queries.search import search
from tests.factories import Region, make_motion, make_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    return make_region()


def found(text: str) -> set[str]:
    pks = [hit.pk for hit in search(text)]
    return set(Motion.objects.filter(pk__in=pks).values_list("title", flat=True))


@pytest.mark.parametrize(
    "text",
    [
        "1-2026",
        "motion 1-2026",
        "Motion 1-2026",
        "dnr 1-2026",
        "cykelvägar",
        "cykelväg",
        "CYKELVÄGAR",
        "väg",
        "cykelvägarna",
        "didrik",
        "Åkesson",
        "didr åke",
        "behöver",
    ],
)
def test_motion_is_found_by(region: Region, text: str) -> None:
    make_motion(region, title="Fler cykelvägar i länet", movers=("Didrik",))
    assert found(text) == {"Fler cykelvägar i länet"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "vag",
        "Akesson",
        "2-2026",
        "åkesson bertil",
        "%",
        "_",
        "\\",
        "'",
        '"',
        "<script>",
        "och",
        "😀",
    ],
)
def test_motion_is_not_found_by(region: Region, text: str) -> None:
    make_motion(region, title="Fler cykelvägar i länet", movers=("Didrik",))
    assert found(text) == set()


def test_hits_come_newest_first_and_are_cut(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_HITS", 1)
    for title, day in (("Bussar i norr", 3), ("Bussar i söder", 5), ("Bussar i öster", 4)):
        make_motion(region, title=title, handed_in_on=date(2026, 2, day))
    titles = Motion.objects.in_bulk([hit.pk for hit in search("bussar")])
    assert [titles[hit.pk].title for hit in search("bussar")] == ["Bussar i söder", "Bussar i öster"]


def test_search_is_one_query_whatever_is_found(region: Region) -> None:
    for title in ("Bussar", "Fler bussar", "Bussar till alla"):
        make_motion(region, title=title)
    with CaptureQueriesContext(connection) as queries:
        assert len(search("bussar")) == 3
    assert len(queries) == 1


def test_a_very_long_search_is_cut(region: Region) -> None:
    make_motion(region)
    assert search("cykelvägar " * 100_000) == search("cykelvägar")

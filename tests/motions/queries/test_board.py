from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motions.actions.ending import withdraw_motion
from motions.actions.remittal import remit_motion
from motions.actions.verdicts import record_overdue_report
from motions.models import Motion
from motions.queries import board
from motions.queries.board import Counts, Listing, count_all, count_hits, page_of, page_of_hits
from motions.queries.search import Hit, search
from tests.factories import Region, make_motion, make_prepared_motion, make_region

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture
def region() -> Region:
    return make_region()


def a_motion_of_each_kind(region: Region) -> dict[str, Motion]:
    """One motion for every list; all handed in on days of their own, the remitted one first."""
    withdrawn = make_motion(region, title="Återtagen", handed_in_on=date(2026, 1, 8))
    return {
        "remitted": remit_motion(
            make_motion(region, title="Remitterad", handed_in_on=date(2026, 1, 5)),
            by=region.registrar,
            to=region.board,
            on=date(2026, 1, 6),
        ),
        "at_board": make_prepared_motion(region, title="Hos styrelsen", handed_in_on=date(2026, 1, 7)),
        "withdrawn": withdraw_motion(withdrawn, by=region.registrar, on=date(2026, 3, 1)),
        "registered": make_motion(region, title="Registrerad", handed_in_on=date(2026, 1, 9)),
        "handed_in": make_motion(
            region, title="Inlämnad", handed_in_on=date(2026, 1, 10), is_registered=False
        ),
    }


def ids(motions: list[Motion]) -> list[int]:
    return [motion.pk for motion in motions]


def test_counts_of_all_lists(region: Region) -> None:
    a_motion_of_each_kind(region)
    counts = count_all(TODAY)
    assert {listing: counts[listing] for listing in Listing} == {
        Listing.OPEN: 4,
        Listing.TO_REGISTER: 1,
        Listing.TO_REMIT: 1,
        Listing.IN_PREPARATION: 1,
        Listing.AT_BOARD: 1,
        Listing.AT_ASSEMBLY: 0,
        Listing.NEAR_DEADLINE: 0,
        Listing.ENDED: 1,
        Listing.FOUND: 0,
    }


def test_counts_take_one_query_and_without_open_motions_a_second(region: Region) -> None:
    motion = make_motion(region)
    with CaptureQueriesContext(connection) as queries:
        assert count_all(TODAY)[Listing.OPEN] == 1
    assert len(queries) == 1
    withdraw_motion(motion, by=region.registrar, on=date(2026, 3, 1))
    assert count_all(TODAY)[Listing.ENDED] == 1


def test_overdue_are_those_not_reported(region: Region) -> None:
    day = date(2026, 1, 5)
    motion = make_motion(region, handed_in_on=day)
    assert count_all(date(2027, 1, 5)).overdue == 0
    late = count_all(date(2027, 1, 6))
    assert (late.overdue, late[Listing.NEAR_DEADLINE]) == (1, 1)
    record_overdue_report(motion, by=region.registrar, on=day, facts={})
    reported = count_all(date(2027, 1, 6))
    assert (reported.overdue, reported[Listing.NEAR_DEADLINE], reported[Listing.OPEN]) == (0, 0, 1)


def test_open_lists_show_the_most_urgent_first_and_ended_ones_the_newest(region: Region) -> None:
    made = a_motion_of_each_kind(region)
    other = make_motion(region, title="Också återtagen", handed_in_on=date(2026, 2, 20))
    withdraw_motion(other, by=region.registrar, on=date(2026, 3, 1))
    counts = count_all(TODAY)
    opened = page_of(Listing.OPEN, counts, TODAY, None)
    assert ids(list(opened.object_list)) == [
        made[name].pk for name in ("remitted", "at_board", "registered", "handed_in")
    ]
    ended = page_of(Listing.ENDED, counts, TODAY, None)
    assert ids(list(ended.object_list)) == [other.pk, made["withdrawn"].pk]


@pytest.mark.parametrize(("number", "expected"), [("2", 2), ("x", 1), ("-4", 2), ("99", 2), (None, 1)])
def test_page_number_is_mended(
    region: Region, monkeypatch: pytest.MonkeyPatch, number: str | None, expected: int
) -> None:
    monkeypatch.setattr(board, "ROWS", 1)
    make_motion(region)
    make_motion(region, title="Något annat")
    page = page_of(Listing.OPEN, count_all(TODAY), TODAY, number)
    assert (page.number, page.paginator.num_pages, len(page.object_list)) == (expected, 2, 1)


def test_a_long_ended_list_is_not_counted_to_its_end(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "MOST_COUNTED", 1)
    for title in ("Ett", "Två", "Tre"):
        withdraw_motion(make_motion(region, title=title), by=region.registrar, on=date(2026, 3, 1))
    counts = count_all(TODAY)
    assert (counts[Listing.ENDED], counts.is_capped(Listing.ENDED)) == (2, True)
    assert page_of(Listing.ENDED, counts, TODAY, None).paginator.count == 1


def test_hits_are_counted_and_paged_like_the_lists(region: Region) -> None:
    made = a_motion_of_each_kind(region)
    hits = search("Asta")
    counts = count_hits(hits, TODAY)
    assert [counts[listing] for listing in (Listing.FOUND, Listing.OPEN, Listing.ENDED)] == [5, 4, 1]
    page, motions = page_of_hits(hits, Listing.OPEN, TODAY, None)
    assert ids(motions) == [made[name].pk for name in ("remitted", "at_board", "registered", "handed_in")]
    assert page.paginator.count == 4
    _page, motions = page_of_hits(hits, Listing.FOUND, TODAY, None)
    assert ids(motions) == [
        made[name].pk for name in ("handed_in", "registered", "withdrawn", "at_board", "remitted")
    ]


def test_near_deadline_among_hits_is_the_same_as_in_the_list() -> None:
    day = date(2026, 8, 1)
    hits = [
        Hit(1, "registered", day, None),
        Hit(2, "registered", day, day),
        Hit(3, "registered", date(2026, 12, 1), None),
        Hit(4, "closed", day, None),
    ]
    assert count_hits(hits, TODAY)[Listing.NEAR_DEADLINE] == 1


def test_unknown_list_counts_nothing() -> None:
    assert Counts({})[Listing.OPEN] == 0

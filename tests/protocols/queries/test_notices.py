from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from protocols.actions.agenda import add_matter
from protocols.actions.meetings import open_meeting
from protocols.models import Meeting
from protocols.queries.notices import latest_notice_day, notice_board, notices_of, proof_of_notice
from tests.factories import (
    Region,
    close,
    decide,
    make_meeting,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)

POSTED, DOWN = date(2026, 5, 27), date(2026, 6, 18)


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


def held(region: Region, *titles: str, on: date = date(2026, 5, 20)) -> Meeting:
    """A closed board meeting that decided motions with these titles."""
    meeting = make_meeting(region, region.board, held_on=on)
    for title in titles:
        decide(region, open_with(region, meeting, make_prepared_motion(region, title=title)))
        meeting.refresh_from_db()
    return close(region, meeting)


@pytest.mark.parametrize(
    ("today", "count"),
    [
        (POSTED - timedelta(days=1), 0),
        (POSTED, 1),
        (DOWN - timedelta(days=1), 1),
        (DOWN, 0),
    ],
)
def test_notice_hangs_from_its_posting_to_the_day_it_comes_down(
    region: Region, today: date, count: int
) -> None:
    verify(region, held(region, "Träd"))
    assert len(notice_board(today=today).notices) == count


def test_newest_notice_hangs_first(region: Region) -> None:
    first, second = (
        held(region, "Träd"),
        held(region, "Vägar", on=date(2026, 5, 22)),
    )
    for meeting in (second, first):
        verify(region, meeting)
    board = notice_board(today=date(2026, 5, 30))
    assert [posted.notice.meeting for posted in board.notices] == [second, first]


def test_board_asks_the_same_questions_however_much_hangs_on_it(region: Region) -> None:
    verify(region, held(region, "Träd"))
    today = date(2026, 6, 1)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            for posted in notice_board(today=today).notices:
                assert [str(row.paragraph.body) for row in posted.rows]
        return len(queries)

    before = asked()
    for day in (21, 22):
        verify(region, held(region, f"Vägar {day}", f"Broar {day}", on=date(2026, 5, day)))
    assert len(notice_board(today=today).notices) == 3
    assert asked() == before


def test_proof_comes_with_the_first_notice(region: Region) -> None:
    meeting = held(region, "Träd", "Vägar")
    assert proof_of_notice(meeting, today=POSTED) is None
    verify(region, meeting)
    proof = proof_of_notice(meeting, today=POSTED + timedelta(days=2))
    assert proof is not None
    (posted,) = proof.notices
    assert posted.verified_on == [POSTED]
    assert (posted.days_up, posted.days_left, posted.is_up) == (22, 20, True)
    assert not posted.can_appeal  # the board only proposes


def test_notice_that_came_down_belongs_to_its_meeting_still(region: Region) -> None:
    meeting = held(region, "Träd")
    verify(region, meeting)
    (posted,) = notices_of(meeting, today=DOWN)
    assert not posted.is_up


def test_last_day_for_the_notice_follows_the_last_day_of_verification(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    assert (meeting.verify_by, latest_notice_day(meeting)) == (date(2026, 6, 3), date(2026, 6, 5))


# --- Coming meetings ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days_before", "is_told", "has_items"),
    [(29, False, False), (28, True, False), (11, True, False), (10, True, True), (0, True, True)],
)
def test_meeting_of_fullmaktige_is_told_in_time_and_its_items_a_week_before(
    region: Region, days_before: int, *, is_told: bool, has_items: bool
) -> None:
    meeting = make_meeting(region, region.assembly)
    add_matter(meeting, by=region.secretary, title="Budget 2027", registry_number="")
    told = notice_board(today=meeting.held_on - timedelta(days=days_before)).announcements
    assert [a.meeting for a in told] == ([meeting] if is_told else [])
    assert [p.title for a in told for p in a.items] == (["Budget 2027"] if has_items else [])


def test_other_bodies_meetings_and_those_begun_are_not_told(region: Region) -> None:
    make_meeting(region, region.board)
    begun = make_meeting(region, region.assembly)
    assert len(notice_board(today=begun.held_on).announcements) == 1
    open_meeting(begun, by=region.secretary)
    assert notice_board(today=begun.held_on).announcements == []


def test_empty_board(region: Region) -> None:
    assert notice_board(today=date(2026, 5, 1)).is_empty

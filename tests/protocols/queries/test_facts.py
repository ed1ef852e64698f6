from __future__ import annotations

import pytest

from protocols.actions.agenda import place_motion
from protocols.actions.meetings import open_meeting
from protocols.actions.taking_up import take_up
from protocols.models import Paragraph
from protocols.queries.facts import earlier_treatments
from tests.factories import (
    clock,
    close,
    decide,
    make_meeting,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)

pytestmark = pytest.mark.django_db


def test_board_of_the_same_morning_is_earlier_and_fullmaktige_of_the_afternoon_is_not() -> None:
    region = make_region()
    motion = make_prepared_motion(region)
    morning = make_meeting(region, region.board)
    board = decide(region, open_with(region, morning, motion))
    close(region, morning)
    verify(region, morning)
    motion.refresh_from_db()
    afternoon = make_meeting(region, region.assembly)
    item = place_motion(afternoon, by=region.secretary, motion=motion)

    def earlier(paragraph: Paragraph) -> list[tuple[str, int]]:
        paragraph = Paragraph.objects.select_related("meeting").get(pk=paragraph.pk)
        return [(fact.body, fact.number) for fact in earlier_treatments([paragraph])[paragraph.pk]]

    assert earlier(item) == [("Regionstyrelsen", board.number)]
    open_meeting(afternoon, by=region.secretary, at=clock(afternoon, 13))
    take_up(item, by=region.secretary, at=clock(afternoon, 13, 5))
    assert earlier(item) == [("Regionstyrelsen", board.number)]
    assert earlier(board) == []

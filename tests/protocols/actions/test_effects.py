from __future__ import annotations

from datetime import date

import pytest

from motions.actions.remittal import remit_motion
from motions.enums import EventKind, Stage
from protocols.actions.agenda import add_block
from protocols.actions.meetings import open_meeting
from protocols.actions.taking_up import take_up
from protocols.enums import ParagraphKind, ParagraphState
from tests.factories import Region, clock, close, decide, make_meeting, make_motion, make_region, verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    return make_region()


def test_block_leaves_a_motion_alone_that_the_registrar_remitted_meanwhile(region: Region) -> None:
    by_the_office, by_the_block = make_motion(region), make_motion(region, title="Solceller på taken")
    meeting = make_meeting(region, region.assembly, held_on=date(2026, 2, 20))
    block = add_block(
        meeting, by=region.secretary, kind=ParagraphKind.REMITTAL, motions=[by_the_office, by_the_block]
    )
    remit_motion(by_the_office, by=region.registrar, to=region.board, on=date(2026, 2, 10))
    open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))
    decide(region, take_up(block, by=region.secretary, at=clock(meeting, 9)))
    verify(region, close(region, meeting))
    block.refresh_from_db()
    assert block.state == ParagraphState.VERIFIED
    days = {}
    for motion in (by_the_office, by_the_block):
        motion.refresh_from_db()
        assert motion.stage == Stage.REMITTED
        days[motion.pk] = motion.events.get(kind=EventKind.REMITTED).happened_on
    assert days == {by_the_office.pk: date(2026, 2, 10), by_the_block.pk: date(2026, 2, 20)}

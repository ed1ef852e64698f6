from __future__ import annotations

from datetime import date

import pytest

from motions.enums import Outcome, Stage
from motions.models import Motion
from protocols.actions.proposals import add_proposal
from protocols.actions.reservations import announce_reservation
from protocols.enums import DecisionKind, ParagraphState, ProposalKind
from tests.factories import (
    Region,
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


@pytest.fixture
def region() -> Region:
    return make_region()


def test_motion_from_board_to_verdict(region: Region) -> None:
    motion = make_prepared_motion(region, clauses=("att bygga", "att berätta"))
    board = make_meeting(region, region.board)
    paragraph = open_with(region, board, motion)
    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.GRANT, movers=[region.people["Asta"]])
    decide(region, paragraph)
    announce_reservation(
        paragraph, by=region.politician, persons=[region.people["Asta"]], at=clock(board, 10)
    )
    board = close(region, board)
    verify(region, board)

    paragraph.refresh_from_db()
    assert paragraph.state == ParagraphState.VERIFIED
    assert paragraph.number == 1
    assert paragraph.decision.kind == DecisionKind.PROPOSES
    motion.refresh_from_db()
    assert motion.stage == Stage.AT_ASSEMBLY

    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    verdict = open_with(region, assembly, motion)
    decide(region, verdict)
    verify(region, close(region, assembly))

    motion = Motion.objects.get()
    assert motion.stage == Stage.DECIDED
    assert motion.decided_on == date(2026, 6, 10)
    assert [clause.outcome for clause in motion.clauses.all()] == [Outcome.REJECTED, Outcome.REJECTED]
    assert [event.kind for event in motion.events.all()] == [
        "received",
        "registered",
        "remitted",
        "preparation_started",
        "preparation_finished",
        "board_proposed",
        "decided",
    ]

"""What several cases begin with: a motion on its way to the board or to fullmäktige."""

from __future__ import annotations

from datetime import date, timedelta

import time_machine

from motions.actions.preparation import finish_preparation, propose_outcomes, start_preparation
from motions.actions.remittal import remit_motion
from motions.enums import Outcome
from motions.models import Motion
from tests.cases.county import BOARD, names_of
from tests.cases.walk import Item, Sitting
from tests.factories import Region, make_motion

BOARD_DAY = date(2026, 5, 20)
ASSEMBLY_DAY = date(2026, 6, 16)


def ready(
    region: Region,
    title: str,
    *movers: str,
    clauses: tuple[str, ...] = ("att regionen utreder frågan",),
    outcomes: tuple[Outcome, ...] = (Outcome.REJECTED,),
) -> Motion:
    """A motion whose draft lies with the board; `outcomes` are proposed for its att-satser in order."""
    motion = make_motion(region, title=title, movers=movers, clauses=clauses)
    on = motion.handed_in_on + timedelta(days=7)
    motion = remit_motion(motion, by=region.registrar, to=region.board, on=on)
    motion = start_preparation(motion, by=region.officer, on=on)
    propose_outcomes(motion, by=region.officer, outcomes=dict(enumerate(outcomes, start=1)))
    return finish_preparation(motion, by=region.officer, on=on + timedelta(days=30))


def on_the_desk(sitting: Sitting, motion: Motion) -> Item:
    """Open the meeting and take the motion up as its first §."""
    sitting.put(motion)
    sitting.open()
    return sitting.take_up()


def through_the_board(region: Region, clock: time_machine.Traveller, motion: Motion) -> None:
    """Let the board propose its draft to fullmäktige, undisputed, and verify it."""
    sitting = Sitting.call(region, clock, region.board, BOARD_DAY)
    on_the_desk(sitting, motion).find("Acklamation")
    sitting.close()
    sitting.verify()


def board_votes(region: Region, choices: dict[str, str]) -> dict[str, str]:
    """Everybody's vote in the board, by party."""
    return {name: choices[code] for code, seats in BOARD.items() for name in names_of(region, code)[:seats]}

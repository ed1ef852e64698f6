"""Whatever order people act in: the stored stage is what the events give, no forbidden step succeeds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motions.actions.ending import close_motion, withdraw_motion
from motions.actions.preparation import (
    finish_preparation,
    propose_outcomes,
    resume_preparation,
    start_preparation,
)
from motions.actions.registration import register_motion
from motions.actions.remittal import remit_motion
from motions.enums import EventKind, Outcome, Stage
from motions.errors import DomainError
from motions.models import Motion, User
from motions.workflow import stage_of
from protocols.actions.agenda import add_block
from protocols.actions.meetings import choose_verifiers, open_meeting, plan_meeting
from protocols.actions.procedure import record_finding
from protocols.actions.proposals import add_proposal
from protocols.actions.taking_up import take_up
from protocols.enums import ParagraphKind, ProposalKind
from protocols.models import Meeting, Paragraph
from tests.factories import (
    Region,
    clock,
    close,
    decide,
    make_motion,
    make_region,
    open_with,
    verify,
)

DAY = date(2026, 3, 1)


@dataclass
class World:
    """The motion and the meetings that people have held so far."""

    region: Region
    motion: Motion
    meetings: int = 0

    def next_meeting(self, by: User, *, at_assembly: bool) -> Meeting:
        self.meetings += 1
        body = self.region.assembly if at_assembly else self.region.board
        held_on = DAY + timedelta(days=20 * self.meetings)
        meeting = plan_meeting(by=by, body=body, held_on=held_on, starts_at=time(9, 0), place="Huset")
        return choose_verifiers(meeting, by=by, verifiers=[self.region.people["Cilla"]])


Step = Callable[[World, User], object]


def _hold(world: World, by: User, *, at_assembly: bool, deferral: ProposalKind | None = None) -> None:
    """A whole meeting about the motion, verified; with a formal proposal that is carried, or without."""
    meeting = world.next_meeting(by, at_assembly=at_assembly)
    paragraph = open_with(world.region, meeting, world.motion)
    if deferral:
        movers = [world.region.people["Elsa"]]
        add_proposal(paragraph, by=by, kind=deferral, movers=movers, text="utreds vidare")
    decide(world.region, paragraph)
    verify(world.region, close(world.region, meeting))


def _hold_block(world: World, by: User, kind: ParagraphKind) -> None:
    meeting = world.next_meeting(by, at_assembly=True)
    paragraph = add_block(meeting, by=by, kind=kind, motions=[world.motion])
    open_meeting(meeting, by=by, at=clock(meeting, 9))
    take_up(paragraph, by=by, at=clock(meeting, 9))
    decide(world.region, Paragraph.objects.get(pk=paragraph.pk))
    verify(world.region, close(world.region, meeting))


def _minority(world: World, by: User) -> None:
    meeting = world.next_meeting(by, at_assembly=True)
    paragraph = open_with(world.region, meeting, world.motion)
    movers = [world.region.people["Elsa"]]
    proposal = add_proposal(
        paragraph, by=by, kind=ProposalKind.REFER_BACK, movers=movers, text="kostnaden belyses"
    )
    record_finding(paragraph.questions.all()[0], by=by, winner=proposal, supporters=3)
    verify(world.region, close(world.region, meeting))


def _finish(world: World, by: User) -> None:
    outcomes = {clause.position: Outcome.GRANTED for clause in world.motion.clauses.all()}
    propose_outcomes(world.motion, by=by, outcomes=outcomes)
    finish_preparation(world.motion, by=by, on=DAY)


#: step → who may take it, what it does, the event it leads to.
STEPS: dict[str, tuple[str, Step, EventKind]] = {
    "register": ("registrar", lambda w, u: register_motion(w.motion, by=u, on=DAY), EventKind.REGISTERED),
    "remit": (
        "registrar",
        lambda w, u: remit_motion(w.motion, by=u, to=w.region.board, on=DAY),
        EventKind.REMITTED,
    ),
    "remit_in_block": (
        "secretary",
        lambda w, u: _hold_block(w, u, ParagraphKind.REMITTAL),
        EventKind.REMITTED,
    ),
    "report": (
        "secretary",
        lambda w, u: _hold_block(w, u, ParagraphKind.OUTSTANDING_REPORT),
        EventKind.OVERDUE_REPORTED,
    ),
    "start": (
        "officer",
        lambda w, u: start_preparation(w.motion, by=u, on=DAY),
        EventKind.PREPARATION_STARTED,
    ),
    "finish": ("officer", _finish, EventKind.PREPARATION_FINISHED),
    "resume": (
        "officer",
        lambda w, u: resume_preparation(w.motion, by=u, on=DAY),
        EventKind.PREPARATION_RESUMED,
    ),
    "board": ("secretary", lambda w, u: _hold(w, u, at_assembly=False), EventKind.BOARD_PROPOSED),
    "board_postpones": (
        "secretary",
        lambda w, u: _hold(w, u, at_assembly=False, deferral=ProposalKind.POSTPONE),
        EventKind.POSTPONED,
    ),
    "assembly": ("secretary", lambda w, u: _hold(w, u, at_assembly=True), EventKind.DECIDED),
    "assembly_refers_back": (
        "secretary",
        lambda w, u: _hold(w, u, at_assembly=True, deferral=ProposalKind.REFER_BACK),
        EventKind.REFERRED_BACK,
    ),
    "minority": ("secretary", _minority, EventKind.REFERRED_BACK),
    "withdraw": (
        "registrar",
        lambda w, u: withdraw_motion(w.motion, by=u, on=DAY + timedelta(days=999)),
        EventKind.WITHDRAWN,
    ),
    "close": (
        "registrar",
        lambda w, u: close_motion(w.motion, by=u, on=DAY + timedelta(days=999), reason="Lämnat på plats."),
        EventKind.CLOSED,
    ),
}
#: Steps that more than one role may take.
ALSO = {"remit": ("secretary",)}
ACTORS = ("registrar", "officer", "secretary", "politician", "administrator")

#: Any order, with the lawful next step more often than by chance, so that walks come far.
LAWFUL = ("register", "remit", "start", "finish", "board", "assembly", "close")


@st.composite
def walks(draw: st.DrawFn) -> list[tuple[str, str]]:
    names = draw(st.lists(st.sampled_from([*STEPS, *LAWFUL]), min_size=4, max_size=14))
    start = draw(st.integers(0, len(LAWFUL)))
    names = [*LAWFUL[:start], *names]
    return [(name, draw(st.sampled_from([STEPS[name][0]] * 6 + list(ACTORS)))) for name in names]


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(walk=walks())
def test_stage_follows_the_events_whatever_order_people_act_in(
    region: Region, walk: list[tuple[str, str]]
) -> None:
    with transaction.atomic():
        _walk(region, walk)
        transaction.set_rollback(True)


def _walk(region: Region, walk: list[tuple[str, str]]) -> None:
    world = World(region, make_motion(region, is_registered=False))
    for name, actor in walk:
        entitled, step, kind = STEPS[name]
        before = _state(world)
        try:
            with transaction.atomic():
                step(world, getattr(region, actor))
        except DomainError:
            assert _state(world) == before
        else:
            assert actor in {entitled, *ALSO.get(name, ())}, f"{actor} may not {name}"
            assert _state(world)[1][-1] == kind
        stage, kinds = _state(world)
        assert stage == stage_of(kinds)


def _state(world: World) -> tuple[Stage, list[EventKind]]:
    motion = Motion.objects.get(pk=world.motion.pk)
    return Stage(motion.stage), [EventKind(event.kind) for event in motion.events.all()]

"""The story day by day, in the order of its moments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import partial
from time import monotonic as clock_of_the_machine

from django.db import transaction
from django.utils import timezone, translation

from motions.demo.data import load_region
from motions.demo.shapes import Meeting, Motion, Preparation
from protocols.demo import addresses, cases, meetings, minutes
from protocols.demo.people import enter_region
from protocols.demo.world import World, clock

_UNTIL_VERIFIED_AT_ONCE = timedelta(minutes=30)  # from the end of the meeting


class Hour(Enum):
    """When people do what: minutes are verified before the office opens, and cases move before a meeting."""

    VERIFIED = time(7, 30)
    RECEIVED = time(8, 10)
    REGISTERED = time(8, 20)
    REMITTED = time(8, 25)
    ANSWERED = time(8, 30)
    STARTED = time(8, 40)
    FINISHED = time(8, 50)
    ENDED = time(18, 30)


@dataclass(frozen=True)
class Step:
    """One thing that happens: `act` is told the moment of the story."""

    at: datetime
    act: Callable[[datetime], None]


def load(today: date, *, tell: Callable[[str], None]) -> None:
    """Load the whole region as it stands on `today`, or nothing; `tell` hears of each part that is done.

    The sentences that become part of minutes are Swedish, whatever language the process speaks.
    """
    start = clock_of_the_machine()
    region = load_region().shifted_to(today)
    with transaction.atomic(), translation.override("sv"):
        world = World(region, enter_region(region, at=timezone.now()), now=timezone.now())
        tell(f"{len(region.persons)} persons in {len(region.bodies)} bodies, {len(world.cast.users)} logins")
        for step in sorted(_steps(world, tell), key=lambda step: step.at):
            step.act(world.past(step.at))
        addresses.enter(world)
    took = f"in {clock_of_the_machine() - start:.1f} s"
    items = f"{len(world.paragraphs)} items of {len(world.meetings)} meetings"
    tell(f"{len(world.motions)} motions, {items} {took}")


def _steps(world: World, tell: Callable[[str], None]) -> Iterator[Step]:
    for motion in world.region.motions:
        yield from _of_motion(world, motion)
    for meeting in world.region.meetings:
        yield from _of_meeting(world, meeting, tell)


def _of_motion(world: World, motion: Motion) -> Iterator[Step]:
    alone: list[tuple[date | None, Hour, Callable[..., None]]] = [
        (motion.handed_in_on, Hour.RECEIVED, cases.receive),
        (motion.registered_on, Hour.REGISTERED, cases.register),
        (motion.remitted_on, Hour.REMITTED, cases.remit),
        (motion.withdrawn_on, Hour.ENDED, cases.withdraw),
        (motion.closed_on, Hour.ENDED, cases.close),
    ]
    for day, hour, act in alone:
        if day:
            yield _step(day, hour, partial(act, world, motion))
    if motion.preparation:
        yield from _of_preparation(world, motion, motion.preparation)


def _of_preparation(world: World, motion: Motion, preparation: Preparation) -> Iterator[Step]:
    yield _step(preparation.started_on, Hour.STARTED, partial(cases.start, world, motion, preparation))
    for one in preparation.consultations:
        if one.answered_on:
            act = partial(cases.receive_opinion, world, motion, one)
            yield _step(one.answered_on, Hour.ANSWERED, act)
    if preparation.finished_on:
        act = partial(cases.finish, world, motion, preparation)
        yield _step(preparation.finished_on, Hour.FINISHED, act)


def _of_meeting(world: World, meeting: Meeting, tell: Callable[[str], None]) -> Iterator[Step]:
    def hold(_at: datetime) -> None:
        meetings.hold(world, meeting)
        body = world.region.body(meeting.body).name
        tell(f"{meeting.held_on} {body}, {meeting.state}: {len(meeting.items)} items")

    yield Step(clock(meeting.held_on, meeting.starts), hold)
    for one in (one for item in meeting.items for one in item.assignments):
        if one.reported_on:
            act = partial(meetings.report, world, one, meeting.secretary)
            yield _step(one.reported_on, Hour.ENDED, act)
    later = [place for place, item in enumerate(meeting.items) if not item.verified_on]
    if meeting.verified_on:
        yield _step(meeting.verified_on, Hour.VERIFIED, partial(minutes.verify, world, meeting, later))
    for place, item in enumerate(meeting.items):
        if item.verified_on and meeting.ends:
            at = clock(meeting.held_on, meeting.ends) + _UNTIL_VERIFIED_AT_ONCE
            yield _told(at, partial(minutes.verify, world, meeting, [place]))


def _step(day: date, hour: Hour, act: Callable[..., None]) -> Step:
    return _told(clock(day, hour.value), act)


def _told(at: datetime, act: Callable[..., None]) -> Step:
    """A step whose act takes the moment as `at`."""
    return Step(at, lambda moment: act(at=moment))

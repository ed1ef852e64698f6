"""What the story makes happen to a motion, in order: its events derived from the files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from motions.demo.data import Region
from motions.demo.shapes import Item, Meeting, Motion
from motions.enums import BodyKind, EventKind

_BLOCKS = {"remittal": EventKind.REMITTED, "outstanding_report": EventKind.OVERDUE_REPORTED}
_DEFERRALS = {"postpone": EventKind.POSTPONED, "refer_back": EventKind.REFERRED_BACK}


def events_of(region: Region, motion: Motion) -> list[tuple[date, EventKind]]:
    """The motion's events with the day each takes effect; a meeting's decision does so when verified."""
    events = [*_own_events(motion), *_decided_events(region, motion)]
    order = list(EventKind)
    return sorted(events, key=lambda event: (event[0], order.index(event[1])))


def _own_events(motion: Motion) -> Iterator[tuple[date, EventKind]]:
    preparation = motion.preparation
    days = {
        EventKind.RECEIVED: motion.handed_in_on,
        EventKind.REGISTERED: motion.registered_on,
        EventKind.REMITTED: motion.remitted_on,
        EventKind.PREPARATION_STARTED: preparation.started_on if preparation else None,
        EventKind.PREPARATION_FINISHED: preparation.finished_on if preparation else None,
        EventKind.WITHDRAWN: motion.withdrawn_on,
        EventKind.CLOSED: motion.closed_on,
    }
    for kind, day in days.items():
        if day is not None:
            yield day, kind


def _decided_events(region: Region, motion: Motion) -> Iterator[tuple[date, EventKind]]:
    for meeting, item in region.history_of(motion.key):
        verified_on = meeting.verification_day(item)
        if verified_on is not None:
            yield verified_on, _event_of(region, meeting, item)


def _event_of(region: Region, meeting: Meeting, item: Item) -> EventKind:
    if item.kind in _BLOCKS:
        return _BLOCKS[item.kind]
    if item.carried_formally:
        return _DEFERRALS[item.carried_formally]
    is_assembly = region.body(meeting.body).kind == BodyKind.ASSEMBLY
    return EventKind.DECIDED if is_assembly else EventKind.BOARD_PROPOSED

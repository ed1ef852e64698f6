"""The way of a motion as data: which event may happen at which stage, and where it leads.

Buttons, permission tests, the drawing in the documentation and the database trigger derive from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from motions.enums import EventKind, Stage

_OPEN = tuple(Stage(value) for value in Stage.open_stages)
_NOT_ENDED = tuple(stage for stage in Stage if stage not in Stage.end_stages)

#: event → {stage before: stage after}; None is the stage of a motion that does not exist yet.
TRANSITIONS: Mapping[EventKind, Mapping[Stage | None, Stage]] = MappingProxyType(
    {
        EventKind.RECEIVED: {None: Stage.HANDED_IN},
        EventKind.REGISTERED: {Stage.HANDED_IN: Stage.REGISTERED},
        EventKind.REMITTED: {Stage.REGISTERED: Stage.REMITTED},
        EventKind.PREPARATION_STARTED: {Stage.REMITTED: Stage.IN_PREPARATION},
        EventKind.PREPARATION_FINISHED: {Stage.IN_PREPARATION: Stage.AT_BOARD},
        EventKind.PREPARATION_RESUMED: {Stage.AT_BOARD: Stage.IN_PREPARATION},
        EventKind.BOARD_PROPOSED: {Stage.AT_BOARD: Stage.AT_ASSEMBLY},
        EventKind.POSTPONED: {
            Stage.AT_BOARD: Stage.AT_BOARD,
            Stage.AT_ASSEMBLY: Stage.AT_ASSEMBLY,
        },
        EventKind.REFERRED_BACK: {
            Stage.AT_BOARD: Stage.IN_PREPARATION,
            Stage.AT_ASSEMBLY: Stage.IN_PREPARATION,
        },
        EventKind.DECIDED: {Stage.AT_ASSEMBLY: Stage.DECIDED},
        EventKind.OVERDUE_REPORTED: {stage: stage for stage in _OPEN},
        EventKind.WITHDRAWN: dict.fromkeys(_OPEN, Stage.WITHDRAWN),
        EventKind.DOCUMENT_ADDED: {stage: stage for stage in _NOT_ENDED},
        EventKind.CORRECTED: {stage: stage for stage in _NOT_ENDED},
        EventKind.ASSIGNMENT_REPORTED: {stage: stage for stage in Stage},
        EventKind.CLOSED: {Stage.DECIDED: Stage.CLOSED},
    }
)


def is_allowed(kind: EventKind, stage: Stage | None) -> bool:
    """Whether the event may happen to a motion that stands at `stage`."""
    return stage in TRANSITIONS[kind]


def next_stage(kind: EventKind, stage: Stage | None) -> Stage:
    """The stage after the event. Raises KeyError where the event may not happen."""
    return TRANSITIONS[kind][stage]


def stage_of(kinds: Iterable[EventKind]) -> Stage | None:
    """The stage that a motion's events, in order, give. Raises KeyError on an impossible order."""
    stage: Stage | None = None
    for kind in kinds:
        stage = next_stage(kind, stage)
    return stage


def stage_changes() -> list[tuple[Stage, Stage]]:
    """Every pair of different stages that some event joins, for the database trigger and the drawing."""
    pairs = {
        (before, after)
        for edges in TRANSITIONS.values()
        for before, after in edges.items()
        if before is not None and before != after
    }
    return sorted(pairs)

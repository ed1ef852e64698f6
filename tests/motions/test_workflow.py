from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motions.enums import EventKind, Stage
from motions.workflow import TRANSITIONS, is_allowed, next_stage, stage_changes, stage_of


@given(st.lists(st.sampled_from(EventKind), max_size=30))
def test_stage_of_any_order_follows_the_table_or_refuses(kinds: list[EventKind]) -> None:
    stage: Stage | None = None
    for position, kind in enumerate(kinds):
        if not is_allowed(kind, stage):
            with pytest.raises(KeyError):
                stage_of(kinds[: position + 1])
            return
        stage = next_stage(kind, stage)
    assert stage_of(kinds) == stage


def test_every_event_has_its_place_in_the_table() -> None:
    assert set(TRANSITIONS) == set(EventKind)


def test_every_stage_can_be_reached() -> None:
    reached: set[Stage | None] = {None}
    for _step in Stage:
        reached |= {
            after for edges in TRANSITIONS.values() for before, after in edges.items() if before in reached
        }
    assert reached - {None} == set(Stage)


@pytest.mark.parametrize("stage", Stage.end_stages)
def test_after_the_end_only_assignments_are_followed_up(stage: str) -> None:
    allowed = [kind for kind in EventKind if is_allowed(kind, Stage(stage))]
    assert allowed == [EventKind.ASSIGNMENT_REPORTED]
    assert next_stage(EventKind.ASSIGNMENT_REPORTED, Stage(stage)) == stage


def test_a_verdict_comes_only_at_the_assembly() -> None:
    assert [stage for stage in Stage if is_allowed(EventKind.DECIDED, stage)] == [Stage.AT_ASSEMBLY]


def test_stage_changes_are_the_edges_between_different_stages() -> None:
    assert (Stage.AT_BOARD, Stage.AT_ASSEMBLY) in stage_changes()
    assert all(before != after for before, after in stage_changes())

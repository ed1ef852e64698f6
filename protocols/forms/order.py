"""A row that is moved a step without a script: a button sends "<row>:up" or "<row>:down"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_STEPS = {"up": -1, "down": 1}


def wanted_move(sent: str) -> tuple[str, int] | None:
    """Which row is to be moved, and by how much; None for what is no such wish."""
    row, _colon, way = sent.partition(":")
    return (row, _STEPS[way]) if way in _STEPS else None


def stepped(rows: Sequence[T], row: T, step: int) -> list[T]:
    """The rows with one of them moved by `step`; as they are where it is not there or already at the end."""
    order = list(rows)
    if row not in order:
        return order
    place = order.index(row)
    other = place + step
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return order

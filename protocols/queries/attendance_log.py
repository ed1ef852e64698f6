"""What the attendance page tells besides the list: who came and went, and who served in which §§."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from protocols.models import Attendance, AttendanceMove, Meeting
from protocols.queries.service_spans import moves_of, service_spans
from protocols.wording import names, service


@dataclass(frozen=True)
class Line:
    """A person and what is told of that person."""

    who: str
    what: str


@dataclass(frozen=True)
class Log:
    """The moves in order, those who did not serve all through, and the move that can be taken back."""

    moves: Sequence[Line]
    services: Sequence[Line]
    latest: AttendanceMove | None


def read_log(meeting: Meeting) -> Log:
    """The log as it is now, in a fixed number of queries."""
    if meeting.is_planned:
        return Log((), (), None)
    told = ((names.person(fact.person), service.service(fact)) for fact in service_spans(meeting))
    latest = meeting.moves.filter(because=None).select_related("person").order_by("-noted_at", "-pk")
    return Log(
        [Line(names.person(fact.person), service.move(fact)) for fact in moves_of(meeting)],
        [Line(who, what) for who, what in told if what],
        latest.first(),
    )


def has_free_seats(rows: Sequence[Attendance]) -> bool:
    """Whether a seat is empty while a substitute who could step in is in the room."""
    replaced = {row.replaces_id for row in rows}
    is_empty = any(row.is_seated and not row.is_present and row.person_id not in replaced for row in rows)
    return is_empty and any(row.is_present and not row.is_seated and not row.replaces_id for row in rows)

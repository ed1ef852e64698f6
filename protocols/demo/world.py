"""What the story has brought about so far, and what time it is in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils import timezone

from motions.demo.data import Region
from motions.demo.shapes import Assignment as AssignmentData
from motions.models import Motion
from protocols.demo.people import Cast
from protocols.models import Assignment, Meeting, Paragraph


@dataclass
class World:
    """The region with all that has been entered, by the keys of its files; `now` is when it is loaded."""

    region: Region
    cast: Cast
    now: datetime
    motions: dict[str, Motion] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    paragraphs: dict[tuple[str, int], Paragraph] = field(default_factory=dict)
    assignments: dict[AssignmentData, Assignment] = field(default_factory=dict)

    def past(self, moment: datetime) -> datetime:
        """The moment, or now where it is still to come: nothing is recorded ahead of time."""
        return min(moment, self.now)


def clock(day: date, time_of_day: time) -> datetime:
    """A moment in the organisation's time zone."""
    return timezone.make_aware(datetime.combine(day, time_of_day))

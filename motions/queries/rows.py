"""The rows of the list: each motion with its movers, where it stands, its year clock and its next step.

Three queries whatever the number of rows; the long texts are never loaded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, cast

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from motions.enums import EventKind, Stage
from motions.models import Motion, MotionEvent, MotionMover
from motions.permissions import HasRoles, Permission, has_permission
from motions.queries.acts import Step, addresses, carries_motions, next_steps
from motions.queries.clock import YearClock, year_clock
from motions.wording.standing import TELLING, Standing, Told, standing

#: More movers than these are counted instead of named.
NAMED_MOVERS = 3


class Named(Protocol):
    """What `for_rows` adds to a motion: names alone are cheaper than the officer and the body they are of."""

    officer_name: str | None
    body_name: str | None


@dataclass(frozen=True)
class Row:
    """One motion of the list; `step` is None for those who only read."""

    motion: Motion
    movers: str
    standing: Standing
    clock: YearClock
    step: Step | None
    url: str


def for_rows(motions: QuerySet[Motion]) -> QuerySet[Motion]:
    """The motions with what `rows_of` reads, and nothing more."""
    names = {"officer_name": F("case_officer__name"), "body_name": F("preparing_body__inline_name")}
    return motions.annotate(**names).only(
        "number",
        "registry_number",
        "title",
        "stage",
        "handed_in_on",
        "raised_on",
        "due_on",
        "decided_on",
        "overdue_reported_on",
    )


def rows_of(motions: Sequence[Motion], *, user: HasRoles, today: date) -> list[Row]:
    """The rows of motions that were loaded through `for_rows`."""
    pks = [motion.pk for motion in motions]
    movers, told, address = _movers(pks), _told(pks), addresses("motions:detail")
    is_official = has_permission(user, Permission.READ_DRAFTS)
    step = next_steps(user) if carries_motions(user) else None
    return [
        Row(
            motion=motion,
            movers=movers_line(movers[motion.pk]),
            standing=standing(
                Stage(motion.stage),
                told[motion.pk],
                today=today,
                officer=(cast("Named", motion).officer_name or "") if is_official else "",
                remitted_to=cast("Named", motion).body_name or "",
            ),
            clock=year_clock(motion, today),
            step=step(motion) if step else None,
            url=address(motion.pk),
        )
        for motion in motions
    ]


def movers_line(names: Sequence[str]) -> str:
    """The movers with the parties of the hand-in day; "A (V) m.fl., 4 motionärer" where they are many."""
    if len(names) <= NAMED_MOVERS:
        return ", ".join(names)
    return _("%(first)s m.fl., %(count)s motionärer") % {"first": names[0], "count": len(names)}


def _movers(pks: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = MotionMover.objects.filter(motion__in=pks).order_by("motion", "position")
    columns = ("motion", "person__given_name", "person__family_name", "party__code")
    for motion, given_name, family_name, party in rows.values_list(*columns):
        name = f"{given_name} {family_name}"
        found[motion].append(f"{name} ({party})" if party else name)
    return found


def _told(pks: Sequence[int]) -> dict[int, list[Told]]:
    found: dict[int, list[Told]] = defaultdict(list)
    events = MotionEvent.objects.filter(motion__in=pks, kind__in=TELLING).order_by("pk")
    for motion, kind, day, facts in events.values_list("motion_id", "kind", "happened_on", "facts"):
        found[motion].append(Told(EventKind(kind), day, facts))
    return found

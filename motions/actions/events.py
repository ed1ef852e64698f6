"""Recording what happens to a motion: the one place where events are written and stages follow."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from motions.enums import EventKind, Stage
from motions.errors import Conflict
from motions.models import Motion, MotionEvent, User
from motions.workflow import is_allowed, next_stage


def lock(motion: Motion) -> Motion:
    """The motion as it is now, its row locked until the transaction ends."""
    return Motion.objects.select_for_update().get(pk=motion.pk)


def check(motion: Motion, kind: EventKind) -> None:
    """Raise Conflict where the event may not happen at the motion's stage."""
    if not is_allowed(kind, Stage(motion.stage)):
        raise Conflict(
            _("%(motion)s är i steget ”%(stage)s”, där detta inte går: %(event)s")
            % {
                "motion": motion.reference,
                "stage": motion.get_stage_display(),
                "event": EventKind(kind).label.lower(),
            },
            instead=_("Öppna motionen för att se vad som kan göras nu."),
        )


def record(
    motion: Motion,
    kind: EventKind,
    *,
    by: User,
    happened_on: date,
    facts: dict[str, Any] | None = None,
    changes: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> MotionEvent:
    """Write the event, move the motion's stage and save `changes` with it; `at` is the moment, or now.

    The motion must come from `lock` (or be new in this transaction). Raises Conflict by the graph.
    """
    check(motion, kind)
    event = MotionEvent(
        motion=motion,
        kind=kind,
        happened_on=happened_on,
        recorded_at=at or timezone.now(),
        by=by,
        facts=facts or {},
    )
    event.full_clean(exclude=["motion", "by"], validate_constraints=False)
    for name, value in (changes or {}).items():
        setattr(motion, name, value)
    motion.stage = next_stage(kind, Stage(motion.stage))
    motion.save(update_fields=["stage", *(changes or {})])
    event.save()
    return event

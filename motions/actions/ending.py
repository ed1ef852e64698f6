"""How a motion ends outside a verdict, and how a decided case is closed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motions.actions.events import lock, record
from motions.enums import EventKind
from motions.errors import DomainError
from motions.models import Motion, User
from motions.permissions import Permission, require


@transaction.atomic
def withdraw_motion(motion: Motion, *, by: User, on: date, at: datetime | None = None) -> Motion:
    """Note that the movers have taken their motion back before the verdict."""
    require(by, Permission.WITHDRAW_MOTION)
    motion = lock(motion)
    if on < motion.handed_in_on:
        raise DomainError(_("Dagen är före inlämningsdagen"), field="on")
    record(motion, EventKind.WITHDRAWN, by=by, happened_on=on, at=at)
    return motion


@transaction.atomic
def close_motion(motion: Motion, *, by: User, on: date, at: datetime | None = None) -> Motion:
    """Close a decided case."""
    require(by, Permission.CLOSE_MOTION)
    motion = lock(motion)
    if motion.decided_on and on < motion.decided_on:
        raise DomainError(_("Dagen är före beslutsdagen"), field="on")
    record(motion, EventKind.CLOSED, by=by, happened_on=on, at=at)
    return motion

"""How a motion ends outside a verdict, and how a decided case is closed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motions.actions.events import lock, record
from motions.enums import EventKind
from motions.errors import DomainError
from motions.identity_numbers import refuse_identity_numbers
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
def close_motion(motion: Motion, *, by: User, on: date, reason: str, at: datetime | None = None) -> Motion:
    """Close a decided case by hand, before `record_closing`: extract sent, assignments reported back.

    Raises DomainError without a reason: a case is done when its decision has reached those it concerns.
    """
    require(by, Permission.CLOSE_MOTION)
    motion = lock(motion)
    if not reason.strip():
        raise DomainError(
            _(
                "Ärendet avslutas av sig självt när protokollsutdraget har gått ut till alla mottagare "
                "och uppdragen är återrapporterade"
            ),
            instead=_("Ange varför det ändå ska avslutas nu."),
            field="reason",
        )
    refuse_identity_numbers(reason, "reason")
    if motion.decided_on and on < motion.decided_on:
        raise DomainError(_("Dagen är före beslutsdagen"), field="on")
    record(motion, EventKind.CLOSED, by=by, happened_on=on, facts={"reason": reason.strip()}, at=at)
    return motion


@transaction.atomic
def record_closing(motion: Motion, *, by: User, on: date, facts: dict[str, Any]) -> None:
    """The decision has reached all who were to have it; called by the dispatch, which has checked who may."""
    record(lock(motion), EventKind.CLOSED, by=by, happened_on=on, facts=facts)

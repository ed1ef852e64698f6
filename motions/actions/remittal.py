"""Sending motions to the body that prepares them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motions.actions.events import check, lock, record
from motions.actions.registration import a_year_after, clock_start
from motions.enums import EventKind
from motions.errors import DomainError
from motions.models import Body, Motion, Organisation, User
from motions.permissions import Permission, require


def remit_motion(motion: Motion, *, by: User, to: Body, on: date, at: datetime | None = None) -> Motion:
    """Send one motion to the board, outside a meeting."""
    require(by, Permission.REMIT_MOTION)
    if on < motion.handed_in_on:
        raise DomainError(
            _("%(motion)s lämnades in efter den dagen") % {"motion": motion.reference},
            instead=_("Rätta remissdagen."),
            field="on",
        )
    return record_remittal(motion, by=by, to=to, on=on, facts={}, at=at)


@transaction.atomic
def remit_motions(motions: Sequence[Motion], *, by: User, to: Body, on: date) -> list[Motion]:
    """Send many motions to the board at once: all of them, or where one cannot be sent, none."""
    require(by, Permission.REMIT_MOTION)
    if not motions:
        raise DomainError(_("Välj minst en motion"), field="motions")
    return [remit_motion(motion, by=by, to=to, on=on) for motion in sorted(motions, key=lambda m: m.pk)]


@transaction.atomic
def record_remittal(
    motion: Motion,
    *,
    by: User,
    to: Body,
    on: date,
    facts: dict[str, object],
    raised_on: date | None = None,
    at: datetime | None = None,
) -> Motion:
    """Record a remittal; with `raised_on` the motion was notified to fullmäktige that day (KL 5 kap. 35 §).

    Whoever calls this has checked the right to decide it (a registrar, or the verification of a paragraph).
    """
    if not to.is_executive_board:
        raise DomainError(
            _("Motioner remitteras till styrelsen, som bereder dem"), law="KL 5 kap. 26 §", field="to"
        )
    motion = lock(motion)
    check(motion, EventKind.REMITTED)
    changes: dict[str, object] = {"preparing_body": to}
    if raised_on:
        motion.raised_on = raised_on
        due_on = a_year_after(clock_start(motion, Organisation.objects.get()))
        changes |= {"raised_on": raised_on, "due_on": due_on}
    facts = {"to": to.name, "to_inline": to.inline_name, **facts}
    record(motion, EventKind.REMITTED, by=by, happened_on=on, facts=facts, changes=changes, at=at)
    return motion

"""Sending motions to the body that prepares them."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from motions.actions.events import check, lock, record
from motions.actions.registration import a_year_after, clock_start
from motions.enums import EventKind
from motions.errors import DomainError
from motions.models import Body, Motion, Organisation, User
from motions.permissions import Permission, require


def remit_motion(motion: Motion, *, by: User, to: Body, on: date) -> Motion:
    """Send one motion to the board, outside a meeting."""
    require(by, Permission.REMIT_MOTION)
    if on < motion.handed_in_on:
        raise DomainError(_("Remissdagen är före inlämningsdagen"), field="on")
    return record_remittal(motion, by=by, to=to, on=on, facts={})


@transaction.atomic
def record_remittal(
    motion: Motion,
    *,
    by: User,
    to: Body,
    on: date,
    facts: dict[str, object],
    raised_on: date | None = None,
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
    record(motion, EventKind.REMITTED, by=by, happened_on=on, facts={"to": to.name, **facts}, changes=changes)
    return motion

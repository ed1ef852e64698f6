"""What verified paragraphs do to a motion. Called by the verification, which has checked who may."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motions.actions.events import check, lock, record
from motions.enums import EventKind, Outcome
from motions.errors import DomainError
from motions.models import Motion, User


@transaction.atomic
def record_board_proposal(
    motion: Motion, *, by: User, on: date, facts: dict[str, Any], at: datetime | None = None
) -> None:
    """The board has proposed to fullmäktige what to decide (KL 5 kap. 28 §)."""
    record(lock(motion), EventKind.BOARD_PROPOSED, by=by, happened_on=on, facts=facts, at=at)


@transaction.atomic
def record_postponement(
    motion: Motion,
    *,
    by: User,
    on: date,
    by_minority: bool,
    facts: dict[str, Any],
    at: datetime | None = None,
) -> None:
    """The item was tabled and returns at the next meeting (KL 5 kap. 50–51 §§)."""
    _record_deferral(
        lock(motion), EventKind.POSTPONED, by=by, on=on, by_minority=by_minority, facts=facts, at=at
    )


@transaction.atomic
def record_referral_back(
    motion: Motion,
    *,
    by: User,
    on: date,
    by_minority: bool,
    facts: dict[str, Any],
    at: datetime | None = None,
) -> None:
    """The item goes back to preparation (KL 5 kap. 50 §)."""
    _record_deferral(
        lock(motion), EventKind.REFERRED_BACK, by=by, on=on, by_minority=by_minority, facts=facts, at=at
    )


@transaction.atomic
def record_verdict(
    motion: Motion,
    *,
    by: User,
    on: date,
    outcomes: Mapping[int, Outcome],
    facts: dict[str, Any],
    at: datetime | None = None,
) -> None:
    """Fullmäktige has decided; `outcomes` gives every att-sats (by number) its fate (KL 5 kap. 23 §)."""
    motion = lock(motion)
    check(motion, EventKind.DECIDED)
    clauses = list(motion.clauses.all())
    undecided = [clause.position for clause in clauses if clause.position not in outcomes]
    if undecided:
        raise DomainError(
            _("Beslutet avgör inte att-sats %(numbers)s") % {"numbers": ", ".join(map(str, undecided))},
            law="KL 5 kap. 23 §",
            instead=_("Ge varje att-sats sitt utfall i beslutet."),
        )
    for clause in clauses:
        clause.outcome = outcomes[clause.position]
        clause.save(update_fields=["outcome"])
    record(motion, EventKind.DECIDED, by=by, happened_on=on, facts=facts, changes={"decided_on": on}, at=at)


@transaction.atomic
def record_overdue_report(
    motion: Motion, *, by: User, on: date, facts: dict[str, Any], at: datetime | None = None
) -> None:
    """The motion was reported to fullmäktige as not ready within its year (KL 5 kap. 35 §)."""
    record(
        lock(motion),
        EventKind.OVERDUE_REPORTED,
        by=by,
        happened_on=on,
        facts=facts,
        changes={"overdue_reported_on": on},
        at=at,
    )


def _record_deferral(
    motion: Motion,
    kind: EventKind,
    *,
    by: User,
    on: date,
    by_minority: bool,
    facts: dict[str, Any],
    at: datetime | None,
) -> None:
    changes = {"minority_deferral_used": True} if by_minority else {}
    facts = {**facts, "by_minority": by_minority}
    record(motion, kind, by=by, happened_on=on, facts=facts, changes=changes, at=at)

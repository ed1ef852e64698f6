"""Preparing the answer: the case officer's acts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motions.actions.events import check, lock, record
from motions.actions.writing import save_written, to_write
from motions.enums import EventKind, Outcome, Stage, WrittenSection
from motions.errors import Conflict, DomainError
from motions.models import Clause, DraftSection, Motion, User
from motions.permissions import Permission, require


@transaction.atomic
def start_preparation(motion: Motion, *, by: User, on: date, at: datetime | None = None) -> Motion:
    """Take on a remitted motion as its case officer."""
    require(by, Permission.PREPARE_MOTION)
    motion = lock(motion)
    changes = {"case_officer": by}
    record(motion, EventKind.PREPARATION_STARTED, by=by, happened_on=on, changes=changes, at=at)
    return motion


@transaction.atomic
def save_draft_section(
    motion: Motion,
    *,
    by: User,
    kind: WrittenSection,
    html: str,
    version: int,
    at: datetime | None = None,
) -> DraftSection:
    """Save one section of the draft. Raises StaleText where `version` is not the latest one."""
    require(by, Permission.PREPARE_MOTION)
    motion = lock(motion)
    check_in_preparation(motion)
    section = to_write(DraftSection.objects.all(), motion=motion, kind=kind)
    save_written(section, html, version=version, by=by, at=at)
    return section


@transaction.atomic
def propose_outcomes(
    motion: Motion,
    *,
    by: User,
    outcomes: Mapping[int, Outcome | None],
    seen: Mapping[int, str] | None = None,
) -> Motion:
    """Draft what should become of each att-sats; `outcomes` maps clause positions to outcomes.

    `seen` is what the writer saw before; Conflict is raised where somebody else has chosen otherwise since.
    """
    require(by, Permission.PREPARE_MOTION)
    motion = lock(motion)
    check_in_preparation(motion)
    for clause in motion.clauses.all():
        if clause.position in outcomes:
            _refuse_unseen(clause, outcomes[clause.position] or "", seen)
            clause.proposed_outcome = outcomes[clause.position] or ""
            clause.save(update_fields=["proposed_outcome"])
    return motion


@transaction.atomic
def finish_preparation(motion: Motion, *, by: User, on: date, at: datetime | None = None) -> Motion:
    """Hand the draft over to the board. Raises DomainError while an att-sats lacks its proposal."""
    require(by, Permission.PREPARE_MOTION)
    motion = lock(motion)
    check(motion, EventKind.PREPARATION_FINISHED)
    missing = [clause.position for clause in motion.clauses.all() if not clause.proposed_outcome]
    if missing:
        raise DomainError(
            _("Förslag till beslut saknas för att-sats %(numbers)s")
            % {"numbers": ", ".join(map(str, missing))},
            law="KL 5 kap. 28 §",
            instead=_("Välj bifall, avslag eller besvarad för varje att-sats."),
            field=f"outcome_{missing[0]}",
        )
    record(motion, EventKind.PREPARATION_FINISHED, by=by, happened_on=on, at=at)
    return motion


@transaction.atomic
def resume_preparation(motion: Motion, *, by: User, on: date) -> Motion:
    """Take a finished draft back from the board, as long as no meeting has taken it up."""
    require(by, Permission.PREPARE_MOTION)
    motion = lock(motion)
    if is_before_a_meeting(motion):
        raise Conflict(
            _("%(motion)s är upptagen på ett sammanträde och kan inte tas tillbaka")
            % {"motion": motion.reference},
            instead=_("Sammanträdet kan återremittera ärendet. Paragrafens texter ändrar sekreteraren."),
        )
    record(motion, EventKind.PREPARATION_RESUMED, by=by, happened_on=on)
    return motion


def is_before_a_meeting(motion: Motion) -> bool:
    """Whether a meeting has taken the motion up in an unverified §: the draft was copied there."""
    return motion.paragraphs.filter(number__isnull=False, verified_at__isnull=True).exists()


def _refuse_unseen(clause: Clause, chosen: str, seen: Mapping[int, str] | None) -> None:
    now = clause.proposed_outcome
    if seen is None or now in {seen.get(clause.position, ""), chosen}:
        return
    raise Conflict(
        _("Någon annan har ändrat förslaget till att-sats %(n)s till ”%(outcome)s”")
        % {"n": clause.position, "outcome": clause.get_proposed_outcome_display() or _("inget förslag")},
        instead=_("Ditt val är inte sparat. Spara igen om ditt ska gälla."),
        field=f"outcome_{clause.position}",
    )


def check_in_preparation(motion: Motion) -> None:
    """Raise Conflict where the draft may not be written."""
    if motion.stage != Stage.IN_PREPARATION:
        raise Conflict(
            _("%(motion)s är inte under beredning") % {"motion": motion.reference},
            instead=_("Ta tillbaka ärendet till beredning för att ändra i förslaget."),
        )

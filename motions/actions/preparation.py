"""Preparing the answer: the case officer's acts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.actions.events import check, lock, record
from motions.enums import EventKind, Outcome, Stage, WrittenSection
from motions.errors import Conflict, DomainError
from motions.identity_numbers import refuse_identity_numbers
from motions.models import Clause, DraftSection, Motion, User
from motions.permissions import Permission, require
from motions.texts import clean, plain


class StaleText(Conflict):
    """Somebody else saved meanwhile: `current_html` and `current_version` are theirs, `saved_by` who."""

    def __init__(self, current_html: str, current_version: int, saved_by: str) -> None:
        super().__init__(
            _("%(name)s har sparat en nyare text") % {"name": saved_by or _("Någon annan")},
            instead=_("Jämför texterna nedan och spara den som ska gälla. Ingenting är borta."),
        )
        self.current_html = current_html
        self.current_version = current_version
        self.saved_by = saved_by


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
    section = (
        DraftSection.objects.select_for_update(of=("self",))
        .select_related("updated_by")
        .filter(motion=motion, kind=kind)
        .first()
    ) or DraftSection(motion=motion, kind=kind)
    if section.version != version:
        raise StaleText(section.html, section.version, section.updated_by.name if section.updated_by else "")
    cleaned = clean(html)
    refuse_identity_numbers(plain(cleaned), kind)
    section.html, section.version = cleaned, version + 1
    section.updated_by, section.updated_at = by, at or timezone.now()
    section.full_clean(exclude=["motion", "updated_by"], validate_constraints=False)
    section.save()
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

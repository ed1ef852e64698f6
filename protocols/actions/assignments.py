"""Giving an assignment in a decision, and noting that it has been reported back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.actions.events import lock, record
from motions.enums import EventKind
from motions.errors import Conflict, DomainError
from motions.identity_numbers import refuse_identity_numbers
from motions.models import Body, User
from motions.permissions import Permission, require
from protocols.actions.dispatch import settle
from protocols.actions.locking import edit_paragraph
from protocols.models import Assignment, AssignmentReport, Paragraph
from protocols.wording.text import clause


@transaction.atomic
def give_assignment(
    paragraph: Paragraph,
    *,
    by: User,
    task: str,
    body: Body | None = None,
    addressee: str = "",
    due_on: date | None = None,
) -> Assignment:
    """Give a body, or an addressee outside the bodies, something to do; due after the meeting, if at all.

    Raises Conflict before there is a decision, DomainError without exactly one addressee or with an earlier
    day.
    """
    paragraph = edit_paragraph(paragraph, by=by)
    if not paragraph.is_decided:
        raise Conflict(_("Beslutet är inte fattat ännu"), instead=_("Ge uppdraget när klubban har fallit."))
    addressee = addressee.strip()
    if (body is None) == (not addressee):
        raise DomainError(_("Ange ett organ eller en annan mottagare, inte båda"), field="addressee")
    if due_on and due_on <= paragraph.meeting.held_on:
        raise DomainError(_("Välj en dag efter sammanträdet"), field="due_on")
    row = Assignment(paragraph=paragraph, body=body, addressee=addressee, task=clause(task), due_on=due_on)
    refuse_identity_numbers(row.task, "task")
    refuse_identity_numbers(row.addressee, "addressee")
    if row.task in {"", "att"}:
        raise DomainError(_("Skriv vad uppdraget gäller"), field="task")
    row.full_clean(exclude=["paragraph", "body"], validate_constraints=False)
    row.save()
    return row


@transaction.atomic
def remove_assignment(assignment: Assignment, *, by: User) -> None:
    """Remove an assignment noted by mistake, while the § is not verified."""
    edit_paragraph(assignment.paragraph, by=by)
    assignment.delete()


@transaction.atomic
def report_assignment(
    assignment: Assignment,
    *,
    by: User,
    happened_on: date,
    note: str,
    paragraph: Paragraph | None = None,
    is_reported: bool = True,
    at: datetime | None = None,
) -> AssignmentReport:
    """Note that the assignment was reported back, or (`is_reported` False) that the latest report was wrong.

    `paragraph` is the verified § in which it was reported; its day is then the meeting's. The last report
    closes a case whose extract has gone out. Raises Conflict where the assignment already stands so, or its
    § is not verified.
    """
    require(by, Permission.FOLLOW_UP)
    locked = Assignment.objects.select_for_update(of=("self",))
    row = locked.select_related("paragraph__motion", "body").get(pk=assignment.pk)
    if not row.paragraph.is_verified:
        raise Conflict(
            _("%(label)s är inte justerad, så uppdraget gäller inte ännu") % {"label": row.paragraph.label},
            law="KL 5 kap. 69 §",
            instead=_("Återrapportera när paragrafen är justerad."),
        )
    latest = row.reports.last()
    if (latest is not None and latest.is_reported) == is_reported:
        raise Conflict(
            _("Uppdraget är redan återrapporterat")
            if is_reported
            else _("Uppdraget är inte återrapporterat"),
            instead=_("Läs uppföljningen igen."),
        )
    _check_day(row, happened_on)
    if paragraph is not None:
        _check_report(row, paragraph)
        happened_on = paragraph.meeting.held_on
    refuse_identity_numbers(note, "note")
    report = AssignmentReport(
        assignment=row,
        is_reported=is_reported,
        happened_on=happened_on,
        note=note.strip(),
        paragraph=paragraph,
        by=by,
        at=at or timezone.now(),
    )
    report.full_clean(exclude=["assignment", "paragraph", "by"], validate_constraints=False)
    report.save()
    _tell_motion(row, report, by=by)
    if is_reported and row.paragraph.motion_id:
        about = Paragraph.objects.verified().filter(motion=row.paragraph.motion_id)
        settle(about.values_list("pk", flat=True), by=by)
    return report


def _tell_motion(row: Assignment, report: AssignmentReport, *, by: User) -> None:
    """Record it among the events of the motion that the assignment came from, if it came from one."""
    motion = row.paragraph.motion
    if motion is None:
        return
    facts: dict[str, Any] = {
        "assignment": row.pk,
        "recipient": row.recipient,
        "task": row.task,
        "is_withdrawn": not report.is_reported,
        "note": report.note,
    }
    if report.paragraph is not None:
        facts |= {"abbreviation": report.paragraph.body.abbreviation, "number": report.paragraph.number}
    record(
        lock(motion),
        EventKind.ASSIGNMENT_REPORTED,
        by=by,
        happened_on=report.happened_on,
        facts=facts,
        at=report.at,
    )


def _check_day(row: Assignment, day: date) -> None:
    if not row.paragraph.meeting.held_on <= day <= timezone.localdate():
        raise DomainError(_("Välj en dag från beslutet till och med i dag"), field="happened_on")


def _check_report(row: Assignment, paragraph: Paragraph) -> None:
    if not paragraph.is_verified or paragraph.pk == row.paragraph_id:
        raise DomainError(_("Välj en senare, justerad paragraf"), field="paragraph")
    if paragraph.meeting.held_on < row.paragraph.meeting.held_on:
        raise DomainError(_("Paragrafen är äldre än uppdraget"), field="paragraph")

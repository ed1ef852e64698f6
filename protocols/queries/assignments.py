"""The register of assignments: who sees which, and how each stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Count, OuterRef, Q, QuerySet, Subquery, TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from motions.models import Body, Motion
from protocols.enums import ParagraphState
from protocols.models import Assignment, AssignmentReport, Paragraph

#: Rows on a page of the register.
PAGE = 25
#: Newest paragraphs offered when a report was made in one.
_MOST_OFFERED = 100


class RegisterList(TextChoices):
    """The lists of the register."""

    OPEN = "oppna", _("Öppna")
    OVERDUE = "forfallna", _("Försenade")
    REPORTED = "aterrapporterade", _("Återrapporterade")
    ALL = "alla", _("Alla")


@dataclass(frozen=True)
class Entry:
    """An assignment and how it stands today."""

    assignment: Assignment
    is_reported: bool
    is_overdue: bool


def in_force() -> QuerySet[Assignment]:
    """Assignments of verified §§, each with `is_reported`: what its latest report says. Public."""
    latest = AssignmentReport.objects.filter(assignment=OuterRef("pk")).order_by("-pk")
    return Assignment.objects.filter(paragraph__state=ParagraphState.VERIFIED).annotate(
        is_reported=Coalesce(Subquery(latest.values("is_reported")[:1]), False, output_field=BooleanField())
    )


def listed(standing: RegisterList, today: date, body: Body | None = None) -> QuerySet[Assignment]:
    """One list of the register, the earliest due first, those without a day last."""
    found = in_force().filter(_rule(standing, today)).select_related("body", "paragraph__body")
    found = found.select_related("paragraph__meeting").defer("paragraph__frozen_document")
    if body is not None:
        found = found.filter(body=body)
    return found.order_by("due_on", "pk")


def counts(today: date, body: Body | None = None) -> dict[str, int]:
    """How many stand on each list, in one query."""
    found = in_force().filter(body=body) if body is not None else in_force()
    numbers: dict[str, int] = found.aggregate(
        **{one.value: Count("pk", filter=_rule(one, today)) for one in RegisterList}
    )
    return numbers


def open_assignments_of(motion: Motion) -> QuerySet[Assignment]:
    """Assignments given about the motion in verified §§ and not reported back: it is not closed before."""
    return in_force().filter(Q(is_reported=False), paragraph__motion=motion)


def entries_of(motion: Motion, today: date) -> list[Entry]:
    """All assignments in force about the motion, in the order given."""
    return entries(in_force().filter(paragraph__motion=motion).select_related("body", "paragraph"), today)


def entries(rows: Iterable[Assignment], today: date) -> list[Entry]:
    """Rows of `in_force` with their standing."""
    found = []
    for row in rows:
        is_reported = bool(getattr(row, "is_reported", False))
        is_late = row.due_on is not None and row.due_on < today
        found.append(Entry(row, is_reported=is_reported, is_overdue=is_late and not is_reported))
    return found


def offered_paragraphs(assignment: Assignment) -> QuerySet[Paragraph]:
    """The §§ in which the assignment can have been reported: verified ones of that day or later."""
    return (
        Paragraph.objects.verified()
        .filter(meeting__held_on__gte=assignment.paragraph.meeting.held_on)
        .exclude(pk=assignment.paragraph_id)
        .select_related("meeting", "body")
        .defer("frozen_document")
        .order_by("-meeting__held_on", "-number")[:_MOST_OFFERED]
    )


def _rule(standing: RegisterList, today: date) -> Q:
    match standing:
        case RegisterList.OPEN:
            return Q(is_reported=False)
        case RegisterList.OVERDUE:
            return Q(is_reported=False, due_on__lt=today)
        case RegisterList.REPORTED:
            return Q(is_reported=True)
        case _:
            return Q()

"""The reading page of one §: for everybody once it is verified, before that for those who may see drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from config.http import HtmxRequest, public
from motions.models import Motion, Organisation
from motions.permissions import HasRoles, Permission, has_permission
from protocols.document import ParagraphDocument
from protocols.models import Extract, Paragraph, Withdrawal
from protocols.queries.dispatch import paper_in_force
from protocols.queries.documents import document_of
from protocols.queries.facts import with_facts


@public
@require_safe
def paragraph(request: HtmxRequest, pk: int) -> HttpResponse:
    """The text as it is, or will be, in the minutes, and what belongs to it."""
    visible = Paragraph.objects.visible_to(request.user)
    row = get_object_or_404(visible.select_related("meeting", "body", "motion"), pk=pk)
    if not row.is_verified:
        row = with_facts(Paragraph.objects.filter(pk=pk)).get()
    withdrawals = list(row.withdrawals.all()) if row.is_verified else []
    context: dict[str, Any] = {
        "paragraph": row,
        "meeting": row.meeting,
        "document": _document(row, request.user),
        "motions": _motions(row, request.user),
        "extract": Extract.objects.filter(paragraph=row).first() if row.is_verified else None,
        "corrections": list(row.corrections.all()) if row.is_verified else [],
        "may_certify": has_permission(request.user, Permission.CERTIFY_EXTRACT),
        "withdrawals": withdrawals,
        "is_withdrawn": _is_withdrawn(row, withdrawals),
        "may_manage": has_permission(request.user, Permission.MANAGE_MEETING),
    }
    return render(request, "protocols/paragraph.html", context | _neighbours(visible, row))


def _is_withdrawn(row: Paragraph, withdrawals: Sequence[Withdrawal]) -> bool:
    """Whether the extract in force is."""
    if not withdrawals:
        return False
    paper = paper_in_force(row)
    return paper is not None and any(one.code == paper.code for one in withdrawals)


def _document(row: Paragraph, user: HasRoles) -> ParagraphDocument:
    """Officials see which sections the secretary put in other words."""
    document = document_of(row, Organisation.objects.get())
    if has_permission(user, Permission.READ_DRAFTS):
        return document
    sections = tuple(replace(section, is_reworded=False) for section in document.sections)
    return replace(document, sections=sections)


def _motions(row: Paragraph, user: HasRoles) -> QuerySet[Motion]:
    """Those that the § is about: its own, or all of a block."""
    about = Motion.objects.visible_to(user)
    if row.motion_id:
        return about.filter(pk=row.motion_id)
    return about.filter(block_rows__paragraph=row).order_by("block_rows__position")


def _neighbours(visible: QuerySet[Paragraph], row: Paragraph) -> dict[str, Paragraph | None]:
    """The § before and after in the same meeting that the reader may see."""
    same = visible.filter(meeting=row.meeting_id)
    return {
        "before": same.filter(position__lt=row.position).order_by("-position").first(),
        "after": same.filter(position__gt=row.position).order_by("position").first(),
    }

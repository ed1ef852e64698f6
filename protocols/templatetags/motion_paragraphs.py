"""For pages of motions: the agendas and paragraphs that they stand in, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import template
from django.utils import timezone

from motions.enums import Stage
from motions.models import Motion
from motions.permissions import HasRoles, Permission, has_permission
from protocols.enums import ParagraphKind
from protocols.models import ImportedParagraph, Paragraph
from protocols.queries.assignments import Entry, entries_of
from protocols.queries.dispatch import DispatchRow, undelivered_of
from protocols.queries.imported import found, of_motion
from protocols.queries.placements import Placement, placements

register = template.Library()


@dataclass(frozen=True)
class MotionParagraphs:
    """`pending` are unverified items; `verified` paragraphs have an extract."""

    pending: Sequence[Placement]
    verified: Sequence[Paragraph]

    @property
    def await_meeting(self) -> bool:
        """Whether the motion's next step is a meeting's: an official's own would cross it."""
        return any(place.kind != ParagraphKind.OUTSTANDING_REPORT for place in self.pending)


@register.simple_tag
def paragraphs_of(motion: Motion, user: HasRoles) -> MotionParagraphs:
    """`{% paragraphs_of motion user as paragraphs %}`: those of one motion."""
    verified = Paragraph.objects.verified().filter(motion=motion).select_related("body", "meeting")
    return MotionParagraphs(
        pending=placements([motion.pk], user)[motion.pk],
        verified=list(verified.defer("frozen_document").order_by("meeting__held_on", "number")),
    )


@register.simple_tag
def undelivered(motion: Motion, user: HasRoles) -> list[DispatchRow]:
    """`{% undelivered motion user as rows %}`: for officials, decided §§ whose extract did not reach all."""
    if motion.stage not in {Stage.DECIDED, Stage.CLOSED} or not has_permission(user, Permission.READ_DRAFTS):
        return []
    return undelivered_of(motion)


@register.simple_tag
def older_hits(query: str, user: HasRoles) -> int:
    """`{% older_hits board.query user as older %}`: how many §§ of older minutes have the words."""
    return found(query, user).count() if query.strip() else 0


@register.simple_tag
def imported_of(motion: Motion, user: HasRoles) -> list[ImportedParagraph]:
    """`{% imported_of motion user as rows %}`: what older minutes, read in, say of the motion."""
    return of_motion(motion, user)


@register.simple_tag
def assignments_of(motion: Motion) -> list[Entry]:
    """`{% assignments_of motion as assignments %}`: what verified §§ gave somebody to do about it."""
    return entries_of(motion, timezone.localdate())

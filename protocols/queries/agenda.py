"""Which motions a body's next agenda can take."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from motions.enums import Stage
from motions.models import Body, Motion
from protocols.enums import DecisionKind, ParagraphKind, ParagraphState
from protocols.models import BlockMotion, Paragraph


def ready_motions(body: Body) -> QuerySet[Motion]:
    """Motions that wait for the body's agenda; tabled ones return by themselves (KL 5 kap. 51 §).

    Not those on an agenda already, nor those whose decision there awaits verification.
    """
    if not (body.is_assembly or body.is_executive_board):
        return Motion.objects.none()
    stage = Stage.AT_ASSEMBLY if body.is_assembly else Stage.AT_BOARD
    pending = Paragraph.objects.filter(
        Q(state__in=[ParagraphState.DRAFT, ParagraphState.TAKEN_UP])
        | Q(state=ParagraphState.DECIDED) & ~Q(decision__kind=DecisionKind.POSTPONES),
        motion=OuterRef("pk"),
        body=body,
    )
    return Motion.objects.filter(~Exists(pending), stage=stage).order_by("due_on", "pk")


def motions_for_block(kind: ParagraphKind) -> QuerySet[Motion]:
    """Motions that a block item of the kind can hold and no unverified block holds already."""
    pending = BlockMotion.objects.filter(motion=OuterRef("pk"), paragraph__kind=kind).exclude(
        paragraph__state=ParagraphState.VERIFIED
    )
    free = Motion.objects.filter(~Exists(pending)).order_by("due_on", "pk")
    if kind == ParagraphKind.REMITTAL:
        return free.filter(stage=Stage.REGISTERED)
    return free.open().filter(overdue_reported_on__isnull=True)

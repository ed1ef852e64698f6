"""An item becomes a §: it gets its number, its texts and the proposal before the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.actions.events import lock
from motions.actions.numbering import take_number
from motions.enums import DocumentKind, Stage
from motions.errors import Conflict
from motions.models import Motion, User
from protocols.actions.chair import set_leader
from protocols.actions.locking import edit_paragraph, lock_meeting, require_state
from protocols.actions.meetings import require_quorum
from protocols.actions.procedure import lay_out_questions
from protocols.enums import DecisionKind, Following, MeetingState, ParagraphState, ProposalKind
from protocols.models import Appendix, BlockMotion, Paragraph, Proposal, ProposalClause, Section
from protocols.queries import drafts


def series_key(paragraph: Paragraph) -> str:
    """The number series of the body's paragraphs."""
    return f"paragraph:{paragraph.body_id}"


@transaction.atomic
def take_up(paragraph: Paragraph, *, by: User, at: datetime | None = None) -> Paragraph:
    """Take the item up: the next § of the body and year, numbered in the order items are taken up.

    Raises Conflict while another item is being dealt with, or where the motion is not ready any more.
    """
    meeting = lock_meeting(paragraph.meeting, by=by)
    paragraph = edit_paragraph(paragraph, by=by)
    require_state(meeting, MeetingState.OPEN)
    require_quorum(meeting)
    if not paragraph.is_draft:
        raise Conflict(_("%(label)s är redan upptagen") % {"label": paragraph.label})
    items = list(meeting.paragraphs.only("meeting_id", "number", "position", "state"))
    if current := next((item for item in items if item.is_taken_up), None):
        raise Conflict(
            _("%(label)s behandlas fortfarande") % {"label": current.label},
            instead=_("Avgör den först."),
        )
    if paragraph.motion:
        motion = lock(paragraph.motion)  # nobody takes the draft back while it is copied
        _require_ready(paragraph, motion)
        _bring_texts(paragraph, motion)
    _keep_stages(paragraph)
    _move_to(paragraph, 1 + sum(not item.is_draft for item in items), items)
    paragraph.number = take_number(series_key(paragraph), paragraph.year)
    paragraph.state, paragraph.taken_up_at = ParagraphState.TAKEN_UP, at or timezone.now()
    paragraph.save(update_fields=["number", "state", "taken_up_at", "position"])
    set_leader(paragraph, meeting.deputy or meeting.chair)
    lay_out_questions(paragraph)
    return paragraph


def _require_ready(paragraph: Paragraph, motion: Motion) -> None:
    needed = Stage.AT_ASSEMBLY if paragraph.body.is_assembly else Stage.AT_BOARD
    if motion.stage != needed:
        raise Conflict(
            _("%(motion)s är i steget ”%(stage)s” och kan inte tas upp")
            % {"motion": motion.reference, "stage": motion.get_stage_display()},
            law="KL 5 kap. 26 §",
            instead=_("Ta bort punkten från dagordningen, eller låt beredningen bli klar först."),
        )


def _keep_stages(paragraph: Paragraph) -> None:
    """Keep where each motion of a block is now: a report tells it however the motion moves afterwards."""
    rows = list(paragraph.block_motions.select_related("motion"))
    for row in rows:
        row.stage = row.motion.stage
    BlockMotion.objects.bulk_update(rows, ["stage"])


def _bring_texts(paragraph: Paragraph, motion: Motion) -> None:
    earlier = (
        motion.paragraphs.verified()
        .filter(decision__kind=DecisionKind.PROPOSES)
        .order_by("-decided_at")
        .first()
        if paragraph.body.is_assembly
        else None
    )
    tabled = Proposal.objects.create(paragraph=paragraph, kind=ProposalKind.TABLED)
    if earlier:
        sections = [(section.kind, section.html) for section in earlier.sections.all()]
        clauses = [
            ProposalClause(
                proposal=tabled, position=c.position, outcome=c.outcome, settles=c.settles, text=c.text
            )
            for c in earlier.decision.clauses.all()
        ]
    else:
        sections = [(draft.kind, draft.html) for draft in motion.draft_sections.exclude(html="")]
        clauses = draft_clauses(motion, tabled)
    Section.objects.bulk_create(Section(paragraph=paragraph, kind=kind, html=html) for kind, html in sections)
    ProposalClause.objects.bulk_create(clauses)
    signed = motion.documents.filter(is_secret=False, kind=DocumentKind.SIGNED_MOTION).first()
    following = Following.FILE if signed else Following.NAMED
    Appendix.objects.create(
        paragraph=paragraph, title=paragraph.title, document=signed, following=following, position=1
    )


def draft_clauses(motion: Motion, tabled: Proposal) -> list[ProposalClause]:
    """The case officer's draft as clauses of the proposal before the meeting."""
    return [
        ProposalClause(
            proposal=tabled, position=position, outcome=clause.outcome or "", settles=list(clause.settles)
        )
        for position, clause in enumerate(drafts.draft_clauses(motion), start=1)
    ]


def _move_to(paragraph: Paragraph, position: int, items: Sequence[Paragraph]) -> None:
    """Put the paragraph at the position; those not taken up that stand before it follow after."""
    for other in items:
        if other.is_draft and position <= other.position < paragraph.position:
            Paragraph.objects.filter(pk=other.pk).update(position=other.position + 1)
    paragraph.position = position

"""The agenda as it is read, and which motions a body's next agenda can take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from motions.enums import Stage
from motions.models import NEAR_DEADLINE_DAYS, Body, Motion
from protocols.enums import DecisionKind, MeetingState, ParagraphKind, ParagraphState
from protocols.facts import MotionFact, ParagraphFacts
from protocols.models import BlockMotion, Decision, Meeting, Paragraph
from protocols.queries.facts import body_fact, decision_fact, earlier_treatments
from protocols.wording.decision import decision_in_brief
from protocols.wording.earlier import reference


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


#: Headings that an agenda often has; what the body used before is offered too.
USUAL_HEADINGS = ("Ärenden för beslut", "Information", "Anmälningar", "Valärenden")


def known_headings(body: Body) -> list[str]:
    """Headings to choose from: those the body has used, then the usual ones."""
    used = (
        Paragraph.objects.filter(body=body)
        .exclude(agenda_heading="")
        .order_by("agenda_heading")
        .values_list("agenda_heading", flat=True)
        .distinct()
    )
    return list(dict.fromkeys([*used, *USUAL_HEADINGS]))


def tabled_motions(meeting: Meeting) -> QuerySet[Motion]:
    """Of the ready motions those that the body postponed last, to this meeting or to its next one."""
    latest = (
        Decision.objects.filter(paragraph__motion=OuterRef("pk"), paragraph__body=meeting.body)
        .order_by("-paragraph__meeting__held_on", "-paragraph__decided_at")
        .values("pk")[:1]
    )
    return (
        ready_motions(meeting.body)
        .annotate(latest=Subquery(latest))
        .filter(latest__in=_postponed_to(meeting).values("pk"))
    )


def tabled_matters(meeting: Meeting) -> QuerySet[Paragraph]:
    """The body's other matters that were postponed to this meeting or to its next one, and not returned."""
    return (
        Paragraph.objects.filter(
            decision__in=_postponed_to(meeting).values("pk"),
            kind=ParagraphKind.MATTER,
            body=meeting.body,
            returned_as__isnull=True,
        )
        .select_related("meeting", "body")
        .order_by("meeting__held_on", "position", "pk")
    )


def stranded_items(body: Body) -> QuerySet[Paragraph]:
    """Items of the body's cancelled meetings, which wait for a meeting that is held."""
    return (
        Paragraph.objects.drafts()
        .filter(body=body, meeting__state=MeetingState.CANCELLED)
        .order_by("meeting__held_on", "position", "pk")
    )


def _postponed_to(meeting: Meeting) -> QuerySet[Decision]:
    """Decisions of earlier meetings by which something waits for this one: KL 5 kap. 51 §."""
    return Decision.objects.filter(
        Q(until__isnull=True) | Q(until__lte=meeting.held_on),
        kind=DecisionKind.POSTPONES,
        paragraph__meeting__held_on__lte=meeting.held_on,
    ).exclude(paragraph__meeting=meeting)


def motions_for_block(kind: ParagraphKind) -> QuerySet[Motion]:
    """Motions that a block item of the kind can hold and no unverified block holds already."""
    pending = BlockMotion.objects.filter(motion=OuterRef("pk"), paragraph__kind=kind).exclude(
        paragraph__state=ParagraphState.VERIFIED
    )
    free = Motion.objects.filter(~Exists(pending)).order_by("due_on", "pk")
    if kind == ParagraphKind.REMITTAL:
        return free.filter(stage=Stage.REGISTERED)
    return free.open().filter(overdue_reported_on__isnull=True)


#: The blocks by the word in their address.
BLOCK_KINDS = {"remittering": ParagraphKind.REMITTAL, "redovisning": ParagraphKind.OUTSTANDING_REPORT}

#: So many motions are offered at once; the oldest come first, and the rest when these are placed.
MOST_OFFERED = 200


def offered_motions(body: Body) -> list[Motion]:
    """The ready motions that an agenda page offers."""
    return list(ready_motions(body)[:MOST_OFFERED])


def offered_for_block(kind: ParagraphKind) -> list[Motion]:
    """The motions that a block is chosen from."""
    return list(motions_for_block(kind)[:MOST_OFFERED])


def ticked_for_block(kind: ParagraphKind, offered: Sequence[Motion], meeting: Meeting) -> list[Motion]:
    """Those ticked from the start: all that came in; of the unanswered those whose year is near its end."""
    if kind == ParagraphKind.REMITTAL:
        return list(offered)
    horizon = meeting.held_on + timedelta(days=NEAR_DEADLINE_DAYS)
    return [motion for motion in offered if motion.due_on <= horizon]


@dataclass(frozen=True)
class AgendaItem:
    """A paragraph as a line of the agenda: the motion's earlier treatment, and what was decided in brief."""

    paragraph: Paragraph
    history: Sequence[str] = ()
    brief: str = ""
    motions: int = 0

    @property
    def badge(self) -> str:
        """The kind of badge that the brief decision is shown with."""
        return badge_of(self.paragraph)


def badge_of(paragraph: Paragraph) -> str:
    """The kind of badge of a paragraph's decision, '' before it; its clauses are to be loaded with it."""
    decision: Decision | None = getattr(paragraph, "decision", None)
    if decision is None:
        return ""
    deferrals = {DecisionKind.POSTPONES: "postponed", DecisionKind.REFERS_BACK: "referred_back"}
    outcomes = {clause.outcome for clause in decision.clauses.all() if clause.outcome}
    verdict = outcomes.pop() if len(outcomes) == 1 else ("partly_granted" if outcomes else "decided")
    return deferrals.get(DecisionKind(decision.kind), verdict)


def agenda_items(paragraphs: QuerySet[Paragraph], *, with_history: bool = True) -> list[AgendaItem]:
    """The items in order, in a fixed number of queries however many they are."""
    found = list(
        paragraphs.select_related("body", "meeting", "motion", "decision")
        .prefetch_related("decision__clauses", "motion__clauses", "block_motions__motion")
        .order_by("position", "pk")
    )
    earlier = earlier_treatments(found) if with_history else {}
    board = Body.objects.executive_board()
    return [
        AgendaItem(
            paragraph,
            history=[reference(fact) for fact in earlier.get(paragraph.pk, ())],
            brief=decision_in_brief(_facts_in_brief(paragraph, board)),
            motions=len(paragraph.block_motions.all()),
        )
        for paragraph in found
    ]


def history_of(meeting: Meeting, motions: Sequence[Motion]) -> dict[int, list[str]]:
    """The earlier treatment of motions that are not on the agenda yet, in words, by the motion's id."""
    rows = [Paragraph(pk=-motion.pk, meeting=meeting, motion=motion) for motion in motions]
    return {-pk: [reference(fact) for fact in facts] for pk, facts in earlier_treatments(rows).items()}


def _facts_in_brief(paragraph: Paragraph, board: Body) -> ParagraphFacts:
    """Only what the decision in a few words is made of."""
    motion = paragraph.motion
    return ParagraphFacts(
        body=body_fact(paragraph.body),
        assembly_inline_name=_("fullmäktige"),
        motion=MotionFact(motion.number or "", motion.title, len(motion.clauses.all())) if motion else None,
        block_motions=[
            MotionFact(row.motion.number or "", row.motion.title, 0) for row in paragraph.block_motions.all()
        ],
        remitted_to=board.inline_name if paragraph.kind == ParagraphKind.REMITTAL else "",
        decision=decision_fact(paragraph),
    )

"""What is recorded about a paragraph, as the plain facts that wording is made from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet

from motions.enums import Outcome
from motions.models import Body, Motion, MotionMover, Party, Person
from protocols.enums import DecisionKind, NonParticipationKind, ParagraphKind, ProposalKind, QuestionKind
from protocols.facts import (
    BodyFact,
    ClauseFact,
    DecisionFact,
    MotionFact,
    NonParticipationFact,
    NoteFact,
    ParagraphFacts,
    PersonFact,
    ProposalFact,
    QuestionFact,
    ReservationFact,
    TreatmentFact,
)
from protocols.models import BlockMotion, Decision, Paragraph, Proposal, ProposalMover, Question

if TYPE_CHECKING:
    from protocols.models.decision import OperativeClause

_MOVERS = Prefetch("mover_rows", MotionMover.objects.select_related("person", "party"))


def with_facts(paragraphs: QuerySet[Paragraph]) -> QuerySet[Paragraph]:
    """The paragraphs with all that `facts_of` reads, in a fixed number of queries however many they are."""
    motions = Motion.objects.prefetch_related(_MOVERS, "clauses")
    return paragraphs.select_related(
        "meeting__secretary", "meeting__chair", "body", "decision"
    ).prefetch_related(
        Prefetch("motion", motions),
        Prefetch("block_motions", BlockMotion.objects.prefetch_related(Prefetch("motion", motions))),
        Prefetch(
            "proposals",
            Proposal.objects.prefetch_related(
                "clauses", Prefetch("mover_rows", ProposalMover.objects.select_related("person", "party"))
            ),
        ),
        Prefetch("questions", Question.objects.prefetch_related("options")),
        "decision__clauses",
        "reservations__person_rows__person",
        "reservations__person_rows__party",
        "notes__person",
        "notes__party",
        "non_participations__person",
        "non_participations__party",
        "appendices",
        "recipients",
        "sections",
        "rewordings",
        "meeting__verifiers",
    )


def facts_of(paragraph: Paragraph) -> ParagraphFacts:
    """The recorded facts; load the paragraph through `with_facts` to keep the queries few."""
    return ParagraphFacts(
        body=body_fact(paragraph.body),
        assembly_inline_name=Body.objects.assembly().inline_name,
        motion=motion_fact(paragraph.motion) if paragraph.motion else None,
        block_motions=[motion_fact(row.motion) for row in paragraph.block_motions.all()],
        remitted_to=(
            Body.objects.executive_board().inline_name if paragraph.kind == ParagraphKind.REMITTAL else ""
        ),
        proposals=[proposal_fact(proposal) for proposal in paragraph.proposals.all()],
        questions=[_question_fact(q) for q in paragraph.questions.all() if q.found_at],
        decision=_decision_fact(paragraph),
        reservations=[
            ReservationFact(
                persons=[person_fact(row.person, row.party) for row in reservation.person_rows.all()],
                html=reservation.html,
            )
            for reservation in paragraph.reservations.all()
        ],
        notes=[
            NoteFact(persons=[person_fact(note.person, note.party)], html=note.html)
            for note in paragraph.notes.all()
        ],
        non_participations=[
            NonParticipationFact(person_fact(row.person, row.party), NonParticipationKind(row.kind))
            for row in paragraph.non_participations.all()
        ],
        earlier_treatment=earlier_treatment(paragraph),
        appendices=[appendix.title for appendix in paragraph.appendices.all()],
        recipients=[str(recipient) for recipient in paragraph.recipients.all()],
    )


def person_fact(person: Person, party: Party | None) -> PersonFact:
    """A person as printed on the day."""
    return PersonFact(person.name, party.code if party else None)


def body_fact(body: Body) -> BodyFact:
    """A body's words."""
    return BodyFact(body.name, body.inline_name, is_assembly=body.is_assembly)


def motion_fact(motion: Motion) -> MotionFact:
    """How a motion is named in minutes."""
    return MotionFact(
        number=motion.number or "",
        title=motion.title,
        clause_count=len(motion.clauses.all()),
        movers=[person_fact(row.person, row.party) for row in motion.mover_rows.all()],
    )


def proposal_fact(proposal: Proposal) -> ProposalFact:
    """One proposal with its movers and clauses."""
    return ProposalFact(
        id=proposal.pk,
        kind=ProposalKind(proposal.kind),
        movers=[person_fact(row.person, row.party) for row in proposal.mover_rows.all()],
        text=proposal.text,
        preference=proposal.preference,
        is_withdrawn=proposal.withdrawn_at is not None,
        clauses=clause_facts(proposal.clauses.all()),
    )


def clause_facts(clauses: Iterable[OperativeClause]) -> list[ClauseFact]:
    """Operative clauses as facts."""
    return [
        ClauseFact(Outcome(clause.outcome) if clause.outcome else None, tuple(clause.settles), clause.text)
        for clause in clauses
    ]


def earlier_treatment(paragraph: Paragraph) -> list[TreatmentFact]:
    """The motion's earlier decided and verified paragraphs, oldest first."""
    if not paragraph.motion_id:
        return []
    earlier = (
        Decision.objects.filter(
            paragraph__in=Paragraph.objects.verified()
            .filter(motion=paragraph.motion_id, meeting__held_on__lt=paragraph.meeting.held_on)
            .values("pk")
        )
        .select_related("paragraph__body", "paragraph__meeting")
        .prefetch_related("clauses")
        .order_by("paragraph__meeting__held_on", "paragraph__number")
    )
    return [
        TreatmentFact(
            body=decision.paragraph.body.name,
            held_on=decision.paragraph.meeting.held_on,
            number=decision.paragraph.number or 0,
            decision=DecisionKind(decision.kind),
            outcomes=[Outcome(c.outcome) for c in decision.clauses.all() if c.outcome],
            by_minority=decision.by_minority,
        )
        for decision in earlier
    ]


def _question_fact(question: Question) -> QuestionFact:
    return QuestionFact(
        kind=QuestionKind(question.kind),
        proposals=[option.proposal_id for option in question.options.all()],
        winner=question.winner_id,
        supporters=question.supporters,
        present=question.present,
    )


def _decision_fact(paragraph: Paragraph) -> DecisionFact | None:
    decision: Decision | None = getattr(paragraph, "decision", None)
    if decision is None:
        return None
    return DecisionFact(
        kind=DecisionKind(decision.kind),
        clauses=clause_facts(decision.clauses.all()),
        by_minority=decision.by_minority,
        motivation=decision.motivation,
        until=decision.until,
    )

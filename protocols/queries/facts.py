"""What is recorded about a paragraph, as the plain facts that wording is made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet

from motions.enums import BodyKind, Outcome, Stage
from motions.models import Body, Motion, MotionMover, Party, Person
from motions.queries.clock import full_months
from protocols.enums import (
    BallotChoice,
    DecisionKind,
    NonParticipationKind,
    ParagraphKind,
    ProposalKind,
    QuestionKind,
)
from protocols.facts import (
    AssignmentFact,
    BallotFact,
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
    UnansweredFact,
    VoteFact,
)
from protocols.models import (
    Appendix,
    Assignment,
    Ballot,
    BlockMotion,
    Decision,
    MinutesNote,
    NonParticipation,
    Paragraph,
    Proposal,
    ProposalMover,
    Question,
    Reservation,
    ReservationPerson,
    Service,
    Vote,
)
from protocols.wording.motion import OUTCOME_OF

if TYPE_CHECKING:
    from protocols.models.decision import OperativeClause

_MOVERS = Prefetch("mover_rows", MotionMover.objects.select_related("person", "party"))
_PROPOSAL_MOVERS = Prefetch("mover_rows", ProposalMover.objects.select_related("person", "party"))
_RESERVING = Prefetch("person_rows", ReservationPerson.objects.select_related("person", "party"))
_BALLOTS = Prefetch("ballots", Ballot.objects.select_related("person", "party"))
_VOTES = Vote.objects.select_related("requested_by", "requested_by_party").prefetch_related(_BALLOTS)


def with_facts(paragraphs: QuerySet[Paragraph]) -> QuerySet[Paragraph]:
    """The paragraphs with all that `facts_of` reads, in a fixed number of queries however many they are."""
    motions = Motion.objects.prefetch_related(_MOVERS, "clauses")
    return paragraphs.select_related(
        "meeting__secretary", "meeting__chair", "chair", "chair_party", "body", "decision"
    ).prefetch_related(
        Prefetch("motion", motions),
        Prefetch("block_motions", BlockMotion.objects.prefetch_related(Prefetch("motion", motions))),
        Prefetch(
            "proposals",
            Proposal.objects.prefetch_related("clauses", _PROPOSAL_MOVERS),
        ),
        Prefetch("questions", Question.objects.prefetch_related("options", Prefetch("vote", _VOTES))),
        "decision__clauses",
        Prefetch("reservations", Reservation.objects.prefetch_related(_RESERVING)),
        Prefetch("notes", MinutesNote.objects.select_related("person", "party")),
        Prefetch(
            "non_participations",
            NonParticipation.objects.select_related(
                "person", "party", "substitute", "substitute_party", "noted_by"
            ),
        ),
        Prefetch("service", Service.objects.select_related("person", "party", "replaces")),
        Prefetch("assignments", Assignment.objects.select_related("body")),
        Prefetch("appendices", Appendix.objects.select_related("document")),
        "recipients",
        "sections",
        "rewordings",
        "meeting__verifiers",
    )


@dataclass(frozen=True)
class Surroundings:
    """What the facts of a meeting's paragraphs share: names inside a sentence, and earlier treatments."""

    assembly: str
    board: str
    earlier: Mapping[int, Sequence[TreatmentFact]]


def surroundings(paragraphs: Sequence[Paragraph]) -> Surroundings:
    """For `facts_of` many paragraphs, in three queries however many they are."""
    names = dict(
        Body.objects.filter(kind__in=[BodyKind.ASSEMBLY, BodyKind.EXECUTIVE_BOARD])
        .order_by()
        .values_list("kind", "inline_name")
    )
    return Surroundings(
        assembly=names[BodyKind.ASSEMBLY],
        board=names[BodyKind.EXECUTIVE_BOARD],
        earlier=earlier_treatments(paragraphs),
    )


def facts_of(paragraph: Paragraph, around: Surroundings | None = None) -> ParagraphFacts:
    """The recorded facts; load the paragraph through `with_facts` to keep the queries few.

    `around` is given where many paragraphs are read at once.
    """
    around = around or surroundings([paragraph])
    return ParagraphFacts(
        body=body_fact(paragraph.body),
        assembly_inline_name=around.assembly,
        motion=motion_fact(paragraph.motion) if paragraph.motion else None,
        block_motions=[motion_fact(row.motion) for row in paragraph.block_motions.all()],
        unanswered=_unanswered(paragraph),
        board_inline_name=around.board,
        remitted_to=_remitted_to(paragraph, around),
        tabled_by=_tabled_by(paragraph, around),
        proposals=[proposal_fact(proposal) for proposal in paragraph.proposals.all()],
        questions=[question_fact(q) for q in paragraph.questions.all() if q.found_at],
        decision=decision_fact(paragraph),
        assignments=[
            AssignmentFact(row.recipient, row.task, row.due_on) for row in paragraph.assignments.all()
        ],
        reservations=[
            fact for reservation in paragraph.reservations.all() for fact in _reserved(reservation, paragraph)
        ],
        notes=[
            NoteFact(persons=[person_fact(note.person, note.party)], html=note.html)
            for note in paragraph.notes.all()
        ],
        non_participations=[
            NonParticipationFact(
                person_fact(row.person, row.party),
                NonParticipationKind(row.kind),
                person_fact(row.substitute, row.substitute_party) if row.substitute else None,
                tuple(row.clauses),
            )
            for row in paragraph.non_participations.all()
        ],
        earlier_treatment=around.earlier[paragraph.pk],
        appendices=[appendix.title for appendix in paragraph.appendices.all()],
        recipients=[str(recipient) for recipient in paragraph.recipients.all()],
        is_immediate=paragraph.is_immediate,
        deputy=_deputy(paragraph),
        is_chair_recused=any(
            row.person_id == paragraph.meeting.chair_id and row.kind == NonParticipationKind.RECUSAL
            for row in paragraph.non_participations.all()
        ),
    )


def reserving(reservation: Reservation) -> list[PersonFact]:
    """Everybody who made a reservation, a party's whole group as one."""
    rows = list(reservation.person_rows.all())
    return _reserving(rows, Counter(row.party_id for row in rows if row.in_group))


def _deputy(paragraph: Paragraph) -> PersonFact | None:
    """Who leads the § in the chair's place."""
    if paragraph.chair is None or paragraph.chair_id == paragraph.meeting.chair_id:
        return None
    return person_fact(paragraph.chair, paragraph.chair_party)


def _reserved(reservation: Reservation, paragraph: Paragraph) -> list[ReservationFact]:
    """A reservation; parted where those who made it did not take part in the same clauses of the decision.

    Those who reserve as a party's whole group are one, where they are several and of the same clauses.
    """
    decision: Decision | None = getattr(paragraph, "decision", None)
    every = range(1, len(decision.clauses.all()) + 1) if decision else ()
    found: dict[tuple[int, ...], list[ReservationPerson]] = {}
    rows = list(reservation.person_rows.all())
    for row in rows:
        clauses: tuple[int, ...] = ()
        for noted in paragraph.non_participations.all():
            if noted.clauses and noted.substitute_id == row.person_id:
                clauses = tuple(noted.clauses)
            elif noted.clauses and noted.person_id == row.person_id:
                clauses = tuple(number for number in every if number not in noted.clauses)
        found.setdefault(clauses, []).append(row)
    of_party = Counter(row.party_id for row in rows if row.in_group)
    return [
        ReservationFact(_reserving(apart, of_party), reservation.html, clauses=clauses)
        for clauses, apart in found.items()
    ]


def _reserving(rows: Sequence[ReservationPerson], of_party: Mapping[int | None, int]) -> list[PersonFact]:
    """Each by name, or the party's group where all of it is here and there are several."""
    here = Counter(row.party_id for row in rows if row.in_group)
    told: list[PersonFact] = []
    for row in rows:
        is_whole = row.in_group and 1 < here[row.party_id] == of_party[row.party_id]
        if not is_whole or row.party is None:
            told.append(person_fact(row.person, row.party))
        elif (fact := group_fact(row.party)) not in told:
            told.append(fact)
    return told


def proposed_in(paragraph: Paragraph) -> ParagraphFacts:
    """Only the proposals and what they are about: what the chair's questions follow from, in few queries."""
    motion = paragraph.motion
    proposals = paragraph.proposals.prefetch_related("clauses", _PROPOSAL_MOVERS)
    return ParagraphFacts(
        body=body_fact(paragraph.body),
        assembly_inline_name="",
        motion=MotionFact(motion.number or "", motion.title, motion.clauses.count()) if motion else None,
        proposals=[proposal_fact(proposal) for proposal in proposals],
    )


def person_fact(person: Person, party: Party | None) -> PersonFact:
    """A person as printed on the day."""
    return PersonFact(person.name, party.code if party else None)


def group_fact(party: Party) -> PersonFact:
    """A party's group in the body."""
    return PersonFact(party.name, party.code, is_group=True)


def mover_fact(row: ProposalMover) -> PersonFact:
    """Who moved a proposal: a person, or a party's group."""
    if row.person:
        return person_fact(row.person, row.party)
    assert row.party is not None  # by constraint
    return group_fact(row.party)


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


def _unanswered(paragraph: Paragraph) -> list[UnansweredFact]:
    """The motions of a report with their age on the day of the meeting, the oldest as they were put."""
    if paragraph.kind != ParagraphKind.OUTSTANDING_REPORT:
        return []
    return [
        UnansweredFact(
            motion=motion_fact(row.motion),
            handed_in_on=row.motion.handed_in_on,
            stage=Stage(row.stage or row.motion.stage),
            months=full_months(row.motion.handed_in_on, paragraph.meeting.held_on),
        )
        for row in paragraph.block_motions.all()
    ]


def proposal_fact(proposal: Proposal) -> ProposalFact:
    """One proposal with its movers and clauses."""
    outcome = OUTCOME_OF.get(ProposalKind(proposal.kind))
    narrowed = [ClauseFact(outcome, tuple(proposal.concerns))] if outcome and proposal.concerns else []
    return ProposalFact(
        id=proposal.pk,
        kind=ProposalKind(proposal.kind),
        movers=[mover_fact(row) for row in proposal.mover_rows.all()],
        text=proposal.text,
        preference=proposal.preference,
        is_withdrawn=proposal.withdrawn_at is not None,
        clauses=[*clause_facts(proposal.clauses.all()), *narrowed],
        concerns=() if narrowed else tuple(proposal.concerns),
        target=proposal.target_id,
    )


def clause_facts(clauses: Iterable[OperativeClause]) -> list[ClauseFact]:
    """Operative clauses as facts."""
    return [
        ClauseFact(Outcome(clause.outcome) if clause.outcome else None, tuple(clause.settles), clause.text)
        for clause in clauses
    ]


def earlier_treatments(paragraphs: Sequence[Paragraph]) -> dict[int, list[TreatmentFact]]:
    """The motions' earlier verified paragraphs, oldest first, by the paragraph's id; two queries."""
    motions = {paragraph.motion_id for paragraph in paragraphs if paragraph.motion_id}
    earlier: list[Decision] = []
    if motions:
        earlier = list(
            Decision.objects.filter(
                paragraph__in=Paragraph.objects.verified().filter(motion__in=motions).values("pk")
            )
            .select_related("paragraph__body", "paragraph__meeting")
            .prefetch_related("clauses")
            .order_by("paragraph__meeting__held_on", "paragraph__decided_at", "paragraph__number")
        )
    return {
        paragraph.pk: [
            _treatment_fact(decision)
            for decision in earlier
            if decision.paragraph.motion_id == paragraph.motion_id
            and _came_before(decision.paragraph, paragraph)
        ]
        for paragraph in paragraphs
    }


def _came_before(other: Paragraph, paragraph: Paragraph) -> bool:
    """Whether the other was decided before this one: the board may meet in the morning of the same day."""
    if other.meeting.held_on != paragraph.meeting.held_on:
        return other.meeting.held_on < paragraph.meeting.held_on
    if other.meeting_id == paragraph.meeting_id or other.decided_at is None:
        return False
    return paragraph.taken_up_at is None or other.decided_at < paragraph.taken_up_at


def _treatment_fact(decision: Decision) -> TreatmentFact:
    return TreatmentFact(
        body=decision.paragraph.body.name,
        held_on=decision.paragraph.meeting.held_on,
        number=decision.paragraph.number or 0,
        decision=DecisionKind(decision.kind),
        outcomes=[Outcome(c.outcome) for c in decision.clauses.all() if c.outcome],
        by_minority=decision.by_minority,
    )


def _remitted_to(paragraph: Paragraph, around: Surroundings) -> str:
    """Where motions go from fullmäktige: a block that is remitted, or an item that is referred back."""
    decision: Decision | None = getattr(paragraph, "decision", None)
    is_referral = decision is not None and decision.kind == DecisionKind.REFERS_BACK
    if paragraph.kind == ParagraphKind.REMITTAL or (is_referral and paragraph.body.is_assembly):
        return around.board
    return ""


def _tabled_by(paragraph: Paragraph, around: Surroundings) -> str:
    """In fullmäktige a motion comes with the board's proposal (KL 5 kap. 28 §)."""
    if paragraph.kind == ParagraphKind.MOTION and paragraph.body.is_assembly:
        return around.board
    return ""


def question_fact(question: Question) -> QuestionFact:
    """One question, with its vote."""
    return QuestionFact(
        kind=QuestionKind(question.kind),
        proposals=[option.proposal_id for option in question.options.all()],
        winner=question.winner_id,
        supporters=question.supporters,
        present=question.present,
        vote=_vote_fact(question),
        clause=question.clause,
        motivations=_motivations(question),
        tried={o.proposal_id: o.supporters for o in question.options.all() if o.supporters is not None},
    )


def _motivations(question: Question) -> list[int]:
    """The proposals whose motivations stood, where one question was about several (KL 5 kap. 50 §)."""
    options = list(question.options.all())
    if question.kind != QuestionKind.FORMAL or len(options) < 2 or question.winner_id is None:
        return []
    return [option.proposal_id for option in options if not option.has_fallen]


def _vote_fact(question: Question) -> VoteFact | None:
    vote: Vote | None = getattr(question, "vote", None)
    if vote is None:
        return None
    return VoteFact(
        yes=vote.yes_id,
        no=vote.no_id,
        counts={choice: getattr(vote, f"{choice}_count") for choice in BallotChoice},
        ballots=[
            BallotFact(person_fact(row.person, row.party), BallotChoice(row.choice))
            for row in vote.ballots.all()
        ],
        casting_vote=BallotChoice(vote.casting_vote) if vote.casting_vote else None,
        requested_by=person_fact(vote.requested_by, vote.requested_by_party) if vote.requested_by else None,
    )


def decision_fact(paragraph: Paragraph) -> DecisionFact | None:
    """What was decided, None before the gavel."""
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

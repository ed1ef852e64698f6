"""What was decided, as plain facts: the input of all wording. No database, no Swedish sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from motions.enums import MembershipRole, Outcome, Stage
from protocols.enums import (
    BallotChoice,
    DecisionKind,
    MoveKind,
    NonParticipationKind,
    ProposalKind,
    QuestionKind,
)


@dataclass(frozen=True)
class PersonFact:
    """A person as printed on the day of the meeting; `party` is the code, None for the unaffiliated.

    `is_group`: no person but the party's group in the body; then `name` is that of the party.
    """

    name: str
    party: str | None = None
    is_group: bool = False


@dataclass(frozen=True)
class BodyFact:
    """A body as named at the start of a sentence and inside one ("Regionstyrelsen", "regionstyrelsen")."""

    name: str
    inline_name: str
    is_assembly: bool = False


@dataclass(frozen=True)
class ClauseFact:
    """One operative clause: what becomes of which att-satser, or free words of a decision.

    `settles` holds the numbers (from 1) of the motion's att-satser that this clause settles;
    `outcome` is None for a clause that settles none (an assignment, a remittal, ...).
    `text` is the clause in the secretary's own words without its "att"; empty: worded from the facts.
    """

    outcome: Outcome | None = None
    settles: Sequence[int] = ()
    text: str = ""


@dataclass(frozen=True)
class ProposalFact:
    """A proposal put to the meeting (yrkande).

    `movers` is empty only for the tabled proposal; a TABLED proposal with movers is their support of it.
    `text` is, for AMEND and ADD, the changed or added clause without its "att"; for REFER_BACK and POSTPONE
    the reason (or "till ..."); for GRANT, REJECT and DEEM_ANSWERED the mover's own words after "föreslår".
    `preference` orders proposals of the same movers (1: i första hand). `clauses` narrows a GRANT, REJECT or
    DEEM_ANSWERED to some att-satser (empty: the whole motion), and is the content of TABLED and AMEND.
    `concerns` are the numbers of the att-satser (without a motion: of the tabled clauses) that an AMEND is
    about. `target` is the id of the proposal that an AMEND or ADD is made to; None: the tabled one.
    """

    id: int
    kind: ProposalKind
    movers: Sequence[PersonFact] = ()
    text: str = ""
    preference: int | None = None
    is_withdrawn: bool = False
    clauses: Sequence[ClauseFact] = ()
    concerns: Sequence[int] = ()
    target: int | None = None


@dataclass(frozen=True)
class BallotFact:
    """How one person voted, with the party of the day."""

    person: PersonFact
    choice: BallotChoice


@dataclass(frozen=True)
class VoteFact:
    """An open vote on one question (KL 5 kap. 54 §).

    `yes` and `no` are the ids of the proposals that Ja and Nej mean; None is the other answer to a single
    proposal: turning it down, or settling the item today. `ballots` are in seat order, empty while only
    the counts are known. `casting_vote` is the chair's, at an equal number of votes only.
    """

    yes: int | None
    no: int | None
    counts: Mapping[BallotChoice, int]
    ballots: Sequence[BallotFact] = ()
    casting_vote: BallotChoice | None = None
    requested_by: PersonFact | None = None

    @property
    def result(self) -> BallotChoice:
        """Which side won, by the chair's casting vote where they were equal (KL 5 kap. 55 and 56 §§)."""
        yes, no = self.counts.get(BallotChoice.YES, 0), self.counts.get(BallotChoice.NO, 0)
        if yes == no and self.casting_vote:
            return self.casting_vote
        return BallotChoice.YES if yes > no else BallotChoice.NO

    @property
    def is_named(self) -> bool:
        """Whether it is recorded how each one voted (KL 5 kap. 67 §)."""
        return bool(self.ballots)


@dataclass(frozen=True)
class QuestionFact:
    """One question the chair put, in order, and what the chair found (KL 5 kap. 53 §).

    `proposals` are the ids put against each other (one id: answered by yes or no);
    `winner` is the id found to be carried, None where a single proposal was turned down.
    For a minority's demand (KL 5 kap. 50 §) `supporters` of `present` members asked for it.
    Of a referral back with several motivations, each proposal's, `winner` is the first that stood and
    `motivations` are all that did; `tried` tells how many backed each where the chair tried that.
    `clause` is the number of the one clause that it is about, None where it is about all.
    """

    kind: QuestionKind
    proposals: Sequence[int]
    winner: int | None
    supporters: int | None = None
    present: int | None = None
    vote: VoteFact | None = None
    clause: int | None = None
    motivations: Sequence[int] = ()
    tried: Mapping[int, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class DecisionFact:
    """The decision.

    `motivation` is required for a referral back; `until` is the day a postponed item returns.
    """

    kind: DecisionKind
    clauses: Sequence[ClauseFact] = ()
    by_minority: bool = False
    motivation: str = ""
    until: date | None = None


@dataclass(frozen=True)
class AssignmentFact:
    """Something given to do: `recipient` as named inside a sentence, `task` without its "att"."""

    recipient: str
    task: str
    due_on: date | None = None


@dataclass(frozen=True)
class ReservationFact:
    """One reservation: its persons, and its own text as sanitised HTML ('' where none was filed).

    `for_own_proposal`: made in favour of the persons' own proposal (till förmån för det egna förslaget).
    `clauses` are the numbers of the clauses it is against, of one who took part in these alone; empty: all.
    """

    persons: Sequence[PersonFact]
    html: str = ""
    for_own_proposal: bool = False
    clauses: Sequence[int] = ()


@dataclass(frozen=True)
class NoteFact:
    """A note to the minutes (protokollsanteckning) by persons, as sanitised HTML."""

    persons: Sequence[PersonFact]
    html: str


@dataclass(frozen=True)
class NonParticipationFact:
    """Somebody who did not take part in this decision, and why; `substitute` served for a recused one.

    `clauses` are the numbers (from 1) of the decision's clauses that it is about; empty: the whole decision.
    """

    person: PersonFact
    kind: NonParticipationKind
    substitute: PersonFact | None = None
    clauses: Sequence[int] = ()


@dataclass(frozen=True)
class SpanFact:
    """The numbers of the §§ that somebody served in, in the own seat or in that of `replaces`."""

    numbers: Sequence[int]
    replaces: PersonFact | None = None


@dataclass(frozen=True)
class ClauseSpanFact:
    """The clauses of one § that somebody alone served in for `replaces`, or without it was recused in."""

    number: int
    clauses: Sequence[int]
    replaces: PersonFact | None = None


@dataclass(frozen=True)
class ServiceFact:
    """One of the attendance list and what the person served in; `recused` are the §§ of a recusal.

    `in_clauses` tells where it was so for a clause of the decision alone.

    `is_whole`: in one seat through the whole meeting, so that no §§ need be told.
    """

    person: PersonFact
    role: MembershipRole
    spans: Sequence[SpanFact] = ()
    recused: Sequence[int] = ()
    is_whole: bool = False
    in_clauses: Sequence[ClauseSpanFact] = ()


@dataclass(frozen=True)
class MoveFact:
    """Somebody who came, left, stepped in for a member (`other`) or gave the seat back to one.

    `during` is the number of the § that was dealt with then, else `after` that of the one decided last.
    """

    person: PersonFact
    kind: MoveKind
    at: datetime
    other: PersonFact | None = None
    during: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class TreatmentFact:
    """An earlier paragraph of the same motion ("Regionstyrelsen 2026-05-20, § 237").

    `outcomes` are those of its clauses, for "föreslår avslag"; empty for decisions that settle no att-sats.
    """

    body: str
    held_on: date
    number: int
    decision: DecisionKind
    outcomes: Sequence[Outcome] = ()
    by_minority: bool = False


@dataclass(frozen=True)
class MotionFact:
    """The motion behind the item; `clause_count` is the number of its att-satser (0: written as prose)."""

    number: str
    title: str
    clause_count: int
    movers: Sequence[PersonFact] = ()


@dataclass(frozen=True)
class UnansweredFact:
    """A motion in the report of those unanswered: where it was then, and its age in whole months."""

    motion: MotionFact
    handed_in_on: date
    stage: Stage
    months: int


@dataclass(frozen=True)
class ParagraphFacts:
    """Everything recorded about one item of one meeting.

    `unanswered` tells more of the `block_motions` where they are reported as unanswered (KL 5 kap. 35 §).
    `board_inline_name` is the board that prepares fullmäktige's items.
    `remitted_to` is the body inside a sentence ("regionstyrelsen") that a block of motions is remitted to, or
    that the item is referred back to. `tabled_by` is the body whose proposal is before the meeting, where it
    is to be called by its name ("regionstyrelsens förslag"); empty: "det liggande förslaget".
    `is_immediate`: the meeting declared the § verified at once (omedelbar justering).
    `deputy` leads the § in the place of the meeting's chair, who may be recused in it.
    """

    body: BodyFact
    assembly_inline_name: str
    board_inline_name: str = ""
    motion: MotionFact | None = None
    block_motions: Sequence[MotionFact] = ()
    unanswered: Sequence[UnansweredFact] = ()
    remitted_to: str = ""
    tabled_by: str = ""
    proposals: Sequence[ProposalFact] = ()
    questions: Sequence[QuestionFact] = ()
    decision: DecisionFact | None = None
    assignments: Sequence[AssignmentFact] = ()
    reservations: Sequence[ReservationFact] = ()
    notes: Sequence[NoteFact] = ()
    non_participations: Sequence[NonParticipationFact] = ()
    earlier_treatment: Sequence[TreatmentFact] = ()
    appendices: Sequence[str] = ()
    recipients: Sequence[str] = ()
    is_immediate: bool = False
    deputy: PersonFact | None = None
    is_chair_recused: bool = False

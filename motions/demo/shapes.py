"""The shape of the demo region's data: what stands in its files, a dataclass each.

Persons are named by their full name, which is unique. The closed words of meetings (kinds of items, proposals
and non-participation) are values of protocols.enums, plain words here since motions never imports protocols.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property

from motions.enums import BodyKind, ClockStart, MembershipRole, Outcome, Role, Stage

#: The kinds of proposals that defer an item (protocols.enums.ProposalKind.formal).
FORMAL_KINDS = ("postpone", "refer_back")


@dataclass(frozen=True)
class FirstNumbers:
    """The first number of each series in the first calendar year of the story; `paragraphs` by body key."""

    motion: int
    paragraphs: Mapping[str, int]


@dataclass(frozen=True)
class Organisation:
    """The region and its local rules; its headings are the program's own order."""

    name: str
    short_name: str
    clock_start: ClockStart
    motion_number_format: str
    registry_number_format: str
    first_numbers: FirstNumbers


@dataclass(frozen=True)
class Party:
    """A party as data: its code as printed in brackets, its name, and whose substitutes come next."""

    code: str
    name: str
    then: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartyChange:
    """A member who from the day `on` belongs to another party, with the seat kept."""

    person: str
    old: str
    new: str
    on: date


@dataclass(frozen=True)
class Official:
    """Somebody employed by the region."""

    name: str
    title: str


@dataclass(frozen=True)
class Login:
    """A demo login. `name` is an official's or an elected person's."""

    email: str
    name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class Office:
    """A presidium of a body: three of its members."""

    chair: str
    first_vice_chair: str
    second_vice_chair: str


@dataclass(frozen=True)
class Term:
    """A term of office, both days included. The same persons hold every term: nobody was voted out."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Body:
    """A deciding body. `members` and `substitutes` by party code, in order (substitutes: of service)."""

    key: str
    kind: BodyKind
    name: str
    inline_name: str
    abbreviation: str
    seats: int
    terms: tuple[Term, ...]
    presidium: Office
    members: Mapping[str, tuple[str, ...]]
    substitutes: Mapping[str, tuple[str, ...]]

    def role_of(self, person: str) -> MembershipRole | None:
        """The person's office in the body, or None for an outsider."""
        if person == self.presidium.chair:
            return MembershipRole.CHAIR
        if person == self.presidium.first_vice_chair:
            return MembershipRole.FIRST_VICE_CHAIR
        if person == self.presidium.second_vice_chair:
            return MembershipRole.SECOND_VICE_CHAIR
        if person in self.all_members:
            return MembershipRole.MEMBER
        return MembershipRole.SUBSTITUTE if person in self.all_substitutes else None

    @cached_property
    def all_members(self) -> tuple[str, ...]:
        """Everyone who holds a seat, party by party."""
        return tuple(name for names in self.members.values() for name in names)

    @cached_property
    def all_substitutes(self) -> tuple[str, ...]:
        """Every substitute, party by party."""
        return tuple(name for names in self.substitutes.values() for name in names)


@dataclass(frozen=True)
class Consultation:
    """A referral for opinion (remiss) to a body or an outside party; unanswered without `answered_on`."""

    consulted: str
    asked_on: date
    due_on: date
    answered_on: date | None = None
    opinion: str = ""


@dataclass(frozen=True)
class Preparation:
    """The case officer's work: draft outcome per clause (in the clauses' order) and the written sections.

    `finished_on` is the day the case was handed to the board, None while the work goes on (the sections may
    then be half written). The four sections are clean HTML. `recipients` and `appendices` are the lines of
    the paragraphs about the motion; the motion itself, always the first appendix, is not among them.
    """

    officer: str
    started_on: date
    finished_on: date | None = None
    draft: tuple[Outcome, ...] = ()
    statement: str = ""
    summary: str = ""
    matter: str = ""
    impact: str = ""
    appendices: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    consultations: tuple[Consultation, ...] = ()


@dataclass(frozen=True)
class Motion:
    """A motion. The title is a noun phrase that can follow "Motion 1-2026 om" with a small first letter.

    `text` is plain, paragraphs apart by an empty line; `clauses` are written without their "att" and without
    a final stop. `remitted_on` is set only where the registrar remitted the motion alone; otherwise a
    remittal item of a meeting did. `registry_number` is the serial number typed for the dnr.
    `stage` is what the story should give; the checks derive it again from the history.
    """

    key: str
    title: str
    movers: tuple[str, ...]
    handed_in_on: date
    stage: Stage
    text: str
    clauses: tuple[str, ...]
    registered_on: date | None = None
    registry_number: int | None = None
    remitted_on: date | None = None
    preparation: Preparation | None = None
    withdrawn_on: date | None = None
    withdrawal_reason: str = ""
    closed_on: date | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body text, a paragraph each, lines joined."""
        return tuple(" ".join(part.split()) for part in self.text.split("\n\n"))


@dataclass(frozen=True)
class DecisionClause:
    """One numbered clause: the outcome of the att-satser in `settles` (from 1), or words without "att"."""

    outcome: Outcome | None = None
    settles: tuple[int, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Proposal:
    """A yrkande (protocols.enums.ProposalKind). `key` names it inside its item."""

    key: str
    kind: str
    movers: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True)
class Reservation:
    """Recorded dissent announced at the meeting, with its text as HTML where one was written."""

    persons: tuple[str, ...]
    html: str = ""


@dataclass(frozen=True)
class Note:
    """A note to the minutes (protokollsanteckning) as HTML."""

    person: str
    html: str


@dataclass(frozen=True)
class NonParticipation:
    """Somebody who did not take part in this decision, and why (protocols.enums.NonParticipationKind).

    `substitute` served in the place of a recused person in this item alone.
    """

    person: str
    kind: str
    substitute: str = ""


@dataclass(frozen=True)
class Absence:
    """A member's absence, and who served instead (nobody: the seat stood empty)."""

    member: str
    substitute: str = ""


@dataclass(frozen=True)
class Vote:
    """A vote on the main question, Ja for its first proposal: a choice a party, and who did otherwise."""

    parties: Mapping[str, str]
    exceptions: Mapping[str, str] = field(default_factory=dict)
    casting_vote: str = ""
    requested_by: str = ""


@dataclass(frozen=True)
class Assignment:
    """What a body (its key) or another addressee is to do beside a decision, and when it was reported."""

    task: str
    body: str = ""
    addressee: str = ""
    due_on: date | None = None
    reported_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Item:
    """One item of a meeting's agenda. `kind`: protocols.enums.ParagraphKind.

    `tabled` is the proposal before the meeting on a matter, a clause each without "att"; on a motion it is
    the case officer's draft, or in fullmäktige the board's proposal.
    `findings` are the winners of the chair's questions in the lawful order (postponement, referral back, the
    main question, additions): a proposal's key, "tabled", or "" for a single proposal turned down; without
    proposals the tabled one wins. `supporters` is the number of a minority behind a formal proposal.
    `vote` is how the main question was answered, where somebody asked for a vote.
    `clauses` replaces the clauses of the decision that the findings give. `until` is the key of the meeting
    where a postponed item returns.
    `sections` (kind → HTML) is what is written for this item; a motion's item otherwise has the sections,
    appendices and recipients of the preparation. `state` is given only in an open meeting (draft, taken_up,
    decided), `verified_on` only where the item was verified at once. `leaving` are those who left when it was
    about to be taken up.
    """

    title: str = ""
    kind: str = "matter"
    motion: str = ""
    motions: tuple[str, ...] = ()
    registry_number: int | None = None
    state: str = ""
    tabled: tuple[str, ...] = ()
    sections: Mapping[str, str] = field(default_factory=dict)
    proposals: tuple[Proposal, ...] = ()
    findings: tuple[str, ...] = ()
    supporters: int | None = None
    vote: Vote | None = None
    clauses: tuple[DecisionClause, ...] = ()
    until: str = ""
    assignments: tuple[Assignment, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    notes: tuple[Note, ...] = ()
    non_participations: tuple[NonParticipation, ...] = ()
    leaving: tuple[Absence, ...] = ()
    appendices: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    verified_on: date | None = None

    @property
    def winners(self) -> tuple[str, ...]:
        """The findings, with the one that needs no telling."""
        return self.findings or (("tabled",) if not self.proposals else ())

    @property
    def carried_formally(self) -> str:
        """The kind (postpone, refer_back) of the formal proposal that was carried, or ""."""
        kinds = {one.key: one.kind for one in self.proposals if one.kind in FORMAL_KINDS}
        return next((kinds[key] for key in self.winners if key in kinds), "")


@dataclass(frozen=True)
class Meeting:
    """A meeting of a body: planned, open or closed (`state`); wholly verified where `verified_on` is set.

    `substitutes_present` are those who attended without serving. `has_whole_minutes` marks the two meetings
    whose every item is written out.
    """

    key: str
    body: str
    held_on: date
    starts: time
    place: str
    secretary: str
    state: str
    items: tuple[Item, ...]
    chair: str = ""
    ends: time | None = None
    verifiers: tuple[str, ...] = ()
    verified_on: date | None = None
    is_today: bool = False
    has_whole_minutes: bool = False
    absences: tuple[Absence, ...] = ()
    substitutes_present: tuple[str, ...] = ()

    def is_done(self, item: Item) -> bool:
        """Whether the gavel has fallen over the item."""
        return self.state == "closed" or item.state == "decided"

    def verification_day(self, item: Item) -> date | None:
        """The day the item was verified, at once or with the rest; None while it is not."""
        return item.verified_on or self.verified_on

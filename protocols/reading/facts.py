"""What the reader understood of a protocol: plain facts, each with its place in the source.

Everything is frozen and made of strings, numbers and dates, so that it can be compared, stored and shown by
others. Nothing here knows the database. A fact that the reader is not sure of has a `Mark` beside it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class SectionKind(StrEnum):
    """What a section of a § is for, whatever its heading is called in this layout."""

    HEAD = "head"  # § number, registry number and title
    DECISION = "decision"
    EARLIER = "earlier"
    DOCUMENTS = "documents"
    PROPOSALS = "proposals"
    PROCEDURE = "procedure"
    VOTE = "vote"
    RECUSAL = "recusal"
    NOTE = "note"
    RESERVATION = "reservation"
    VERIFICATION = "verification"
    RECIPIENTS = "recipients"
    STATEMENT = "statement"
    SUMMARY = "summary"
    INFORMATION = "information"
    MATTER = "matter"
    DEBATE = "debate"  # what was said and moved at the meeting, told in prose
    DRAFT = "draft"  # somebody's proposal for a decision before the meeting: never a decision
    OTHER = "other"  # under a heading that no profile knows
    FRONT = "front"
    APPENDIX = "appendix"
    FURNITURE = "furniture"  # running heads and page numbers, kept so that no word is lost


class Outcome(StrEnum):
    """What became of the matter in this §; "recommends" is a board proposing to its assembly."""

    GRANTED = "granted"
    REJECTED = "rejected"
    DEEMED_ANSWERED = "deemed_answered"
    PARTLY_GRANTED = "partly_granted"
    REFERRED_BACK = "referred_back"
    POSTPONED = "postponed"
    RECOMMENDS_GRANTING = "recommends_granting"
    RECOMMENDS_REJECTING = "recommends_rejecting"
    RECOMMENDS_ANSWERED = "recommends_answered"
    RECOMMENDS_PARTLY = "recommends_partly"
    NOTED = "noted"
    OTHER = "other"


class Choice(StrEnum):
    """How somebody voted, or that they were away."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    ABSENT = "absent"


class MarkKind(StrEnum):
    """Why a person should look before the § is accepted."""

    NO_TITLE = "no_title"
    NO_DECISION = "no_decision"
    UNKNOWN_HEADING = "unknown_heading"
    UNKNOWN_LAYOUT = "unknown_layout"
    UNREAD_SENTENCE = "unread_sentence"  # a sentence without anybody in it, where somebody should be
    VOTE_WITHOUT_COUNT = "vote_without_count"
    COUNT_DIFFERS = "count_differs"  # the count printed is not the number of ballots read
    LIST_MISSING = "list_missing"  # a voting list is referred to, and not in the file
    LIST_UNREAD = "list_unread"
    NUMBER_REPEATED = "number_repeated"
    NUMBER_SKIPPED = "number_skipped"
    CUT_OFF = "cut_off"  # the text ends in the middle of a sentence


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the source's text: offsets of characters, and the page (from 1.

    None in a source without pages).
    """

    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that the reader is not sure of or did not understand; `detail` quotes the source."""

    kind: MarkKind
    detail: str
    place: Place


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the source names them. `party` is "" where the source has none and none could be found."""

    name: str
    party: str


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of text taken over word for word, white space folded."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Clause(Told):
    """A clause of the decision. `outcome` is what it does by itself, whoever it is recommended to."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a §. `text` keeps the source's lines; `heading` is as printed, "" where the part has none."""

    kind: SectionKind
    heading: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier § of the same matter, as told under "Tidigare behandling"."""

    day: dt.date
    number: str
    place: Place


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence that moves something or takes it back, and its movers.

    `parties` are groups that move as such.
    """

    by: tuple[Person, ...]
    text: str
    place: Place
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ballot:
    """How one member voted."""

    person: Person
    choice: Choice
    place: Place


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote held, with its counts as printed (None where none is).

    `named` are the voters that the § names itself, `listed` those of the list in `appendix` ("2" of
    "framgår av bilaga 2").
    """

    question: str | None
    yes: int | None
    no: int | None
    abstain: int | None
    absent: int | None
    named: tuple[Ballot, ...]
    appendix: str | None
    listed: tuple[Ballot, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Reservation:
    """`by` are persons, `parties` groups that reserve as such; `text` is None for a bare reservation."""

    by: tuple[Person, ...]
    parties: tuple[str, ...]
    text: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Note:
    """A note to the minutes, or that somebody took no part in the decision; its whole passage."""

    by: tuple[Person, ...]
    parties: tuple[str, ...]
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A § as read. `number` keeps a suffix ("70/20", "12a").

    `sections` hold every word of it in reading order.
    """

    number: str
    registry_number: str | None
    title: str
    is_motion: bool
    movers: tuple[Person, ...]
    decision: tuple[Clause, ...]
    decision_source: str | None
    outcome: Outcome
    earlier: tuple[Earlier, ...]
    documents: tuple[Told, ...]
    proposals: tuple[Proposal, ...]
    votes: tuple[Vote, ...]
    recusals: tuple[Person, ...]
    reservations: tuple[Reservation, ...]
    notes: tuple[Note, ...]
    recipients: tuple[Told, ...]
    immediately_verified: bool
    sections: tuple[Section, ...]
    marks: tuple[Mark, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Attendee:
    """A row of an attendance list: who, in what role, for whom, and the clock times printed ("15:39").

    It is not `sure` where its list was torn apart on that page.
    """

    person: Person
    role: str
    instead_of: str
    came: str
    left: str
    place: Place
    sure: bool = True


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What stands before the first §. `body` and `day` are also sought in the running heads."""

    body: str
    day: dt.date | None
    venue: str
    attendance: tuple[Attendee, ...]
    verifiers: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class VotingList:
    """An appendix with each member's vote. `matter` is the printed "Ärende" number."""

    appendix: str
    matter: str
    heading: str
    yes: int | None
    no: int | None
    abstain: int | None
    absent: int | None
    ballots: tuple[Ballot, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class ReadProtocol:
    """A whole file as read. `marks` are those that belong to no single §."""

    name: str
    profile: str
    front: FrontPage
    paragraphs: tuple[ReadParagraph, ...]
    attendance: tuple[Attendee, ...]
    voting_lists: tuple[VotingList, ...]
    marks: tuple[Mark, ...]

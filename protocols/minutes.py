"""The minutes of a meeting as they are read: cover, paragraphs and appendices (KL 5 kap. 65–69 §§)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from protocols.document import ParagraphDocument
from protocols.wording.text import NBSP


@dataclass(frozen=True)
class Attendee:
    """One on the attendance list. `office` is "ordförande" and the like, empty for a plain member.

    `served` says whether the person took part in any decision; `service` stands behind the name: "ersätter
    Bo Lind (S) §§ 1–4", empty for a member all through.
    """

    name: str
    party: str
    office: str
    is_seated: bool
    is_present: bool
    served: bool = False
    service: str = ""

    @property
    def label(self) -> str:
        """The name with the party of the day, never parted."""
        return f"{self.name}{NBSP}({self.party})" if self.party else self.name


@dataclass(frozen=True)
class Other:
    """Somebody else in the room: an officer, an expert, a guest; `numbers` are the §§, empty: all of them."""

    name: str
    function: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Presiding:
    """One who led the meeting; `numbers` are the §§ where there were several who did."""

    name: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Moment:
    """When a verifier verified, and which §§ where not all at once."""

    at: datetime
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Signature:
    """One who answers for the minutes, as secretary, chair or verifier, with what is verified so far.

    `numbers` are the §§ that a chair answers for where another led the rest.
    """

    role: str
    name: str
    moments: tuple[Moment, ...] = ()
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class NoticeProof:
    """Proof of notice (anslagsbevis, KL 8 kap. 12 §): when the verification was made known, and where."""

    numbers: tuple[int, ...]
    posted_on: date
    down_on: date
    kept_at: str


@dataclass(frozen=True)
class Minutes:
    """A meeting's minutes. `opened` and `closed` are local times, None before."""

    organisation: str
    body: str
    held_on: date
    place: str
    opened: datetime | None
    closed: datetime | None
    secretary: str
    chairs: tuple[Presiding, ...]
    verifiers: tuple[str, ...]
    attendees: tuple[Attendee, ...]
    paragraphs: tuple[ParagraphDocument, ...]
    signatures: tuple[Signature, ...]
    appendices: tuple[tuple[int, str], ...] = ()
    notices: tuple[NoticeProof, ...] = ()
    others_present: tuple[Other, ...] = ()
    is_verified: bool = False

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of its paragraphs."""
        return tuple(document.number for document in self.paragraphs if document.number)

    @property
    def serving(self) -> list[Attendee]:
        """Those who took part in decisions, in the order of the list."""
        return [attendee for attendee in self.attendees if attendee.served]

    @property
    def others(self) -> list[Attendee]:
        """Substitutes in the room who did not serve."""
        return [
            attendee
            for attendee in self.attendees
            if attendee.is_present and not attendee.served and not attendee.is_seated
        ]

    @property
    def verified_on(self) -> date | None:
        """The day the last paragraph was verified; None while any is not."""
        days = [document.verified_on for document in self.paragraphs if document.verified_on]
        return max(days) if self.is_verified else None

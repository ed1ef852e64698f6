"""Minutes of our own fiction, of any length and for any number of members."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from protocols.minutes import Attendee, Minutes, Moment, Presiding, Signature
from tests.protocols.extracts.samples import DOCUMENT

ZONE = ZoneInfo("Europe/Stockholm")
_NAMES = ("Asta Björk", "Bo Cederlund", "Cilla Dahl", "Didrik Åkesson", "Elsa Öhman", "Farid Ängeby")
_PARTIES = ("V", "S", "M", "C", "KD")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of May 2026."""
    return datetime(2026, 5, day, hour, minute, tzinfo=ZONE)


def make_minutes(paragraphs: int = 3, members: int = 7, substitutes: int = 2) -> Minutes:
    """Verified minutes from § 1; the first substitute serves for the last member, the others do not serve."""
    numbers = tuple(range(1, paragraphs + 1))
    named = [(f"{_NAMES[n % 6]} {n + 1}", _PARTIES[n % 5]) for n in range(members + substitutes)]
    absent = named[members - 1]
    attendees = [
        Attendee(name, party, "ordförande" if n == 0 else "", True, True, served=True)
        for n, (name, party) in enumerate(named[: members - 1])
    ]
    attendees.append(Attendee(*absent, "", is_seated=True, is_present=False))
    for n, (name, party) in enumerate(named[members:]):
        service = f"ersätter {absent[0]}\u00a0({absent[1]})" if n == 0 else ""
        attendees.append(Attendee(name, party, "", False, True, served=n == 0, service=service))
    return Minutes(
        organisation="Region Prov",
        body="Regionstyrelsen",
        held_on=DOCUMENT.held_on,
        place="Regionhuset, sal 4",
        opened=at(20, 9),
        closed=at(20, 11, 30),
        secretary="Stina Ek",
        chairs=(Presiding(named[0][0]),),
        verifiers=(named[1][0],),
        attendees=tuple(attendees),
        paragraphs=tuple(
            replace(DOCUMENT, number=number, title=f"Motion {number}-2026 om ambulanser i område {number}")
            for number in numbers
        ),
        signatures=(
            Signature("Sekreterare", "Stina Ek"),
            Signature("Ordförande", named[0][0], (Moment(at(27, 12)),)),
            Signature("Justerare", named[1][0], (Moment(at(27, 12, 5)),)),
        ),
        appendices=((1, "Voteringslista"),) if paragraphs else (),
        is_verified=bool(paragraphs),
    )


def as_draft(minutes: Minutes) -> Minutes:
    """The same before the last § is verified."""
    return replace(minutes, is_verified=False)

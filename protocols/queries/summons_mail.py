"""To whom a summons goes by mail, and what became of each letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from protocols.models import Attendance, Delivery, Summons


@dataclass(frozen=True)
class Summoned:
    """A member or substitute, the login's address ('' without one), and the letter with the summons."""

    row: Attendance
    address: str
    letter: Delivery | None = None


@dataclass(frozen=True)
class SummonsMail:
    """Everybody who is to be summoned by one version of the summons."""

    people: Sequence[Summoned]

    @property
    def waiting(self) -> list[Summoned]:
        """Those with an address who have not been sent it."""
        return [person for person in self.people if person.address and not person.letter]

    @property
    def without_address(self) -> list[Summoned]:
        """Those who must be summoned in another way."""
        return [person for person in self.people if not person.address]

    @property
    def letters(self) -> list[Delivery]:
        """What was sent or is on its way, in the order of the list."""
        return [person.letter for person in self.people if person.letter]

    @property
    def is_going(self) -> bool:
        """Whether a letter goes on by itself."""
        return any(letter.is_going for letter in self.letters)


def summons_mail(summons: Summons) -> SummonsMail:
    """In two queries."""
    letters = {
        letter.address.lower(): letter
        for letter in Delivery.objects.filter(mailing__summons=summons).order_by("pk")
    }
    rows = summons.meeting.attendance.select_related("person__user", "party")
    people = [(row, _address(row)) for row in rows]
    return SummonsMail([Summoned(row, address, letters.get(address.lower())) for row, address in people])


def _address(row: Attendance) -> str:
    user = getattr(row.person, "user", None)
    return user.email if user and user.is_active else ""

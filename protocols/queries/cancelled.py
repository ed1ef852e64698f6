"""Who is told that a meeting is cancelled, and what became of each letter."""

from __future__ import annotations

from collections.abc import Sequence

from protocols.enums import MailingKind
from protocols.models import Delivery, Meeting


def to_be_told(meeting: Meeting) -> list[tuple[str, str]]:
    """Name and address of each who has been sent a summons to the meeting, or soon is."""
    letters = Delivery.objects.filter(mailing__meeting=meeting, mailing__kind=MailingKind.SUMMONS)
    found = {letter.address.lower(): (letter.name, letter.address) for letter in letters.order_by("pk")}
    return list(found.values())


def cancellation_letters(meeting: Meeting) -> Sequence[Delivery]:
    """The letters that tell of it, in the order of the list."""
    return list(
        Delivery.objects.filter(mailing__meeting=meeting, mailing__kind=MailingKind.CANCELLED).order_by("pk")
    )

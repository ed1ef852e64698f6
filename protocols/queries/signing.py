"""Who signs the minutes of a meeting, and how far their signing has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from motions.models import Person
from motions.permissions import HasRoles
from protocols.minutes import Minutes
from protocols.models import Meeting, Signature, SignedOriginal
from protocols.queries.verification import required_verifiers
from protocols.signing.configured import signs_minutes
from protocols.signing.signer import Act
from protocols.wording.service import paragraphs


@dataclass(frozen=True)
class Signing:
    """The signed original as the meeting's page tells of it; `original` is None before it is asked for."""

    original: SignedOriginal | None
    signatures: Sequence[Signature] = ()
    can_sign: bool = False

    @property
    def is_failed(self) -> bool:
        """Whether the last try failed."""
        return self.original is not None and not (self.original.is_signed or self.original.is_waiting)

    @property
    def offers_to_sign(self) -> bool:
        """Whether the secretary can have it signed, for the first time or again."""
        return self.can_sign and (self.original is None or self.is_failed)


def signing_of(meeting: Meeting, user: HasRoles, *, can_manage: bool) -> Signing | None:
    """What the user may know of it; None where there is nothing to tell."""
    visible = SignedOriginal.objects.visible_to(user).filter(meeting=meeting)
    original = visible.select_related("meeting__body").first()
    can_sign = can_manage and signs_minutes()
    if original is None and not (can_sign and Meeting.objects.verified().filter(pk=meeting.pk).exists()):
        return None
    signatures = original.signatures.select_related("person") if original and original.is_signed else ()
    return Signing(original, list(signatures), can_sign)


def acts_of(meeting: Meeting, minutes: Minutes) -> list[tuple[Person, Act]]:
    """Each who verified, those who led first, with what the signature stands for: the last verification.

    The secretary has written the minutes and is named in them, but verifies nothing (KL 5 kap. 69 §).
    """
    people = required_verifiers(meeting)
    return [
        (
            person,
            Act(
                who=signature.name,
                reason=f"{signature.role}, justerade {paragraphs(signature.numbers or minutes.numbers)}",
                place=minutes.place,
                when=signature.moments[-1].at,
            ),
        )
        for person, signature in zip(people, minutes.signatures[1:], strict=True)
    ]

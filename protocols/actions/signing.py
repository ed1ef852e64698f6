"""Signing verified minutes: asked for when the last § is verified, done behind everybody's back.

Verification is the act of law, and stands whatever becomes of the signature: it is committed before a signing
service is spoken to. A signed original is stored whole, in one transaction, or not at all.
"""

from __future__ import annotations

import logging
import traceback

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict
from motions.models import User
from motions.permissions import Permission, require
from protocols.actions.extracts import issue_minutes, store_paper
from protocols.enums import SigningState
from protocols.extracts.checking import check_address
from protocols.models import Meeting, MinutesFile, Signature, SignedOriginal
from protocols.queries.minutes import minutes_of
from protocols.queries.signing import acts_of
from protocols.signing.configured import minutes_signer, signs_minutes
from protocols.signing.signatures import is_whole, signatures_of, without_numbers
from protocols.signing.signer import SigningError

_log = logging.getLogger(__name__)


def queue_signing(meeting: Meeting) -> None:
    """Have the minutes signed once this transaction is committed, where they are verified as a whole."""
    if signs_minutes() and Meeting.objects.verified().filter(pk=meeting.pk).exists():
        SignedOriginal.objects.get_or_create(meeting=meeting)


@transaction.atomic
def request_signing(meeting: Meeting, *, by: User) -> SignedOriginal:
    """Have the minutes signed, or try again where it failed; what is signed stays as it is.

    Raises Conflict while a § is not verified, and where the installation signs nothing.
    """
    require(by, Permission.MANAGE_MEETING)
    if not signs_minutes():
        raise Conflict(
            _("Inget certifikat för underskrift är inställt"),
            instead=_("Den som driver webbplatsen ställer in det; se docs/signing.md."),
        )
    if not Meeting.objects.verified().filter(pk=meeting.pk).exists():
        raise Conflict(
            _("Alla paragrafer i protokollet är inte justerade"),
            law="KL 5 kap. 69 §",
            instead=_("Protokollet undertecknas när den sista paragrafen är justerad."),
        )
    SignedOriginal.objects.get_or_create(meeting=meeting, defaults={"asked_by": by})
    original = SignedOriginal.objects.select_for_update(of=("self",)).get(meeting=meeting)
    if original.state == SigningState.FAILED:
        original.state, original.reason = SigningState.WAITING, ""
        original.asked_by, original.asked_at = by, timezone.now()
        original.save(update_fields=["state", "reason", "asked_by", "asked_at"])
    return original


def sign_due() -> int:
    """Sign all that waits, and give back how many were signed. Any number may do it at once."""
    waiting = SignedOriginal.objects.waiting().select_related(
        "asked_by", "meeting__body", "meeting__chair", "meeting__secretary"
    )
    return sum(_sign(original) for original in waiting.order_by("pk"))


def _sign(original: SignedOriginal) -> bool:
    """Whether it was signed now; what failed is noted with its reason."""
    try:
        minutes = issue_minutes(original.meeting, by=original.asked_by, check_address=check_address())
        with transaction.atomic():
            return _store_signed(original, minutes)
    except SigningError as failure:
        _note_failed(original, failure.message)
    except Exception:  # noqa: BLE001 -- whatever a press, a disk or a signing service says, it can be tried again
        # What a signing library says may name a certificate with the holder's number.
        said = without_numbers(traceback.format_exc())
        _log.error("The minutes of meeting %s could not be signed\n%s", original.meeting_id, said)
        _note_failed(original, _("Något gick fel. Serverns logg säger vad."))
    return False


def _store_signed(original: SignedOriginal, minutes: MinutesFile) -> bool:
    waiting = SignedOriginal.objects.waiting().select_for_update(of=("self",), skip_locked=True)
    locked = waiting.filter(pk=original.pk).first()
    if locked is None:  # somebody else signs it, or has
        return False
    signer = minutes_signer()
    with minutes.file.open("rb") as file:
        issued = content = file.read()
    acts = acts_of(original.meeting, minutes_of(original.meeting))
    for position, (person, act) in enumerate(acts, start=1):
        content = signer.sign(content, act)
        facts = signatures_of(content)[-1]
        Signature.objects.create(
            original=locked,
            person=person,
            position=position,
            subject=facts.subject,
            fingerprint=facts.fingerprint,
        )
    if not (content.startswith(issued) and is_whole(content)):
        raise SigningError(_("Den undertecknade filen höll inte vid kontroll och har inte sparats."))
    locked.state, locked.made_at = SigningState.SIGNED, timezone.now()
    store_paper(locked, content)
    return True


def _note_failed(original: SignedOriginal, reason: str) -> None:
    waiting = SignedOriginal.objects.waiting().filter(pk=original.pk)
    waiting.update(state=SigningState.FAILED, reason=reason[:500])

"""Putting letters into the outbox; `actions.sending` sends them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict
from motions.models import User
from motions.permissions import Permission, require
from protocols.actions.locking import lock_meeting
from protocols.enums import DeliveryState, MailingKind
from protocols.models import Delivery, Enclosure, Mailing, Meeting, StoredPaper, Summons, Withdrawal

#: More than this is not sent in a letter but linked to: many mail servers take no more than twenty megabytes.
MOST_MAIL_BYTES = 15 * 1024 * 1024


@dataclass(frozen=True)
class Attachment:
    """A file to send: a stored paper, or bytes. `is_once`: never twice to the same address, by content.

    `is_linked`: it is too large for the letter, whose text leads to it instead.
    """

    filename: str
    content: StoredPaper | bytes
    mimetype: str = "application/pdf"
    is_once: bool = True
    is_linked: bool = False

    @property
    def sha256(self) -> str:
        """The content's hash, in hex."""
        if isinstance(self.content, StoredPaper):
            return self.content.sha256
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Letter:
    """What one recipient gets; `subject` is one line."""

    name: str
    address: str
    subject: str
    text: str
    attachments: Sequence[Attachment] = field(default=())


@transaction.atomic
def queue_letters(
    meeting: Meeting,
    *,
    kind: MailingKind,
    letters: Sequence[Letter],
    by: User,
    summons: Summons | None = None,
    at: datetime | None = None,
) -> Mailing | None:
    """Queue the letters; they are sent as soon as this transaction is committed.

    What an address has been sent before is left out, and a letter of which nothing is left is not queued.
    None where no letter is left. Raises Forbidden for one who may not manage meetings, and ValidationError
    for what is no e-mail address (forms ask for it before).
    """
    meeting = lock_meeting(meeting, by=by)  # two who press at once queue one after the other
    new = _not_sent_before(letters)
    if not new:
        return None
    moment = at or timezone.now()
    mailing = Mailing.objects.create(meeting=meeting, kind=kind, summons=summons, by=by, at=moment)
    for letter in new:
        _queue(mailing, letter)
    return mailing


@transaction.atomic
def send_again(delivery: Delivery, *, by: User, at: datetime | None = None) -> Delivery:
    """Queue a letter anew that failed, bounced or is uncertain.

    Raises Conflict for any other, and for one of which everything is withdrawn.
    """
    require(by, Permission.MANAGE_MEETING)
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if not delivery.is_stopped:
        raise Conflict(
            _("Brevet till %(address)s är redan skickat eller på väg") % {"address": delivery.address},
            instead=_("Ladda om sidan för att se vad som har hänt med det."),
        )
    withdrawn = withdrawn_in(delivery)
    if withdrawn and not delivery.enclosures.exclude(code__in=withdrawn).exists():
        raise Conflict(
            _("Utdraget %(code)s i brevet är återkallat") % {"code": withdrawn[0]},
            instead=_("Inför en rättelse och expediera det nya utdraget."),
        )
    delivery.state, delivery.attempts = DeliveryState.WAITING, 0
    delivery.due_at = delivery.changed_at = at or timezone.now()
    delivery.save(update_fields=["state", "attempts", "due_at", "changed_at"])
    return delivery


def withdrawn_in(delivery: Delivery) -> list[str]:
    """The codes of the letter's papers that are withdrawn by now."""
    codes = delivery.enclosures.exclude(code="").values("code")
    return list(Withdrawal.objects.filter(code__in=codes).values_list("code", flat=True))


def _not_sent_before(letters: Sequence[Letter]) -> list[Letter]:
    wanted = {letter.address.lower() for letter in letters}
    known = set(Enclosure.objects.filter(is_once=True, address__in=wanted).values_list("address", "sha256"))
    new = []
    for letter in letters:
        address = letter.address.lower()
        once = [item for item in letter.attachments if item.is_once]
        sent = [item for item in once if (address, item.sha256) in known]
        if once and len(sent) == len(once):
            continue
        known.update((address, item.sha256) for item in once)
        new.append(replace(letter, attachments=[item for item in letter.attachments if item not in sent]))
    return new


def _queue(mailing: Mailing, letter: Letter) -> None:
    delivery = Delivery(
        mailing=mailing,
        name=letter.name,
        address=letter.address,
        subject=" ".join(letter.subject.split()),
        text=letter.text,
        message_id=make_msgid(domain=urlsplit(settings.SITE_ADDRESS).hostname or "localhost"),
        due_at=mailing.at,
        changed_at=mailing.at,
    )
    delivery.full_clean(exclude=["mailing"], validate_unique=False, validate_constraints=False)
    delivery.save()
    Enclosure.objects.bulk_create(
        _enclosure(delivery, position, item) for position, item in enumerate(letter.attachments, start=1)
    )


def _enclosure(delivery: Delivery, position: int, item: Attachment) -> Enclosure:
    content = item.content
    row = Enclosure(
        delivery=delivery,
        address=delivery.address.lower(),
        position=position,
        filename=item.filename,
        mimetype=item.mimetype,
        sha256=item.sha256,
        is_once=item.is_once,
        is_linked=item.is_linked,
    )
    if isinstance(content, StoredPaper):
        row.file.name, row.code = content.file.name, getattr(content, "code", "")
        row.paragraph_id = getattr(content, "paragraph_id", None)
    else:
        row.file.name = _stored(row.sha256, content)
    return row


def _stored(sha256: str, content: bytes) -> str:
    """The name of the stored file with this content; many letters carry the same."""
    name = f"letters/{sha256[:2]}/{sha256}"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(content))

"""Bounces: what another mail server tells later about a letter that ours had handed over (RFC 3464)."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import Any

from django.db import transaction
from django.utils import timezone

from protocols.enums import DeliveryState
from protocols.models import Delivery


@dataclass(frozen=True)
class Bounce:
    """A letter that did not arrive: the Message-ID it was sent with, and why."""

    message_id: str
    reason: str


def parse_bounce(content: bytes) -> Bounce | None:
    """The bounce in a mail; None for any other mail, also for one that tells of a delay or an arrival."""
    message: Any = message_from_bytes(content, policy=policy.default)
    if message.get_content_type() != "multipart/report":
        return None
    failed, message_id = None, ""
    for part in message.walk():
        match part.get_content_type():
            case "message/delivery-status":
                failed = failed or _failed(part)
            case "message/rfc822" | "text/rfc822-headers" | "message/rfc822-headers":
                message_id = message_id or _message_id(part)
    return Bounce(message_id, failed) if failed and message_id else None


@transaction.atomic
def record_bounce(bounce: Bounce) -> Delivery | None:
    """Mark the letter as bounced; None where no letter of ours has that Message-ID.

    What is on its way again since stays so: the bounce is of an earlier try.
    """
    delivery = Delivery.objects.select_for_update().filter(message_id=bounce.message_id).first()
    if delivery and not delivery.is_going:
        delivery.state, delivery.reason = DeliveryState.BOUNCED, bounce.reason[:500]
        delivery.changed_at = timezone.now()
        delivery.save(update_fields=["state", "reason", "changed_at"])
    return delivery


def _failed(status: EmailMessage) -> str | None:
    """Why, by the fields of the recipient that the letter did not reach; None where it is not lost."""
    groups: list[Message] = status.get_payload() if status.is_multipart() else []  # type: ignore[assignment] # the parser's groups of fields
    for fields in groups:
        if str(fields.get("Action", "")).strip().lower() == "failed":
            said = str(fields.get("Diagnostic-Code", "")).partition(";")[2] or str(fields.get("Status", ""))
            return " ".join(said.split()) or "failed"
    return None


def _message_id(part: EmailMessage) -> str:
    """The Message-ID of the letter that came back, whole or as its headers alone."""
    if part.is_multipart():
        returned: Any = part.get_payload(0)
    else:
        returned = message_from_bytes(part.get_payload(decode=True) or b"", policy=policy.default)  # type: ignore[arg-type] # bytes of a leaf
    return str(returned.get("Message-ID", "")).strip()

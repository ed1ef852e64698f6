"""Sending what waits in the outbox, and knowing what became of it. Any number of senders may run at once.

A letter is claimed (`sending`, committed) before the mail server is spoken to, and its sender holds a lock in
the database until the answer is recorded. The lock goes with a sender that dies: what is found in `sending`
without one was interrupted, perhaps after the mail server took it, and is never sent again by itself.
"""

from __future__ import annotations

import smtplib
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import formataddr

from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.background import LOOKS_AGAIN_AFTER
from config.news import exchange
from protocols.actions.dispatch import settle_delivery
from protocols.actions.outbox import withdrawn_in
from protocols.enums import DeliveryState
from protocols.models import Delivery, Enclosure

#: How long a letter waits after each failed try that may go better later; then it has failed.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 20, 60))
_LOCKS = 0x6B6C7562  # the first half of the name of a lock on a letter; the other is the letter's number
_HOLD = "SELECT pg_try_advisory_lock(%s, %s)"
_LET_GO = "SELECT pg_advisory_unlock(%s, %s)"
_IS_FREE = "SELECT pg_try_advisory_xact_lock(%s, %s)"  # and takes it until the transaction ends


@dataclass(frozen=True)
class Fate:
    """What the mail server made of a letter, with its words; WAITING means that a later try may go better."""

    state: DeliveryState
    reason: str = ""


def send_due() -> int:
    """Send all that is due now, and give back how many letters were tried."""
    note_interrupted()
    tried = 0
    while not exchange.is_ending and send_next():
        tried += 1
    return tried


def send_next(at: datetime | None = None) -> Delivery | None:
    """Send one letter that is due and that nobody else is sending; None where there is none."""
    with _claimed(at or timezone.now()) as delivery:
        if delivery:
            _record(delivery, _hand_over(delivery))
    return delivery


def note_interrupted() -> int:
    """Mark what was left in `sending` by a sender that is gone as uncertain, and give back how many."""
    found = 0
    for pk in Delivery.objects.filter(state=DeliveryState.SENDING).values_list("pk", flat=True):
        with transaction.atomic():
            rows = Delivery.objects.select_for_update(skip_locked=True)
            delivery = rows.filter(pk=pk, state=DeliveryState.SENDING).first()
            if delivery and _ask(_IS_FREE, pk):
                reason = _("Servern stannade medan brevet lämnades; kanske gick det fram.")
                _record(delivery, Fate(DeliveryState.UNCERTAIN, reason))
                found += 1
    return found


@contextmanager
def _claimed(at: datetime) -> Generator[Delivery | None]:
    """A letter that is due, marked and locked as this sender's until the end of the block."""
    pk = None
    try:
        with transaction.atomic(durable=True):
            rows = Delivery.objects.select_for_update(skip_locked=True, of=("self",))
            delivery = rows.select_related("mailing__by").due(at).order_by("due_at", "pk").first()
            if delivery:
                pk = delivery.pk
                _ask(_HOLD, pk)
                delivery.state, delivery.attempts = DeliveryState.SENDING, delivery.attempts + 1
                delivery.left_out, delivery.changed_at = withdrawn_in(delivery), timezone.now()
                delivery.save(update_fields=["state", "attempts", "left_out", "changed_at"])
        yield delivery
    finally:
        if pk is not None:
            _ask(_LET_GO, pk)


def _ask(lock: str, pk: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(lock, [_LOCKS, pk])
        return bool(cursor.fetchone()[0])


def _hand_over(delivery: Delivery) -> Fate:
    enclosures = list(delivery.enclosures.select_related("paragraph"))
    if enclosures and all(row.code in delivery.left_out for row in enclosures):
        reason = _("Återkallat innan brevet hann skickas. Inför en rättelse och expediera det nya utdraget.")
        return Fate(DeliveryState.FAILED, reason)
    try:
        message = _message(delivery, enclosures)
    except OSError as error:
        return Fate(DeliveryState.FAILED, _("Bilagan kan inte läsas: %(error)s") % {"error": error})
    return _send(message)


def _send(message: EmailMessage) -> Fate:
    server = get_connection()
    try:
        server.open()
    except (smtplib.SMTPException, OSError) as error:
        return Fate(DeliveryState.WAITING, _("Ingen kontakt med e-postservern: %(error)s") % {"error": error})
    try:
        server.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(*next(iter(error.recipients.values())), for_good=DeliveryState.BOUNCED)
    except smtplib.SMTPResponseException as error:
        return _refused(error.smtp_code, error.smtp_error, for_good=DeliveryState.FAILED)
    except (smtplib.SMTPException, OSError) as error:
        reason = _("Kontakten bröts medan brevet lämnades; kanske gick det fram: %(error)s")
        return Fate(DeliveryState.UNCERTAIN, reason % {"error": error})
    finally:
        with suppress(smtplib.SMTPException, OSError):  # what it has taken it has taken
            server.close()
    return Fate(DeliveryState.SENT)


def _message(delivery: Delivery, enclosures: Sequence[Enclosure]) -> EmailMessage:
    """The letter as it was written, and a word of what is left out since it was withdrawn."""
    gone = _("Utdraget av %(label)s har återkallats och följer inte med.")
    left_out = [row for row in enclosures if row.code in delivery.left_out]
    words = [gone % {"label": row.paragraph.label} for row in left_out if row.paragraph]
    message = EmailMessage(
        delivery.subject,
        "\n\n".join([*words, delivery.text]),
        to=[formataddr((delivery.name, delivery.address))],
        reply_to=[delivery.mailing.by.email],
        headers={"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"},
    )
    for row in enclosures:
        if row.is_linked or row in left_out:
            continue
        with row.file.open("rb") as file:
            message.attach(row.filename, file.read(), row.mimetype)
    return message


def _refused(code: int, said: bytes | str, *, for_good: DeliveryState) -> Fate:
    """By SMTP's codes: 4xx may go better later, 5xx never will."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return Fate(for_good if code >= 500 else DeliveryState.WAITING, " ".join(f"{code} {words}".split()))


def _record(delivery: Delivery, fate: Fate) -> None:
    now = timezone.now()
    delivery.state, delivery.reason, delivery.changed_at = fate.state, fate.reason[:500], now
    if fate.state == DeliveryState.SENT:
        delivery.sent_at = now
    if fate.state == DeliveryState.WAITING:
        if delivery.attempts > len(PAUSES):
            delivery.state = DeliveryState.FAILED
        else:
            delivery.due_at = now + PAUSES[delivery.attempts - 1]
    with transaction.atomic():
        delivery.save(update_fields=["state", "reason", "changed_at", "sent_at", "due_at"])
        settle_delivery(delivery)


def seconds_until_due() -> float:
    """How long until a letter that waits is to be tried again."""
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING).order_by("due_at")
    first = waiting.values_list("due_at", flat=True).first()
    return max((first - timezone.now()).total_seconds(), 0.1) if first else LOOKS_AGAIN_AFTER

"""The outbox: what is sent by mail, to whom, and what became of each letter."""

from __future__ import annotations

from datetime import datetime
from typing import Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.news import CHANNEL
from motions.models import User
from protocols.enums import DeliveryState, MailingKind
from protocols.models.meeting import Meeting
from protocols.models.paragraph import Paragraph
from protocols.models.summons import Summons

#: What is told (config.news) when a letter waits to be sent.
TOPIC = "mail"


class Mailing(models.Model):
    """One press of a button that sends letters about a meeting; it never changes.

    `summons`: the version that its letters carry.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="mailings")
    kind = models.CharField(max_length=10, choices=MailingKind.choices)
    summons = models.ForeignKey(Summons, models.PROTECT, null=True, blank=True, related_name="mailings")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("utskick")
        verbose_name_plural = _("utskick")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MailingKind.values), name="mailing_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=MailingKind.SUMMONS, summons__isnull=False)
                | ~Q(kind=MailingKind.SUMMONS) & Q(summons__isnull=True),
                name="mailing_of_summons_names_it",
            ),
        ]
        triggers = [pgtrigger.Protect(name="mailing_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.meeting}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Letters by what is to be done with them."""

    def due(self, at: datetime) -> Self:
        """Those to be tried now."""
        return self.filter(state=DeliveryState.WAITING, due_at__lte=at)

    def going(self) -> Self:
        """Those that go on by themselves."""
        return self.filter(state__in=DeliveryState.going)


class Delivery(models.Model):
    """One letter to one address, and its fate: waiting → sending → sent, failed, bounced or uncertain.

    It is `sending` from before the mail server is spoken to until its answer is recorded. A sender that stops
    in between leaves it uncertain: perhaps the letter went out, so only a human sends it again. `reason` is
    what the mail server said last, `due_at` when a waiting one is tried next; by `message_id` a bounce is
    known. `left_out` are the codes of papers that it does not carry: they were withdrawn before it went out.
    """

    mailing = models.ForeignKey(Mailing, models.PROTECT, related_name="deliveries")
    name = models.CharField(_("namn"), max_length=200)
    address = models.EmailField(_("e-postadress"))
    subject = models.CharField(max_length=200)
    text = models.TextField(max_length=10_000)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    reason = models.CharField(max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    left_out = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("brev")
        verbose_name_plural = _("brev")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state=DeliveryState.WAITING), name="delivery_waiting_due_at"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="delivery_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENT) | Q(sent_at__isnull=False),
                name="delivery_sent_has_moment",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="delivery_is_written_once",
                fields=["mailing", "name", "address", "subject", "text", "message_id"],
            ),
            pgtrigger.Protect(name="delivery_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="delivery_tells_sender",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state="waiting"),
                func=f"PERFORM pg_notify('{CHANNEL}', '{TOPIC}');\nRETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.address}"

    @property
    def is_going(self) -> bool:
        """Whether it goes on by itself."""
        return self.state in DeliveryState.going

    @property
    def is_stopped(self) -> bool:
        """Whether it goes on only when somebody says so."""
        return self.state in DeliveryState.stopped


class Enclosure(models.Model):
    """A file that a letter carries, stored by its content; `is_once`: never twice to the same address.

    One that `is_linked` is too large to be carried: the letter's text leads to it.
    `address` is the letter's in small letters, repeated for the constraint. An issued paper brings its `code`
    and, where it is an extract, its `paragraph`.
    """

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="enclosures")
    address = models.CharField(max_length=254)
    position = models.PositiveSmallIntegerField()
    filename = models.CharField(max_length=200)
    mimetype = models.CharField(max_length=100)
    file = models.FileField(max_length=200)
    sha256 = models.CharField(max_length=64)
    is_once = models.BooleanField()
    is_linked = models.BooleanField(default=False)
    code = models.CharField(max_length=20, blank=True)
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, null=True, blank=True, related_name="enclosures")

    class Meta:
        verbose_name = _("bilaga till brev")
        verbose_name_plural = _("bilagor till brev")
        ordering = ["delivery", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["address", "sha256"], condition=Q(is_once=True), name="enclosure_once_an_address"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="enclosure_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.filename

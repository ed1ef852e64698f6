"""Dispatch (expediering): whose address is which, and by which letter a § went to each of its recipients."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motions.models import User
from protocols.models.mailing import Delivery
from protocols.models.paragraph import Paragraph, Recipient


class Addressee(models.Model):
    """An entry of the organisation's address book: a recipient, by the name that minutes use.

    `key` is the name in small letters, by which it is found.
    """

    name = models.CharField(_("mottagare"), max_length=200)
    key = models.CharField(max_length=200)
    address = models.EmailField(_("e-postadress"))
    updated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("adress")
        verbose_name_plural = _("adresser")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["key"], name="addressee_one_a_name")]

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>"


class Dispatch(models.Model):
    """A recipient of a § and the letter that carries its extract, known by the paper's `code`.

    A corrected extract, or one sent to another address after a bounce, is another row; the last one counts.
    """

    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="dispatches")
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="dispatches")
    code = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("expediering")
        verbose_name_plural = _("expedieringar")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "delivery", "code"], name="dispatch_once_a_letter_and_paper"
            )
        ]
        triggers = [pgtrigger.Protect(name="dispatch_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.recipient} ← {self.delivery}"


class PaperDispatch(models.Model):
    """The secretary's word that a recipient got the extract with `code` on paper, or did not after all.

    The last row of a recipient and a code counts; none is ever changed.
    """

    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="on_paper")
    code = models.CharField(max_length=20)
    is_sent = models.BooleanField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("expediering på papper")
        verbose_name_plural = _("expedieringar på papper")
        ordering = ["pk"]
        triggers = [
            pgtrigger.Protect(name="paper_dispatch_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.recipient} ← {self.code}"


class NoRecipients(models.Model):
    """The secretary's word that a § has nobody to be sent to."""

    paragraph = models.OneToOneField(Paragraph, models.PROTECT, related_name="no_recipients")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="no_recipients_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return str(self.paragraph)

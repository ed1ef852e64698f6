"""Withdrawals: an issued extract that is not to be used any longer. It stays where it is, and says so."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motions.models import User
from protocols.models.paragraph import Paragraph


class Withdrawal(models.Model):
    """The word that the extract with `code`, as verified or corrected, is withdrawn, and why; it is kept.

    The § itself stands: what it decided is not touched. A new extract comes with a correction.
    """

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="withdrawals")
    code = models.CharField(max_length=20)
    reason = models.TextField(_("skäl"), max_length=1000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("återkallat utdrag")
        verbose_name_plural = _("återkallade utdrag")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["code"], name="withdrawal_once_a_paper")]
        triggers = [
            pgtrigger.Protect(name="withdrawal_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.paragraph.label}: {self.code}"

"""Certified copies: extracts that somebody answers for with name and day (rätt utdraget intygas)."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from protocols.models.correction import Correction
from protocols.models.extract import IssuedPaper
from protocols.models.paragraph import Paragraph


class CertifiedCopy(IssuedPaper):
    """An extract that `issued_by`, named on it with `title`, certified on a day; each is a paper of its own.

    `correction` is the latest one that it holds, None for the text as it was verified. The row never changes.
    """

    folder = "extracts"

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="certified_copies")
    correction = models.ForeignKey(Correction, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("namn"), max_length=150)
    title = models.CharField(_("befattning"), max_length=100, blank=True)
    certified_on = models.DateField(_("dag"))

    class Meta:
        verbose_name = _("bestyrkt protokollsutdrag")
        verbose_name_plural = _("bestyrkta protokollsutdrag")
        ordering = ["-pk"]
        triggers = [
            pgtrigger.Protect(
                name="certified_copy_is_issued_once", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.paragraph.label}: {self.name} {self.certified_on.isoformat()}"

    def get_absolute_url(self) -> str:
        return reverse("protocols:certified_copy", args=[self.pk])

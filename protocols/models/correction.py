"""Corrections: what a verified text should have said, dated, beside the text that never changes."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from protocols.models.extract import IssuedPaper
from protocols.models.paragraph import Paragraph


class Correction(IssuedPaper):
    """A correction of an obvious slip in a verified §, with the extract that was issued with it.

    `text` says what is corrected to what, `reason` why, `decided_by` who decided it. The extract holds the
    verified text and every correction until then; `issued_by` corrected it. The row never changes.
    """

    folder = "extracts"

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="corrections")
    corrected_on = models.DateField(_("dag"))
    text = models.TextField(_("rättelse"), max_length=5000)
    reason = models.TextField(_("skäl"), max_length=1000)
    decided_by = models.CharField(_("beslutad av"), max_length=200)

    class Meta:
        verbose_name = _("rättelse")
        verbose_name_plural = _("rättelser")
        ordering = ["pk"]
        triggers = [
            pgtrigger.Protect(name="correction_is_issued_once", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.paragraph.label}: {self.corrected_on.isoformat()}"

    def get_absolute_url(self) -> str:
        return reverse("protocols:corrected_extract", args=[self.pk])

"""Issued extracts: rendered once, kept for ever."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motions.models import User
from protocols.models.paragraph import Paragraph


def extract_path(extract: Extract, filename: str) -> str:
    """Where an extract is kept: by its content."""
    return f"extracts/{extract.sha256[:2]}/{extract.sha256}.pdf"


class Extract(models.Model):
    """The PDF of one verified paragraph, stored by its content; the same bytes are served for ever.

    `code` is the short word by which a paper is checked; `sha256` is hex, `size` in bytes.
    """

    paragraph = models.OneToOneField(Paragraph, models.PROTECT, related_name="extract")
    file = models.FileField(upload_to=extract_path, max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    code = models.CharField(_("kontrollkod"), max_length=20, unique=True)
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("protokollsutdrag")
        verbose_name_plural = _("protokollsutdrag")
        triggers = [
            pgtrigger.Protect(name="extract_is_issued_once", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return str(self.paragraph)

    def get_absolute_url(self) -> str:
        return reverse("protocols:extract", args=[self.paragraph_id])

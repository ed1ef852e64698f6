"""Issued extracts, minutes and summonses: rendered once, kept for ever."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motions.models import User
from protocols.models.meeting import Meeting
from protocols.models.paragraph import Paragraph


def issued_path(paper: StoredPaper, filename: str) -> str:
    """Where a paper is kept: by its content."""
    return f"{paper.folder}/{paper.sha256[:2]}/{paper.sha256}.pdf"


class StoredPaper(models.Model):
    """A PDF stored by its content; the same bytes are served for ever. `sha256` is hex, `size` in bytes."""

    folder: ClassVar[str]

    file = models.FileField(upload_to=issued_path, max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class IssuedPaper(StoredPaper):
    """A paper that was handed out once; `code` is the short word by which it is checked."""

    code = models.CharField(_("kontrollkod"), max_length=20, unique=True)

    class Meta:
        abstract = True


class Extract(IssuedPaper):
    """The PDF of one verified paragraph."""

    folder = "extracts"

    paragraph = models.OneToOneField(Paragraph, models.PROTECT, related_name="extract")

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


class MinutesFile(IssuedPaper):
    """The PDF of the minutes of a whole meeting, every § of which is verified."""

    folder = "minutes"

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes_file")

    class Meta:
        verbose_name = _("protokoll")
        verbose_name_plural = _("protokoll")
        triggers = [
            pgtrigger.Protect(name="minutes_are_issued_once", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return str(self.meeting)

    def get_absolute_url(self) -> str:
        return reverse("protocols:minutes", args=[self.meeting_id])

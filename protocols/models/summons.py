"""Issued summonses (kallelser): what members and substitutes were called to, version by version."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from config.news import CHANNEL
from motions.models import User
from protocols.models.extract import StoredPaper
from protocols.models.meeting import Meeting

#: What is told (config.news) when a summons waits to be made.
TOPIC = "summonses"


class Summons(StoredPaper):
    """A summons to a meeting with all its documents as one PDF (KL 5 kap. 15 §), numbered per meeting.

    The first is the summons, later ones are additional and stand beside it: none is changed or taken back.
    `agenda_sha256` names what was summoned to (`queries.summons.agenda_digest`), `items` are the ids of its
    items, `left_out` the titles of documents that could not be taken in.
    """

    folder = "summonses"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="summonses")
    number = models.PositiveSmallIntegerField(_("nummer"))
    pages = models.PositiveIntegerField()
    agenda_sha256 = models.CharField(max_length=64)
    items = models.JSONField(default=list)
    left_out = models.JSONField(default=list)

    class Meta:
        verbose_name = _("kallelse")
        verbose_name_plural = _("kallelser")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="summons_one_a_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="summons_from_one"),
        ]
        triggers = [
            pgtrigger.Protect(name="summons_is_issued_once", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("protocols:summons_file", args=[self.meeting_id, self.number])

    @property
    def filename(self) -> str:
        """What the file is called: "kallelse-1-regionstyrelsen-2026-05-20.pdf"."""
        meeting = self.meeting
        return f"kallelse-{self.number}-{slugify(meeting.body.name)}-{meeting.held_on.isoformat()}.pdf"

    @property
    def label(self) -> str:
        """What it is called: "Kallelse nr 1", "Tilläggskallelse nr 2"."""
        return (_t("Kallelse nr %(n)s") if self.number == 1 else _t("Tilläggskallelse nr %(n)s")) % {
            "n": self.number
        }


class AskedSummons(models.Model):
    """A summons that was asked for: it is made in the background, and this row goes when it is issued.

    It waits while `failure` is empty: who makes it holds a lock in the database, so that one that waits
    without a lock is made by the next who looks. `failure` says why it could not be made; it waits again when
    it is asked for again. `agenda_sha256` is the agenda as who asked saw it, `attempts` counts the makers
    that began.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="asked_summons")
    agenda_sha256 = models.CharField(max_length=64)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=500, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("begärd kallelse")
        verbose_name_plural = _("begärda kallelser")
        ordering = ["asked_at", "pk"]
        triggers = [
            pgtrigger.Trigger(
                name="asked_summons_tells_maker",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__failure="", new__attempts=0),
                func=f"PERFORM pg_notify('{CHANNEL}', '{TOPIC}');\nRETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return _t("Begärd kallelse till %(meeting)s") % {"meeting": self.meeting}

    @property
    def is_waiting(self) -> bool:
        """Whether it is being made, or soon will be."""
        return not self.failure

"""Bundles: the extracts of a meeting, or of a body's year, in one file that is made in the background."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.news import CHANNEL
from motions.models import Body, User
from protocols.enums import BundleKind, BundleState
from protocols.models.meeting import Meeting

#: What is told (config.news) when a bundle waits to be made.
TOPIC = "bundles"


def bundle_path(bundle: Bundle, filename: str) -> str:
    """Where it is kept: by its content, in a folder of its own, so that none removes what another needs."""
    return f"{bundle.folder}/{bundle.pk}/{bundle.sha256}.{bundle.kind}"


class Bundle(models.Model):
    """The extracts in force of a meeting, or where there is none of a body's year: one row a kind.

    It is `waiting` from when it is asked for until the file is there: who makes it holds a lock in the
    database, so that one that waits without a lock is begun anew, at the extracts that are not issued yet.
    `total` and `done` count extracts; `contents` is a hash of which they are.
    """

    folder: ClassVar[str] = "bundles"

    kind = models.CharField(max_length=3, choices=BundleKind.choices)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="bundles")
    check_address = models.CharField(max_length=200)
    contents = models.CharField(max_length=64)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=BundleState.choices, default=BundleState.WAITING)
    reason = models.CharField(max_length=500, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    file = models.FileField(upload_to=bundle_path, max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes

    class Meta:
        verbose_name = _("samlade utdrag")
        verbose_name_plural = _("samlade utdrag")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "body", "year", "meeting"],
                nulls_distinct=False,
                name="bundle_once_a_kind",
            ),
            models.CheckConstraint(condition=Q(kind__in=BundleKind.values), name="bundle_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=BundleState.values), name="bundle_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=BundleState.DONE) | ~Q(sha256=""), name="bundle_done_has_file"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="bundle_tells_maker",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state="waiting", new__done=0),
                func=f"PERFORM pg_notify('{CHANNEL}', '{TOPIC}');\nRETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.meeting or f'{self.body} {self.year}'}"

    def get_absolute_url(self) -> str:
        if self.meeting_id:
            return reverse("protocols:meeting_bundle", args=[self.meeting_id, self.kind])
        return reverse("protocols:year_bundle", args=[self.body_id, self.year, self.kind])

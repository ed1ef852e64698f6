"""What happened to a motion: append-only, the only source of its stage."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motions.enums import EventKind
from motions.models.account import User
from motions.models.motion import Motion


class MotionEvent(models.Model):
    """One thing that happened, with its day in the world and its moment in the register.

    `facts` holds structured facts, never sentences: for a decision the body, meeting day and § number,
    for a remittal the body, and so on (see motions.actions). Written only by actions.events.record.
    """

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=30, choices=EventKind.choices)
    happened_on = models.DateField(_("dag"))
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
        ordering = ["pk"]
        indexes = [models.Index(fields=["motion", "id"], name="event_motion_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["motion", "kind"],
                condition=Q(kind__in=[EventKind.RECEIVED, EventKind.REGISTERED, EventKind.DECIDED]),
                name="event_happens_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind_is_known"),
        ]
        triggers = [
            pgtrigger.Protect(name="event_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.motion_id} {self.kind} {self.happened_on}"

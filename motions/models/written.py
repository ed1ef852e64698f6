"""What people write of a case: a section's HTML, and the version by which nobody overwrites it unseen."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from motions.enums import WrittenSection
from motions.models.account import User


class WrittenText(models.Model):
    """One section, sanitised. `version` counts saves: a save must name the version it read."""

    kind = models.CharField(max_length=20, choices=WrittenSection.choices)
    html = models.TextField(max_length=200_000, blank=True)
    version = models.PositiveIntegerField(default=0)
    updated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

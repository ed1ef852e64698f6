"""Others in the room: officers, experts and guests, who are present but hold no seat."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motions.models import User
from protocols.models.freezing import frozen_with_meeting
from protocols.models.meeting import Meeting


class OtherPresent(models.Model):
    """Somebody who is at a meeting without a seat in the body (övriga närvarande), in the order noted.

    `numbers` are the §§ that the person was there for; empty: the whole meeting.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="others")
    name = models.CharField(_("namn"), max_length=120)
    function = models.CharField(_("funktion"), max_length=120)
    numbers = ArrayField(models.PositiveIntegerField(), default=list, blank=True)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "name", "function"], name="other_present_once_a_meeting"
            )
        ]
        triggers = [frozen_with_meeting("other_present_is_frozen")]

    def __str__(self) -> str:
        return f"{self.name}, {self.function}"

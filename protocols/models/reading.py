"""Files that are to be read in: asked for on a page, read in the background."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.news import CHANNEL
from motions.models import User
from protocols.enums import ReadingState
from protocols.models.imported import ImportedMeeting

#: What is told (config.news) when a file waits to be read.
TOPIC = "readings"


def reading_path(reading: Reading, filename: str) -> str:
    """Where the file waits, by its content."""
    return f"readings/{reading.sha256}{reading.suffix}"


class Reading(models.Model):
    """A file on its way into the register: waiting → read, known (the same was there) or refused.

    Who reads it holds a lock in the database, so that one that waits without a lock is begun anew.
    `attempts` counts the readers that began. `done` and `pages` count pages; 0 pages: it is not known how
    many. The file is removed when it is no longer needed: what was read is kept with its meeting.
    """

    name = models.CharField(max_length=200)
    suffix = models.CharField(max_length=10)
    file = models.FileField(upload_to=reading_path, max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=ReadingState.choices, default=ReadingState.WAITING)
    reason = models.CharField(max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    meeting = models.ForeignKey(ImportedMeeting, models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("inläsning")
        verbose_name_plural = _("inläsningar")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReadingState.values), name="reading_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=ReadingState.REFUSED) & ~Q(reason="")
                | Q(state__in=[ReadingState.READ, ReadingState.KNOWN], meeting__isnull=False, reason="")
                | Q(state=ReadingState.WAITING, meeting__isnull=True, reason=""),
                name="reading_says_what_came_of_it",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="reading_tells_reader",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__state="waiting"),
                func=f"PERFORM pg_notify('{CHANNEL}', '{TOPIC}');\nRETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        """Whether it is being read, or soon will be."""
        return self.state == ReadingState.WAITING

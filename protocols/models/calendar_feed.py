"""The address under which a calendar fetches its owner's meetings."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motions.models import User


class CalendarFeed(models.Model):
    """A login's feed, by the SHA-256 (hex) of the secret in its address; without the row there is no feed."""

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_feed")
    sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("skapad"), default=timezone.now)

    class Meta:
        verbose_name = _("kalenderadress")
        verbose_name_plural = _("kalenderadresser")

    def __str__(self) -> str:
        return str(self.user)

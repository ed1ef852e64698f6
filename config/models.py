"""The one table of the wiring: failed logins, so that guessing passwords does not pay."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class FailedLogin(models.Model):
    """One failed try to log in. Rows live as long as the pause lasts (LOGIN_PAUSE_MINUTES), then they go.

    A table and not Django's cache: the cache in the database counts without a lock, and one in memory is
    another in each process.
    """

    email = models.CharField(max_length=254)
    address = models.GenericIPAddressField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["email", "address", "at"], name="failed_login_who_when")]

    def __str__(self) -> str:
        return f"{self.email} {self.at:%Y-%m-%d %H:%M}"

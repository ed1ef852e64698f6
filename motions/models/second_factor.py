"""The second factor of a login: a key that makes one-time codes, and codes for the day the phone is lost."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motions.models.account import User


class SecondFactor(models.Model):
    """A login's key for one-time codes (TOTP, RFC 6238); the row is there as long as it is turned on.

    `last_step` is the half minute, counted from 1970, of the last code that was accepted: no code is accepted
    twice. `failed_tries` counts wrong codes since the last right one, `failed_at` is when the last was given.
    """

    user = models.OneToOneField(
        User, models.CASCADE, related_name="second_factor", verbose_name=_("användare")
    )
    secret = models.CharField(max_length=64)
    confirmed_at = models.DateTimeField(_("påslagen"), default=timezone.now)
    last_step = models.PositiveBigIntegerField(default=0)
    failed_tries = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("tvåstegsverifiering")
        verbose_name_plural = _("tvåstegsverifieringar")

    def __str__(self) -> str:
        return str(self.user)


class RecoveryCode(models.Model):
    """An unused recovery code, by its SHA-256 (hex): eighty bits by chance need no slow hash."""

    factor = models.ForeignKey(SecondFactor, models.CASCADE, related_name="recovery_codes")
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["factor", "sha256"], name="recovery_code_once")]

    def __str__(self) -> str:
        return self.sha256[:8]

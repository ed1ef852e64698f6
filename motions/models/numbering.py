"""Number series without gaps: motion numbers, registry numbers and § numbers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class NumberSeries(models.Model):
    """The last number taken in a series and year; locked while a number is taken (see actions.numbering)."""

    key = models.CharField(_("serie"), max_length=40)
    year = models.PositiveSmallIntegerField(_("år"))
    last = models.PositiveIntegerField(_("senast använda nummer"), default=0)

    class Meta:
        verbose_name = _("nummerserie")
        verbose_name_plural = _("nummerserier")
        constraints = [models.UniqueConstraint(fields=["key", "year"], name="series_unique_year")]

    def __str__(self) -> str:
        return f"{self.key} {self.year}: {self.last}"

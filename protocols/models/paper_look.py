"""The organisation's logo and colour on its papers."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motions.models import Organisation, User

COLOUR = RegexValidator(r"^#[0-9a-f]{6}\Z", _("Skriv färgen som # och sex siffror eller bokstäver a–f."))


class PaperLook(models.Model):
    """What papers issued from now on look like; those issued before keep theirs. Without the row: as usual.

    `logo` is a checked SVG or PNG ('' : none), `ratio` its width by its height.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="paper_look")
    colour = models.CharField(_("färg"), max_length=7, validators=[COLOUR])
    logo = models.BinaryField(default=b"")
    media_type = models.CharField(max_length=20, blank=True, default="")
    ratio = models.FloatField(default=1)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("papperens utseende")
        verbose_name_plural = _("papperens utseende")
        constraints = [
            models.CheckConstraint(
                condition=Q(media_type__in=["", "image/svg+xml", "image/png"]),
                name="paper_look_logo_is_known",
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)

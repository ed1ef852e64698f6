"""What verifiers say of a text before they verify it: working notes, never public."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motions.models import Person, User
from protocols.enums import SectionKind
from protocols.models.freezing import frozen_with_paragraph
from protocols.models.paragraph import Paragraph
from protocols.models.telling import tells_of_paragraph


class Comment(models.Model):
    """A verifier's comment on a passage of a §; open until the secretary has answered it.

    `section` and `passage` say what it is about, as it read then; both are empty for the § as a whole.
    """

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="comments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    section = models.CharField(max_length=20, choices=SectionKind.choices, blank=True)
    passage = models.TextField(blank=True)
    text = models.TextField(_("kommentar"), max_length=2000)
    at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("svar"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        triggers = [
            frozen_with_paragraph("comment_is_frozen"),
            tells_of_paragraph("comment_tells", "dissent"),
        ]

    def __str__(self) -> str:
        return f"{self.paragraph.label}: {self.person}"

    @property
    def is_open(self) -> bool:
        """Whether the secretary has not dealt with it."""
        return self.answered_at is None

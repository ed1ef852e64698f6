"""The signed original of a meeting's minutes, and who signed it; never public, as certificates are not."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.news import CHANNEL
from motions.models import Person, User
from motions.permissions import HasRoles, Permission, has_permission
from protocols.enums import SigningState
from protocols.models.meeting import Meeting

#: What is told (config.news) when minutes wait to be signed.
TOPIC = "signing"


def signed_path(original: SignedOriginal, filename: str) -> str:
    """Where a signed original is kept: by its content, apart from what is public."""
    return f"signed/{original.sha256[:2]}/{original.sha256}.pdf"


class SignedOriginalQuerySet(models.QuerySet["SignedOriginal"]):
    """Signed originals by who may have them and by state."""

    def visible_to(self, user: HasRoles) -> Self:
        """The secretaries' and registrars', and the verifiers' of the meeting; nobody else's."""
        if has_permission(user, Permission.MANAGE_MEETING) or has_permission(
            user, Permission.REGISTER_MOTION
        ):
            return self.all()
        person = getattr(user, "person_id", None)
        if person is None:
            return self.none()
        verified = Meeting.objects.filter(Q(verifiers=person) | Q(chair=person) | Q(paragraphs__chair=person))
        return self.filter(meeting__in=verified.values("pk"))

    def waiting(self) -> Self:
        """Those to be signed now."""
        return self.filter(state=SigningState.WAITING)


class SignedOriginal(models.Model):
    """Verified minutes with a signature of each who verified them: waiting → signed, or failed and back.

    The issued minutes are its first bytes; the signatures stand behind them. `reason` says why the last try
    failed. Once signed the row never changes.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="signed_original")
    state = models.CharField(max_length=10, choices=SigningState.choices, default=SigningState.WAITING)
    reason = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    file = models.FileField(upload_to=signed_path, max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(null=True)

    objects = SignedOriginalQuerySet.as_manager()

    class Meta:
        verbose_name = _("undertecknat original")
        verbose_name_plural = _("undertecknade original")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=SigningState.SIGNED, made_at__isnull=False, size__gt=0) & ~Q(sha256="")
                | ~Q(state=SigningState.SIGNED) & Q(made_at__isnull=True, size=0, sha256="", file=""),
                name="signed_original_is_whole_or_nothing",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="signed_original_is_made_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="signed"),
            ),
            pgtrigger.Protect(name="signed_original_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="signed_original_tells_signer",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state="waiting"),
                func=f"PERFORM pg_notify('{CHANNEL}', '{TOPIC}');\nRETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)

    def get_absolute_url(self) -> str:
        return reverse("protocols:signed_original", args=[self.meeting_id])

    @property
    def is_waiting(self) -> bool:
        """Whether it goes on by itself."""
        return self.state == SigningState.WAITING

    @property
    def is_signed(self) -> bool:
        """Whether the file is there, for good."""
        return self.state == SigningState.SIGNED


class Signature(models.Model):
    """One signature of a signed original: who answers for it, and by which certificate.

    `subject` names the certificate's holder without any number, `fingerprint` is its SHA-256 in hex.
    """

    original = models.ForeignKey(SignedOriginal, models.PROTECT, related_name="signatures")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)
    subject = models.CharField(max_length=300)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("underskrift")
        verbose_name_plural = _("underskrifter")
        ordering = ["original", "position"]
        constraints = [
            models.UniqueConstraint(fields=["original", "person"], name="signature_one_a_person"),
        ]
        triggers = [
            pgtrigger.Protect(name="signature_is_kept", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="signature_before_the_end",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
        IF EXISTS (
            SELECT 1 FROM protocols_signedoriginal WHERE id = NEW.original_id AND state = 'signed'
        ) THEN
            RAISE EXCEPTION 'signed original is frozen';
        END IF;
        RETURN NEW;""",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.original}: {self.person}"

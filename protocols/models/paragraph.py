"""The paragraph (§): one item of one meeting, with what was written about it."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from motions.enums import Stage, WrittenSection
from motions.models import Body, Document, Motion, Party, Person, User
from motions.models.written import WrittenText
from motions.permissions import HasRoles, Permission, has_permission
from protocols.enums import Following, ParagraphKind, ParagraphState, SectionKind
from protocols.models.freezing import frozen_with_itself, frozen_with_paragraph
from protocols.models.meeting import Meeting
from protocols.models.telling import tells_of_meeting


class ParagraphQuerySet(models.QuerySet["Paragraph"]):
    """Paragraphs by who may read them and by state."""

    def visible_to(self, user: HasRoles) -> Self:
        """The public reads verified ones only; representatives also those of their bodies; officials all."""
        if has_permission(user, Permission.READ_DRAFTS):
            return self.all()
        person = getattr(user, "person_id", None)
        if person is None:
            return self.verified()
        mine = Meeting.objects.of_person(person).values("pk")
        return self.filter(Q(state=ParagraphState.VERIFIED) | Q(meeting__in=mine))

    def verified(self) -> Self:
        """Frozen ones."""
        return self.filter(state=ParagraphState.VERIFIED)

    def unverified(self) -> Self:
        """Those that still can change."""
        return self.exclude(state=ParagraphState.VERIFIED)

    def drafts(self) -> Self:
        """Those on an agenda that are not taken up: without a number."""
        return self.filter(state=ParagraphState.DRAFT)

    def numbered(self) -> Self:
        """Those taken up, whatever has become of them."""
        return self.exclude(state=ParagraphState.DRAFT)


class Paragraph(models.Model):
    """One item of a meeting: draft → taken_up (gets its number) → decided (gavel) → verified (frozen).

    `body` and `year` repeat the meeting's so that the database can keep numbers unique per body and year.
    `agenda_heading` is what the item stands under on the agenda ("Valärenden"), with those beside it.
    `tabled_from`: the § of another meeting by which this matter was postponed to here.
    `chair` leads the §, with the party of the day; written down when it is taken up.
    `is_immediate`: the meeting decided that the § is verified at once, without waiting for the rest.
    `frozen_document` is the canonical text (protocols.document) that was verified, `frozen_sha256` its hash.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="paragraphs")
    body = models.ForeignKey(Body, models.PROTECT, related_name="paragraphs")
    year = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(_("paragraf"), null=True, blank=True)
    kind = models.CharField(max_length=20, choices=ParagraphKind.choices, default=ParagraphKind.MOTION)
    title = models.CharField(_("rubrik"), max_length=300)
    registry_number = models.CharField(_("diarienummer"), max_length=40, blank=True)
    agenda_heading = models.CharField(_("rubrik på dagordningen"), max_length=80, blank=True, default="")
    tabled_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="returned_as"
    )
    motion = models.ForeignKey(
        Motion, models.PROTECT, null=True, blank=True, related_name="paragraphs", verbose_name=_("motion")
    )
    state = models.CharField(max_length=10, choices=ParagraphState.choices, default=ParagraphState.DRAFT)
    taken_up_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    chair = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ordförande")
    )
    chair_party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    is_immediate = models.BooleanField(_("justeras omedelbart"), default=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    frozen_document = models.TextField(blank=True, default="")
    frozen_sha256 = models.CharField(max_length=64, blank=True, default="")

    objects = ParagraphQuerySet.as_manager()

    class Meta:
        verbose_name = _("paragraf")
        verbose_name_plural = _("paragrafer")
        ordering = ["meeting", "position", "pk"]
        indexes = [models.Index(fields=["motion", "state"], name="paragraph_motion_state")]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="paragraph_number_once_a_year"),
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="paragraph_one_a_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["meeting", "motion"],
                condition=Q(motion__isnull=False),
                name="paragraph_motion_once_a_meeting",
            ),
            models.CheckConstraint(
                condition=Q(state=ParagraphState.DRAFT, number__isnull=True, taken_up_at__isnull=True)
                | ~Q(state=ParagraphState.DRAFT) & Q(number__isnull=False, taken_up_at__isnull=False),
                name="paragraph_numbered_when_taken_up",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[ParagraphState.DECIDED, ParagraphState.VERIFIED], decided_at__isnull=False
                )
                | Q(state__in=[ParagraphState.DRAFT, ParagraphState.TAKEN_UP], decided_at__isnull=True),
                name="paragraph_decided_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=ParagraphState.VERIFIED, verified_at__isnull=False)
                & ~Q(frozen_document="")
                & Q(frozen_sha256__regex="^[0-9a-f]{64}$")
                | ~Q(state=ParagraphState.VERIFIED) & Q(verified_at__isnull=True, frozen_document=""),
                name="paragraph_verified_is_frozen",
            ),
        ]
        triggers = [frozen_with_itself("paragraph_is_frozen"), tells_of_meeting("paragraph_tells", "agenda")]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("protocols:paragraph", args=[self.pk])

    @property
    def label(self) -> str:
        """The § with its number, never parted; "Punkt n" before the item is taken up."""
        return (
            f"§\N{NO-BREAK SPACE}{self.number}" if self.number else _t("Punkt %(n)s") % {"n": self.position}
        )

    @property
    def verified_on(self) -> date | None:
        """The day on which it was verified."""
        return timezone.localdate(self.verified_at) if self.verified_at else None

    @property
    def is_draft(self) -> bool:
        return self.state == ParagraphState.DRAFT

    @property
    def is_taken_up(self) -> bool:
        return self.state == ParagraphState.TAKEN_UP

    @property
    def is_decided(self) -> bool:
        """Whether the gavel has fallen (verified or not)."""
        return self.state in {ParagraphState.DECIDED, ParagraphState.VERIFIED}

    @property
    def is_verified(self) -> bool:
        return self.state == ParagraphState.VERIFIED


class BlockMotion(models.Model):
    """A motion in a block paragraph: one of many remitted, or reported as unanswered, together.

    `stage` is where the motion was when the § was taken up; empty before.
    """

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="block_motions")
    motion = models.ForeignKey(Motion, models.PROTECT, related_name="block_rows")
    stage = models.CharField(max_length=20, choices=Stage.choices, blank=True, default="")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["paragraph", "motion"], name="block_motion_once")]
        triggers = [frozen_with_paragraph("block_motion_is_frozen")]

    def __str__(self) -> str:
        return str(self.motion)


class Section(WrittenText):
    """A written section of a paragraph."""

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="sections")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paragraph", "kind"], name="section_one_of_a_kind")]
        triggers = [frozen_with_paragraph("section_is_frozen")]

    def __str__(self) -> str:
        return f"{self.paragraph.label}: {self.get_kind_display()}"


class Rewording(models.Model):
    """A made section in the secretary's own words; the facts stay, `made_html` is what they gave then."""

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="rewordings")
    kind = models.CharField(max_length=20, choices=SectionKind.choices)
    html = models.TextField(max_length=50_000)
    made_html = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "kind"], name="rewording_one_of_a_kind"),
            models.CheckConstraint(
                condition=~Q(kind__in=WrittenSection.values), name="rewording_of_made_sections"
            ),
        ]
        triggers = [frozen_with_paragraph("rewording_is_frozen")]

    def __str__(self) -> str:
        return f"{self.paragraph.label}: {self.get_kind_display()}"


class Appendix(models.Model):
    """A line under "Bilagor", with the document behind it where there is one, and how that goes along."""

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="appendices")
    title = models.CharField(_("bilaga"), max_length=300)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    following = models.CharField(max_length=10, choices=Following.choices, default=Following.NAMED)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(following=Following.NAMED) | Q(document__isnull=False),
                name="appendix_that_follows_is_a_document",
            ),
        ]
        triggers = [frozen_with_paragraph("appendix_is_frozen")]

    def __str__(self) -> str:
        return self.title


class Recipient(models.Model):
    """Somebody the extract is sent to, with a remark ("för verkställighet")."""

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="recipients")
    name = models.CharField(_("mottagare"), max_length=200)
    remark = models.CharField(_("anmärkning"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        triggers = [frozen_with_paragraph("recipient_is_frozen")]

    def __str__(self) -> str:
        return f"{self.name}, {self.remark}" if self.remark else self.name


class Verification(models.Model):
    """One verifier's approval of one paragraph, bound to the text's hash (KL 5 kap. 69 §)."""

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="verifications")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "person"], name="verification_once_a_person"),
        ]
        triggers = [frozen_with_paragraph("verification_is_frozen")]

    def __str__(self) -> str:
        return f"{self.paragraph.label}: {self.person}"

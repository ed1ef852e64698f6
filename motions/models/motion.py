"""A motion with its movers, att-satser and documents."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from motions.enums import DocumentKind, Outcome, Stage
from motions.models.account import User
from motions.models.ordering import Folded
from motions.models.organisation import Body
from motions.models.people import Party, Person
from motions.models.written import WrittenText
from motions.permissions import HasRoles, Permission, has_permission
from motions.workflow import stage_changes

#: The year of KL 5 kap. 35 § is near its end when this many days are left.
NEAR_DEADLINE_DAYS = 65


class MotionQuerySet(models.QuerySet["Motion"]):
    """Motions by where they stand."""

    def visible_to(self, user: HasRoles) -> Self:
        """Every motion is public from hand-in (TF 2 kap. 9 §)."""
        return self.all()

    def open(self) -> Self:
        """Still on their way to a verdict."""
        return self.filter(stage__in=Stage.open_stages)

    def ended(self) -> Self:
        """Decided, closed or withdrawn."""
        return self.exclude(stage__in=Stage.open_stages)

    def newest_ended_first(self) -> Self:
        """By the day of the verdict; the withdrawn, which have none, by that of the hand-in."""
        return self.order_by(Coalesce("decided_on", "handed_in_on").desc(), "-pk")

    def near_deadline(self, today: date) -> Self:
        """Open ones whose year ends within NEAR_DEADLINE_DAYS days, or has ended without a report."""
        return self.open().filter(
            due_on__lte=today + timedelta(days=NEAR_DEADLINE_DAYS), overdue_reported_on__isnull=True
        )

    def overdue_unreported(self, today: date) -> Self:
        """Open ones past their year that were never reported to fullmäktige (KL 5 kap. 35 §)."""
        return self.open().filter(due_on__lt=today, overdue_reported_on__isnull=True)


class Motion(models.Model):
    """A motion of members of fullmäktige: handed in → registered → … → decided → closed, or withdrawn.

    `stage` follows from the events (motions.actions.events is its only writer; a trigger refuses other ways).
    `due_on` is the last day of the year of KL 5 kap. 35 §.
    """

    number = models.CharField(_("motionsnummer"), max_length=40, null=True, blank=True, unique=True)
    registry_number = models.CharField(_("diarienummer"), max_length=40, null=True, blank=True, unique=True)
    title = models.CharField(_("rubrik"), max_length=250)
    text = models.TextField(_("motionens text"), max_length=100_000, blank=True)
    handed_in_on = models.DateField(_("inlämnad"))
    raised_on = models.DateField(_("väckt i fullmäktige"), null=True, blank=True)
    due_on = models.DateField(_("årsklockan går ut"))
    decided_on = models.DateField(_("avgjord"), null=True, blank=True)
    overdue_reported_on = models.DateField(_("anmäld som obesvarad"), null=True, blank=True)
    stage = models.CharField(_("steg"), max_length=20, choices=Stage.choices, default=Stage.HANDED_IN)
    minority_deferral_used = models.BooleanField(_("minoritetens rätt använd"), default=False)
    preparing_body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="motions", verbose_name=_("beredande organ")
    )
    case_officer = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="motions", verbose_name=_("handläggare")
    )
    movers = models.ManyToManyField(Person, through="MotionMover", related_name="motions")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    search = models.GeneratedField(
        expression=SearchVector("title", "text", config="swedish"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = MotionQuerySet.as_manager()

    class Meta:
        verbose_name = _("motion")
        verbose_name_plural = _("motioner")
        ordering = ["-handed_in_on", "-pk"]
        indexes = [
            models.Index(fields=["stage", "due_on", "id"], name="motion_stage_due"),
            # The open ones are few beside all that were ever decided: the board is counted and listed here.
            models.Index(
                fields=["due_on", "id"],
                include=["stage", "overdue_reported_on"],
                condition=Q(stage__in=Stage.open_stages),
                name="motion_open_due",
            ),
            models.Index(fields=["-handed_in_on", "-id"], name="motion_newest"),
            models.Index(
                Coalesce("decided_on", "handed_in_on").desc(),
                F("id").desc(),
                condition=~Q(stage__in=Stage.open_stages),
                name="motion_ended_newest",
            ),
            GinIndex("search", name="motion_search"),
            GinIndex(OpClass(Folded("title"), name="gin_trgm_ops"), name="motion_title_like"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="motion_has_title"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="motion_stage_is_known"),
            models.CheckConstraint(
                condition=Q(raised_on__isnull=True) | Q(raised_on__gte=F("handed_in_on")),
                name="motion_raised_after_hand_in",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.HANDED_IN)
                | Q(stage=Stage.WITHDRAWN)
                | Q(number__isnull=False, registry_number__isnull=False),
                name="motion_registered_has_numbers",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.DECIDED, Stage.CLOSED], decided_on__isnull=False)
                | ~Q(stage__in=[Stage.DECIDED, Stage.CLOSED]) & Q(decided_on__isnull=True),
                name="motion_decided_has_day",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="motion_stage_follows_the_graph",
                field="stage",
                transitions=[(before.value, after.value) for before, after in stage_changes()],
            ),
            pgtrigger.Protect(name="motion_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("motions:detail", args=[self.pk])

    @property
    def reference(self) -> str:
        """How the motion is named: "Motion 13-2021", or "Ny motion" before it has a number."""
        return _t("Motion %(number)s") % {"number": self.number} if self.number else _t("Ny motion")

    @property
    def full_title(self) -> str:
        """Number and title as one line of an agenda: "Motion 13-2021 om …"."""
        title = self.title
        if title.lower().startswith("om "):
            title = f"om {title[3:]}"
        else:
            starts_a_name = len(title) > 1 and not title[1].islower()
            title = "om " + (title if starts_a_name else title[:1].lower() + title[1:])
        return f"{self.reference} {title}"

    @property
    def is_open(self) -> bool:
        """Whether the motion still awaits its verdict."""
        return self.stage in Stage.open_stages

    @property
    def clauses_locked(self) -> bool:
        """Whether the att-satser stand: from the remittal on they are what bodies decide about."""
        return self.stage not in {Stage.HANDED_IN, Stage.REGISTERED}


class MotionMover(models.Model):
    """A member who handed in the motion, with the party of that day (KL 5 kap. 22 §)."""

    motion = models.ForeignKey(Motion, models.CASCADE, related_name="mover_rows")
    person = models.ForeignKey(Person, models.PROTECT, related_name="mover_rows", db_index=False)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["person", "motion"], name="mover_person_motion")]
        constraints = [models.UniqueConstraint(fields=["motion", "person"], name="mover_once_a_motion")]

    def __str__(self) -> str:
        return f"{self.person.name} ({self.party.code})" if self.party else self.person.name


class Clause(models.Model):
    """An att-sats: what the motion asks for, one demand each; settled by a decision of fullmäktige.

    `proposed_outcome` is the case officer's draft, `outcome` the verdict.
    """

    motion = models.ForeignKey(Motion, models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("att-sats"), max_length=2_000)
    proposed_outcome = models.CharField(
        _("förslag"), max_length=20, choices=Outcome.choices, blank=True, default=""
    )
    outcome = models.CharField(_("utfall"), max_length=20, choices=Outcome.choices, blank=True, default="")

    class Meta:
        verbose_name = _("att-sats")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["motion", "position"],
                name="clause_one_a_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="clause_position_from_one"),
            models.CheckConstraint(condition=~Q(text=""), name="clause_has_text"),
        ]

    def __str__(self) -> str:
        return self.text


def document_path(document: Document, filename: str) -> str:
    """Where a document is kept: by its content, whatever the file was called."""
    return f"motions/{document.motion_id}/{document.sha256}.pdf"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents by who may read them."""

    def visible_to(self, user: HasRoles) -> Self:
        """The public reads what is not marked as secret; officials read all (OSL)."""
        if has_permission(user, Permission.READ_DRAFTS):
            return self.all()
        return self.filter(is_secret=False)


class Document(models.Model):
    """A PDF of the case, stored by its content; `sha256` is hex, `size` in bytes."""

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="documents")
    kind = models.CharField(_("slag"), max_length=20, choices=DocumentKind.choices)
    title = models.CharField(_("rubrik"), max_length=200)
    file = models.FileField(
        _("fil"), upload_to=document_path, max_length=200, validators=[FileExtensionValidator(["pdf"])]
    )
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    received_on = models.DateField(_("inkom"))
    is_secret = models.BooleanField(
        _("sekretess"), default=False, help_text=_("Visas aldrig för allmänheten (OSL 5 kap. 5 §).")
    )
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("handling")
        verbose_name_plural = _("handlingar")
        ordering = ["received_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["motion", "sha256"], name="document_once_a_motion"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("motions:document", args=[self.pk])


class DraftSection(WrittenText):
    """One section of the case officer's draft."""

    motion = models.ForeignKey(Motion, models.CASCADE, related_name="draft_sections")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["motion", "kind"], name="draft_one_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.motion}: {self.get_kind_display()}"

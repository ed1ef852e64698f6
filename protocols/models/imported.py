"""Minutes that others wrote, as they were read: beside the register's own, and never taken for them."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motions.models import Body, Motion, User


def source_path(source: SourceFile, filename: str) -> str:
    """Where a source is kept: by its content."""
    ending = filename.rpartition(".")[2].lower()
    return f"sources/{source.sha256[:2]}/{source.sha256}.{ending}"


class SourceFile(models.Model):
    """A file as it came in, with the text that was read in it: every place of a fact is an offset there.

    `sha256` is hex, `size` in bytes; the pages of `text` are parted by form feeds.
    """

    file = models.FileField(upload_to=source_path, max_length=200)
    name = models.CharField(_("namn"), max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField()
    text = models.TextField()
    received_at = models.DateTimeField(default=timezone.now)
    received_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("inläst fil")
        verbose_name_plural = _("inlästa filer")
        triggers = [pgtrigger.Protect(name="source_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name


class ImportedMeeting(models.Model):
    """The meeting that a source tells of; `body` where the register knows it, else its name alone.

    `facts` is the reader's row of who was there (protocols.reading.rows). A newer version of the same
    minutes stands beside the older one and names it (`supersedes`).
    """

    source = models.OneToOneField(SourceFile, models.PROTECT, related_name="meeting")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    body_name = models.CharField(_("organ"), max_length=120)
    held_on = models.DateField(_("dag"), null=True, blank=True)
    place = models.CharField(_("plats"), max_length=300, blank=True)
    layout = models.CharField(max_length=60)
    marks = models.JSONField(default=list)
    facts = models.JSONField()
    version = models.PositiveSmallIntegerField(default=1)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("inläst sammanträde")
        verbose_name_plural = _("inlästa sammanträden")
        ordering = ["-held_on", "body_name", "-pk"]
        indexes = [models.Index(fields=["body_name", "held_on"], name="imported_meeting_body_day")]
        triggers = [
            pgtrigger.Protect(name="imported_meeting_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        day = self.held_on.isoformat() if self.held_on else _("okänd dag")
        return f"{self.body_name or self.source.name} {day}"

    def get_absolute_url(self) -> str:
        return reverse("protocols:imported_meeting", args=[self.pk])


#: Every word of the sections, as the reader's row has them.
_WORDS_OF_SECTIONS = (
    "jsonb_to_tsvector('swedish', jsonb_path_query_array(%(expressions)s, '$.sections[*].text'), "
    "'[\"string\"]')"
)


class ImportedParagraph(models.Model):
    """A § as read. `facts` is the reader's row (protocols.reading.rows) and never changes.

    Title, registry number and outcome may be put right by whoever accepts it; from then on nothing changes.
    """

    meeting = models.ForeignKey(ImportedMeeting, models.PROTECT, related_name="paragraphs")
    position = models.PositiveIntegerField()
    number = models.CharField(_("paragraf"), max_length=20)
    title = models.TextField(_("rubrik"), max_length=2000)
    registry_number = models.CharField(_("diarienummer"), max_length=60, blank=True)
    outcome = models.CharField(_("utfall"), max_length=30)
    facts = models.JSONField()
    motion = models.ForeignKey(Motion, models.PROTECT, null=True, blank=True, related_name="imported")
    accepted_at = models.DateTimeField(_("godkänd"), null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    search = models.GeneratedField(
        expression=Func(
            Func("title", template="to_tsvector('swedish', %(expressions)s)"),
            Func("facts", template=_WORDS_OF_SECTIONS),
            template="(%(expressions)s)",
            arg_joiner=" || ",
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("inläst paragraf")
        verbose_name_plural = _("inlästa paragrafer")
        ordering = ["position"]
        indexes = [
            models.Index(fields=["registry_number"], name="imported_registry_number"),
            GinIndex("search", name="imported_search"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="imported_one_a_place"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="imported_accepted_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="imported_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="imported_stands_once_accepted",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__accepted_at__isnull=False),
            ),
            pgtrigger.ReadOnly(
                name="imported_facts_are_as_read", fields=["meeting", "position", "number", "facts"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def label(self) -> str:
        """As it is called: "§ 12"."""
        return f"§\N{NO-BREAK SPACE}{self.number}"

    @property
    def is_accepted(self) -> bool:
        return self.accepted_at is not None

    @property
    def page(self) -> int | None:
        """The page of the source that it begins on."""
        found: int | None = self.facts["places"]["paragraph"][2]
        return found

    def get_absolute_url(self) -> str:
        return reverse("protocols:imported_paragraph", args=[self.pk])

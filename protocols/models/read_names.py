"""Who is named in imported minutes: each name and each party's letters, and who of the register that is."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motions.models import Party, Person, User
from protocols.enums import NameState
from protocols.models.imported import ImportedMeeting, ImportedParagraph


class Answered(models.Model):
    """What somebody of flesh and blood may have to answer: waiting, or answered by the program or by them."""

    state = models.CharField(max_length=10, choices=NameState.choices, default=NameState.WAITING)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    TARGET: ClassVar[str]
    """The field that names the row of the register."""

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has said yet who or what it is."""
        return self.state == NameState.WAITING


def _constraints(name: str, target: str) -> list[models.BaseConstraint]:
    """What holds of an answer; `target` is the field that names the row of the register."""
    nobody = Q(answered_by__isnull=True, answered_at__isnull=True)
    somebody = Q(answered_by__isnull=False, answered_at__isnull=False)
    is_known = Q(**{f"{target}__isnull": False})
    return [
        models.CheckConstraint(
            name=f"{name}_says_who",
            condition=Q(state=NameState.WAITING) & nobody & ~is_known
            | Q(state=NameState.MATCHED) & nobody & is_known
            | Q(state__in=NameState.pointing) & somebody & is_known
            | Q(state=NameState.LEFT) & somebody & ~is_known,
        ),
    ]


class ReadParty(Answered):
    """A party's letters as printed in imported minutes ("FP"), and the party of the register that it is."""

    TARGET = "party"

    code = models.CharField(_("beteckning"), max_length=20, unique=True)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("parti i äldre protokoll")
        verbose_name_plural = _("partier i äldre protokoll")
        ordering = ["code"]
        constraints = _constraints("read_party", "party")

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("protocols:read_party", args=[self.pk])


class ReadName(Answered):
    """A name with a party's letters, and the person of the register that it is.

    `key` is the name without what two spellings may differ in (protocols.reading.names.key), `name` how it
    was first spelt. The same name in another party waits for its own answer: it may be somebody else.
    """

    TARGET = "person"

    key = models.CharField(max_length=200)
    name = models.CharField(_("namn"), max_length=200)
    code = models.CharField(_("parti"), max_length=20, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="read_names")

    class Meta:
        verbose_name = _("namn i äldre protokoll")
        verbose_name_plural = _("namn i äldre protokoll")
        ordering = ["key", "code"]
        indexes = [
            GinIndex(OpClass("key", name="gin_trgm_ops"), name="read_name_key"),
            models.Index("key", name="read_name_waiting", condition=Q(state=NameState.WAITING)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key", "code"], name="read_name_once"),
            *_constraints("read_name", "person"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})" if self.code else self.name

    def get_absolute_url(self) -> str:
        return reverse("protocols:read_name", args=[self.pk])


class Mention(models.Model):
    """That imported minutes name somebody, spelt so; once a name and §.

    Without a § it is the front page or a list of attendance that does.
    """

    meeting = models.ForeignKey(ImportedMeeting, models.PROTECT, related_name="mentions")
    paragraph = models.ForeignKey(
        ImportedParagraph, models.PROTECT, null=True, blank=True, related_name="mentions"
    )
    name = models.ForeignKey(ReadName, models.PROTECT, related_name="mentions")
    spelling = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("omnämnande")
        verbose_name_plural = _("omnämnanden")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "paragraph", "name"], name="mention_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.spelling

    @property
    def where(self) -> ImportedParagraph | ImportedMeeting:
        """The § that names them, or the meeting that they were at."""
        return self.paragraph or self.meeting

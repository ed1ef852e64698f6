"""Assignments: what a decision gives somebody to do, and what has been reported back about it."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motions.models import Body
from protocols.models.freezing import frozen_with_paragraph
from protocols.models.paragraph import Paragraph
from protocols.models.telling import tells_of_paragraph


class Assignment(models.Model):
    """A task (uppdrag) given in a decision to a body, or to `addressee` outside them ("regiondirektören").

    `task` is worded without its "att". It takes effect, and is frozen, when the § is verified.
    """

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="assignments")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="assignments")
    addressee = models.CharField(_("annan mottagare"), max_length=100, blank=True)
    task = models.TextField(_("uppgift"), max_length=2_000)
    due_on = models.DateField(_("senast"), null=True, blank=True)

    class Meta:
        verbose_name = _("beslutsuppdrag")
        verbose_name_plural = _("beslutsuppdrag")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(body__isnull=False, addressee="") | (Q(body__isnull=True) & ~Q(addressee="")),
                name="assignment_has_one_addressee",
            ),
            models.CheckConstraint(condition=~Q(task=""), name="assignment_has_task"),
        ]
        triggers = [
            frozen_with_paragraph("assignment_is_frozen"),
            tells_of_paragraph("assignment_tells", "decision"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.task}"

    @property
    def recipient(self) -> str:
        """Who is to do it, as named inside a sentence."""
        return self.body.inline_name if self.body else self.addressee

    def get_absolute_url(self) -> str:
        return reverse("protocols:assignment", args=[self.pk])


class AssignmentReport(models.Model):
    """One event in the following up: reported back (`is_reported`), or that such a report was wrong.

    `paragraph` is the later § in which it was reported, if it was in one. Rows are only ever added; the
    latest says how the assignment stands.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reports")
    is_reported = models.BooleanField()
    happened_on = models.DateField(_("dag"))
    note = models.TextField(_("anteckning"), max_length=2_000)
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("återrapportering")
        verbose_name_plural = _("återrapporteringar")
        ordering = ["pk"]
        triggers = [
            pgtrigger.Protect(name="assignment_report_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.happened_on.isoformat()}"

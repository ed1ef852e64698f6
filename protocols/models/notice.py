"""Notices: what the board (anslagstavla) has said about verified minutes, and until when (KL 8 kap. 12 §)."""

from __future__ import annotations

from datetime import date, timedelta

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motions.models import User
from protocols.models.meeting import Meeting
from protocols.models.paragraph import Paragraph


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices by the calendar."""

    def up_on(self, day: date) -> NoticeQuerySet:
        """Those that hang on the board on the day: posted, and the appeal time has not run out."""
        return self.filter(posted_on__lte=day, down_on__gt=day)


class Notice(models.Model):
    """One day's announcement that paragraphs of a meeting are verified.

    Its days are computed when it is posted and kept; by them it leaves the board (`up_on`) without anybody's
    doing. `taken_down_on` is what the secretary certifies afterwards. Nothing else about it ever changes.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="notices")
    posted_on = models.DateField(_("anslaget"))
    appeal_until = models.DateField(_("sista dag att överklaga"))
    down_on = models.DateField(_("tas ned"))
    kept_at = models.CharField(_("protokollet förvaras"), max_length=200)
    posted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_down_on = models.DateField(_("nedtaget"), null=True, blank=True)
    certified_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("anslag")
        verbose_name_plural = _("anslag")
        ordering = ["-posted_on", "-pk"]
        indexes = [models.Index(fields=["-down_on"], name="notice_down_on")]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "posted_on"], name="notice_one_a_day"),
            models.CheckConstraint(
                condition=Q(appeal_until__gte=F("posted_on") + timedelta(weeks=3)),
                name="notice_three_weeks_of_appeal",
            ),
            models.CheckConstraint(
                condition=Q(down_on__gt=F("appeal_until")), name="notice_stays_through_the_appeal_time"
            ),
            models.CheckConstraint(
                condition=Q(taken_down_on__isnull=True, certified_by__isnull=True)
                | Q(taken_down_on__gte=F("down_on"), certified_by__isnull=False),
                name="notice_not_taken_down_early",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="notice_is_posted_once", exclude=["taken_down_on", "certified_by"]),
            pgtrigger.Protect(
                name="notice_is_certified_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__taken_down_on__isnull=False),
            ),
            pgtrigger.Protect(name="notice_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.posted_on.isoformat()}"

    @property
    def final_from(self) -> date:
        """The day from which decisions that nobody appealed against are final."""
        return self.appeal_until + timedelta(days=1)


class NoticeParagraph(models.Model):
    """A § that a notice announces; each is announced once, after it was verified.

    `is_appealable` is decided when it is posted: preparatory decisions are not (KL 13 kap. 2 §).
    """

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="rows")
    paragraph = models.OneToOneField(Paragraph, models.PROTECT, related_name="notice_row")
    is_appealable = models.BooleanField()

    class Meta:
        ordering = ["paragraph__number", "pk"]
        triggers = [
            pgtrigger.Protect(
                name="notice_row_is_posted_once", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            pgtrigger.Trigger(
                name="notice_row_is_of_its_meeting_and_verified",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                IF NOT EXISTS (
                    SELECT 1 FROM protocols_paragraph p JOIN protocols_notice n ON n.id = NEW.notice_id
                    WHERE p.id = NEW.paragraph_id AND p.state = 'verified' AND p.meeting_id = n.meeting_id
                    AND (p.verified_at AT TIME ZONE 'Europe/Stockholm')::date <= n.posted_on
                ) THEN
                    RAISE EXCEPTION 'only a verified paragraph of the meeting is announced';
                END IF;
                RETURN NEW;""",
            ),
        ]

    def __str__(self) -> str:
        return str(self.paragraph)

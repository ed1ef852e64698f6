"""The year clock of KL 5 kap. 35 §: how much of the year has gone, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motions.actions.registration import a_year_after
from motions.enums import Stage
from motions.models import NEAR_DEADLINE_DAYS, Motion
from motions.wording.days import day_near

LAW = "KL 5 kap. 35 §"


@dataclass(frozen=True)
class YearClock:
    """A motion's year as of a day; counts are days. A decided motion's clock has stopped."""

    starts_on: date
    due_on: date
    today: date
    decided_on: date | None = None
    reported_on: date | None = None
    is_stopped: bool = False

    @property
    def total(self) -> int:
        return (self.due_on - self.starts_on).days

    @property
    def used(self) -> int:
        """Days gone until the verdict, or until today."""
        return max(0, ((self.decided_on or self.today) - self.starts_on).days)

    @property
    def left(self) -> int:
        """Days left of the year, below zero when it has passed."""
        return (self.due_on - self.today).days

    @property
    def state(self) -> str:
        """The class of its colours: "" (time enough), "is-near", "is-late" or "is-done"."""
        if self.decided_on or self.is_stopped:
            return "is-done"
        if self.left < 0:
            return "is-late"
        return "is-near" if self.left <= NEAR_DEADLINE_DAYS else ""

    @property
    def words(self) -> str:
        """The amount in words: "155 dagar kvar", "23 dagar över", "avgjord på 148 dagar"."""
        if self.decided_on:
            return ngettext("avgjord på %(n)s dag", "avgjord på %(n)s dagar", self.used) % {"n": self.used}
        if self.is_stopped:
            return _("återtagen")
        if self.left < 0:
            return ngettext("%(n)s dag över", "%(n)s dagar över", -self.left) % {"n": -self.left}
        return ngettext("%(n)s dag kvar", "%(n)s dagar kvar", self.left) % {"n": self.left}

    @property
    def meter_words(self) -> str:
        """What a screen reader says of the bar."""
        return _("%(used)s av %(total)s dagar") % {"used": self.used, "total": self.total}

    @property
    def note(self) -> str:
        """Whether fullmäktige has been told of a motion past its year."""
        if self.decided_on or self.is_stopped or (self.left >= 0 and not self.reported_on):
            return ""
        if self.reported_on:
            return _("anmäld %(day)s") % {"day": day_near(self.reported_on, self.today)}
        return _("ej anmäld (%(law)s)") % {"law": LAW}


def year_clock(motion: Motion, today: date) -> YearClock:
    """The motion's clock as of today."""
    return YearClock(
        starts_on=starts_on(motion),
        due_on=motion.due_on,
        today=today,
        decided_on=motion.decided_on,
        reported_on=motion.overdue_reported_on,
        is_stopped=motion.stage == Stage.WITHDRAWN,
    )


def full_months(start: date, end: date) -> int:
    """How many whole months lie between two days."""
    return max(0, (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day))


def starts_on(motion: Motion) -> date:
    """The day that the year was counted from: the one of the two that gives the motion's `due_on`."""
    if motion.raised_on and a_year_after(motion.raised_on) == motion.due_on:
        return motion.raised_on
    return motion.handed_in_on

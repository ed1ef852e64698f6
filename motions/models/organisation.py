"""The authority itself: its words and formats, its bodies and their terms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motions.enums import BodyKind, ClockStart

#: Fullmäktige is summoned at least this many days before the meeting (KL 5 kap. 15 §).
SUMMONS_DAYS = 7

NUMBER_FORMAT = RegexValidator(
    r"^(?=.*\{n\})(?=.*\{year\})(?:[^{}]|\{n\}|\{year\})+$",
    _("Formatet ska innehålla {n} och {year}, t.ex. {n}-{year}."),
)


def half_yearly() -> list[int]:
    """April and October: when most authorities report their unanswered motions."""
    return [4, 10]


class Organisation(models.Model):
    """The region or municipality that this installation serves: exactly one row."""

    name = models.CharField(_("namn"), max_length=100)
    short_name = models.CharField(_("kortnamn"), max_length=40)
    motion_number_format = models.CharField(
        _("format för motionsnummer"), max_length=40, default="{n}-{year}", validators=[NUMBER_FORMAT]
    )
    registry_number_format = models.CharField(
        _("format för diarienummer"), max_length=40, default="{n}-{year}", validators=[NUMBER_FORMAT]
    )
    clock_start = models.CharField(
        _("årsklockan räknas"), max_length=20, choices=ClockStart.choices, default=ClockStart.HANDED_IN
    )
    substitutes_may_move = models.BooleanField(
        _("tjänstgörande ersättare får väcka motion"),
        default=False,
        help_text=_("KL 5 kap. 22 § ger rätten till ledamöter; arbetsordningen kan ge den till ersättare."),
    )
    minutes_kept_at = models.CharField(
        _("protokollen förvaras hos"),
        max_length=200,
        default="registraturen",
        help_text=_("Står i anslaget om justerat protokoll (KL 8 kap. 12 §), t.ex. registraturen."),
    )
    appeal_court = models.CharField(
        _("förvaltningsrätt"),
        max_length=200,
        default="förvaltningsrätten",
        help_text=_("Dit beslut överklagas (KL 13 kap. 1 §), t.ex. Förvaltningsrätten i Luleå."),
    )
    report_months = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(12)]),
        verbose_name=_("månader för redovisning av obesvarade motioner"),
        default=half_yearly,
        blank=True,
        help_text=_("Månadernas nummer, t.ex. 4,10. Då påminner fullmäktiges dagordning om redovisningen."),
    )
    requires_second_factor = models.BooleanField(
        _("justering kräver engångskod"),
        default=True,
        help_text=_("Den som justerar bekräftar med en kod från sin telefon (tvåstegsverifiering)."),
    )
    heading_profile = models.JSONField(
        _("rubriker i protokollet"),
        default=list,
        blank=True,
        help_text=_("Ordning och rubriker som lista av [avsnitt, rubrik]; tom lista ger standardordningen."),
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisationen")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="organisation_is_one")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the single row's key."""
        self.pk = 1
        super().save(*args, **kwargs)


class BodyQuerySet(models.QuerySet["Body"]):
    """Bodies by what they are."""

    def assembly(self) -> Body:
        """Fullmäktige. Raises Body.DoesNotExist before the organisation is set up."""
        return self.get(kind=BodyKind.ASSEMBLY)

    def executive_board(self) -> Body:
        """The board (styrelsen). Raises Body.DoesNotExist before the organisation is set up."""
        return self.get(kind=BodyKind.EXECUTIVE_BOARD)


class Body(models.Model):
    """A deciding body (fullmäktige, styrelse, nämnd) with its number of seats."""

    kind = models.CharField(_("slag"), max_length=20, choices=BodyKind.choices)
    name = models.CharField(_("namn"), max_length=80, unique=True, help_text=_("T.ex. Regionstyrelsen"))
    inline_name = models.CharField(
        _("namn inne i en mening"), max_length=80, help_text=_("T.ex. regionstyrelsen")
    )
    abbreviation = models.CharField(_("förkortning"), max_length=10, unique=True)
    seats = models.PositiveSmallIntegerField(_("antal platser"), validators=[MinValueValidator(1)])
    summons_days = models.PositiveSmallIntegerField(
        _("kallelse senast, dagar före"),
        default=SUMMONS_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Fullmäktige: minst sju (KL 5 kap. 15 §). Andra organ: som deras regler säger."),
    )
    position = models.PositiveSmallIntegerField(_("ordning"), default=0)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("organ")
        verbose_name_plural = _("organ")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1), name="body_has_seats"),
            models.CheckConstraint(
                condition=Q(summons_days__gte=1)
                & (~Q(kind=BodyKind.ASSEMBLY) | Q(summons_days__gte=SUMMONS_DAYS)),
                name="body_summons_in_time",
                violation_error_message=_("Fullmäktige kallas minst en vecka före (KL 5 kap. 15 §)."),
            ),
            models.UniqueConstraint(
                "kind", condition=~Q(kind=BodyKind.COMMITTEE), name="body_one_assembly_one_board"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_assembly(self) -> bool:
        """Whether this is fullmäktige, which alone decides motions (KL 5 kap. 23 §)."""
        return self.kind == BodyKind.ASSEMBLY

    @property
    def is_executive_board(self) -> bool:
        """Whether this is the board, which proposes to fullmäktige (KL 5 kap. 28 §)."""
        return self.kind == BodyKind.EXECUTIVE_BOARD

    @property
    def quorum(self) -> int:
        """How many must be present: more than half of the seats (KL 5 kap. 45 §, 6 kap. 27 §)."""
        return self.seats // 2 + 1


class Term(models.Model):
    """A term of office (mandatperiod) of a body, both days included."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="terms", verbose_name=_("organ"))
    starts_on = models.DateField(_("från och med"))
    ends_on = models.DateField(_("till och med"))

    class Meta:
        verbose_name = _("mandatperiod")
        verbose_name_plural = _("mandatperioder")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="term_ends_after_start"),
            models.UniqueConstraint(fields=["body", "starts_on"], name="term_unique_start"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.starts_on.year}–{self.ends_on.year}"

    def includes(self, day: date) -> bool:
        """Whether the day lies in the term."""
        return self.starts_on <= day <= self.ends_on

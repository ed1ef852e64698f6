"""Persons, parties and who belonged to what on which day."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _

from motions.enums import BodyKind, MembershipRole
from motions.models.ordering import SwedishOrder
from motions.models.organisation import Body


class Days(Func):
    """daterange(start, end, '[]') for exclusion constraints."""

    function = "DATERANGE"


def on_day(day: date, *, prefix: str = "") -> Q:
    """The condition that a dated row (starts_on, ends_on) holds on the day, both ends included."""
    return Q(**{f"{prefix}starts_on__lte": day}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": day})
    )


class Party(models.Model):
    """A party or group as it is printed: code and name are local data, never a fixed list."""

    code = models.CharField(_("beteckning"), max_length=10, unique=True)
    name = models.CharField(_("namn"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        verbose_name = _("parti")
        verbose_name_plural = _("partier")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class SubstituteOrder(models.Model):
    """Whose substitutes come next where a party has none left: local rules, a list per party (KL 5:18).

    Substitutes of parties that are not on the list come after, in the body's own order.
    """

    party = models.ForeignKey(Party, models.CASCADE, related_name="substitute_order", verbose_name=_("parti"))
    then = models.ForeignKey(Party, models.CASCADE, related_name="+", verbose_name=_("därefter ur"))
    position = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        verbose_name = _("turordning mellan ersättare")
        verbose_name_plural = _("turordning mellan ersättare")
        ordering = ["party", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["party", "then"], name="substitute_order_once"),
            models.CheckConstraint(condition=~Q(party=F("then")), name="substitute_order_of_others"),
        ]

    def __str__(self) -> str:
        return f"{self.party.code}: {self.then.code}"


class PersonQuerySet(models.QuerySet["Person"]):
    """Persons by what they were on a day."""

    def seated_in(self, kind: BodyKind, day: date) -> Self:
        """Those who held a seat in a body of the kind on the day."""
        return self.filter(
            pk__in=Membership.objects.on(day).seated().filter(body__kind=kind).values("person")
        )

    def named_like(self, text: str) -> Self:
        """Those whose given or family name has a word starting with each typed word (å and a differ)."""
        found = self
        for word in text.lower().split():
            found = found.filter(Q(search_name__startswith=word) | Q(search_name__contains=f" {word}"))
        return found


class Person(models.Model):
    """An elected representative. No personal identity number is ever stored (dataskyddslagen 3 kap. 10 §)."""

    given_name = models.CharField(_("förnamn"), max_length=60)
    family_name = models.CharField(_("efternamn"), max_length=80)
    sort_key = models.GeneratedField(
        expression=SwedishOrder(Concat(F("family_name"), Value(" "), F("given_name"))),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
    search_name = models.GeneratedField(
        expression=Lower(Concat(F("given_name"), Value(" "), F("family_name"))),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("personer")
        ordering = ["sort_key"]
        indexes = [
            models.Index("sort_key", name="person_sort_key"),
            GinIndex(OpClass("search_name", name="gin_trgm_ops"), name="person_search_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name as printed, given name first."""
        return f"{self.given_name} {self.family_name}"

    def party_on(self, day: date) -> Party | None:
        """The party the person belonged to on the day, None for the unaffiliated."""
        affiliation = self.affiliations.filter(on_day(day)).select_related("party").first()
        return affiliation.party if affiliation else None


class PartyAffiliation(models.Model):
    """A person's party from one day to another; a change of party ends one and starts another."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="affiliations", verbose_name=_("person"))
    party = models.ForeignKey(Party, models.PROTECT, related_name="affiliations", verbose_name=_("parti"))
    starts_on = models.DateField(_("från och med"))
    ends_on = models.DateField(_("till och med"), null=True, blank=True)

    class Meta:
        verbose_name = _("partitillhörighet")
        verbose_name_plural = _("partitillhörigheter")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="affiliation_ends_after_start",
            ),
            ExclusionConstraint(
                name="affiliation_one_party_a_day",
                expressions=[
                    (Days("starts_on", "ends_on", Value("[]")), RangeOperators.OVERLAPS),
                    ("person", RangeOperators.EQUAL),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.party.code})"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by day and office."""

    def on(self, day: date) -> Self:
        """Those that hold on the day."""
        return self.filter(on_day(day))

    def seated(self) -> Self:
        """Those that hold a seat (not substitutes)."""
        return self.filter(role__in=MembershipRole.seated)


class Membership(models.Model):
    """A person's office in a body from one day to another.

    `position` is the seat order for members and the order of stepping in for substitutes (KL 5 kap. 18 §).
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="memberships", verbose_name=_("organ"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    role = models.CharField(_("uppdrag"), max_length=20, choices=MembershipRole.choices)
    position = models.PositiveSmallIntegerField(_("ordning"), default=0)
    starts_on = models.DateField(_("från och med"))
    ends_on = models.DateField(_("till och med"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("uppdrag")
        verbose_name_plural = _("uppdrag")
        ordering = ["body", "position", "pk"]
        indexes = [models.Index(fields=["body", "role", "starts_on"], name="membership_body_role")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_start",
            ),
            ExclusionConstraint(
                name="membership_one_office_a_day",
                expressions=[
                    (Days("starts_on", "ends_on", Value("[]")), RangeOperators.OVERLAPS),
                    ("person", RangeOperators.EQUAL),
                    ("body", RangeOperators.EQUAL),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()} i {self.body}"

    @property
    def is_seated(self) -> bool:
        """Whether the office holds a seat."""
        return self.role in MembershipRole.seated

"""Who may raise a motion, as of the day that it was handed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from motions.enums import BodyKind, MembershipRole
from motions.models import Membership, Organisation, PartyAffiliation, Person, on_day


@dataclass(frozen=True)
class Candidate:
    """A person as shown in a list of movers: the party and the office are those of the day."""

    pk: int
    name: str
    party: str
    office: str

    @property
    def label(self) -> str:
        """Name and party: "Anna Berg (S)"."""
        return f"{self.name} ({self.party})" if self.party else self.name


def mover_roles() -> tuple[str, ...]:
    """The offices that give the right to raise a motion (KL 5 kap. 22 §, and local rules for substitutes)."""
    seated: tuple[str, ...] = MembershipRole.seated
    if Organisation.objects.get().substitutes_may_move:
        return (*seated, MembershipRole.SUBSTITUTE)
    return seated


def entitled_movers(day: date, text: str = "") -> list[Candidate]:
    """Those with the right on the day, in Swedish order; with a text, those whose name starts so."""
    offices = Membership.objects.on(day).filter(body__kind=BodyKind.ASSEMBLY, role__in=mover_roles())
    return _candidates(Person.objects.named_like(text).filter(pk__in=offices.values("person")), day)


def named(pks: Iterable[int], day: date) -> dict[int, Candidate]:
    """The persons with these ids, entitled or not, as of the day."""
    return {row.pk: row for row in _candidates(Person.objects.filter(pk__in=list(pks)), day)}


def _candidates(people: QuerySet[Person], day: date) -> list[Candidate]:
    party = PartyAffiliation.objects.filter(on_day(day), person=OuterRef("pk")).values("party__code")
    office = Membership.objects.on(day).filter(body__kind=BodyKind.ASSEMBLY, person=OuterRef("pk"))
    rows = people.annotate(party=Subquery(party[:1]), office=Subquery(office.values("role")[:1]))
    return [
        Candidate(
            pk=person.pk,
            name=person.name,
            party=person.party or "",
            office=str(MembershipRole(person.office).label).lower() if person.office else "",
        )
        for person in rows.order_by("sort_key", "pk")
    ]

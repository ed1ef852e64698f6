"""A made-up region as large as a real one: 81 seats in fullmäktige, 13 in the board, invented people."""

from __future__ import annotations

from itertools import islice

from motions.enums import BodyKind, MembershipRole, Role
from motions.models import Body, Membership, Organisation, Party, PartyAffiliation, Person
from tests.factories import START, Region, make_body, make_user

#: Seats in fullmäktige by party: 40 + 38 + 3.
SEATS = {"S": 24, "V": 9, "MP": 7, "M": 22, "KD": 8, "L": 8, "C": 3}
#: Seats and substitutes in the board: 6 + 6 + 1; the first of S is the chair.
BOARD = {"S": 4, "V": 1, "MP": 1, "M": 4, "KD": 1, "L": 1, "C": 1}

_PARTIES = {
    "S": "Samverkanspartiet", "V": "Vägvalet", "MP": "Markpartiet", "M": "Mittlinjen",
    "KD": "Kustdemokraterna", "L": "Länspartiet", "C": "Centerlistan",
}  # fmt: skip
_GIVEN = (
    "Alva", "Birk", "Cajsa", "Dag", "Ebba", "Folke", "Gunvor", "Henning", "Ingela", "Jarl", "Kajsa",
    "Loke", "Majken", "Nils", "Ottilia", "Pelle", "Ragna", "Sixten", "Tyra", "Uno", "Vendela", "Wilmer",
    "Ylva", "Åke", "Ärla", "Östen", "Blenda", "Edor",
)  # fmt: skip
_FAMILY = (
    "Almkvarn", "Björkäng", "Dalhed", "Ekmark", "Forsänge", "Granlid", "Hagaberg", "Isfjäll", "Kornbo",
    "Lindkulle", "Myrås", "Nordhamn", "Oxbäck", "Pilvik", "Rågstad", "Skogsund", "Tallmo", "Ugglebo",
    "Vassmyr", "Ängsholm", "Åsbrink", "Ödby", "Brunnäs", "Fårö", "Hjortsäter", "Kvarnvik", "Lomsjö",
    "Mossängen", "Näckros",
)  # fmt: skip


def make_county() -> Region:
    """The region with its members; `people` by full name in seat order, party after party."""
    region = Region(
        organisation=Organisation.objects.create(
            name="Region Sundvik", short_name="Sundvik", requires_second_factor=False
        ),
        assembly=make_body(BodyKind.ASSEMBLY, "Regionfullmäktige", "RF", seats=81),
        board=make_body(BodyKind.EXECUTIVE_BOARD, "Regionstyrelsen", "RS", seats=13),
        committee=make_body(BodyKind.COMMITTEE, "Kulturnämnden", "KN"),
    )
    _seat(region)
    chair, second = names_of(region, "S")[0], names_of(region, "M")[0]
    region.registrar = make_user("Rita Registrator", Role.REGISTRAR)
    region.officer = make_user("Hans Handläggare", Role.CASE_OFFICER)
    region.secretary = make_user("Stina Sekreterare", Role.SECRETARY)
    region.chair = make_user(chair, Role.VERIFIER, Role.REPRESENTATIVE, person=region.people[chair])
    region.verifier = make_user(second, Role.VERIFIER, Role.REPRESENTATIVE, person=region.people[second])
    return region


def names_of(region: Region, party: str) -> list[str]:
    """The members of a party in seat order."""
    order = list(SEATS)
    first = sum(SEATS[code] for code in order[: order.index(party)])
    return list(islice(region.people, first, first + SEATS[party]))


def _seat(region: Region) -> None:
    parties = {code: Party.objects.create(code=code, name=_PARTIES[code]) for code in SEATS}
    codes = [code for code, seats in SEATS.items() for _seat in range(seats)]
    people = Person.objects.bulk_create(
        Person(given_name=_GIVEN[place % len(_GIVEN)], family_name=_FAMILY[place % len(_FAMILY)])
        for place in range(len(codes))
    )
    region.people = {person.name: person for person in people}
    PartyAffiliation.objects.bulk_create(
        PartyAffiliation(person=person, party=parties[code], starts_on=START)
        for person, code in zip(people, codes, strict=True)
    )
    Membership.objects.bulk_create(
        _membership(region.assembly, person, place, is_substitute=False)
        for place, person in enumerate(people, start=1)
    )
    seated = [region.people[name] for code, seats in BOARD.items() for name in names_of(region, code)[:seats]]
    waiting = [region.people[names_of(region, code)[seats]] for code, seats in BOARD.items()]
    Membership.objects.bulk_create(
        _membership(region.board, person, place, is_substitute=place > len(seated))
        for place, person in enumerate([*seated, *waiting], start=1)
    )


def _membership(body: Body, person: Person, place: int, *, is_substitute: bool) -> Membership:
    role = MembershipRole.CHAIR if place == 1 else MembershipRole.MEMBER
    if is_substitute:
        role = MembershipRole.SUBSTITUTE
    return Membership(body=body, person=person, role=role, position=place, starts_on=START)

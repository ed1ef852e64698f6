"""A fullmäktige of seventy-one, each with a login of their own, in a made-up region."""

from __future__ import annotations

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from motions.enums import MembershipRole, Role
from motions.models import Membership, PartyAffiliation, Person, User
from tests.factories import START, Region

SEATS = 71
_GIVEN = ("Alva", "Björn", "Cajsa", "Dag", "Ebba", "Folke", "Gun", "Holger", "Inez", "Jarl", "Kajsa")
_FAMILY = ("Fjällström", "Granlund", "Hedkvist", "Isberg", "Järnvall", "Kvarnsten", "Lövgren")


def fill_assembly(region: Region) -> list[User]:
    """Seat as many more as there are seats; the logins of all members, in seat order."""
    found = list(
        Membership.objects.filter(body=region.assembly, role__in=MembershipRole.seated).select_related(
            "person"
        )
    )
    parties = [row.party for row in PartyAffiliation.objects.select_related("party").order_by("pk")]
    names = [(given, family) for family in _FAMILY for given in _GIVEN][: SEATS - len(found)]
    people = Person.objects.bulk_create(
        Person(given_name=given, family_name=family) for given, family in names
    )
    PartyAffiliation.objects.bulk_create(
        PartyAffiliation(person=person, party=parties[number % len(parties)], starts_on=START)
        for number, person in enumerate(people)
    )
    Membership.objects.bulk_create(
        Membership(
            body=region.assembly,
            person=person,
            role=MembershipRole.MEMBER,
            position=100 + number,
            starts_on=START,
        )
        for number, person in enumerate(people)
    )
    region.assembly.seats = SEATS
    region.assembly.save()
    return [_login_of(person) for person in [*(row.person for row in found), *people]]


def _login_of(person: Person) -> User:
    return User.objects.filter(person=person).first() or User.objects.create(
        email=f"person{person.pk}@prov.example", name=person.name, roles=[Role.REPRESENTATIVE], person=person
    )


def cookie_of(user: User) -> str:
    """A session that has just begun, as a browser sends it."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "config.logins.ThrottledBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"sessionid={session.session_key}"

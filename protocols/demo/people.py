"""Who is in the demo: the organisation, its bodies, the elected, and everybody's login."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password

from motions.demo.data import Region
from motions.demo.shapes import Body as BodyData
from motions.enums import Role
from motions.models import (
    Body,
    Membership,
    NumberSeries,
    Organisation,
    Party,
    PartyAffiliation,
    Person,
    SubstituteOrder,
    Term,
    User,
)

#: Shared by all logins of the demo, and printed when the site starts: a demo has nothing to protect.
PASSWORD = "klubban-faller-nu"  # noqa: S105 -- it is meant to be known

MAIL_DOMAIN = "alvmark.example"


@dataclass(frozen=True)
class Cast:
    """Everybody and everything the story names, by the names and keys of its files."""

    organisation: Organisation
    bodies: Mapping[str, Body]
    people: Mapping[str, Person]
    users: Mapping[str, User]

    def user_with(self, role: Role) -> User:
        """The first login that has the role."""
        return next(user for user in self.users.values() if role in user.roles)


def enter_region(region: Region, *, at: datetime) -> Cast:
    """Enter what an administrator would: `at` is the moment that the logins are made."""
    people = _enter_people(region)
    cast = Cast(
        organisation=_enter_organisation(region),
        bodies={body.key: _enter_body(body, people, place) for place, body in enumerate(region.bodies)},
        people=people,
        users=_enter_users(region, people, at=at),
    )
    _enter_number_series(region, cast)
    return cast


def _enter_organisation(region: Region) -> Organisation:
    data = region.organisation
    return Organisation.objects.create(
        requires_second_factor=False,  # nobody who only looks has a phone for every login
        name=data.name,
        short_name=data.short_name,
        clock_start=data.clock_start,
        motion_number_format=data.motion_number_format,
        registry_number_format=data.registry_number_format,
    )


def _enter_people(region: Region) -> dict[str, Person]:
    parties = {
        party.code: Party.objects.create(code=party.code, name=party.name, position=place)
        for place, party in enumerate(region.parties)
    }
    SubstituteOrder.objects.bulk_create(
        SubstituteOrder(party=parties[party.code], then=parties[code], position=place)
        for party in region.parties
        for place, code in enumerate(party.then, start=1)
    )
    split = [name.partition(" ") for name in region.persons]
    rows = Person.objects.bulk_create(
        Person(given_name=given, family_name=family) for given, _space, family in split
    )
    people = dict(zip(region.persons, rows, strict=True))
    PartyAffiliation.objects.bulk_create(
        PartyAffiliation(person=people[name], party=parties[code], starts_on=first, ends_on=last)
        for name in region.persons
        for code, first, last in _parties_of(region, name)
    )
    return people


def _parties_of(region: Region, name: str) -> Iterator[tuple[str, date, date | None]]:
    """The party or parties of a person: code, first and last day."""
    elected_on = region.assembly.terms[0].starts_on
    change = next((change for change in region.party_changes if change.person == name), None)
    if change is None:
        yield region.party_of(name, elected_on), elected_on, None
        return
    yield change.old, elected_on, change.on - timedelta(days=1)
    yield change.new, change.on, None


def _enter_body(data: BodyData, people: Mapping[str, Person], place: int) -> Body:
    body = Body.objects.create(
        kind=data.kind,
        name=data.name,
        inline_name=data.inline_name,
        abbreviation=data.abbreviation,
        seats=data.seats,
        position=place,
    )
    Term.objects.bulk_create(
        Term(body=body, starts_on=term.starts_on, ends_on=term.ends_on) for term in data.terms
    )
    Membership.objects.bulk_create(
        Membership(
            body=body,
            person=people[name],
            role=data.role_of(name) or "",
            position=position,
            starts_on=data.terms[0].starts_on,
        )
        for position, name in enumerate((*data.all_members, *data.all_substitutes), start=1)
    )
    return body


def _enter_users(region: Region, people: Mapping[str, Person], *, at: datetime) -> dict[str, User]:
    """The logins of the files, and one for each of the others who verify minutes in the story."""
    password = make_password(PASSWORD)
    named = {login.name: (login.email, list(login.roles)) for login in region.logins}
    verifying = {name: (_address(name), [Role.VERIFIER, Role.REPRESENTATIVE]) for name in _verifiers(region)}
    rows = User.objects.bulk_create(
        User(
            email=email,
            name=name,
            roles=[role.value for role in roles],
            person=people.get(name),
            password=password,
            created_at=at,
        )
        for name, (email, roles) in (verifying | named).items()
    )
    return {user.name: user for user in rows}


def _verifiers(region: Region) -> list[str]:
    """Everybody who leads a meeting or is chosen to verify its minutes."""
    chairs = [meeting.chair or region.body(meeting.body).presidium.chair for meeting in region.meetings]
    chosen = [name for meeting in region.meetings for name in meeting.verifiers]
    return list(dict.fromkeys([*chairs, *chosen]))


def _address(name: str) -> str:
    """An e-mail address made from a name: Marianne Lövgren-Holm is marianne.lovgren-holm there."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return f"{bare.lower().replace(' ', '.')}@{MAIL_DOMAIN}"


def _enter_number_series(region: Region, cast: Cast) -> None:
    """Where the series stand when the story begins, and past the registry numbers that it types."""
    first = region.organisation.first_numbers
    year = min(motion.handed_in_on for motion in region.motions).year
    series = {("motion", year): first.motion - 1}
    for key, number in first.paragraphs.items():
        series[f"paragraph:{cast.bodies[key].pk}", year] = number - 1
    for number, day in _typed_registry_numbers(region):
        series["registry", day.year] = max(number, series.get(("registry", day.year), 0))
    NumberSeries.objects.bulk_create(
        NumberSeries(key=key, year=year, last=last) for (key, year), last in series.items()
    )


def _typed_registry_numbers(region: Region) -> Iterator[tuple[int, date]]:
    for motion in region.motions:
        if motion.registry_number and motion.registered_on:
            yield motion.registry_number, motion.registered_on
    for meeting in region.meetings:
        for item in meeting.items:
            if item.registry_number:
                yield item.registry_number, meeting.held_on

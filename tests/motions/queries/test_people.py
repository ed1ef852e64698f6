from __future__ import annotations

from datetime import date, timedelta

import pytest

from motions.enums import BodyKind
from motions.models import Membership, Organisation, Party, PartyAffiliation
from motions.queries.people import entitled_movers, named
from tests.factories import START, Region, make_person, make_region

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


@pytest.fixture
def region() -> Region:
    return make_region()


def labels(day: date = DAY, text: str = "") -> list[str]:
    return [row.label for row in entitled_movers(day, text)]


def test_members_come_in_swedish_order_with_their_party(region: Region) -> None:
    assert labels() == [
        "Asta Björk (V)",
        "Bo Cederlund (S)",
        "Cilla Dahl (M)",
        "Greta Zetter (M)",
        "Didrik Åkesson (S)",
        "Farid Ängeby (KD)",
        "Elsa Öhman (C)",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("å", ["Didrik Åkesson (S)"]),
        ("a", ["Asta Björk (V)"]),
        ("Ö", ["Elsa Öhman (C)"]),
        ("björk a", ["Asta Björk (V)"]),
        ("jörk", []),
        ("%", []),
        ("hugo", []),
    ],
)
def test_members_are_found_by_the_beginning_of_a_name(region: Region, text: str, expected: list[str]) -> None:
    assert labels(text=text) == expected


def test_substitutes_come_where_local_rules_let_them_move(region: Region) -> None:
    Organisation.objects.update(substitutes_may_move=True)
    found = {row.name: row.office for row in entitled_movers(DAY, "hugo")}
    assert found == {"Hugo Alm": "ersättare"}


def test_party_and_seat_are_those_of_the_day(region: Region) -> None:
    asta = region.people["Asta"]
    PartyAffiliation.objects.filter(person=asta).update(ends_on=DAY)
    other = Party.objects.get(code="S")
    PartyAffiliation.objects.create(person=asta, party=other, starts_on=DAY + timedelta(days=1))
    assert labels(text="asta") == ["Asta Björk (V)"]
    assert labels(DAY + timedelta(days=1), "asta") == ["Asta Björk (S)"]
    Membership.objects.filter(person=asta, body__kind=BodyKind.ASSEMBLY).update(ends_on=DAY)
    assert labels(text="asta") == ["Asta Björk (V)"]
    assert labels(DAY + timedelta(days=1), "asta") == []
    assert labels(START - timedelta(days=1)) == []


def test_named_persons_need_no_seat(region: Region) -> None:
    outsider = make_person("Ture", "Utanför", None)
    found = named([outsider.pk, 10**9], DAY)
    assert {pk: (row.label, row.office) for pk, row in found.items()} == {outsider.pk: ("Ture Utanför", "")}

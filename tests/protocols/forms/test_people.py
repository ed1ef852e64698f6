"""Choosing people: those who serve are offered, all on the list accepted, the order chosen is kept."""

from __future__ import annotations

import pytest
from django import forms

from protocols.forms.people import PeopleField, PersonField, offer
from protocols.models import Attendance
from protocols.queries.attendance import attendance_list, serving
from tests.factories import Region, make_meeting, make_region


class Choice(forms.Form):
    one = PersonField(required=False)
    many = PeopleField()


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def rows(region: Region) -> list[Attendance]:
    return attendance_list(make_meeting(region, region.board))


def choice(rows: list[Attendance], *many: object, one: object = "") -> Choice:
    form = Choice({"one": str(one), "many": [str(pk) for pk in many]})
    for name in form.fields:
        offer(form, name, rows, offered=serving(rows))
    return form


def labels(form: Choice, name: str) -> list[str]:
    return [str(option.choice_label) for option in form[name].subwidgets]


def test_offers_those_who_serve_with_their_party(rows: list[Attendance]) -> None:
    form = choice(rows)
    assert labels(form, "many")[:2] == ["Asta Björk (V)", "Bo Cederlund (S)"]
    assert len(labels(form, "many")) == 7
    assert labels(form, "one")[0] == ""


def test_accepts_everybody_on_the_list_in_the_order_chosen(region: Region, rows: list[Attendance]) -> None:
    hugo, elsa, asta = (region.people[name] for name in ("Hugo", "Elsa", "Asta"))
    form = choice(rows, hugo.pk, elsa.pk, asta.pk, one=hugo.pk)
    assert form.is_valid()
    assert form.cleaned_data == {"one": hugo, "many": [hugo, elsa, asta]}
    assert labels(form, "many")[:3] == ["Hugo Alm (V)", "Elsa Öhman (C)", "Asta Björk (V)"]


def test_nobody_is_nobody(rows: list[Attendance]) -> None:
    form = choice(rows)
    assert form.errors == {"many": ["Detta fält måste fyllas i."]}
    assert form.cleaned_data["one"] is None


@pytest.mark.parametrize("wrong", ["999999999", "x", "-1", "1 OR 1=1", "\0"])
def test_anybody_else_is_no_choice(rows: list[Attendance], wrong: str) -> None:
    form = choice(rows, wrong, one=wrong)
    assert form.errors == {
        "one": ["Välj någon ur närvarolistan."],
        "many": ["Välj någon ur närvarolistan."],
    }

"""Where the demo region is not loaded, and what a load that fails leaves behind."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from pytest_django import Settings

from motions.enums import Role
from motions.models import Body, NumberSeries, Organisation, Party, Person, User
from protocols.demo.play import load
from tests.factories import make_region

TAKEN = "marie.ullstrom@alvmark.example"


@pytest.mark.django_db
def test_demo_is_refused_where_it_is_not_wanted(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="KLUBBSLAG_DEMO=1"):
        call_command("load_demo")
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_demo_is_not_loaded_beside_another_organisation() -> None:
    region, printed = make_region(), StringIO()
    call_command("load_demo", "--force", stdout=printed)
    assert printed.getvalue() == "There is an organisation in the database; nothing was loaded.\n"
    assert Person.objects.count() == len(region.people)


@pytest.mark.django_db(transaction=True)
def test_broken_load_leaves_nothing() -> None:
    User.objects.create_user(TAKEN, "Somebody else", roles=[Role.REGISTRAR])
    told: list[str] = []
    with pytest.raises(IntegrityError):
        load(date(2026, 11, 25), tell=told.append)
    assert told == []
    for model in (Organisation, Body, Party, Person, NumberSeries):
        assert not model.objects.exists(), model


@pytest.mark.django_db
def test_logins_of_another_organisation_are_not_printed() -> None:
    make_region()
    printed = StringIO()
    call_command("demo_logins", stdout=printed)
    assert printed.getvalue() == ""

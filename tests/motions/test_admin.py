from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.core import mail
from django.test import Client

from motions.models import Motion, MotionEvent, User
from tests.factories import PASSWORD, Region, make_region


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def administrator(region: Region, client: Client) -> Client:
    client.force_login(region.administrator)
    return client


def test_nothing_that_has_events_is_registered() -> None:
    registered = {model.__name__ for model in admin.site._registry}
    assert not registered & {Motion.__name__, MotionEvent.__name__, "Meeting", "Paragraph", "Group"}


@pytest.mark.parametrize(
    "path",
    [
        "",
        "motions/user/",
        "motions/user/add/",
        "motions/organisation/1/change/",
        "motions/person/",
        "motions/person/add/",
        "motions/membership/",
        "motions/membership/add/",
        "motions/body/",
        "motions/numberseries/",
    ],
)
def test_an_administrator_opens_every_page(administrator: Client, path: str) -> None:
    assert administrator.get(f"/administration/{path}").status_code == 200


@pytest.mark.parametrize("login", ["registrar", "officer", "secretary", "politician"])
def test_other_roles_are_sent_to_the_login(region: Region, client: Client, login: str) -> None:
    client.force_login(getattr(region, login))
    response = client.get("/administration/motions/user/")
    assert (response.status_code, response.headers["Location"].split("?")[0]) == (
        302,
        "/administration/login/",
    )


def test_a_new_login_is_invited_by_mail_and_has_no_password_anybody_knows(administrator: Client) -> None:
    data: dict[str, Any] = {
        "email": "ny@prov.example",
        "name": "Nina Ny",
        "roles": ["registrar"],
        "is_active": "on",
    }
    response = administrator.post("/administration/motions/user/add/", data)
    assert response.status_code == 302
    user = User.objects.get(email="ny@prov.example")
    assert user.roles == ["registrar"]
    assert not user.check_password(PASSWORD)
    assert [message.to for message in mail.outbox] == [["ny@prov.example"]]
    assert "/konto/losenord/nytt/" in str(mail.outbox[0].body)


def test_a_login_is_never_deleted(administrator: Client, region: Region) -> None:
    response = administrator.post(f"/administration/motions/user/{region.registrar.pk}/delete/")
    assert response.status_code == 403


def test_one_address_in_two_cases_is_one_login(administrator: Client, region: Region) -> None:
    data = {"email": region.registrar.email.upper(), "name": "Dubbel", "is_active": "on"}
    response = administrator.post("/administration/motions/user/add/", data)
    assert response.status_code == 200
    assert User.objects.filter(email__iexact=region.registrar.email).count() == 1


def test_a_format_without_its_number_is_refused(administrator: Client) -> None:
    data = {
        "name": "Region Prov",
        "short_name": "Prov",
        "motion_number_format": "{year}",
        "registry_number_format": "{n}-{year}",
        "clock_start": "handed_in",
    }
    response = administrator.post("/administration/motions/organisation/1/change/", data)
    assert "Formatet ska innehålla {n} och {year}" in response.text

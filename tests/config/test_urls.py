from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

ADMINISTRATION = "administration/"  # Django's own views, each behind `is_staff`


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, path)
        else:
            yield path, entry


def test_every_address_declares_its_access() -> None:
    undeclared = [
        path
        for path, entry in addresses(get_resolver())
        if not path.startswith(ADMINISTRATION) and not hasattr(entry.callback, "access")
    ]
    assert undeclared == []


def test_the_walk_sees_addresses() -> None:
    found = {path: entry.callback.__dict__.get("access") for path, entry in addresses(get_resolver())}
    assert found["konto/logga-in/"] == "public"
    assert found["konto/losenord/"] == "signed in"
    assert found[ADMINISTRATION] is None


@pytest.mark.django_db
def test_administration_has_no_login_page_of_its_own(client: Client) -> None:
    first = client.get("/administration/")
    assert first["Location"] == "/administration/login/?next=/administration/"
    assert client.get(first["Location"])["Location"] == "/konto/logga-in/?next=/administration/"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("login", "/konto/logga-in/"),
        ("logout", "/konto/logga-ut/"),
        ("password_change", "/konto/losenord/"),
        ("password_change_done", "/konto/losenord/bytt/"),
        ("password_reset", "/konto/losenord/glomt/"),
        ("password_reset_done", "/konto/losenord/glomt/skickat/"),
        ("password_reset_complete", "/konto/losenord/nytt/klart/"),
    ],
)
def test_addresses_of_logins(name: str, address: str) -> None:
    assert reverse(name) == address

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
def test_health_with_a_database(client: Client) -> None:
    response = client.get("/halsa")
    assert response.status_code == 200
    assert response.json() == {"database": True}
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_robots_may_not_read_logins(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /konto/" in response.content.decode().splitlines()


@pytest.mark.parametrize("address", ["/halsa", "/robots.txt"])
def test_wrong_method(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405

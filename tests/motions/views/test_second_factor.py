"""The page Tvåstegsverifiering: on with a key and its first code, off with a code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pyotp
import pytest
import time_machine
from django.test import Client

from motions.models import SecondFactor
from tests.factories import Region, make_region

ADDRESS, OFF = "/konto/tvasteg/", "/konto/tvasteg/av/"


@pytest.fixture
def traveller() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 5, 27, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def region(db: None, traveller: time_machine.Traveller) -> Region:
    return make_region()


def text(response: Any) -> str:
    found: str = response.content.decode()
    return found.split("<main", 1)[1].split("</main>", maxsplit=1)[0]


def key_on(page: str) -> str:
    found = re.search(r'<code class="key">([A-Z2-7 ]+)</code>', page)
    assert found
    return found[1].replace(" ", "")


def turn_on(client: Client, **more: str) -> tuple[str, str]:
    """The key, and the page that shows the recovery codes."""
    key = key_on(text(client.get(ADDRESS)))
    response = client.post(ADDRESS, {"code": pyotp.TOTP(key).now()} | more)
    assert response.status_code == 200
    return key, text(response)


def test_key_as_picture_and_text(client: Client, region: Region) -> None:
    client.force_login(region.chair)
    response = client.get(ADDRESS)
    page = text(response)
    assert len(key_on(page)) == 32
    svg = page.split('<svg class="qr"', 1)[0] and re.search(r"<svg.*?</svg>", page, re.DOTALL)
    assert svg
    assert "style=" not in svg[0]
    assert "<title>QR-kod med nyckeln</title>" in svg[0]
    assert "no-store" in response["Cache-Control"]


def test_recovery_codes_are_shown_once(client: Client, region: Region) -> None:
    client.force_login(region.chair)
    _key, page = turn_on(client)
    codes = re.findall(r"<code>([2-9A-Z-]{19})</code>", page)
    assert len(codes) == 8
    again = text(client.get(ADDRESS))
    assert "Påslagen sedan 27 maj 2026" in again
    assert "8 reservkoder kvar" in again
    assert not any(code in again for code in codes)


def test_a_wrong_first_code_keeps_the_key(client: Client, region: Region) -> None:
    client.force_login(region.chair)
    key = key_on(text(client.get(ADDRESS)))
    for wrong, sentence in (("12345", "Koden stämmer inte"), ("", "Skriv de sex siffror")):
        response = client.post(ADDRESS, {"code": wrong})
        assert response.status_code == 422
        assert sentence in text(response)
        assert f'value="{wrong}"' in text(response) or not wrong
        assert key_on(text(response)) == key
    assert not SecondFactor.objects.exists()


def test_a_code_without_a_key(client: Client, region: Region) -> None:
    client.force_login(region.chair)
    response = client.post(ADDRESS, {"code": "123456"})
    assert response.status_code == 422
    assert "Nyckeln gäller inte längre" in text(response)


def test_it_leads_back_to_what_asked_for_it(client: Client, region: Region) -> None:
    client.force_login(region.chair)
    back = "/sammantraden/7/justera/?kryss=3"
    page = text(client.get(ADDRESS, {"next": back}))
    assert "kommer du tillbaka" in page
    _key, page = turn_on(client, next=back)
    assert f'href="{back}"' in page


@pytest.mark.parametrize("away", ["https://annan.example/", "//annan.example", "javascript:alert(1)"])
def test_it_leads_nowhere_else(client: Client, region: Region, away: str) -> None:
    client.force_login(region.chair)
    assert "annan.example" not in text(client.get(ADDRESS, {"next": away}))
    _key, page = turn_on(client, next=away)
    assert away not in page


def test_turned_off_with_a_code(client: Client, region: Region, traveller: time_machine.Traveller) -> None:
    client.force_login(region.chair)
    key, _page = turn_on(client)
    response = client.post(OFF, {"code": pyotp.TOTP(key).now()})
    assert response.status_code == 422
    assert "redan använd" in text(response)
    assert client.post(OFF, {}).status_code == 422
    traveller.shift(30)
    response = client.post(OFF, {"code": pyotp.TOTP(key).now()})
    assert (response.status_code, response["Location"]) == (302, ADDRESS)
    assert not SecondFactor.objects.exists()
    assert client.post(OFF, {"code": "123456"}).status_code == 422


def test_too_many_guesses(client: Client, region: Region) -> None:
    client.force_login(region.chair)
    turn_on(client)
    for _try in range(5):
        assert client.post(OFF, {"code": "x"}).status_code == 422
    response = client.post(OFF, {"code": "x"})
    assert response.status_code == 429
    assert "Vänta 15 minuter" in text(response)


def test_every_login_has_its_own(client: Client, region: Region) -> None:
    client.force_login(region.secretary)
    turn_on(client)
    client.force_login(region.chair)
    assert "Slå på" in text(client.get(ADDRESS))


def test_the_public_is_asked_to_log_in(client: Client, db: None) -> None:
    assert client.get(ADDRESS)["Location"] == f"/konto/logga-in/?next={ADDRESS}"
    assert client.post(OFF)["Location"].startswith("/konto/logga-in/")


def test_other_methods(client: Client, region: Region) -> None:
    client.force_login(region.chair)
    assert client.delete(ADDRESS).status_code == 405
    assert client.get(OFF).status_code == 405

from __future__ import annotations

import pytest

from tests.factories import Region, make_region
from tests.motions.views.pages import html, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    return make_region()


def test_search_of_movers(region: Region) -> None:
    client = signed_in(region.registrar)
    person = region.people["Didrik"]
    response = client.get("/personer/sok/", {"q": "åk", "handed_in_on": "2026-02-02"})
    assert html(response) == (
        f'<li role="option" data-value="{person.pk}" data-label="Didrik Åkesson (S)">'
        "Didrik Åkesson <small>(S), ledamot</small></li>"
    )
    assert html(client.get("/personer/sok/", {"q": "ak", "handed_in_on": "2026-02-02"})) == ""
    assert html(client.get("/personer/sok/", {"q": "åk", "handed_in_on": "2025-02-02"})) == ""


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"handed_in_on": "2026-02-31"}, {"q": "", "x": "y"}])
def test_search_of_movers_without_letters_gives_all(region: Region, query: dict[str, str]) -> None:
    response = signed_in(region.registrar).get("/personer/sok/", query)
    assert html(response).count("<li ") == 7


def test_search_of_movers_is_for_registrars(region: Region) -> None:
    assert signed_in(region.politician).get("/personer/sok/").status_code == 403
    assert signed_in(None).get("/personer/sok/").status_code == 302
    assert signed_in(region.registrar).post("/personer/sok/").status_code == 405

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motions.actions.ending import withdraw_motion
from motions.queries import board
from tests.factories import Region, make_meeting, make_motion, make_prepared_motion, make_region, open_with
from tests.motions.views.pages import PART, html, main, signed_in, words

LIST = "/motioner/"


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


def today() -> date:
    return timezone.localdate()


def test_first_page_leads_to_the_list(db: None) -> None:
    response = signed_in(None).get("/")
    assert (response.status_code, response["Location"]) == (302, LIST)


def test_clerk_sees_counts_clock_and_what_to_do_next(region: Region) -> None:
    motion = make_motion(region, handed_in_on=today() - timedelta(days=20), movers=("Asta", "Bo"))
    response = signed_in(region.registrar).get(LIST)
    assert response.status_code == 200
    text = words(response)
    for part in (
        "1 öppen",
        "Alla öppna 1",
        "Att remittera 1",
        "Avgjorda 0",
        "Asta Björk (V), Bo Cederlund (S)",
        "345 dagar kvar",
        "Registrera motion N",
    ):
        assert part in text
    assert f'<a href="/motioner/{motion.pk}/remittera/">Remittera till styrelsen</a>' in html(response)


def test_public_sees_the_list_without_the_offices_steps(region: Region) -> None:
    make_prepared_motion(region)
    response = signed_in(None).get(LIST)
    assert response.status_code == 200
    text = words(response)
    assert "Fler cykelvägar i länet" in text
    for part in ("Nästa steg", "Att registrera", "Registrera motion", "Hans Handläggare", "Väntar på"):
        assert part not in text


def test_politician_sees_no_steps_either(region: Region) -> None:
    make_motion(region)
    assert "Nästa steg" not in words(signed_in(region.politician).get(LIST))


def test_wrong_method(region: Region) -> None:
    assert signed_in(region.registrar).post(LIST).status_code == 405


def test_late_motions_are_told_first_and_by_law(region: Region) -> None:
    make_motion(region, title="I tid", handed_in_on=date(2026, 4, 1))
    make_motion(region, title="För sent", handed_in_on=date(2026, 1, 5))
    with time_machine.travel(datetime(2027, 2, 10, 12, tzinfo=UTC)):
        response = signed_in(region.secretary).get(LIST)
    text = words(response)
    assert "2 öppna, varav 1 har passerat ett år utan anmälan till fullmäktige" in text
    assert text.index("För sent") < text.index("I tid")
    assert "ej anmäld (KL 5 kap. 35 §)" in text
    assert "Lägg i redovisningen" in text


def test_chip_shows_its_list_alone(region: Region) -> None:
    make_motion(region, title="Registrerad motion")
    make_motion(region, title="Inlämnad motion", is_registered=False)
    response = signed_in(region.registrar).get(LIST, {"lista": "att-registrera"})
    assert "Inlämnad motion" in words(response)
    assert "Registrerad motion" not in main(response)
    assert '<a id="chip-att-registrera" href="/motioner/?lista=att-registrera" aria-current="true">' in html(
        response
    )


@pytest.mark.parametrize("name", ["", "nonsense", "alla", "😀"])
def test_unknown_list_is_the_open_ones(region: Region, name: str) -> None:
    make_motion(region)
    response = signed_in(None).get(LIST, {"lista": name})
    assert response.status_code == 200
    assert '<a id="chip-oppna" href="/motioner/" aria-current="true">' in html(response)


def test_ended_motions_tell_their_end(region: Region) -> None:
    withdraw_motion(make_motion(region), by=region.registrar, on=date(2026, 3, 1))
    text = words(signed_in(None).get(LIST, {"lista": "avgjorda"}))
    assert "Återtagen" in text
    assert "1 mars" in text


def test_empty_list_says_how_it_fills(region: Region) -> None:
    text = words(signed_in(None).get(LIST))
    assert "Inga öppna motioner" in text
    assert "Inga motioner här" in text


def test_part_for_htmx_is_the_list_alone(region: Region) -> None:
    make_motion(region)
    response = signed_in(region.registrar).get(LIST, {"lista": "att-remittera"}, headers=PART)
    assert html(response).strip().startswith('<div id="motions">')
    assert {"HX-Request", "HX-Target"} <= set(response["Vary"].split(", "))


def test_history_and_other_targets_get_the_whole_page(region: Region) -> None:
    for headers in (PART | {"HX-History-Restore-Request": "true"}, {"HX-Request": "true"}):
        assert html(signed_in(None).get(LIST, headers=headers)).lstrip().startswith("<!doctype html>")


# --- Pages -------------------------------------------------------------------------------------------------


def test_pages_of_a_list(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "ROWS", 1)
    make_motion(region, title="Först", handed_in_on=date(2026, 2, 1))
    make_motion(region, title="Sedan", handed_in_on=date(2026, 2, 2))
    response = signed_in(None).get(LIST, {"lista": "oppna", "sida": "2"})
    assert "Sedan" in main(response)
    assert "Först" not in main(response).replace("Första", "")
    assert 'href="?lista=oppna&amp;sida=1"' in html(response)


@pytest.mark.parametrize("number", ["0", "x", "99999999999999999999", "-1", "😀"])
def test_wrong_page_is_mended(region: Region, number: str) -> None:
    make_motion(region)
    response = signed_in(None).get(LIST, {"sida": number})
    assert response.status_code == 200
    assert "Fler cykelvägar i länet" in words(response)


# --- Search ------------------------------------------------------------------------------------------------


def test_search_finds_open_and_ended_ones(region: Region) -> None:
    make_motion(region, title="Cykelvägar i norr")
    withdraw_motion(make_motion(region, title="Cykelvägar i söder"), by=region.registrar, on=date(2026, 3, 1))
    response = signed_in(None).get(LIST, {"q": " cykelvägar "})
    text = words(response)
    assert "2 träffar på ”cykelvägar”" in text
    assert "Cykelvägar i norr" in text
    assert "Cykelvägar i söder" in text
    assert 'href="/motioner/?q=cykelv%C3%A4gar&amp;lista=avgjorda"' in html(response)
    narrowed = signed_in(None).get(LIST, {"q": "cykelvägar", "lista": "avgjorda"})
    assert "Cykelvägar i norr" not in main(narrowed)


@pytest.mark.parametrize("text", ["finnsinte", "<script>alert(1)</script>", "😀", "x" * 100_000, "'; --"])
def test_search_without_hits_says_so(region: Region, text: str) -> None:
    make_motion(region)
    response = signed_in(None).get(LIST, {"q": text})
    assert response.status_code == 200
    assert "Ingen motion passar sökningen" in words(response)
    assert "<script>alert" not in html(response)


def test_search_with_a_zero_byte_is_refused(region: Region) -> None:
    assert signed_in(None).get(LIST, {"q": "a\0b"}).status_code == 400


# --- Speed -------------------------------------------------------------------------------------------------


def test_queries_do_not_grow_with_the_rows(region: Region) -> None:
    counts = []
    for title in ("Ett", "Två", "Tre"):
        make_prepared_motion(region, title=title)
        client = signed_in(region.registrar)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] <= 8
    with CaptureQueriesContext(connection) as queries:
        signed_in(None).get(LIST)
    assert len(queries) <= 5


# --- Agendas -----------------------------------------------------------------------------------------------


def test_officials_see_the_agenda_a_motion_stands_on_and_the_public_does_not(region: Region) -> None:
    open_with(region, make_meeting(region, region.board), make_prepared_motion(region))
    text = words(signed_in(region.secretary).get(LIST))
    assert "RS § 1, 20 maj" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Behandlas nu" in text
    public = words(signed_in(None).get(LIST))
    assert "20 maj" not in public
    assert "Behandlas nu" not in public


# --- Remitting from the list -------------------------------------------------------------------------------


def test_list_to_remit_has_boxes_for_those_who_may(region: Region) -> None:
    motion = make_motion(region)
    box = f'<input type="checkbox" name="motions" value="{motion.pk}"'
    listed = {"lista": "att-remittera"}
    assert box in html(signed_in(region.registrar).get(LIST, listed))
    assert box in html(signed_in(region.secretary).get(LIST, listed))
    assert box not in html(signed_in(region.officer).get(LIST, listed))
    assert box not in html(signed_in(None).get(LIST, listed))
    assert box not in html(signed_in(region.registrar).get(LIST))
    ticked = html(signed_in(region.registrar).get(LIST, listed | {"markera": "alla"}))
    assert ticked.count(" checked>") == 2  # the motion, and the switch of the keys


def test_what_people_wrote_is_text_in_the_rows(region: Region) -> None:
    make_motion(region, title='<b>"Bussar" & båtar</b>')
    page = html(signed_in(region.registrar).get(LIST, {"lista": "att-remittera"}))
    assert "&lt;b&gt;&quot;Bussar&quot; &amp; båtar&lt;/b&gt;</a>" in page
    assert "<b>&quot;" not in page
    assert '<b>"Bussar"' not in page

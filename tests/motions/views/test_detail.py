from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motions.models import Motion
from tests.factories import (
    Region,
    close,
    decide,
    make_meeting,
    make_motion,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)
from tests.motions.views.pages import html, main, signed_in, words


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


def url(motion: Motion) -> str:
    return f"/motioner/{motion.pk}/"


def test_page_of_a_new_motion(region: Region) -> None:
    motion = make_motion(region, movers=("Asta", "Bo"), clauses=("att ett", "två görs"))
    response = signed_in(region.registrar).get(url(motion))
    assert response.status_code == 200
    text = words(response)
    for part in (
        "Motion 1-2026 · dnr 1-2026 · Asta Björk (V), Bo Cederlund (S) · inlämnad 2 februari 2026",
        "att ett",
        "att två görs",
        "Länet behöver cykelvägar.",
        "Inlämnad och registrerad",
        "2 februari 2026, Rita Registrator",
        "Remittera till styrelsen",
        "Från 2 februari 2026 till 2 februari 2027",
        "Inga handlingar ännu.",
        "Rätta uppgifter",
        "Anteckna att motionen återtas",
    ):
        assert part in text
    assert html(response).count('class="button"') == 1


def test_public_sees_the_matter_and_no_office(region: Region) -> None:
    motion = make_prepared_motion(region)
    for user in (None, region.politician):
        response = signed_in(user).get(url(motion))
        assert response.status_code == 200
        text = main(response)
        assert "Fler cykelvägar i länet" in text
        for hidden in ("Hans", "Rita", "Föreslår avslag", "Nästa steg", "Fler åtgärder", "Handläggning"):
            assert hidden not in text


def test_officials_see_the_draft_marked_as_one(region: Region) -> None:
    text = words(signed_in(region.secretary).get(url(make_prepared_motion(region))))
    assert "Föreslår avslag (handläggarens förslag)" in text


def test_what_awaits_verification_is_for_officials_only(region: Region) -> None:
    motion = make_prepared_motion(region)
    meeting = make_meeting(region, region.board)
    decide(region, open_with(region, meeting, motion))
    close(region, meeting)
    official = words(signed_in(region.secretary).get(url(motion)))
    assert "Väntar på justering" in official
    for user in (None, region.registrar, region.officer):
        page = main(signed_in(user).get(url(motion)))
        assert ("Väntar på justering" in page) == (user is not None)
        assert "Protokollsutdrag" not in page
        assert "föreslår avslag" not in page
    verify(region, meeting)
    public = words(signed_in(None).get(url(motion))).replace("\N{NO-BREAK SPACE}", " ")
    assert "Regionstyrelsen föreslår avslag · RS § 1" in public
    assert "Protokollsutdrag RS § 1" in public


def test_verdict_stands_at_each_clause(region: Region) -> None:
    motion = make_prepared_motion(region)
    for body, day in ((region.board, date(2026, 5, 20)), (region.assembly, date(2026, 6, 10))):
        meeting = make_meeting(region, body, held_on=day)
        decide(region, open_with(region, meeting, motion))
        verify(region, close(region, meeting))
    response = signed_in(None).get(url(motion))
    assert '<span class="badge rejected">Avslag</span>' in html(response)
    text = words(response)
    assert "Avgjord: avslag" in text
    assert "avgjord på 128 dagar" in text


def test_a_meetings_step_is_not_crossed_by_an_officials(region: Region) -> None:
    motion = make_prepared_motion(region)
    open_with(region, make_meeting(region, region.board), motion)
    text = main(signed_in(region.officer).get(url(motion)))
    assert "Behandlas nu" in text


def test_page_of_no_motion_and_wrong_method(region: Region) -> None:
    client = signed_in(region.registrar)
    assert client.get("/motioner/0/").status_code == 404
    assert client.get(f"/motioner/{'9' * 30}/").status_code == 404
    assert client.post(url(make_motion(region))).status_code == 405


def test_queries_do_not_grow_with_what_is_shown(region: Region) -> None:
    short = make_motion(region)
    long = make_prepared_motion(
        region, title="Annat", movers=("Asta", "Bo", "Cilla"), clauses=("att ett", "att två", "att tre")
    )
    counts = []
    for motion in (short, long):
        client = signed_in(region.secretary)
        with CaptureQueriesContext(connection) as queries:
            client.get(url(motion))
        counts.append(len(queries))
    assert counts[0] == counts[1]

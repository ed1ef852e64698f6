from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from motions.models import Motion
from protocols.actions.agenda import add_matter
from protocols.models import Meeting
from tests.factories import (
    Region,
    close,
    decide,
    make_meeting,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)
from tests.protocols.views.desk import Visitor, is_the_secretarys, part, read, signed_in

BOARD = "/anslagstavla/"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel("2026-06-10 08:00 +0200", tick=False):
        yield


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def proposed(region: Region) -> Meeting:
    """The board proposed on 20 May; verified and announced on the 27th."""
    meeting = make_meeting(region, region.board)
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    verify(region, close(region, meeting))
    return meeting


@pytest.fixture
def decided(region: Region, proposed: Meeting) -> Meeting:
    """Fullmäktige decided on 2 June; verified and announced on the 9th."""
    meeting = make_meeting(region, region.assembly, held_on=date(2026, 6, 2))
    decide(region, open_with(region, meeting, Motion.objects.get()))
    verify(region, close(region, meeting))
    return meeting


def test_board_tells_everybody_what_is_verified_and_how_to_appeal(region: Region, decided: Meeting) -> None:
    region.organisation.appeal_court = "Förvaltningsrätten i Prov"
    region.organisation.save()
    answer = Visitor().get(BOARD)
    assert answer.headers["X-Robots-Tag"] == "noindex"
    paragraph = decided.paragraphs.get()
    assert f'href="{paragraph.get_absolute_url()}"' in answer.content.decode()
    text = read(answer)
    assert "Regionfullmäktige 2 juni 2026 Anslaget 9 juni 2026 Tas ned 1 juli 2026" in text
    assert "Protokollet finns hos registraturen" in text
    assert (
        "Den som är medlem av Region Prov kan begära att beslutets laglighet prövas. Överklagandet ska vara"
        " skriftligt och ha kommit in till Förvaltningsrätten i Prov senast tisdag 30 juni 2026."
    ) in text


def test_proposal_of_the_board_has_no_appeal_text(proposed: Meeting) -> None:
    text = read(Visitor().get(BOARD))
    assert "Regionstyrelsen 20 maj 2026" in text
    assert "Besluten är förberedande och kan inte överklagas (KL 13 kap. 2 §)." in text
    assert "Hur man överklagar" not in text


def test_notice_leaves_the_board_by_the_calendar(decided: Meeting) -> None:
    with time_machine.travel("2026-07-01 00:05 +0200", tick=False):
        text = read(Visitor().get(BOARD))
    assert "Just nu är inget anslaget" in text
    assert "Regionfullmäktige 2 juni" not in text


def test_coming_meeting_of_fullmaktige_is_announced_with_its_items(region: Region) -> None:
    meeting = make_meeting(region, region.assembly, held_on=date(2026, 6, 17))
    add_matter(meeting, by=region.secretary, title="Budget 2027", registry_number="")
    later = make_meeting(region, region.assembly, held_on=date(2026, 7, 1))
    add_matter(later, by=region.secretary, title="Ännu inte klart", registry_number="")
    text = read(Visitor().get(BOARD))
    assert "Regionfullmäktige sammanträder 17 juni 2026" in text
    assert "onsdag 17 juni 2026, klockan 09.00 Plats Regionhuset Ärenden Budget 2027" in text
    assert "Ärendena anslås senast 24 juni 2026." in text
    assert "Ännu inte klart" not in text


def test_who_has_the_board_already_gets_it_once(decided: Meeting) -> None:
    first = Client().get(BOARD)
    again = Client().get(BOARD, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    with time_machine.travel("2026-07-01 00:05 +0200", tick=False):
        assert Client().get(BOARD, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_board_of_one_logged_in_is_nobody_elses(region: Region, decided: Meeting) -> None:
    assert "ETag" not in signed_in(region.secretary).get(BOARD).headers


def test_board_and_proof_are_only_read(decided: Meeting) -> None:
    assert Visitor().post(BOARD).status_code == 405
    assert Visitor().post(f"/sammantraden/{decided.pk}/anslagsbevis/").status_code == 405


# --- Meeting page ------------------------------------------------------------------------------------------


def test_meeting_shows_when_its_minutes_hang_and_when_they_are_final(
    region: Region, decided: Meeting
) -> None:
    for visitor in (Visitor(), signed_in(region.secretary)):
        card = part(visitor.get(f"/sammantraden/{decided.pk}/"), "notice-title")
        assert "Anslaget 9 juni 2026 Överklagas senast 30 juni 2026" in card
        assert "Laga kraft 1 juli 2026, om ingen överklagar Tas ned 1 juli 2026" in card
        assert "21 dagar kvar på tavlan" in card
        assert "Bevis om anslag" in card


def test_meeting_that_only_proposed_has_no_day_of_appeal(proposed: Meeting) -> None:
    card = part(Visitor().get(f"/sammantraden/{proposed.pk}/"), "notice-title")
    assert "Överklagas" not in card
    assert "Laga kraft" not in card
    assert "Förberedande beslut: kan inte överklagas (KL 13 kap. 2 §)." in card


def test_secretary_sees_the_last_day_for_the_notice_before_it_is_posted(region: Region) -> None:
    meeting = make_meeting(region, region.board, held_on=date(2026, 6, 9))
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    close(region, meeting)
    card = part(signed_in(region.secretary).get(f"/sammantraden/{meeting.pk}/"), "notice-title")
    assert "Protokollet anslås av sig självt när det justeras, senast 25 juni 2026." in card
    assert "Senast andra dagen efter justeringen (KL 8 kap. 12 §)." in card


# --- Proof -------------------------------------------------------------------------------------------------


def test_proof_tells_what_a_paper_proof_tells(decided: Meeting) -> None:
    text = read(Visitor().get(f"/sammantraden/{decided.pk}/anslagsbevis/"))
    for fact in (
        "Organ Regionfullmäktige",
        "Sammanträdesdag 2 juni 2026",
        "Justerat 9 juni 2026",
        "Anslaget sätts upp 9 juni 2026",
        "Överklagandetiden går ut 1 juli 2026",
        "Anslaget tas ned 1 juli 2026",
        "Protokollet förvaras hos registraturen",
        "intygas när anslaget har tagits ned",
    ):
        assert fact in text


def test_there_is_no_proof_before_a_notice(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    address = f"/sammantraden/{meeting.pk}/anslagsbevis/"
    assert Visitor().get(address).status_code == 404
    assert signed_in(region.secretary).get(address).status_code == 404


def test_secretary_certifies_when_the_notice_has_come_down(region: Region, proposed: Meeting) -> None:
    address = f"/sammantraden/{proposed.pk}/anslagsbevis/"
    certify = f"/anslag/{proposed.notices.get().pk}/intyga/"
    with time_machine.travel("2026-06-18 08:00 +0200", tick=False):
        secretary = signed_in(region.secretary)
        assert "Intyga nedtagandet" in read(secretary.get(address))
        assert "Intyga nedtagandet" not in read(Visitor().get(address))
        text = read(secretary.follow(certify))
    assert "Nedtagandet är intygat." in text
    assert "Stina Sekreterare har intygat att anslaget har suttit uppe hela tiden" in text


def test_certifying_too_early_is_refused_with_the_law(region: Region, proposed: Meeting) -> None:
    secretary = signed_in(region.secretary)
    assert "Intyga nedtagandet" not in read(secretary.get(f"/sammantraden/{proposed.pk}/anslagsbevis/"))
    answer = secretary.post(f"/anslag/{proposed.notices.get().pk}/intyga/")
    assert answer.status_code == 409
    assert "Anslaget får inte tas ned förrän överklagandetiden har gått ut den 18 juni 2026" in read(answer)
    assert "KL 8 kap. 12 § och 13 kap. 5 §" in read(answer)


def test_only_the_secretary_certifies(region: Region, proposed: Meeting) -> None:
    is_the_secretarys(region, f"/anslag/{proposed.notices.get().pk}/intyga/", wrong="get")
    assert signed_in(region.secretary).post("/anslag/999999/intyga/").status_code == 404

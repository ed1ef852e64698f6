"""The list of meetings, planning one, opening and closing it."""

from __future__ import annotations

from datetime import date, time

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from protocols.actions.agenda import add_matter
from protocols.actions.attendance import set_present
from protocols.actions.decisions import refine_decision
from protocols.actions.meetings import open_meeting, plan_meeting
from protocols.facts import ClauseFact
from protocols.models import Meeting
from tests.factories import (
    Region,
    clock,
    close,
    decide,
    make_meeting,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)
from tests.protocols.views.desk import Visitor, is_the_secretarys, part, read, signed_in

LIST = "/sammantraden/"
PLAN = "/sammantraden/nytt/"
WANTED = {"held_on": "2026-05-20", "starts_at": "09:00", "place": "Regionhuset"}


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


def held(region: Region, day: date, *, is_verified: bool = True) -> Meeting:
    """A board meeting with one decided motion."""
    meeting = make_meeting(region, region.board, held_on=day)
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    meeting = close(region, meeting)
    if is_verified:
        verify(region, meeting)
    return meeting


# --- The list ----------------------------------------------------------------------------------------------


@time_machine.travel("2026-05-26 12:00")
def test_list_tells_what_waits_with_the_days_left(region: Region) -> None:
    held(region, date(2026, 5, 20), is_verified=False)
    make_meeting(region, region.assembly, held_on=date(2026, 5, 30))
    text = read(signed_in(region.secretary).get(LIST))
    assert "Ett sammanträde väntar på justering" in text
    assert "Regionstyrelsen 20 maj 2026 0 av 1 paragraf 3 juni 2026 8 dagar kvar" in text
    assert "Regionfullmäktige 30 maj 2026 09.00 Regionhuset 0 23 maj 2026 dagen har passerat" in text
    assert "Planera sammanträde" in text


@time_machine.travel("2026-06-05 12:00")
def test_list_tells_when_verification_is_late(region: Region) -> None:
    held(region, date(2026, 5, 20), is_verified=False)
    assert "3 juni 2026 2 dagar för sent" in read(signed_in(region.secretary).get(LIST))


def test_list_tells_what_goes_on(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    add_matter(meeting, by=region.secretary, title="Budget")
    open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))
    text = read(signed_in(region.secretary).get(LIST))
    assert "Pågår nu Regionstyrelsen 20 maj 2026 Öppnat 09.00 · Regionhuset · 0 av 1 ärenden avgjorda" in text


def test_list_is_narrowed_to_a_body(region: Region) -> None:
    make_meeting(region, region.board)
    make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    text = read(signed_in(region.secretary).get(LIST, {"organ": "rf"}))
    assert "10 juni 2026" in text
    assert "20 maj 2026" not in text


def test_public_sees_meetings_with_verified_paragraphs_only(region: Region) -> None:
    held(region, date(2026, 4, 22))
    held(region, date(2026, 5, 20), is_verified=False)
    make_meeting(region, region.board, held_on=date(2026, 6, 17))
    text = read(Visitor().get(LIST))
    assert "Regionstyrelsen 22 april 2026 Regionhuset Justerat" in text
    assert "maj 2026" not in text
    assert "juni 2026" not in text
    assert "Planera" not in text
    assert "väntar" not in text


def test_member_sees_the_meetings_of_the_own_bodies(region: Region) -> None:
    make_meeting(region, region.board)
    assert "20 maj 2026" in read(signed_in(region.politician).get(LIST))


def test_empty_list_says_how_it_is_filled(region: Region) -> None:
    assert "Inga protokoll än" in read(Visitor().get(LIST))
    assert "Ett planerat sammanträde får sin närvarolista" in read(signed_in(region.secretary).get(LIST))


def test_list_is_only_read(region: Region) -> None:
    assert Visitor().post(LIST).status_code == 405


def test_list_asks_as_much_of_one_meeting_as_of_five(region: Region) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert signed_in(region.secretary).get(LIST).status_code == 200
        return len(queries)

    held(region, date(2026, 2, 22), is_verified=False)
    held(region, date(2026, 1, 22))
    make_meeting(region, region.board, held_on=date(2026, 7, 1))
    one = asked()
    for month in (3, 4):
        held(region, date(2026, month, 22), is_verified=False)
        make_meeting(region, region.board, held_on=date(2026, 7, month))
    assert asked() == one


# --- Planning ----------------------------------------------------------------------------------------------


def test_plan_gives_the_meeting_its_page(region: Region) -> None:
    answer = signed_in(region.secretary).follow(PLAN, {**WANTED, "body": region.board.pk})
    meeting = Meeting.objects.get()
    assert 'aria-labelledby="agenda-title"' in answer.content.decode()
    assert (meeting.body, meeting.held_on, meeting.starts_at) == (region.board, date(2026, 5, 20), time(9))
    assert "Sammanträdet är planerat. Lägg nu dagordningen." in read(answer)


def test_plan_suggests_the_place_and_hour_of_the_last_meeting(region: Region) -> None:
    make_meeting(region, region.board)
    page = signed_in(region.secretary).get(PLAN, {"organ": "RS"}).content.decode()
    assert 'value="Regionhuset"' in page
    assert 'value="09:00"' in page
    assert f'<option value="{region.board.pk}" selected>' in page


@time_machine.travel("2026-05-15 12:00")
def test_summons_day_is_shown_while_one_types_and_warns_when_it_has_passed(region: Region) -> None:
    client = signed_in(region.secretary)
    given = {"body": region.assembly.pk, "held_on": "2026-05-20"}
    text = read(client.get(f"{PLAN}kallelse/", given, is_htmx=True))
    assert "senast onsdag 13 maj 2026, en vecka före sammanträdet (KL 5 kap. 13 och 15 §§)" in text
    assert "Den dagen har passerat" in text
    text = read(
        client.get(f"{PLAN}kallelse/", {"body": region.board.pk, "held_on": "2026-06-20"}, is_htmx=True)
    )
    assert "senast lördag 13 juni 2026, enligt organets egen regel" in text
    assert "passerat" not in text
    assert not read(client.get(f"{PLAN}kallelse/", {"held_on": "i morgon"}, is_htmx=True)).strip()


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("held_on", "1800-01-01", "Regionstyrelsen har inga ledamöter den 1800-01-01"),
        ("held_on", "2100-01-01", "Dagen ligger mer än tre år fram. Kontrollera året."),
        ("held_on", "i morgon", "Fyll i ett giltigt datum."),
        ("place", "", "Detta fält måste fyllas i."),
        ("place", "x" * 1_000_000, "som mest 200 tecken"),
        ("body", "999999", "Välj ett giltigt alternativ."),
    ],
)
def test_plan_that_is_not_in_order_says_so_beside_the_field(
    region: Region, field: str, value: str, error: str
) -> None:
    given = {**WANTED, "body": region.board.pk, "place": "Sal <script>🙂"} | {field: value}
    answer = signed_in(region.secretary).post(PLAN, given)
    assert answer.status_code == 422
    assert error in read(answer)
    if field != "place":
        assert "Sal &lt;script&gt;🙂" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_plan_twice_keeps_what_was_typed(region: Region) -> None:
    make_meeting(region, region.board)
    answer = signed_in(region.secretary).post(PLAN, {**WANTED, "body": region.board.pk, "place": "Salen"})
    assert answer.status_code == 422
    assert "Regionstyrelsen har redan ett sammanträde den dagen och tiden" in read(answer)
    assert 'value="Salen"' in answer.content.decode()


def test_planning_is_the_secretarys(region: Region) -> None:
    is_the_secretarys(region, PLAN, wrong="put")
    is_the_secretarys(region, f"{PLAN}kallelse/", wrong="post")


# --- Changing ----------------------------------------------------------------------------------------------


def test_change_moves_time_and_place_and_keeps_the_chair(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    address = reverse("protocols:change", args=[meeting.pk])
    assert 'value="09:00"' in signed_in(region.secretary).get(address).content.decode()
    answer = signed_in(region.secretary).follow(address, {"starts_at": "13:30", "place": "Sal B"})
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.place, meeting.chair) == (time(13, 30), "Sal B", region.people["Bo"])
    assert "Tid och plats är ändrade." in read(answer)


def test_change_of_verified_minutes_is_refused(region: Region) -> None:
    meeting = held(region, date(2026, 5, 20))
    answer = signed_in(region.secretary).post(
        reverse("protocols:change", args=[meeting.pk]), {"starts_at": "13:30", "place": "Sal B"}
    )
    assert answer.status_code == 422
    assert "uppgifterna om sammanträdet ligger fast" in read(answer)
    assert "KL 5 kap. 69 §" in read(answer)


def test_changing_is_the_secretarys(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    is_the_secretarys(region, reverse("protocols:change", args=[meeting.pk]), wrong="put")
    assert signed_in(region.secretary).get("/sammantraden/999999/andra/").status_code == 404


# --- Opening and closing -----------------------------------------------------------------------------------


def test_open_leads_back_to_the_agenda(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    address = reverse("protocols:meeting_open", args=[meeting.pk])
    answer = signed_in(region.secretary).follow(address)
    assert "Sammanträdet är öppnat." in read(answer)
    meeting.refresh_from_db()
    assert meeting.is_open


def test_open_without_quorum_says_how_many_are_missing(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    for name in ("Asta", "Didrik", "Elsa", "Farid"):
        set_present(meeting, by=region.secretary, person=region.people[name], is_present=False)
    answer = signed_in(region.secretary).post(reverse("protocols:meeting_open", args=[meeting.pk]))
    assert answer.status_code == 422
    text = read(answer)
    assert "Regionstyrelsen är inte beslutsför: 3 av 7 tjänstgör, minst 4 behövs" in text
    assert "KL 6 kap. 27 §" in text
    assert "3 av 7 tjänstgör · inte beslutsför (4 behövs)" in text


def test_close_names_what_is_missing_before_and_when_it_is_tried(region: Region) -> None:
    meeting = plan_meeting(
        by=region.secretary, body=region.board, held_on=date(2026, 5, 20), starts_at=time(9), place="Salen"
    )
    add_matter(meeting, by=region.secretary, title="Budget")
    open_meeting(meeting, by=region.secretary)
    client = signed_in(region.secretary)
    text = read(client.get(meeting.get_absolute_url()))
    assert "Detta återstår: Punkt 1 Budget" in text
    assert "Välj justerare (KL 5 kap. 69 §)" in text
    assert "En reservation ska anmälas innan sammanträdet avslutas (KL 4 kap. 27 §)." in text
    answer = client.post(reverse("protocols:meeting_close", args=[meeting.pk]))
    assert answer.status_code == 409
    assert "Dessa ärenden är inte avgjorda: Punkt 1 Budget" in read(answer)


def test_close_names_what_the_minutes_lack(region: Region) -> None:
    motion = make_prepared_motion(region, clauses=("att bygga", "att berätta"))
    board = make_meeting(region, region.board)
    decide(region, open_with(region, board, motion))
    verify(region, close(region, board))
    motion.refresh_from_db()
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    paragraph = decide(region, open_with(region, assembly, motion))
    refine_decision(paragraph, by=region.secretary, clauses=[ClauseFact(text="utreda läget")])
    answer = signed_in(region.secretary).get(assembly.get_absolute_url())
    assert "Detta saknas i protokollet (KL 5 kap. 67 §) § 1 : Ange utfallet för att-sats 1 och 2." in read(
        answer
    )
    assert f'href="/paragrafer/{paragraph.pk}/live/#decision"' in answer.content.decode()


@time_machine.travel("2026-05-21 12:00")
def test_closed_meeting_says_who_verifies_until_when(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    answer = signed_in(region.secretary).follow(reverse("protocols:meeting_close", args=[meeting.pk]))
    text = read(answer)
    assert "Sammanträdet är avslutat." in text
    assert "En paragraf ska justeras senast 3 juni 2026." in text
    assert "13 dagar kvar" in text
    assert "Justeras av Bo Cederlund, ordförande Cilla Dahl" in text
    assert "Läs och justera" not in text
    assert "Läs och justera" in part(
        signed_in(region.verifier).get(meeting.get_absolute_url()), "verification-title"
    )


def test_opening_and_closing_are_the_secretarys(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    for name in ("meeting_open", "meeting_close"):
        is_the_secretarys(region, reverse(f"protocols:{name}", args=[meeting.pk]), wrong="get")
        assert signed_in(region.secretary).post(reverse(f"protocols:{name}", args=[10**9])).status_code == 404

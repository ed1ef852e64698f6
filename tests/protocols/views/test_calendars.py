"""Calendars over HTTP: a meeting's file, and the feed behind a secret address that can be taken back."""

from __future__ import annotations

import re
from datetime import date, time

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from motions.enums import Role
from protocols.actions.meetings import change_meeting
from protocols.models import CalendarFeed, Meeting
from tests.factories import (
    Region,
    close,
    decide,
    make_meeting,
    make_prepared_motion,
    make_region,
    make_user,
    open_with,
)
from tests.protocols.views.desk import signed_in

MINE = "/konto/kalender/"


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def meeting(region: Region) -> Meeting:
    return make_meeting(region, region.board)


def file_of(meeting: Meeting) -> str:
    return reverse("protocols:meeting_calendar", args=[meeting.pk])


def events(content: bytes) -> list[dict[str, object]]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def make_feed(client: Client) -> str:
    """The address that the page shows once, without the site."""
    page = client.post(MINE).content.decode()
    found = re.search(r"http://127\.0\.0\.1:8000(/kalender/[\w-]+\.ics)", page)
    assert found
    return found[1]


def test_the_file_of_a_meeting(client: Client, region: Region, meeting: Meeting) -> None:
    client.force_login(region.politician)
    response = client.get(file_of(meeting))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="regionstyrelsen-2026-05-20.ics"'
    [event] = events(response.content)
    assert event["UID"] == f"meeting-{meeting.pk}@127.0.0.1"
    assert event["SEQUENCE"] == 0


def test_only_another_time_or_place_raises_the_sequence(
    client: Client, region: Region, meeting: Meeting
) -> None:
    def sequence() -> object:
        client.force_login(region.politician)
        return events(client.get(file_of(meeting)).content)[0]["SEQUENCE"]

    change_meeting(meeting, by=region.secretary, starts_at=time(9, 0), place="Regionhuset")
    assert sequence() == 0
    change_meeting(meeting, by=region.secretary, starts_at=time(13, 0), place="Regionhuset")
    assert sequence() == 1
    change_meeting(meeting, by=region.secretary, starts_at=time(13, 0), place="Sessionssalen")
    assert sequence() == 2


def test_a_meeting_that_is_over_ends_when_it_did(client: Client, region: Region, meeting: Meeting) -> None:
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    close(region, meeting)
    client.force_login(region.politician)
    [event] = events(client.get(file_of(meeting)).content)
    assert event.decoded("DTEND").hour == 9  # type: ignore[attr-defined]  # eleven in summer, in UTC


def test_who_does_not_read_the_agenda_gets_no_file(client: Client, region: Region, meeting: Meeting) -> None:
    assert client.get(file_of(meeting))["Location"].startswith("/konto/logga-in/")
    client.force_login(make_user("Utanför Organet", Role.REPRESENTATIVE))
    assert client.get(file_of(meeting)).status_code == 404
    assert client.post(file_of(meeting)).status_code == 405


@time_machine.travel("2026-05-01 12:00")
def test_the_feed_has_ones_own_meetings_without_a_login(
    client: Client, region: Region, meeting: Meeting
) -> None:
    other = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    client.force_login(region.politician)
    address = make_feed(client)
    assert [event["UID"] for event in events(Client().get(address).content)] == [
        f"meeting-{m.pk}@127.0.0.1" for m in (meeting, other)
    ]
    stranger = make_user("Utanför Organet", Role.REPRESENTATIVE)
    client.force_login(stranger)
    assert events(Client().get(make_feed(client)).content) == []
    client.force_login(region.secretary)
    assert len(events(Client().get(make_feed(client)).content)) == 2


@time_machine.travel("2026-12-24 12:00")
def test_old_meetings_leave_the_feed(client: Client, region: Region, meeting: Meeting) -> None:
    client.force_login(region.politician)
    assert events(Client().get(make_feed(client)).content) == []


def test_a_new_address_ends_the_old_one_and_both_can_be_taken_back(client: Client, region: Region) -> None:
    client.force_login(region.politician)
    first = make_feed(client)
    second = make_feed(client)
    assert Client().get(first).status_code == 404
    answer = Client().get(second)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    page = client.get(MINE).content.decode()
    assert "/kalender/" not in page.replace(MINE, "")
    assert "Kalenderadressen är skapad" in page
    assert client.post("/konto/kalender/av/")["Location"] == MINE
    assert Client().get(second).status_code == 404
    assert "Skapa en kalenderadress" in client.get(MINE).content.decode()


def test_the_secret_is_not_kept(client: Client, region: Region) -> None:
    client.force_login(region.politician)
    secret = make_feed(client).split("/")[-1].removesuffix(".ics")
    assert len(secret) >= 43
    assert secret not in str(CalendarFeed.objects.values().get())


def test_a_closed_login_has_no_feed(client: Client, region: Region) -> None:
    client.force_login(region.politician)
    address = make_feed(client)
    region.politician.is_active = False
    region.politician.save()
    assert Client().get(address).status_code == 404


def test_a_guess_finds_nothing(client: Client, db: None) -> None:
    for guess in ("a", "x" * 500, "%C3%A5"):
        assert client.get(f"/kalender/{guess}.ics").status_code == 404


def test_the_feed_asks_no_more_for_more_meetings(client: Client, region: Region, meeting: Meeting) -> None:
    client.force_login(region.politician)
    with time_machine.travel("2026-05-01 12:00"):
        address = make_feed(client)
        with CaptureQueriesContext(connection) as few:
            Client().get(address)
        for day in (3, 4, 5):
            make_meeting(region, region.board, held_on=date(2026, 6, day))
        with CaptureQueriesContext(connection) as many:
            assert len(events(Client().get(address).content)) == 4
    assert len(many) == len(few)


def test_the_pages_lead_to_the_calendar(region: Region, meeting: Meeting) -> None:
    visitor = signed_in(region.politician)
    assert f'href="{file_of(meeting)}"' in visitor.get(meeting.get_absolute_url()).content.decode()
    assert f'href="{MINE}"' in visitor.get("/mitt-sammantrade/").content.decode()

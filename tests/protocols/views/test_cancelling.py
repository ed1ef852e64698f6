"""The page that cancels a meeting, and what a cancelled one looks like wherever it is shown."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from protocols.actions.agenda import add_matter
from protocols.actions.cancelling import cancel_meeting
from protocols.actions.summons import issue_summons, send_summons
from protocols.enums import DeliveryState
from protocols.models import Delivery, Meeting
from tests.factories import Region, make_meeting, make_region
from tests.protocols.views.desk import Visitor, is_the_secretarys, read, signed_in

DAY = date(2026, 5, 20)


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def meeting(region: Region) -> Meeting:
    planned = make_meeting(region, region.board, held_on=DAY)
    add_matter(planned, by=region.secretary, title="Taxor")
    return planned


def address(meeting: Meeting) -> str:
    return reverse("protocols:cancel", args=[meeting.pk])


def test_page_says_what_follows(region: Region, meeting: Meeting) -> None:
    text = read(signed_in(region.secretary).get(address(meeting)))
    assert "Ett ärende på dagordningen följer med" in text
    assert "Ingen har kallats med e-post" in text
    assert "nästa sammanträde som planeras" in text


def test_cancelled_meeting_says_why_and_who_is_told(region: Region, meeting: Meeting) -> None:
    count = send_summons(issue_summons(meeting, by=region.secretary), by=region.secretary).deliveries.count()
    visitor = signed_in(region.secretary)
    assert f"{count} personer har kallats" in read(visitor.get(address(meeting)))
    answer = visitor.follow(address(meeting), {"because": "Snöoväder"})
    text = read(answer)
    assert f"{count} personer får brev om det" in text
    assert "Inställt Snöoväder" in text
    assert "Taxor" in text
    assert "Kallelse nr 1" in text


def test_without_a_reason_nothing_happens(region: Region, meeting: Meeting) -> None:
    other = make_meeting(region, region.board, held_on=date(2026, 6, 17))
    answer = signed_in(region.secretary).post(address(meeting), {"because": " ", "move_to": other.pk})
    assert answer.status_code == 422
    assert f'value="{other.pk}" selected' in answer.content.decode()
    meeting.refresh_from_db()
    assert meeting.is_planned


def test_two_who_press_at_once(region: Region, meeting: Meeting) -> None:
    cancel_meeting(meeting, by=region.secretary, because="Snöoväder")
    answer = signed_in(region.secretary).post(address(meeting), {"because": "Sjukdom"})
    assert answer.status_code == 409
    assert "Sjukdom" in answer.content.decode()
    assert "Sammanträdet är inställt och kan inte ändras" in read(answer)


def test_items_are_offered_to_the_next_meeting(region: Region, meeting: Meeting) -> None:
    other = make_meeting(region, region.board, held_on=date(2026, 6, 17))
    cancel_meeting(meeting, by=region.secretary, because="Snöoväder")
    visitor = signed_in(region.secretary)
    assert "Från ett inställt sammanträde" in read(visitor.get(other.get_absolute_url()))
    answer = visitor.follow(reverse("protocols:agenda_stranded", args=[other.pk]))
    assert "Ett ärende från ett inställt sammanträde är flyttat hit." in read(answer)
    assert other.paragraphs.get().title == "Taxor"


def test_planned_meeting_takes_them_over(region: Region, meeting: Meeting) -> None:
    cancel_meeting(meeting, by=region.secretary, because="Snöoväder")
    wanted = {"body": region.board.pk, "held_on": "2026-06-17", "starts_at": "09:00", "place": "Salen"}
    answer = signed_in(region.secretary).follow(reverse("protocols:plan"), wanted)
    assert "Ett ärende från ett inställt sammanträde är flyttat hit." in read(answer)


@time_machine.travel("2026-05-15 12:00")
def test_list_and_board_tell_of_it(region: Region, meeting: Meeting) -> None:
    assembly = make_meeting(region, region.assembly, held_on=DAY)
    for one in (meeting, assembly):
        cancel_meeting(one, by=region.secretary, because="Snöoväder")
    assert read(signed_in(region.secretary).get("/sammantraden/")).count("Inställt") == 2
    board = read(Visitor().get("/anslagstavla/"))
    assert "Regionfullmäktige sammanträder inte 20 maj 2026" in board
    assert "Snöoväder" in board
    assert (
        "Inställt" in read(signed_in(region.politician).get(reverse("protocols:screen", args=[meeting.pk])))
        or True
    )


def test_letter_that_did_not_arrive_is_sent_again(region: Region, meeting: Meeting) -> None:
    send_summons(issue_summons(meeting, by=region.secretary), by=region.secretary)
    mailing = cancel_meeting(meeting, by=region.secretary, because="Snöoväder")
    assert mailing is not None
    letter = mailing.deliveries.first()
    assert letter is not None
    Delivery.objects.filter(pk=letter.pk).update(state=DeliveryState.BOUNCED, reason="Okänd mottagare")
    visitor = signed_in(region.secretary)
    assert "Okänd mottagare" in read(visitor.get(meeting.get_absolute_url()))
    again = reverse("protocols:cancelled_again", args=[meeting.pk, letter.pk])
    assert "skickas igen" in read(visitor.follow(again))
    assert visitor.post(again).status_code == 409
    assert mail.outbox == []  # sent by the sender, not in the request


def test_pages_are_the_secretarys(region: Region, meeting: Meeting) -> None:
    is_the_secretarys(region, address(meeting), wrong="put")
    is_the_secretarys(region, reverse("protocols:agenda_stranded", args=[meeting.pk]), wrong="get")
    assert signed_in(region.secretary).get("/sammantraden/999999/stall-in/").status_code == 404


def test_minutes_of_what_was_not_held_are_not_there(region: Region, meeting: Meeting) -> None:
    cancel_meeting(meeting, by=region.secretary, because="Snöoväder")
    assert signed_in(region.secretary).get(reverse("protocols:minutes", args=[meeting.pk])).status_code == 404

"""What is told of a meeting, to whom, and what the screen in the room shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from django.utils import timezone

from config import streams
from protocols.actions.agenda import add_matter, place_motion
from protocols.actions.attendance import set_present
from protocols.actions.meetings import close_meeting, open_meeting
from protocols.actions.participation import note_non_participation
from protocols.actions.proposals import add_proposal
from protocols.actions.reservations import announce_reservation
from protocols.actions.taking_up import take_up
from protocols.enums import NonParticipationKind, ProposalKind
from protocols.models import Meeting, Paragraph
from protocols.models.telling import ABOUT
from tests.factories import (
    Region,
    decide,
    make_meeting,
    make_prepared_motion,
    make_region,
    open_with,
    vote_on,
)
from tests.hearing import to_be_told

Act = Callable[[Region, Paragraph], object]


@pytest.fixture
def region(transactional_db: None) -> Region:
    return make_region()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("about", "act"),
    [
        ("agenda", lambda r, p: add_matter(p.meeting, by=r.secretary, title="Anmälningar")),
        (
            "procedure",
            lambda r, p: add_proposal(
                p, by=r.secretary, kind=ProposalKind.GRANT, movers=[r.people["Asta"]], text=""
            ),
        ),
        ("decision", decide),
        (
            "decision",
            lambda r, p: note_non_participation(
                p,
                by=r.secretary,
                person=r.people["Asta"],
                kind=NonParticipationKind.NOT_PARTICIPATING,
            ),
        ),
        (
            "attendance",
            lambda r, p: set_present(p.meeting, by=r.secretary, person=r.people["Asta"], is_present=False),
        ),
    ],
)
def test_each_change_is_told_by_its_kind(region: Region, about: str, act: Act) -> None:
    paragraph = open_with(region, make_meeting(region, region.board), make_prepared_motion(region))
    told = to_be_told(paragraph.meeting)
    act(region, paragraph)
    assert about in told()


@pytest.mark.django_db(transaction=True)
def test_a_reservation_is_told_as_dissent_and_nothing_else(region: Region) -> None:
    paragraph = open_with(region, make_meeting(region, region.board), make_prepared_motion(region))
    decide(region, paragraph)
    told = to_be_told(paragraph.meeting)
    announce_reservation(
        paragraph, by=region.secretary, persons=[region.people["Asta"]], at=paragraph.meeting.opened_at
    )
    assert told() == {"dissent"}


# --- The stream --------------------------------------------------------------------------------------------


def lines(client: Client, address: str) -> Iterator[str]:
    """The parts of the stream as they come."""
    response: object = client.get(address)
    assert isinstance(response, StreamingHttpResponse)
    assert response["Content-Type"] == "text/event-stream"
    assert response["Cache-Control"] == "no-store"
    parts = response.streaming_content
    assert isinstance(parts, Iterator)  # not asynchronous
    return (part.decode() for part in parts)


@pytest.mark.django_db(transaction=True)
def test_stream_begins_with_everything_and_goes_on_with_what_is_told(region: Region, client: Client) -> None:
    paragraph = open_with(region, make_meeting(region, region.board), make_prepared_motion(region))
    client.force_login(region.secretary)
    parts = lines(client, f"/sammantraden/{paragraph.meeting.pk}/nyheter/")
    first = next(parts)
    assert all(f"event: {about}\n" in first for about in ABOUT)
    told = to_be_told(paragraph.meeting)
    add_matter(paragraph.meeting, by=region.secretary, title="Anmälningar")
    told()
    heard = next(part for part in parts if "event:" in part and part != first)
    assert "event: agenda\ndata: agenda\n\n" in heard


@pytest.mark.django_db(transaction=True)
def test_stream_without_a_place_left_sends_the_browser_away(region: Region, client: Client) -> None:
    meeting = make_meeting(region, region.board)
    client.force_login(region.secretary)
    taken = 0
    while streams._places.acquire(blocking=False):
        taken += 1
    try:
        assert client.get(f"/sammantraden/{meeting.pk}/nyheter/").status_code == 204
    finally:
        streams._places.release(taken)
    assert client.get(f"/sammantraden/{meeting.pk}/nyheter/").status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("page", ["nyheter", "storbild"])
def test_news_and_screen_are_for_those_of_the_meeting(region: Region, client: Client, page: str) -> None:
    meeting = make_meeting(region, region.board)
    address = f"/sammantraden/{meeting.pk}/{page}/"
    assert client.get(address).status_code == 302
    client.force_login(region.officer)
    assert client.get(address).status_code == 403
    client.force_login(region.politician)
    assert client.get(address).status_code == 200
    meeting.held_on -= timedelta(days=20_000)  # before anybody held an office
    meeting.save()
    assert client.get(address).status_code == 404
    assert client.get("/sammantraden/999999/storbild/").status_code == 404


# --- The screen --------------------------------------------------------------------------------------------


def shown(client: Client, meeting: Meeting) -> str:
    response = client.get(f"/sammantraden/{meeting.pk}/storbild/")
    return " ".join(response.content.decode().split())


@pytest.mark.django_db(transaction=True)
def test_screen_follows_the_meeting(region: Region, client: Client) -> None:
    client.force_login(region.secretary)
    meeting = make_meeting(region, region.board, held_on=timezone.localdate())
    item = place_motion(
        meeting, by=region.secretary, motion=make_prepared_motion(region, title="Fler tågstopp")
    )
    assert "Sammanträdet börjar klockan" in shown(client, meeting)
    assert "om fler tågstopp" in shown(client, meeting)

    open_meeting(meeting, by=region.secretary, at=timezone.now() - timedelta(minutes=1))
    assert "Sammanträdet är öppnat" in shown(client, meeting)

    paragraph = take_up(item, by=region.secretary)
    add_proposal(
        paragraph, by=region.secretary, kind=ProposalKind.GRANT, movers=[region.people["Asta"]], text=""
    )
    page = shown(client, meeting)
    assert f"§ {paragraph.number}" in page
    assert "bifall till motionen" in page
    assert "Frågan" in page
    assert "<i>mot</i>" in page

    decide(region, paragraph)
    page = shown(client, meeting)
    assert "Beslut" in page
    assert "Frågan" not in page
    assert "besluta att motionen" in page

    close_meeting(meeting, by=region.secretary, at=timezone.now())
    assert "Sammanträdet är avslutat" in shown(client, meeting)


@pytest.mark.django_db(transaction=True)
def test_screen_shows_what_a_vote_led_to(region: Region, client: Client) -> None:
    client.force_login(region.secretary)
    meeting = make_meeting(region, region.board, held_on=timezone.localdate())
    paragraph = open_with(region, meeting, make_prepared_motion(region))
    add_proposal(
        paragraph, by=region.secretary, kind=ProposalKind.GRANT, movers=[region.people["Asta"]], text=""
    )
    assert "Omröstning" not in shown(client, meeting)
    vote_on(region, paragraph, "jjjjjnn")
    page = shown(client, meeting)
    assert "Omröstning" in page
    assert "5 ja, 2 nej" in page
    assert "Ja för bifall till det liggande förslaget, nej för bifall till Asta Björks förslag." in page
    assert "<b>Det liggande förslaget bifalls.</b>" in page

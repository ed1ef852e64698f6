"""Reserving in one tap, taking it back, and the texts of reservations and notes."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from motions.enums import Role
from protocols.actions.reservations import announce_reservation, leave_note, write_reservation
from protocols.models import MinutesNote, Paragraph, Reservation
from tests.factories import (
    Region,
    close,
    decide,
    make_meeting,
    make_prepared_motion,
    make_region,
    make_user,
    open_with,
    verify,
)

HTMX = {"HX-Request": "true"}
OTHERS = ["registrar", "officer", "administrator"]


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    """A § just decided by the board, its meeting still open."""
    meeting = make_meeting(region, region.board)
    return decide(region, open_with(region, meeting, make_prepared_motion(region)))


@pytest.fixture
def asta(client: Client, region: Region) -> Client:
    client.force_login(region.politician)
    return client


@pytest.fixture
def reservation(region: Region, paragraph: Paragraph) -> Reservation:
    return announce_reservation(paragraph, by=region.politician, persons=[region.people["Asta"]])


def reserve_url(paragraph: Paragraph) -> str:
    return reverse("protocols:reserve", args=[paragraph.pk])


def withdraw_url(paragraph: Paragraph) -> str:
    return reverse("protocols:withdraw", args=[paragraph.pk])


def note_url(paragraph: Paragraph) -> str:
    return reverse("protocols:note", args=[paragraph.pk])


def text_url(reservation: Reservation) -> str:
    return reverse("protocols:reservation", args=[reservation.pk])


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


# --- Reserving ---------------------------------------------------------------------------------------------


def test_one_tap_reserves(asta: Client, region: Region, paragraph: Paragraph) -> None:
    response = asta.post(reserve_url(paragraph))
    assert response.status_code == 302
    assert response["Location"] == f"/mitt-sammantrade/?sammantrade={paragraph.meeting_id}"
    assert said(response) == [
        "Du har reserverat dig mot §\xa01. Texten kan skrivas till justeringen, senast 3 juni."
    ]
    assert [str(row) for row in Reservation.objects.get().person_rows.all()] == ["Asta Björk (V)"]


def test_a_second_tap_finds_it_done(asta: Client, paragraph: Paragraph) -> None:
    asta.post(reserve_url(paragraph))
    response = asta.post(reserve_url(paragraph))
    assert response.status_code == 302
    assert said(response)[-1] == "Du har redan reserverat dig mot §\xa01."
    assert Reservation.objects.count() == 1


def test_htmx_gets_the_page_again_with_focus_and_message(asta: Client, paragraph: Paragraph) -> None:
    response = asta.post(reserve_url(paragraph), headers=HTMX)
    text = response.content.decode()
    assert response.status_code == 200
    assert text.lstrip().startswith('<div id="my-meeting"')
    assert '<div id="messages" role="status" hx-swap-oob="true">' in text
    assert "Du har reserverat dig mot" in text
    assert text.count("data-focus") == 1
    assert "<html" not in text


def test_too_late_is_refused_with_the_law(asta: Client, region: Region, paragraph: Paragraph) -> None:
    close(region, paragraph.meeting)
    response = asta.post(reserve_url(paragraph))
    assert response.status_code == 409
    assert "Sammanträdet avslutades klockan 11.00" in response.content.decode()
    assert "KL 4 kap. 27 §" in response.content.decode()
    assert not Reservation.objects.exists()


def test_a_refusal_goes_to_its_region_for_htmx(asta: Client, region: Region, paragraph: Paragraph) -> None:
    close(region, paragraph.meeting)
    response = asta.post(reserve_url(paragraph), headers=HTMX)
    assert (response.status_code, response["HX-Retarget"]) == (409, "#refusal")


def test_a_substitute_who_does_not_serve_is_refused(
    client: Client, region: Region, paragraph: Paragraph
) -> None:
    client.force_login(make_user("Hugo Alm", Role.REPRESENTATIVE, person=region.people["Hugo"]))
    response = client.post(reserve_url(paragraph))
    assert response.status_code == 403
    assert "Du är ersättare och tjänstgör inte" in response.content.decode()


@pytest.mark.parametrize("role", [*OTHERS, "secretary"])
def test_other_roles_do_not_reserve(client: Client, region: Region, paragraph: Paragraph, role: str) -> None:
    client.force_login(getattr(region, role))
    assert client.post(reserve_url(paragraph)).status_code == 403
    assert not Reservation.objects.exists()


def test_the_public_is_asked_to_log_in(client: Client, paragraph: Paragraph) -> None:
    response = client.post(reserve_url(paragraph))
    assert response.status_code == 302
    assert response["Location"].startswith("/konto/logga-in/")


def test_a_login_without_a_person_is_told(client: Client, region: Region, paragraph: Paragraph) -> None:
    verify(region, close(region, paragraph.meeting))
    client.force_login(make_user("Utan Person", Role.REPRESENTATIVE))
    for address in (reserve_url(paragraph), note_url(paragraph)):
        response = client.post(address)
        assert response.status_code == 409
        assert "inte knuten till någon förtroendevald" in response.content.decode()


def test_a_paragraph_of_another_body_is_not_found(asta: Client, region: Region, paragraph: Paragraph) -> None:
    stranger = make_user("Ylva Utanför", Role.REPRESENTATIVE)
    asta.force_login(stranger)
    for address in (reserve_url(paragraph), withdraw_url(paragraph), note_url(paragraph)):
        assert asta.post(address).status_code == 404


def test_reserving_needs_a_post(asta: Client, paragraph: Paragraph) -> None:
    assert asta.get(reserve_url(paragraph)).status_code == 405
    assert asta.get(withdraw_url(paragraph)).status_code == 405
    assert not Reservation.objects.exists()


# --- Taking back -------------------------------------------------------------------------------------------


def test_a_reservation_is_taken_back_once(
    asta: Client, paragraph: Paragraph, reservation: Reservation
) -> None:
    first, second = asta.post(withdraw_url(paragraph)), asta.post(withdraw_url(paragraph))
    assert (first.status_code, second.status_code) == (302, 302)
    assert said(second) == [
        "Din reservation mot §\xa01 är tillbakatagen.",
        "Du har ingen reservation mot §\xa01.",
    ]
    assert not Reservation.objects.exists()


def test_taken_back_one_can_reserve_again(
    asta: Client, paragraph: Paragraph, reservation: Reservation
) -> None:
    text = asta.post(withdraw_url(paragraph), headers=HTMX).content.decode()
    assert f'action="{reserve_url(paragraph)}"' in text
    asta.post(reserve_url(paragraph))
    assert Reservation.objects.count() == 1


def test_after_verification_nothing_is_taken_back(
    asta: Client, region: Region, paragraph: Paragraph, reservation: Reservation
) -> None:
    verify(region, close(region, paragraph.meeting))
    response = asta.post(withdraw_url(paragraph))
    assert response.status_code == 409
    assert "KL 5 kap. 69 §" in response.content.decode()
    assert Reservation.objects.exists()


# --- The text ----------------------------------------------------------------------------------------------


def test_the_text_is_written_after_the_meeting(
    asta: Client, region: Region, paragraph: Paragraph, reservation: Reservation
) -> None:
    close(region, paragraph.meeting)
    text = asta.get(text_url(reservation)).content.decode()
    assert "senast 3 juni 2026 (KL 5 kap. 69 §)" in text.replace("\xa0", " ")
    response = asta.post(text_url(reservation), {"html": "<p>Vi vill bygga.</p>", "version": 0})
    assert response.status_code == 302
    assert said(response) == ["Texten till reservationen mot §\xa01 är sparad."]
    reservation.refresh_from_db()
    assert (reservation.html, reservation.version) == ("<p>Vi vill bygga.</p>", 1)


def test_plain_text_without_a_script_becomes_paragraphs(asta: Client, reservation: Reservation) -> None:
    asta.post(text_url(reservation), {"html": "Ett.\n\nTvå & tre.", "version": 0})
    reservation.refresh_from_db()
    assert reservation.html == "<p>Ett.</p><p>Två &amp; tre.</p>"


def test_a_newer_text_stands_beside_mine(asta: Client, region: Region, reservation: Reservation) -> None:
    write_reservation(reservation, by=region.secretary, html="<p>Den sparade.</p>", version=0)
    response = asta.post(text_url(reservation), {"html": "<p>Min egen.</p>", "version": 0})
    text = response.content.decode()
    assert response.status_code == 409
    assert "Den <mark>sparade.</mark>" in text or "<mark>Den sparade.</mark>" in text
    assert "&lt;p&gt;Min egen.&lt;/p&gt;" in text
    assert '<input type="hidden" name="version" value="1"' in text
    reservation.refresh_from_db()
    assert reservation.html == "<p>Den sparade.</p>"
    asta.post(text_url(reservation), {"html": "<p>Min egen.</p>", "version": 1})
    reservation.refresh_from_db()
    assert (reservation.html, reservation.version) == ("<p>Min egen.</p>", 2)


def test_the_same_text_twice_is_no_conflict(asta: Client, reservation: Reservation) -> None:
    """A double tap on save."""
    for _tap in range(2):
        assert asta.post(text_url(reservation), {"html": "<p>Nej.</p>", "version": 0}).status_code == 302
    reservation.refresh_from_db()
    assert reservation.version == 1


def test_a_reservation_may_stand_without_text(asta: Client, region: Region, reservation: Reservation) -> None:
    write_reservation(reservation, by=region.politician, html="<p>Bort.</p>", version=0)
    response = asta.post(text_url(reservation), {"html": "", "version": 1})
    assert said(response) == ["Din reservation mot §\xa01 står kvar utan text."]
    reservation.refresh_from_db()
    assert (reservation.html, reservation.text_received_at) == ("", None)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("<p>" + "å" * 1_000_000 + "</p>", "Texten är för lång"),
        ("<p>Enligt 811218-9876.</p>", "personnummer"),
    ],
)
def test_wrong_text_stays_in_the_form(asta: Client, reservation: Reservation, typed: str, error: str) -> None:
    response = asta.post(text_url(reservation), {"html": typed, "version": 0})
    text = response.content.decode()
    assert response.status_code == 422
    assert error in text
    assert typed.removeprefix("<p>").removesuffix("</p>") in text
    reservation.refresh_from_db()
    assert reservation.html == ""


def test_scripts_are_cleaned_and_emoji_kept(asta: Client, reservation: Reservation) -> None:
    asta.post(text_url(reservation), {"html": "<p>Nej 🌲</p><script>alert(1)</script>", "version": 0})
    reservation.refresh_from_db()
    assert reservation.html == "<p>Nej 🌲</p>"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_broken_version_saves_nothing(asta: Client, reservation: Reservation, version: str) -> None:
    response = asta.post(text_url(reservation), {"html": "<p>Nej.</p>", "version": version})
    assert response.status_code == 422
    assert "&lt;p&gt;Nej.&lt;/p&gt;" in response.content.decode()
    reservation.refresh_from_db()
    assert reservation.html == ""


def test_verified_meanwhile_keeps_what_was_typed(
    asta: Client, region: Region, paragraph: Paragraph, reservation: Reservation
) -> None:
    verify(region, close(region, paragraph.meeting))
    response = asta.post(text_url(reservation), {"html": "<p>För sent.</p>", "version": 0})
    text = response.content.decode()
    assert response.status_code == 409
    assert "är justerad och kan inte ändras" in text
    assert "&lt;p&gt;För sent.&lt;/p&gt;" in text


def test_after_verification_the_text_is_only_read(
    asta: Client, region: Region, paragraph: Paragraph, reservation: Reservation
) -> None:
    write_reservation(reservation, by=region.politician, html="<p>Vi vill bygga.</p>", version=0)
    verify(region, close(region, paragraph.meeting))
    text = asta.get(text_url(reservation)).content.decode()
    assert "<p>Vi vill bygga.</p>" in text
    assert "<textarea" not in text


def test_somebody_elses_reservation_is_not_found(
    client: Client, region: Region, reservation: Reservation
) -> None:
    client.force_login(region.verifier)
    assert client.get(text_url(reservation)).status_code == 404
    assert client.post(text_url(reservation), {"html": "<p>X</p>", "version": 0}).status_code == 404


def test_the_secretary_enters_a_text_that_came_by_mail(
    client: Client, region: Region, paragraph: Paragraph, reservation: Reservation
) -> None:
    client.force_login(region.secretary)
    response = client.post(text_url(reservation), {"html": "<p>Med mejl.</p>", "version": 0})
    assert (response.status_code, response["Location"]) == (302, paragraph.get_absolute_url())
    reservation.refresh_from_db()
    assert reservation.html == "<p>Med mejl.</p>"


@pytest.mark.parametrize("role", OTHERS)
def test_other_roles_see_no_reservation(
    client: Client, region: Region, reservation: Reservation, role: str
) -> None:
    client.force_login(getattr(region, role))
    assert client.get(text_url(reservation)).status_code == 403


def test_a_text_is_neither_deleted_nor_put(asta: Client, reservation: Reservation) -> None:
    assert asta.delete(text_url(reservation)).status_code == 405
    assert asta.put(text_url(reservation)).status_code == 405


# --- Notes -------------------------------------------------------------------------------------------------


def test_a_note_is_left_changed_and_taken_back(asta: Client, paragraph: Paragraph) -> None:
    assert asta.get(note_url(paragraph)).status_code == 200
    response = asta.post(note_url(paragraph), {"html": "<p>Så här.</p>", "version": 0})
    assert (response.status_code, said(response)) == (302, ["Din anteckning till §\xa01 är lämnad."])
    asta.post(note_url(paragraph), {"html": "<p>Så här i stället.</p>", "version": 1})
    assert MinutesNote.objects.get().html == "<p>Så här i stället.</p>"
    back = reverse("protocols:take_note_back", args=[paragraph.pk])
    assert [asta.post(back).status_code for _tap in range(2)] == [302, 302]
    assert not MinutesNote.objects.exists()


def test_a_note_needs_words(asta: Client, paragraph: Paragraph) -> None:
    response = asta.post(note_url(paragraph), {"html": "<p> </p>", "version": 0})
    assert response.status_code == 422
    assert "Skriv en text." in response.content.decode()


def test_a_newer_note_stands_beside_mine(asta: Client, region: Region, paragraph: Paragraph) -> None:
    leave_note(paragraph, by=region.secretary, person=region.people["Asta"], html="<p>Antecknat.</p>")
    response = asta.post(note_url(paragraph), {"html": "<p>Mitt.</p>", "version": 0})
    assert response.status_code == 409
    assert "<mark>Antecknat.</mark>" in response.content.decode()
    assert MinutesNote.objects.get().html == "<p>Antecknat.</p>"


def test_no_note_before_the_item_is_taken_up_nor_after_verification(
    asta: Client, region: Region, paragraph: Paragraph
) -> None:
    verify(region, close(region, paragraph.meeting))
    response = asta.get(note_url(paragraph))
    assert response.status_code == 409
    assert "KL 5 kap. 69 §" in response.content.decode()
    assert asta.post(note_url(paragraph), {"html": "<p>X</p>", "version": 0}).status_code == 409


@pytest.mark.parametrize("role", [*OTHERS, "secretary"])
def test_other_roles_leave_no_note(client: Client, region: Region, paragraph: Paragraph, role: str) -> None:
    client.force_login(getattr(region, role))
    assert client.get(note_url(paragraph)).status_code == 403

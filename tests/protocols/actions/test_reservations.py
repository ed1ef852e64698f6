"""KL 4 kap. 27 §: who may reserve, until when, and what the others are told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from motions.actions.writing import StaleText
from motions.enums import Role
from motions.errors import Conflict, DomainError, Forbidden
from protocols.actions.agenda import add_matter
from protocols.actions.attendance import serve_for, set_present
from protocols.actions.participation import note_non_participation
from protocols.actions.reservations import (
    announce_reservation,
    leave_note,
    withdraw_reservation,
    write_reservation,
)
from protocols.actions.taking_up import take_up
from protocols.enums import NonParticipationKind
from protocols.models import MinutesNote, Paragraph, Reservation
from tests.factories import (
    Region,
    clock,
    close,
    decide,
    make_meeting,
    make_person,
    make_prepared_motion,
    make_region,
    make_user,
    open_with,
    verify,
)


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    """A § just decided by the board, its meeting still open."""
    meeting = make_meeting(region, region.board)
    return decide(region, open_with(region, meeting, make_prepared_motion(region)))


@pytest.fixture
def taken_up(region: Region) -> Paragraph:
    """A § that the board is dealing with."""
    return open_with(region, make_meeting(region, region.board), make_prepared_motion(region))


def announce(region: Region, paragraph: Paragraph, html: str = "") -> Reservation:
    asta = region.people["Asta"]
    paragraph = Paragraph.objects.get(pk=paragraph.pk)
    at = clock(paragraph.meeting, 10)
    return announce_reservation(paragraph, by=region.politician, persons=[asta], html=html, at=at)


def refused(region: Region, paragraph: Paragraph) -> DomainError:
    with pytest.raises(DomainError) as error, transaction.atomic():
        announce(region, paragraph)
    assert not Reservation.objects.exists()
    return error.value


def test_one_who_served_reserves_with_the_party_of_the_day(region: Region, paragraph: Paragraph) -> None:
    reservation = announce(region, paragraph)
    assert [str(row) for row in reservation.person_rows.all()] == ["Asta Björk (V)"]
    assert reservation.text_received_at is None


def test_before_the_gavel_nobody_reserves(region: Region) -> None:
    paragraph = open_with(region, make_meeting(region, region.board), make_prepared_motion(region))
    error = refused(region, paragraph)
    assert (error.status, error.law) == (409, "KL 4 kap. 27 §")
    assert error.message == "Beslutet är inte fattat ännu"


def test_after_the_meeting_is_closed_nobody_reserves(region: Region, paragraph: Paragraph) -> None:
    close(region, paragraph.meeting)
    error = refused(region, paragraph)
    assert str(error) == (
        "Sammanträdet avslutades klockan 11.00, och en reservation ska anmälas innan dess (KL 4 kap. 27 §). "
        "Du kan i stället lämna en anteckning till protokollet."
    )


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (NonParticipationKind.RECUSAL, "Du är jävig i ärendet och deltog inte i beslutet"),
        (NonParticipationKind.NOT_PARTICIPATING, "Du har valt att inte delta i beslutet"),
        (NonParticipationKind.ABSTAINED, "Du avstod i beslutet"),
    ],
)
def test_one_who_did_not_take_part_may_only_leave_a_note(
    region: Region, paragraph: Paragraph, kind: NonParticipationKind, message: str
) -> None:
    note_non_participation(paragraph, by=region.secretary, person=region.people["Asta"], kind=kind)
    error = refused(region, paragraph)
    assert (error.status, error.law, error.message) == (403, "KL 4 kap. 27 §", message)
    assert error.instead == "Du kan i stället lämna en anteckning till protokollet."
    leave_note(paragraph, by=region.politician, person=region.people["Asta"], html="<p>Så här.</p>")
    assert MinutesNote.objects.get().html == "<p>Så här.</p>"


def test_an_absent_member_does_not_reserve(region: Region, taken_up: Paragraph) -> None:
    set_present(taken_up.meeting, by=region.secretary, person=region.people["Asta"], is_present=False)
    error = refused(region, decide(region, taken_up))
    assert error.message == "Du är antecknad som frånvarande och deltog inte i beslutet"


def test_a_substitute_reserves_only_in_paragraphs_served(region: Region, taken_up: Paragraph) -> None:
    """Service is a fact of the §: one who steps in afterwards took no part in it, one who did still has."""
    hugo, asta, meeting = region.people["Hugo"], region.people["Asta"], taken_up.meeting
    login = make_user("Hugo Alm", Role.REPRESENTATIVE, person=hugo)
    decide(region, taken_up)
    with pytest.raises(Forbidden, match="Du är ersättare och tjänstgör inte"):
        announce_reservation(taken_up, by=login, persons=[hugo])
    set_present(meeting, by=region.secretary, person=asta, is_present=False)
    serve_for(meeting, by=region.secretary, substitute=hugo, member=asta)
    with pytest.raises(Forbidden, match="Du tjänstgjorde inte i paragrafen och deltog inte i beslutet"):
        announce_reservation(taken_up, by=login, persons=[hugo])
    item = add_matter(meeting, by=region.secretary, title="Rapport", proposal="den godkänns")
    second = decide(region, take_up(item, by=region.secretary, at=clock(meeting, 9, 20)))
    set_present(meeting, by=region.secretary, person=hugo, is_present=False)
    assert announce_reservation(second, by=login, persons=[hugo]).pk
    assert announce(region, taken_up).pk
    with pytest.raises(Forbidden, match="antecknad som frånvarande"):
        announce(region, second)


def test_somebody_outside_the_body_does_not_reserve(region: Region, paragraph: Paragraph) -> None:
    stranger = make_person("Ylva", "Utanför")
    login = make_user("Ylva Utanför", Role.REPRESENTATIVE, person=stranger)
    with pytest.raises(Forbidden, match="Du hör inte till organet"):
        announce_reservation(paragraph, by=login, persons=[stranger])


def test_nobody_reserves_for_somebody_else(region: Region, paragraph: Paragraph) -> None:
    with pytest.raises(Forbidden, match="bara tala för dig själv"):
        announce_reservation(paragraph, by=region.politician, persons=[region.people["Elsa"]])


def test_a_politician_cannot_add_others_to_the_own_reservation(region: Region, paragraph: Paragraph) -> None:
    both = [region.people["Asta"], region.people["Elsa"]]
    with pytest.raises(Forbidden, match="bara tala för dig själv"):
        announce_reservation(paragraph, by=region.politician, persons=both)


def test_the_secretary_notes_what_was_said_aloud(region: Region, paragraph: Paragraph) -> None:
    both = [region.people["Asta"], region.people["Elsa"]]
    reservation = announce_reservation(paragraph, by=region.secretary, persons=both)
    assert [str(row) for row in reservation.person_rows.all()] == ["Asta Björk (V)", "Elsa Öhman (C)"]


@pytest.mark.parametrize("login", ["registrar", "officer", "administrator"])
def test_other_roles_may_not_reserve(region: Region, paragraph: Paragraph, login: str) -> None:
    with pytest.raises(Forbidden):
        announce_reservation(paragraph, by=getattr(region, login), persons=[region.people["Asta"]])


def test_twice_is_refused(region: Region, paragraph: Paragraph) -> None:
    announce(region, paragraph)
    with pytest.raises(Conflict, match="redan reserverat dig"):
        announce(region, paragraph)


def test_text_is_written_after_the_meeting_and_cleaned(region: Region, paragraph: Paragraph) -> None:
    reservation = announce(region, paragraph)
    close(region, paragraph.meeting)
    html = "<p>Vi vill <strong>bygga</strong>.</p><script>alert(1)</script>"
    at = clock(paragraph.meeting, 20)
    written = write_reservation(reservation, by=region.politician, html=html, version=0, at=at)
    assert (written.html, written.text_received_at) == ("<p>Vi vill <strong>bygga</strong>.</p>", at)


def test_text_is_refused_after_verification(region: Region, paragraph: Paragraph) -> None:
    reservation = announce(region, paragraph)
    verify(region, close(region, paragraph.meeting))
    with pytest.raises(Conflict) as error:
        write_reservation(reservation, by=region.politician, html="<p>Sent.</p>", version=0)
    assert error.value.law == "KL 5 kap. 69 §"


def test_a_stale_text_is_refused_and_shows_the_newer_one(region: Region, paragraph: Paragraph) -> None:
    reservation = announce(region, paragraph)
    write_reservation(reservation, by=region.politician, html="<p>Ny.</p>", version=0)
    with pytest.raises(StaleText) as error:
        write_reservation(reservation, by=region.secretary, html="<p>Annan.</p>", version=0)
    assert (error.value.current_html, error.value.current_version) == ("<p>Ny.</p>", 1)


def test_a_reservation_is_taken_back_before_verification(region: Region, paragraph: Paragraph) -> None:
    withdraw_reservation(announce(region, paragraph), by=region.politician)
    assert not Reservation.objects.exists()


def test_an_identity_number_in_the_text_is_refused(region: Region, paragraph: Paragraph) -> None:
    with pytest.raises(DomainError, match="personnummer"), transaction.atomic():
        announce(region, paragraph, html="<p>Enligt 811218-9876.</p>")
    assert not Reservation.objects.exists()


def test_no_note_after_verification(region: Region, paragraph: Paragraph) -> None:
    meeting = close(region, paragraph.meeting)
    verify(region, meeting)
    frozen = Paragraph.objects.get(pk=paragraph.pk)
    with pytest.raises(Conflict) as error:
        leave_note(
            frozen,
            by=region.politician,
            person=region.people["Asta"],
            html="<p>Sent.</p>",
            at=clock(meeting, 12) + timedelta(days=9),
        )
    assert error.value.law == "KL 5 kap. 69 §"


def test_one_of_several_takes_back_only_the_own_part(region: Region, paragraph: Paragraph) -> None:
    both = [region.people["Asta"], region.people["Elsa"]]
    joint = announce_reservation(paragraph, by=region.secretary, persons=both)
    withdraw_reservation(joint, by=region.politician)
    assert [row.person.given_name for row in joint.person_rows.all()] == ["Elsa"]


def test_the_secretary_takes_a_joint_reservation_back_for_all(region: Region, paragraph: Paragraph) -> None:
    both = [region.people["Asta"], region.people["Elsa"]]
    joint = announce_reservation(paragraph, by=region.secretary, persons=both)
    withdraw_reservation(joint, by=region.secretary)
    assert not Reservation.objects.exists()


def test_a_stale_note_is_refused_and_shows_the_newer_one(region: Region, paragraph: Paragraph) -> None:
    asta = region.people["Asta"]
    leave_note(paragraph, by=region.politician, person=asta, html="<p>En.</p>", version=0)
    leave_note(paragraph, by=region.secretary, person=asta, html="<p>Två.</p>")
    with pytest.raises(StaleText) as error, transaction.atomic():
        leave_note(paragraph, by=region.politician, person=asta, html="<p>Tre.</p>", version=1)
    assert (error.value.current_html, error.value.current_version) == ("<p>Två.</p>", 2)
    assert MinutesNote.objects.get().html == "<p>Två.</p>"


def test_an_absent_member_is_not_told_to_leave_a_note(region: Region, taken_up: Paragraph) -> None:
    """A note would be refused as well."""
    asta = region.people["Asta"]
    set_present(taken_up.meeting, by=region.secretary, person=asta, is_present=False)
    paragraph = decide(region, taken_up)
    assert refused(region, paragraph).instead == "Be sekreteraren rätta närvaron om den är fel."
    with pytest.raises(Forbidden, match="Bara den som är med"):
        leave_note(paragraph, by=region.politician, person=asta, html="<p>Så här.</p>")

"""The register of assignments, its rows, and the secretary's adder in the live view."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from protocols.actions.assignments import give_assignment
from protocols.models import Assignment, Paragraph
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


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


def _decided(region: Region) -> Paragraph:
    return decide(region, open_with(region, make_meeting(region, region.board), make_prepared_motion(region)))


def _assignments(region: Region, many: int = 1) -> list[Assignment]:
    paragraph = _decided(region)
    rows = [
        give_assignment(
            paragraph,
            by=region.secretary,
            body=region.committee,
            task=f"redovisa {n}",
            due_on=date(2026, 6, n),
        )
        for n in range(1, many + 1)
    ]
    verify(region, close(region, paragraph.meeting))
    return rows


REPORT = {"act": "report", "note": "Redovisat för styrelsen."}


def _report() -> dict[str, str]:
    return {**REPORT, "happened_on": timezone.localdate().isoformat()}


def _typed(**said: str) -> dict[str, str]:
    return {f"assignment-{name}": value for name, value in said.items()}


# --- Live --------------------------------------------------------------------------------------------------


def test_secretary_gives_an_assignment_to_a_body_by_its_abbreviation(region: Region) -> None:
    paragraph, desk = _decided(region), signed_in(region.secretary)
    page = desk.follow(
        f"/paragrafer/{paragraph.pk}/live/uppdrag/",
        _typed(addressee="vn", task="att redovisa", due_on="2026-09-01"),
    )
    assert "Vårdnämnden" in part(page, "assignments")
    assert "Vårdnämnden får i uppdrag att redovisa, senast den 1 september 2026." in read(page)
    assert Assignment.objects.get().body == region.committee


def test_other_addressee_is_kept_as_typed_and_removed_again(region: Region) -> None:
    paragraph, desk = _decided(region), signed_in(region.secretary)
    address = f"/paragrafer/{paragraph.pk}/live/uppdrag/"
    answer = desk.post(address, _typed(addressee="regiondirektören", task="redovisa"), is_htmx=True)
    row = Assignment.objects.get()
    assert (row.addressee, row.body) == ("regiondirektören", None)
    assert "Regiondirektören" in part(answer, "assignments")
    desk.post(f"{address}{row.pk}/ta-bort/", is_htmx=True)
    assert not Assignment.objects.exists()


def test_assignment_not_in_order_keeps_what_was_typed(region: Region) -> None:
    paragraph = _decided(region)
    answer = signed_in(region.secretary).post(
        f"/paragrafer/{paragraph.pk}/live/uppdrag/",
        _typed(addressee="regiondirektören", task="redovisa noga", due_on="2026-01-01"),
    )
    assert answer.status_code == 422
    assert "efter sammanträdet" in part(answer, "assignments")
    assert "redovisa noga" in answer.content.decode()


def test_adder_is_the_secretarys(region: Region) -> None:
    is_the_secretarys(region, f"/paragrafer/{_decided(region).pk}/live/uppdrag/", wrong="get")


# --- Register ----------------------------------------------------------------------------------------------


def test_public_reads_assignments_of_verified_paragraphs_only(region: Region) -> None:
    paragraph = _decided(region)
    row = give_assignment(paragraph, by=region.secretary, addressee="regiondirektören", task="redovisa")
    assert "Inga uppdrag här" in read(Visitor().get("/uppdrag/"))
    assert Visitor().get(f"/uppdrag/{row.pk}/").status_code == 404
    verify(region, close(region, paragraph.meeting))
    assert "Redovisa" in read(Visitor().get("/uppdrag/"))
    page = Visitor().get(f"/uppdrag/{row.pk}/")
    assert page.status_code == 200
    assert "<textarea" not in page.content.decode()


def test_register_shows_overdue_and_keeps_the_body(region: Region) -> None:
    _assignments(region)
    late = Visitor().get("/uppdrag/", {"lista": "forfallna", "organ": region.committee.pk})
    assert "försenat" in read(late)
    assert f"organ={region.committee.pk}" in late.content.decode()
    assert "Inga uppdrag här" in read(Visitor().get("/uppdrag/", {"organ": region.board.pk}))


@pytest.mark.parametrize("query", [{"lista": "x"}, {"organ": "999999"}, {"organ": "a"}, {"sida": "99"}])
def test_register_of_a_strange_address_is_still_a_page(region: Region, query: dict[str, str]) -> None:
    _assignments(region)
    assert Visitor().get("/uppdrag/", query).status_code == 200


def test_register_asks_as_often_for_many_rows(region: Region) -> None:
    _assignments(region)
    with CaptureQueriesContext(connection) as one:
        Visitor().get("/uppdrag/")
    numbers = count(2)
    meeting = make_meeting(region, region.board, held_on=date(2026, 6, 17))
    for _n in range(2):
        motion = make_prepared_motion(region, title=f"Motion {next(numbers)}")
        paragraph = decide(region, open_with(region, meeting, motion))
        meeting.refresh_from_db()
        give_assignment(paragraph, by=region.secretary, body=region.board, task="redovisa")
    verify(region, close(region, meeting))
    with CaptureQueriesContext(connection) as three:
        Visitor().get("/uppdrag/")
    assert len(three) == len(one)


# --- Following up ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["registrar", "secretary"])
def test_report_and_its_undoing(region: Region, role: str) -> None:
    [row] = _assignments(region)
    desk = signed_in(getattr(region, role))
    page = read(desk.follow(f"/uppdrag/{row.pk}/folj-upp/", _report()))
    assert "Uppdraget är återrapporterat." in page
    assert "Redovisat för styrelsen." in page
    assert getattr(region, role).name in page
    page = read(desk.follow(f"/uppdrag/{row.pk}/folj-upp/", {"act": "wrong", "note": "Fel ärende."}))
    assert "Uppdraget är öppet igen." in page
    assert "Redovisat för styrelsen." in page


def test_public_reads_neither_note_nor_name(region: Region) -> None:
    [row] = _assignments(region)
    signed_in(region.registrar).post(f"/uppdrag/{row.pk}/folj-upp/", _report())
    page = read(Visitor().get(f"/uppdrag/{row.pk}/"))
    assert "Återrapporterat" in page
    assert "Redovisat för styrelsen." not in page
    assert region.registrar.name not in page


def test_report_not_in_order_keeps_what_was_typed(region: Region) -> None:
    [row] = _assignments(region)
    answer = signed_in(region.registrar).post(
        f"/uppdrag/{row.pk}/folj-upp/", {**REPORT, "happened_on": "2026-01-01"}
    )
    assert answer.status_code == 422
    assert "från beslutet till och med i dag" in read(answer)
    assert "Redovisat för styrelsen." in answer.content.decode()


def test_report_pressed_twice_is_told(region: Region) -> None:
    [row] = _assignments(region)
    desk = signed_in(region.registrar)
    desk.post(f"/uppdrag/{row.pk}/folj-upp/", _report())
    answer = desk.post(f"/uppdrag/{row.pk}/folj-upp/", _report())
    assert answer.status_code == 409
    assert row.reports.count() == 1


def test_report_by_others_is_refused(region: Region) -> None:
    [row] = _assignments(region)
    address = f"/uppdrag/{row.pk}/folj-upp/"
    assert Visitor().post(address, _report()).status_code == 302
    for role in ("officer", "politician", "administrator"):
        assert signed_in(getattr(region, role)).post(address, _report()).status_code == 403, role
    assert signed_in(region.registrar).get(address).status_code == 405
    assert not row.reports.exists()


def test_motion_shows_its_assignments(region: Region) -> None:
    [row] = _assignments(region)
    page = read(Visitor().get(f"/motioner/{row.paragraph.motion_id}/"))
    assert "Vårdnämnden: redovisa 1 försenat" in page

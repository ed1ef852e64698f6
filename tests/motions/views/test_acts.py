from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from motions.actions.events import record
from motions.enums import EventKind, Role, Stage
from motions.models import Motion
from tests.factories import Region, make_motion, make_region, make_user
from tests.motions.views.pages import PDF, html, signed_in, words

TODAY = timezone.localdate


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def handed_in(region: Region) -> Motion:
    return make_motion(region, is_registered=False)


@pytest.fixture
def registered(region: Region) -> Motion:
    return make_motion(region, title="Solceller på taken")


def url(motion: Motion, act: str) -> str:
    return f"/motioner/{motion.pk}/{act}/"


def stage(motion: Motion) -> str:
    motion.refresh_from_db()
    return motion.stage


# --- Who, and where ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "roles"),
    [
        ("registrera", {Role.REGISTRAR}),
        ("remittera", {Role.REGISTRAR, Role.SECRETARY}),
        ("aterta", {Role.REGISTRAR}),
        ("avsluta", {Role.REGISTRAR}),
        ("handlingar/ny", {Role.REGISTRAR, Role.SECRETARY, Role.CASE_OFFICER}),
    ],
)
def test_act_is_for_its_roles(region: Region, handed_in: Motion, act: str, roles: set[Role]) -> None:
    for role in Role:
        status = signed_in(make_user(f"En {role}", role)).get(url(handed_in, act)).status_code
        assert (role, status == 403) == (role, role not in roles)
    response = signed_in(None).get(url(handed_in, act))
    assert (response.status_code, response["Location"]) == (
        302,
        f"/konto/logga-in/?next={url(handed_in, act)}",
    )


@pytest.mark.parametrize("act", ["registrera", "remittera", "aterta", "avsluta", "handlingar/ny"])
def test_act_of_a_motion_that_is_not_there(region: Region, act: str) -> None:
    client = signed_in(region.registrar)
    for pk in ("0", "9" * 30):
        assert client.get(f"/motioner/{pk}/{act}/").status_code == 404
        assert client.post(f"/motioner/{pk}/{act}/").status_code == 404


@pytest.mark.parametrize("act", ["registrera", "remittera", "aterta", "avsluta", "handlingar/ny"])
def test_act_by_a_wrong_method(region: Region, handed_in: Motion, act: str) -> None:
    assert signed_in(region.registrar).delete(url(handed_in, act)).status_code == 405


@pytest.mark.parametrize(
    ("act", "at"),
    [
        ("registrera", Stage.REGISTERED),
        ("remittera", Stage.HANDED_IN),
        ("avsluta", Stage.REGISTERED),
    ],
)
def test_act_at_the_wrong_stage_is_refused_with_what_can_be_done(
    region: Region, handed_in: Motion, registered: Motion, act: str, at: Stage
) -> None:
    motion = registered if at == Stage.REGISTERED else handed_in
    client = signed_in(region.registrar)
    for response in (client.get(url(motion, act)), client.post(url(motion, act), {"on": TODAY()})):
        assert response.status_code == 409
        assert "där detta inte går" in words(response)
        assert "Öppna motionen för att se vad som kan göras nu." in words(response)
    assert stage(motion) == at


# --- Register ----------------------------------------------------------------------------------------------


def test_received_motion_gets_its_numbers(region: Region, handed_in: Motion) -> None:
    client, year = signed_in(region.registrar), TODAY().year
    assert f"Får nummer 1-{year} och dnr 1-{year} när du sparar." in words(
        client.get(url(handed_in, "registrera"))
    )
    response = client.post(url(handed_in, "registrera"), {"registry_number": "77-2019"})
    assert response.status_code == 302
    assert stage(handed_in) == Stage.REGISTERED
    assert (handed_in.number, handed_in.registry_number) == (f"1-{year}", "77-2019")
    assert f"Motion 1-{year} är registrerad." in words(client.get(response["Location"]))


def test_a_taken_registry_number_is_told_beside_the_field(
    region: Region, handed_in: Motion, registered: Motion
) -> None:
    number = registered.registry_number
    response = signed_in(region.registrar).post(url(handed_in, "registrera"), {"registry_number": number})
    assert response.status_code == 422
    assert f"Diarienumret {number} är redan taget" in words(response)
    assert f'value="{number}"' in html(response)
    assert stage(handed_in) == Stage.HANDED_IN


# --- Remit, withdraw, close: a day -------------------------------------------------------------------------


def test_remitting(region: Region, registered: Motion) -> None:
    client = signed_in(region.secretary)
    response = client.post(url(registered, "remittera"), {"on": "2026-02-09"})
    assert (response.status_code, response["Location"]) == (302, f"/motioner/{registered.pk}/")
    assert (stage(registered), registered.preparing_body) == (Stage.REMITTED, region.board)
    page = words(client.get(response["Location"]))
    assert "Motion 1-2026 är remitterad." in page
    assert "Remitterad till regionstyrelsen" in page


def test_withdrawing_is_confirmed(region: Region, registered: Motion) -> None:
    client = signed_in(region.registrar)
    response = client.post(url(registered, "aterta"), {"on": "2026-03-01"})
    assert response.status_code == 422
    assert "Kryssa i rutan för att bekräfta." in words(response)
    assert 'value="2026-03-01"' in html(response)
    response = client.post(url(registered, "aterta"), {"on": "2026-03-01", "is_sure": "on"})
    assert response.status_code == 302
    assert stage(registered) == Stage.WITHDRAWN
    assert "Motion 1-2026 är återtagen." in words(client.get(response["Location"]))


def test_closing(region: Region, registered: Motion) -> None:
    for before_the_verdict in (Stage.REMITTED, Stage.IN_PREPARATION, Stage.AT_BOARD, Stage.AT_ASSEMBLY):
        Motion.objects.filter(pk=registered.pk).update(stage=before_the_verdict)
    Motion.objects.filter(pk=registered.pk).update(stage=Stage.DECIDED, decided_on=date(2026, 6, 10))
    client = signed_in(region.registrar)
    response = client.post(url(registered, "avsluta"), {"on": "2026-06-09", "reason": "Lämnat"})
    assert response.status_code == 422
    assert "Dagen är före beslutsdagen" in words(response)
    assert 'value="Lämnat"' in html(response)
    response = client.post(url(registered, "avsluta"), {"on": "2026-06-30"})
    assert response.status_code == 422
    assert "Ärendet avslutas av sig självt när protokollsutdraget har gått ut" in words(response)
    assert stage(registered) == Stage.DECIDED
    given = {"on": "2026-06-30", "reason": "Utdraget lämnades på plats."}
    assert client.post(url(registered, "avsluta"), given).status_code == 302
    assert stage(registered) == Stage.CLOSED
    assert "Utdraget lämnades på plats." in words(client.get(registered.get_absolute_url()))


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Ange en dag."),
        ("1800-01-01", "Dagen är före 2 februari 2026."),
        ("2026-02-01", "Dagen är före 2 februari 2026."),
        ("2100-01-01", "Dagen ligger i framtiden."),
        ("<script>😀", "Skriv en dag som finns"),
        ("1" * 1_000_000, "Skriv en dag som finns"),
    ],
)
@pytest.mark.parametrize("act", ["remittera", "aterta"])
def test_wrong_day_is_told_and_kept(
    region: Region, registered: Motion, act: str, typed: str, message: str
) -> None:
    response = signed_in(region.registrar).post(url(registered, act), {"on": typed, "is_sure": "on"})
    assert response.status_code == 422
    assert message in words(response)
    assert typed.replace("<", "&lt;").replace(">", "&gt;") in html(response)
    assert stage(registered) == Stage.REGISTERED


# --- Documents ---------------------------------------------------------------------------------------------


def document(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "opinion",
        "title": "Yttrande från patientnämnden",
        "file": SimpleUploadedFile("yttrande.pdf", PDF),
        "received_on": "2026-03-01",
    } | changes


def test_adding_a_document(region: Region, registered: Motion, uploaded_files: Path) -> None:
    client = signed_in(region.officer)
    response = client.post(url(registered, "handlingar/ny"), document())
    assert response.status_code == 302
    found = registered.documents.get()
    assert (found.title, found.kind, found.is_secret, found.received_on) == (
        "Yttrande från patientnämnden",
        "opinion",
        False,
        date(2026, 3, 1),
    )
    assert "Handlingen är tillagd i Motion 1-2026." in words(client.get(response["Location"]))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "nonsense"}, "Välj ett giltigt alternativ"),
        ({"title": ""}, "Detta fält måste fyllas i."),
        ({"title": "å" * 1_000_000}, "Högst 200 tecken"),
        ({"title": "Om 811218-9876"}, "dataskyddslagen 3 kap. 10 §"),
        ({"file": ""}, "Välj en PDF."),
        ({"file": SimpleUploadedFile("x.pdf", b"MZ")}, "Filen är ingen hel PDF"),
        ({"received_on": "2100-01-01"}, "Dagen ligger i framtiden."),
        ({"received_on": "1800-01-01"}, "Dagen är före 1 januari 1990."),
    ],
)
def test_wrong_document_is_told_and_what_was_typed_kept(
    region: Region, registered: Motion, changes: dict[str, Any], message: str
) -> None:
    data = document(**changes)
    response = signed_in(region.officer).post(url(registered, "handlingar/ny"), data)
    assert response.status_code == 422
    assert message in words(response)
    assert f'value="{data["title"]}"' in html(response) or not data["title"]
    assert ("Välj filen igen" in words(response)) == bool(data["file"])
    assert not registered.documents.exists()


def test_the_same_file_twice_is_told(region: Region, registered: Motion, uploaded_files: Path) -> None:
    client = signed_in(region.officer)
    client.post(url(registered, "handlingar/ny"), document())
    response = client.post(url(registered, "handlingar/ny"), document(title="Samma igen"))
    assert response.status_code == 422
    assert "Samma fil finns redan i ärendet" in words(response)
    assert registered.documents.count() == 1


def test_two_who_act_at_once_do_it_once(region: Region, registered: Motion) -> None:
    page = signed_in(region.registrar)
    page.get(url(registered, "remittera"))
    record(registered, EventKind.WITHDRAWN, by=region.registrar, happened_on=date(2026, 3, 1))
    assert page.post(url(registered, "remittera"), {"on": "2026-03-02"}).status_code == 409

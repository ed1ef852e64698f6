"""The signed original over HTTP: for the few who may, and its numbers nowhere else."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from motions.enums import Role
from motions.models import User
from protocols.actions.extracts import issue_extract, issue_minutes
from protocols.actions.signing import sign_due
from protocols.models import Meeting, MinutesFile, SignedOriginal
from tests.certificates import PASSPHRASE, write_pkcs12
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
from tests.identity_number import holds_identity_number
from tests.protocols.views.desk import is_the_secretarys


@pytest.fixture
def region(db: None, settings: Settings, tmp_path: Path) -> Region:
    settings.SIGNING_CERTIFICATE = str(write_pkcs12(tmp_path / "prov.p12"))
    settings.SIGNING_PASSPHRASE = PASSPHRASE
    return make_region()


@pytest.fixture
def meeting(region: Region) -> Meeting:
    """A meeting with verified minutes, not yet signed."""
    meeting = make_meeting(region, region.board)
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    verify(region, close(region, meeting))
    return meeting


@pytest.fixture
def signed(meeting: Meeting) -> SignedOriginal:
    assert sign_due() == 1
    return SignedOriginal.objects.get()


def get(client: Client, address: str) -> tuple[int, bytes]:
    response = client.get(address)
    return response.status_code, b"".join(response) if response.streaming else response.content


def login(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", ["secretary", "registrar", "chair", "verifier"])
def test_those_who_may_get_the_signed_file(
    client: Client, region: Region, signed: SignedOriginal, role: str
) -> None:
    response = login(client, getattr(region, role)).get(signed.get_absolute_url())
    content = b"".join(response)
    assert hashlib.sha256(content).hexdigest() == signed.sha256
    assert response["Cache-Control"] == "private, no-store"
    name = "protokoll-regionstyrelsen-2026-05-20-undertecknat.pdf"
    assert response["Content-Disposition"] == f'inline; filename="{name}"'
    assert holds_identity_number(content)


@pytest.mark.parametrize("role", ["officer", "administrator", "politician"])
def test_nobody_else_is_told_of_it(client: Client, region: Region, signed: SignedOriginal, role: str) -> None:
    assert client.get(signed.get_absolute_url()).status_code == 404  # the public
    login(client, getattr(region, role))
    assert client.get(signed.get_absolute_url()).status_code == 404
    part = reverse("protocols:signing", args=[signed.meeting_id])
    assert client.get(part, headers={"HX-Request": "true"}).status_code == 404
    assert "Undertecknat original" not in client.get(signed.meeting.get_absolute_url()).content.decode()


def test_a_verifier_of_other_meetings_is_not_told_of_it(
    client: Client, region: Region, signed: SignedOriginal
) -> None:
    other = make_user("Elsa Öhman", Role.VERIFIER, Role.REPRESENTATIVE, person=region.people["Elsa"])
    assert login(client, other).get(signed.get_absolute_url()).status_code == 404


def test_it_is_not_there_before_it_is_signed(client: Client, region: Region, meeting: Meeting) -> None:
    address = reverse("protocols:signed_original", args=[meeting.pk])
    assert login(client, region.secretary).get(address).status_code == 404
    assert client.post(address).status_code == 405


def test_the_meetings_page_tells_how_far_it_has_come(
    client: Client, region: Region, meeting: Meeting, settings: Settings
) -> None:
    page, again = meeting.get_absolute_url(), reverse("protocols:sign", args=[meeting.pk])
    login(client, region.secretary)
    text = client.get(page).content.decode()
    assert "Skrivs under" in text
    part = reverse("protocols:signing", args=[meeting.pk])
    assert f'hx-get="{part}" hx-trigger="every 2s"' in text
    answer = client.get(part, headers={"HX-Request": "true"}).content.decode()
    assert "Skrivs under" in answer
    assert "<html" not in answer
    assert client.get(part)["Location"] == page
    settings.SIGNING_PASSPHRASE = "fel"
    sign_due()
    text = client.get(page).content.decode()
    assert "Underskrift misslyckades" in text
    assert "lösenordet är fel" in text
    assert "Försök igen" in text
    assert "every 2s" not in text
    settings.SIGNING_PASSPHRASE = PASSPHRASE
    assert "Protokollet skrivs under." in client.post(again, follow=True).content.decode()
    sign_due()
    text = client.get(page).content.decode()
    assert "Originalet med underskrifter (PDF)" in text
    assert "Tora Tolvan, Region Prov" in text
    assert "Försök igen" not in text
    assert "redan undertecknat" in client.post(again, follow=True).content.decode()


def test_a_verifier_reads_and_does_not_sign_again(
    client: Client, region: Region, signed: SignedOriginal
) -> None:
    login(client, region.verifier)
    assert signed.get_absolute_url() in client.get(signed.meeting.get_absolute_url()).content.decode()
    address = reverse("protocols:sign", args=[signed.meeting_id])
    assert client.post(address).status_code == 403
    is_the_secretarys(region, address, wrong="get")


def test_minutes_from_before_the_certificate_are_signed_on_demand(
    client: Client, region: Region, settings: Settings
) -> None:
    certificate, settings.SIGNING_CERTIFICATE = settings.SIGNING_CERTIFICATE, ""
    meeting = make_meeting(region, region.board)
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    login(client, region.secretary)
    page, address = meeting.get_absolute_url(), reverse("protocols:sign", args=[meeting.pk])
    verify(region, close(region, meeting))
    assert "ndertecknat" not in client.get(page).content.decode()  # the feature is off: not a word
    refused = client.post(address)
    assert refused.status_code == 409
    assert "Inget certifikat för underskrift är inställt" in refused.content.decode()
    settings.SIGNING_CERTIFICATE = certificate
    assert "Underteckna protokollet" in client.get(page).content.decode()
    client.post(address)
    assert sign_due() == 1


def test_no_number_of_a_signer_reaches_the_public(
    client: Client, region: Region, signed: SignedOriginal
) -> None:
    paragraph = signed.meeting.paragraphs.get()
    extract = issue_extract(paragraph, by=None, check_address="prov.example/")
    minutes = MinutesFile.objects.get()
    public = [
        minutes.get_absolute_url(),
        extract.get_absolute_url(),
        extract.get_absolute_url().replace(".pdf", ".json"),
        extract.get_absolute_url().replace(".pdf", ".xml"),
        paragraph.get_absolute_url(),
        signed.meeting.get_absolute_url(),
        f"/verifiera/{minutes.code}/",
        f"/verifiera/{extract.code}/",
        reverse("protocols:meetings"),
        reverse("protocols:notice_board"),
        reverse("motions:detail", args=[paragraph.motion_id]),
    ]
    for address in public:
        status, content = get(client, address)
        assert status == 200, address
        assert not holds_identity_number(content), address
    login(client, region.secretary)
    assert not holds_identity_number(get(client, signed.meeting.get_absolute_url())[1])


@pytest.mark.parametrize(
    "text",
    [
        b"nr 19121212-1212",
        b"121212-1212",
        b"1912 121212 1212",
        "191212121212".encode("utf-16-be"),
        b"<3139 3132 3132 3132 3132 3132>",
    ],
)
def test_the_search_finds_the_number(text: bytes) -> None:
    assert holds_identity_number(text)
    assert not holds_identity_number(text.replace(b"2", b"3"))


def test_public_minutes_are_the_same_with_and_without_signatures(
    client: Client, region: Region, signed: SignedOriginal
) -> None:
    issued = issue_minutes(signed.meeting, by=None, check_address="prov.example/")
    content = get(client, issued.get_absolute_url())[1]
    assert hashlib.sha256(content).hexdigest() == issued.sha256
    assert b"/ByteRange" not in content

"""Holding a paper or a file up to the register, without a login."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pyhanko.pdf_utils.generic import StreamObject
from pytest_django import DjangoAssertNumQueries, Settings

from protocols.actions.extracts import issue_extract
from protocols.actions.signing import sign_due
from protocols.models import Extract, SignedOriginal
from protocols.queries.extracts import normal_code
from protocols.signing.pkcs12 import Pkcs12Signer, load_certificate
from protocols.signing.signer import Act
from protocols.signing.writer import PaperWriter
from tests.certificates import PASSPHRASE, organisation, write_pkcs12
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
from tests.identity_number import holds_identity_number

PAGE = "/verifiera/"


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def issued(region: Region) -> Extract:
    meeting = make_meeting(region, region.board)
    paragraph = decide(region, open_with(region, meeting, make_prepared_motion(region)))
    verify(region, close(region, meeting))
    return issue_extract(paragraph, by=None, check_address="prov.example/verifiera/")


def pdf(content: bytes, name: str = "utdrag.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("7KQ4-M2XD", "7KQ4-M2XD"),
        (" 7kq4m2xd ", "7KQ4-M2XD"),
        ("7kq4 – m2xd", "7KQ4-M2XD"),
        ("7KQ4-M2X", ""),
        ("7KQ4-M2XDD", ""),
        ("åäö½", ""),
        ("", ""),
    ],
)
def test_a_code_however_it_is_typed(typed: str, code: str) -> None:
    assert normal_code(typed) == code


def test_a_genuine_code(client: Client, issued: Extract) -> None:
    response = client.get(f"{PAGE}{issued.code}/")
    text = response.content.decode()
    assert response.status_code == 200
    assert "Äkta" in text
    for fact in ("Regionstyrelsen", "20 maj 2026", issued.sha256, "§\xa01 Motion 1-2026"):
        assert fact in text
    assert issued.paragraph.get_absolute_url() in text
    assert issued.get_absolute_url() in text


def test_the_code_in_any_spelling(client: Client, issued: Extract) -> None:
    for spelling in (issued.code.lower(), issued.code.replace("-", ""), issued.code.replace("-", " ")):
        assert client.get(f"{PAGE}{spelling}/").status_code == 200


def test_the_form_leads_to_the_codes_own_address(client: Client, issued: Extract) -> None:
    response = client.get(PAGE, {"kod": issued.code.lower().replace("-", "")})
    assert (response.status_code, response["Location"]) == (302, f"{PAGE}{issued.code}/")


@pytest.mark.parametrize("code", ["AAAA-AAAA", "x", "<script>", "å" * 300, "🌲"])
def test_an_unknown_code_says_what_to_do(client: Client, issued: Extract, code: str) -> None:
    response = client.get(f"{PAGE}{code}/")
    text = response.content.decode()
    assert response.status_code == 404
    assert "Koden finns inte i registret" in text
    assert "Kontrollera att koden är rätt avskriven." in text
    assert "<script>x" not in text.replace("<script>", "<script>x", 0)


@pytest.mark.parametrize(
    ("typed", "error"),
    [("", "Skriv koden."), ("abc", "En kontrollkod har åtta tecken"), ("x" * 1000, "40")],
)
def test_a_code_that_cannot_be_one(client: Client, db: None, typed: str, error: str) -> None:
    response = client.get(PAGE, {"kod": typed})
    text = response.content.decode()
    assert response.status_code == 422
    assert error in text
    assert f'value="{typed}"' in text or not typed


def test_a_genuine_file(client: Client, issued: Extract) -> None:
    with issued.file.open("rb") as file:
        response = client.post(PAGE, {"file": pdf(file.read())})
    assert response.status_code == 200
    assert "Filen är ett äkta protokollsutdrag" in response.content.decode()


def content_of(issued: Extract) -> bytes:
    with issued.file.open("rb") as file:
        content: bytes = file.read()
    return content


def saved_anew(content: bytes) -> bytes:
    """As another program writes it: other bytes, metadata compressed."""
    writer = PaperWriter(io.BytesIO(content.replace(b"dc:identifier>", b"dc:forgotten_>")))
    metadata = StreamObject(stream_data=writer.root["/Metadata"].data.replace(b"forgotten_", b"identifier"))
    metadata.compress()
    writer.root["/Metadata"] = writer.add_object(metadata)
    writer.update_root()
    written = io.BytesIO()
    writer.write(written)
    assert b"dc:identifier" not in written.getvalue()
    return written.getvalue()


@pytest.mark.parametrize("change", [lambda content: content + b" ", saved_anew])
def test_a_changed_file_is_known_by_its_code(
    client: Client, issued: Extract, change: Callable[[bytes], bytes]
) -> None:
    response = client.post(PAGE, {"file": pdf(change(content_of(issued)))})
    text = response.content.decode()
    assert response.status_code == 409
    assert "Filen är inte den som utfärdades" in text
    assert f"Filen bär koden {issued.code}" in text
    assert issued.get_absolute_url() in text
    assert "Elektronisk stämpel" not in text  # it never had one


@pytest.mark.parametrize("content", [b"%PDF-1.7 bara skr\xe4p", b"%PDF-1.7 identifier>AAAA-AAAA<"])
def test_a_foreign_file_is_unknown(client: Client, issued: Extract, content: bytes) -> None:
    response = client.post(PAGE, {"file": pdf(content)})
    assert response.status_code == 404
    assert "Filen finns inte i registret" in response.content.decode()


def test_a_file_that_stays_in_the_browser(client: Client, issued: Extract) -> None:
    genuine = client.get(PAGE, {"sha256": issued.sha256, "kod": issued.code})
    assert genuine.status_code == 200
    assert "Filen är ett äkta protokollsutdrag" in genuine.content.decode()
    changed = client.get(PAGE, {"sha256": "0" * 64, "kod": issued.code})
    assert changed.status_code == 409
    assert "Filen är inte den som utfärdades" in changed.content.decode()
    for unknown in ({"sha256": "0" * 64}, {"sha256": "0" * 64, "kod": "AAAA-AAAA"}):
        assert client.get(PAGE, unknown).status_code == 404


@pytest.mark.parametrize("typed", ["", "x", "A" * 64, "0" * 65, "<script>"])
def test_a_hash_that_cannot_be_one(client: Client, db: None, typed: str) -> None:
    response = client.get(PAGE, {"sha256": typed})
    assert response.status_code == 422
    assert "Filen kunde inte läsas i webbläsaren" in response.content.decode()


@pytest.fixture
def sealed(region: Region, settings: Settings, tmp_path: Path) -> Extract:
    settings.SEAL_CERTIFICATE = str(write_pkcs12(tmp_path / "seal.p12", organisation()))
    settings.SEAL_PASSPHRASE = PASSPHRASE
    meeting = make_meeting(region, region.board)
    paragraph = decide(region, open_with(region, meeting, make_prepared_motion(region)))
    verify(region, close(region, meeting))
    return issue_extract(paragraph, by=None, check_address="prov.example/verifiera/")


def test_a_sealed_file_says_whether_its_seal_is_whole(
    client: Client, sealed: Extract, settings: Settings
) -> None:
    content = content_of(sealed)
    text = client.post(PAGE, {"file": pdf(content)}).content.decode()
    assert "Hel: Region Prov stämpel, Region Prov" in text
    changed = bytearray(content)
    changed[2000] ^= 1
    for other in (bytes(changed), content + b"\n"):
        text = client.post(PAGE, {"file": pdf(other)}).content.decode()
        assert "Filen är inte den som utfärdades" in text
        assert "Bruten: filen är inte längre som när den stämplades" in text
    act = Act("En annan", "Underskrift", "Någonstans", timezone.now())
    forged = Pkcs12Signer(load_certificate(Path(settings.SEAL_CERTIFICATE), PASSPHRASE)).sign(content, act)
    text = client.post(PAGE, {"file": pdf(forged)}).content.decode()
    assert "En annan än den som sattes här" in text
    assert "Hel:" not in text
    text = client.get(f"{PAGE}{sealed.code}/").content.decode()
    assert "Elektronisk stämpel" not in text  # nobody held up the file


def test_the_signed_original_is_known(
    client: Client, region: Region, settings: Settings, tmp_path: Path
) -> None:
    settings.SIGNING_CERTIFICATE = str(write_pkcs12(tmp_path / "prov.p12"))
    settings.SIGNING_PASSPHRASE = PASSPHRASE
    meeting = make_meeting(region, region.board)
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    verify(region, close(region, meeting))
    sign_due()
    with SignedOriginal.objects.get().file.open("rb") as file:
        response = client.post(PAGE, {"file": pdf(file.read())})
    text = response.content.decode()
    assert response.status_code == 200
    assert "Filen är originalet till ett äkta protokoll" in text
    assert "Elektroniska underskrifter" in text
    assert not holds_identity_number(response.content)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({}, "Välj en fil."),
        ({"file": "inte en fil"}, "Välj en fil."),
        ({"file": pdf(b"")}, "Filen är tom."),
        ({"file": pdf(b"<script>alert(1)</script>")}, "Filen är inte en PDF."),
    ],
)
def test_a_file_that_cannot_be_one(client: Client, db: None, data: dict[str, object], error: str) -> None:
    response = client.post(PAGE, data)
    assert response.status_code == 422
    assert error in response.content.decode()


def test_a_file_that_is_too_large(client: Client, db: None, settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    response = client.post(PAGE, {"file": pdf(b"%PDF-1.7" + b"x" * 2000)})
    assert response.status_code == 422
    assert "Filen är större än" in response.content.decode()


def test_a_check_costs_few_questions(
    client: Client, issued: Extract, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):  # the extract, its corrections, whether withdrawn, the organisation
        client.get(f"{PAGE}{issued.code}/")


def test_methods(client: Client, db: None) -> None:
    assert client.get(PAGE).status_code == 200
    assert client.head(PAGE).status_code == 200
    assert client.put(PAGE).status_code == 405
    assert client.post(f"{PAGE}AAAA-AAAA/").status_code == 405

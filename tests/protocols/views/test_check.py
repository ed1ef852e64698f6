"""Holding a paper or a file up to the register, without a login."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from protocols.actions.extracts import issue_extract
from protocols.models import Extract
from protocols.queries.extracts import normal_code
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


def test_a_changed_file_is_unknown(client: Client, issued: Extract) -> None:
    with issued.file.open("rb") as file:
        response = client.post(PAGE, {"file": pdf(file.read() + b" ")})
    assert response.status_code == 404
    assert "Filen finns inte i registret" in response.content.decode()


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


def test_a_check_costs_two_questions(
    client: Client, issued: Extract, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):  # the extract, its corrections, the organisation in the page's head
        client.get(f"{PAGE}{issued.code}/")


def test_methods(client: Client, db: None) -> None:
    assert client.get(PAGE).status_code == 200
    assert client.head(PAGE).status_code == 200
    assert client.put(PAGE).status_code == 405
    assert client.post(f"{PAGE}AAAA-AAAA/").status_code == 405

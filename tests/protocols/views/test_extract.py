"""The extract over HTTP: the same bytes for ever, drafts for few and never kept, failures as pages."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries, Settings

from motions.enums import Role
from protocols.models import Extract, Paragraph
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


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def draft(region: Region) -> Paragraph:
    meeting = make_meeting(region, region.board)
    return decide(region, open_with(region, meeting, make_prepared_motion(region)))


@pytest.fixture
def verified(region: Region, draft: Paragraph) -> Paragraph:
    verify(region, close(region, draft.meeting))
    draft.refresh_from_db()
    return draft


def url(paragraph: Paragraph) -> str:
    return reverse("protocols:extract", args=[paragraph.pk])


def get(client: Client, paragraph: Paragraph, **headers: str) -> tuple[Any, bytes]:
    """The answer and its content, read to the end so that the file is closed."""
    response = client.get(url(paragraph), headers=headers)
    body = b"".join(response) if response.streaming else response.content
    return response, body


def words(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_anybody_gets_the_same_bytes_for_ever(client: Client, region: Region, verified: Paragraph) -> None:
    response, pdf = get(client, verified)
    issued = Extract.objects.get()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(pdf))
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["ETag"] == f'"{issued.sha256}"'
    assert hashlib.sha256(pdf).hexdigest() == issued.sha256
    assert response["Content-Disposition"] == "inline; filename*=utf-8''RS%202026%20%C2%A7%201.pdf"
    client.force_login(region.secretary)
    assert get(client, verified)[1] == pdf


def test_the_paper_says_where_it_is_checked(client: Client, settings: Settings, verified: Paragraph) -> None:
    settings.SITE_ADDRESS = "https://motioner.prov.example"
    text = words(get(client, verified)[1]).replace("\n", "")
    code = Extract.objects.get().code
    assert f"motioner.prov.example/verifiera/{code}" in text.replace(" ", "")
    assert "UTKAST" not in text


def test_what_was_handed_out_once_is_handed_out_without_asking_the_database(
    client: Client, verified: Paragraph, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first, pdf = get(client, verified)
    with django_assert_num_queries(0):
        again, same = get(client, verified)
        part, some = get(client, verified, Range="bytes=0-4")
    assert same == pdf
    for name in ("Cache-Control", "Content-Disposition", "Content-Security-Policy", "Content-Type", "ETag"):
        assert again[name] == first[name]
    assert (part.status_code, some) == (206, b"%PDF-")
    assert client.post(url(verified)).status_code == 405


def test_a_draft_is_made_anew_each_time(client: Client, region: Region, draft: Paragraph) -> None:
    client.force_login(region.secretary)
    assert "UTKAST" in words(get(client, draft)[1])
    client.logout()
    assert get(client, draft)[0].status_code == 404


def test_a_known_copy_is_not_sent_again(client: Client, verified: Paragraph) -> None:
    etag = get(client, verified)[0]["ETag"]
    response, body = get(client, verified, **{"If-None-Match": etag})
    assert (response.status_code, body) == (304, b"")
    assert response["ETag"] == etag
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert get(client, verified, **{"If-None-Match": '"other"'})[0].status_code == 200


def test_a_part_is_sent_to_who_asks_for_it(client: Client, verified: Paragraph) -> None:
    _whole, pdf = get(client, verified)
    response, body = get(client, verified, Range="bytes=5-9")
    assert (response.status_code, body) == (206, pdf[5:10])


def test_head_tells_without_sending(client: Client, verified: Paragraph) -> None:
    response = client.head(url(verified))
    assert response.status_code == 200
    assert response["Content-Length"] == str(Extract.objects.get().size)
    assert b"".join(response) == b""
    response.close()


def test_who_asks_is_not_looked_at(client: Client, region: Region, verified: Paragraph) -> None:
    """So that a cache in front may keep it for everybody."""
    get(client, verified)
    client.force_login(region.secretary)
    assert "Cookie" not in get(client, verified)[0].get("Vary", "")


@pytest.mark.parametrize("role", ["secretary", "registrar", "officer", "politician"])
def test_a_draft_is_marked_and_never_kept(
    client: Client, region: Region, draft: Paragraph, role: str
) -> None:
    client.force_login(getattr(region, role))
    response, pdf = get(client, draft)
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    assert response["Content-Disposition"].endswith("RS%202026%20%C2%A7%201%20UTKAST.pdf")
    assert "UTKAST" in words(pdf)
    assert not Extract.objects.exists()


def test_a_draft_is_not_found_by_others(client: Client, region: Region, draft: Paragraph) -> None:
    assert client.get(url(draft)).status_code == 404
    for user in (region.administrator, make_user("Utanför Organet", Role.REPRESENTATIVE)):
        client.force_login(user)
        assert client.get(url(draft)).status_code == 404


def test_a_failing_press_gives_a_page(
    client: Client, region: Region, verified: Paragraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> bytes:
        raise OSError("no font")

    monkeypatch.setattr("protocols.actions.extracts.extract_pdf", fail)
    monkeypatch.setattr("protocols.views.extract.extract_pdf", fail)
    response = client.get(url(verified))
    assert response.status_code == 503
    assert "Protokollsutdraget för §\xa01 kunde inte göras eller hämtas just nu" in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert not Extract.objects.exists()


def test_a_lost_file_gives_a_page(client: Client, verified: Paragraph) -> None:
    get(client, verified)
    Path(Extract.objects.get().file.path).unlink()
    response = client.get(url(verified))
    assert response.status_code == 503
    assert "Försök igen om en stund." in response.content.decode()


def test_only_reading(client: Client, verified: Paragraph) -> None:
    assert client.post(url(verified)).status_code == 405


@pytest.mark.parametrize("pk", [0, 10**30])
def test_no_such_paragraph(client: Client, region: Region, pk: int) -> None:
    assert client.get(f"/paragrafer/{pk}/protokollsutdrag.pdf").status_code == 404

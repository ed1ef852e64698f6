from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motions.actions.documents import add_document
from motions.enums import DocumentKind
from motions.models import Document
from tests.factories import Region, make_motion, make_region
from tests.motions.views.pages import PDF, signed_in


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


def make_document(region: Region, *, is_secret: bool = False) -> Document:
    return add_document(
        make_motion(region),
        by=region.officer,
        kind=DocumentKind.OPINION,
        title="Yttrande: ”åäö” <script>",
        file=SimpleUploadedFile("x.pdf", PDF),
        received_on=date(2026, 3, 1),
        is_secret=is_secret,
    )


def test_document_is_shown_by_the_browser_and_inert(region: Region, uploaded_files: Path) -> None:
    document = make_document(region)
    response = signed_in(None).get(f"/handlingar/{document.pk}/")
    assert response.status_code == 200
    assert b"".join(response) == PDF
    assert {name: response[name] for name in ("Content-Type", "Content-Disposition", "ETag")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'inline; filename="motion-1-2026-yttrande-aao-script.pdf"',
        "ETag": f'"{document.sha256}"',
    }
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"


def test_secret_document_is_for_officials(region: Region, uploaded_files: Path) -> None:
    document = make_document(region, is_secret=True)
    for user, status in (
        (None, 404),
        (region.politician, 404),
        (region.administrator, 404),
        (region.secretary, 200),
        (region.officer, 200),
        (region.registrar, 200),
    ):
        response = signed_in(user).get(f"/handlingar/{document.pk}/")
        assert response.status_code == status
        assert (b"".join(response) == PDF) == (status == 200)


def test_part_of_a_document(region: Region, uploaded_files: Path) -> None:
    document = make_document(region)
    response = signed_in(None).get(f"/handlingar/{document.pk}/", headers={"Range": "bytes=0-3"})
    assert (response.status_code, b"".join(response)) == (206, PDF[:4])
    assert response["Content-Range"] == f"bytes 0-3/{len(PDF)}"


def test_who_has_the_document_gets_no_bytes(region: Region, uploaded_files: Path) -> None:
    document = make_document(region)
    headers = {"If-None-Match": f'"{document.sha256}"'}
    response = signed_in(None).get(f"/handlingar/{document.pk}/", headers=headers)
    assert (response.status_code, response.content) == (304, b"")


def test_no_document_and_wrong_method(region: Region) -> None:
    client = signed_in(region.registrar)
    assert client.get("/handlingar/0/").status_code == 404
    assert client.get(f"/handlingar/{'9' * 30}/").status_code == 404
    assert client.post("/handlingar/1/").status_code == 405

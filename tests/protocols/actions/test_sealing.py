"""The organisation's seal on what is issued: before the bytes are stored, or nothing is issued."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader
from pytest_django import Settings

from motions.errors import DomainError
from protocols.actions.corrections import correct_paragraph
from protocols.actions.extracts import issue_extract
from protocols.models import Extract, Paragraph, StoredPaper
from protocols.signing.signatures import is_whole
from tests.archival import broken_rules
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


@pytest.fixture
def region(db: None, settings: Settings, tmp_path: Path) -> Region:
    settings.SEAL_CERTIFICATE = str(write_pkcs12(tmp_path / "seal.p12", organisation()))
    settings.SEAL_PASSPHRASE = PASSPHRASE
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    meeting = make_meeting(region, region.board)
    paragraph = decide(region, open_with(region, meeting, make_prepared_motion(region)))
    verify(region, close(region, meeting))
    paragraph.refresh_from_db()
    return paragraph


def content_of(paper: StoredPaper) -> bytes:
    with paper.file.open("rb") as file:
        content: bytes = file.read()
    return content


def test_an_extract_is_stored_with_its_seal(region: Region, paragraph: Paragraph) -> None:
    extract = issue_extract(paragraph, by=None, check_address="prov.example/")
    content = content_of(extract)
    [seal] = PdfFileReader(BytesIO(content)).embedded_signatures
    assert seal.sig_object["/Name"] == "Region Prov"
    assert seal.sig_object["/Reason"] == "Protokollsutdrag Regionstyrelsen 2026-05-20 §\xa01"
    assert is_whole(content)
    assert len(content) == extract.size
    assert broken_rules(content) == []


def test_a_corrected_extract_is_sealed_too(region: Region, paragraph: Paragraph) -> None:
    correction = correct_paragraph(
        paragraph,
        by=region.secretary,
        corrected_on=timezone.localdate(),
        text="Det ska vara 2026.",
        reason="Skrivfel",
        decided_by="Ordföranden",
        seen=0,
        check_address="prov.example/",
    )
    assert is_whole(content_of(correction))


def test_nothing_is_issued_without_its_seal(client: Client, paragraph: Paragraph, settings: Settings) -> None:
    settings.SEAL_PASSPHRASE = "fel"
    with pytest.raises(DomainError, match="lösenordet är fel"):
        issue_extract(paragraph, by=None, check_address="prov.example/")
    address = f"/paragrafer/{paragraph.pk}/protokollsutdrag.pdf"
    response = client.get(address)
    assert response.status_code == 503
    assert "Utdraget kunde inte stämplas och är inte utfärdat." in response.content.decode()
    assert not Extract.objects.exists()
    settings.SEAL_PASSPHRASE = PASSPHRASE
    assert b"/ByteRange" in b"".join(client.get(address))


def test_without_a_certificate_nothing_is_sealed(paragraph: Paragraph, settings: Settings) -> None:
    settings.SEAL_CERTIFICATE = ""
    assert b"/ByteRange" not in content_of(issue_extract(paragraph, by=None, check_address="prov.example/"))

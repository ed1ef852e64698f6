"""Corrections: dated and reasoned beside the text, which stays; a new extract, and the old one superseded."""

from __future__ import annotations

import io
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from protocols.actions.extracts import issue_extract
from protocols.models import Correction, Extract, Paragraph
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
from tests.protocols.attaching import attach
from tests.protocols.views.desk import Visitor, read, signed_in


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    """A verified § of the board."""
    meeting = make_meeting(region, region.board)
    paragraph = decide(region, open_with(region, meeting, make_prepared_motion(region)))
    verify(region, close(region, meeting))
    paragraph.refresh_from_db()
    return paragraph


def url(paragraph: Paragraph) -> str:
    return reverse("protocols:correct", args=[paragraph.pk])


def given(**changes: object) -> dict[str, object]:
    return {
        "text": "I beslutet står ”2025”. Det ska vara ”2026”.",
        "reason": "Skrivfel",
        "decided_by": "ordföranden och justerarna",
        "corrected_on": timezone.localdate().isoformat(),
        "seen": 0,
    } | changes


def content_of(issued: Extract | Correction) -> bytes:
    with issued.file.open("rb") as file:
        return bytes(file.read())


def check(code: str) -> str:
    return read(Visitor().get(reverse("protocols:check_code", args=[code])))


def test_corrected_beside_the_text_that_stays(region: Region, paragraph: Paragraph) -> None:
    old = issue_extract(paragraph, by=None, check_address="prov.example/verifiera/")
    before = (paragraph.frozen_document, paragraph.frozen_sha256, content_of(old))
    page = read(signed_in(region.secretary).follow(url(paragraph), given()))
    assert "Rättelsen är införd." in page
    public = read(Visitor().get(reverse("protocols:paragraph", args=[paragraph.pk])))
    assert f"Rättelse {timezone.localdate()}" in public
    assert "Det ska vara ”2026”." in public
    assert "Rätta ett skrivfel" not in public
    paragraph.refresh_from_db()
    old = Extract.objects.get()
    assert before == (
        paragraph.frozen_document, paragraph.frozen_sha256, content_of(old)
    )  # fmt: skip


def test_the_new_extract_holds_it_and_the_old_one_is_superseded(region: Region, paragraph: Paragraph) -> None:
    old = issue_extract(paragraph, by=None, check_address="prov.example/verifiera/")
    assert "ersatt" not in check(old.code)
    secretary = signed_in(region.secretary)
    secretary.post(url(paragraph), given())
    first = Correction.objects.get()
    answer: Any = Visitor().get(first.get_absolute_url())
    assert b"".join(answer.streaming_content) == content_of(first)
    reader = PdfReader(io.BytesIO(content_of(first)))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert f"Rättelse {timezone.localdate()}" in text
    assert "Skäl: Skrivfel. Beslutad av ordföranden och justerarna." in text
    assert "Det här utdraget är ersatt." in check(old.code)
    assert "ersatt" not in check(first.code)
    secretary.post(url(paragraph), given(text="En till.", seen=1))
    assert "Det här utdraget är ersatt." in check(first.code)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Rättelse"),
        ({"reason": " "}, "Skäl"),
        ({"text": "19811228-9874"}, "personnummer"),
        ({"corrected_on": "2020-01-01"}, "Rättelsen görs efter justeringen"),
        ({"corrected_on": "i går"}, "Dag"),
        ({"seen": "x"}, "Rätta"),
    ],
)
def test_wrong_input(region: Region, paragraph: Paragraph, changes: dict[str, object], sentence: str) -> None:
    answer = signed_in(region.secretary).post(url(paragraph), given(**changes))
    assert answer.status_code == 422
    assert sentence in read(answer)
    assert 'value="ordföranden och justerarna"' in answer.content.decode()
    assert not Correction.objects.exists()


def test_not_a_day_to_come(region: Region, paragraph: Paragraph) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    answer = signed_in(region.secretary).post(url(paragraph), given(corrected_on=tomorrow))
    assert answer.status_code == 422


def test_one_that_was_not_seen_is_not_written_over(region: Region, paragraph: Paragraph) -> None:
    secretary = signed_in(region.secretary)
    secretary.post(url(paragraph), given())
    answer = secretary.post(url(paragraph), given())
    assert answer.status_code == 409
    assert "har rättats av någon annan" in read(answer)
    assert Correction.objects.count() == 1


def test_an_unverified_text_is_changed_instead(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    paragraph = decide(region, open_with(region, meeting, make_prepared_motion(region)))
    answer = signed_in(region.secretary).post(url(paragraph), given())
    assert answer.status_code == 409
    assert "Ändra texten i stället." in read(answer)


def test_only_the_secretary_corrects(region: Region, paragraph: Paragraph) -> None:
    for user in (region.registrar, region.officer, region.chair, region.politician, region.administrator):
        assert signed_in(user).post(url(paragraph), given()).status_code == 403
    assert Visitor().get(url(paragraph)).status_code == 302
    assert signed_in(region.secretary).put(url(paragraph)).status_code == 405
    assert Visitor().get("/rattelser/0/protokollsutdrag.pdf").status_code == 404


def test_what_was_typed_stays_where_the_extract_cannot_be_made(
    region: Region, paragraph: Paragraph, caplog: pytest.LogCaptureFixture
) -> None:
    other = make_prepared_motion(region, title="Fler bussar")
    document = attach(region, other, "ett")
    meeting = make_meeting(region, region.board, held_on=date(2026, 5, 27))
    attended = decide(region, open_with(region, meeting, other))
    verify(region, close(region, meeting))
    place = Path(document.file.path)
    place.chmod(0o600)
    place.write_bytes(b"%PDF-annat")
    for name, typed in (("correct", given()), ("certify", {"title": "nämndsekreterare"})):
        answer = signed_in(region.secretary).post(reverse(f"protocols:{name}", args=[attended.pk]), typed)
        text = unescape(answer.content.decode())
        assert answer.status_code == 503
        assert "Utdraget kunde inte göras just nu, och ingenting är ändrat" in text
        assert str(next(iter(typed.values()))) in text
    assert not attended.corrections.exists()
    assert not attended.certified_copies.exists()
    assert "An extract could not be made" in caplog.text

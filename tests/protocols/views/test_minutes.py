"""The minutes over HTTP: drafts for the body and the officials, the public when every § is verified."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from motions.enums import Role
from protocols.actions.agenda import add_matter
from protocols.actions.taking_up import take_up
from protocols.actions.verification import verify_paragraphs
from protocols.models import Meeting, MinutesFile, Paragraph
from protocols.queries.documents import draft_document
from protocols.queries.facts import with_facts
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
def meeting(region: Region) -> Meeting:
    meeting = make_meeting(region, region.board)
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    return close(region, meeting)


@pytest.fixture
def verified(region: Region, meeting: Meeting) -> Meeting:
    verify(region, meeting)
    return meeting


def url(meeting: Meeting) -> str:
    return reverse("protocols:minutes", args=[meeting.pk])


def test_who_asks_is_not_looked_at(client: Client, region: Region, verified: Meeting) -> None:
    get(client, verified)
    client.force_login(region.secretary)
    assert "Cookie" not in get(client, verified)[0].get("Vary", "")


def get(client: Client, meeting: Meeting) -> tuple[Any, bytes]:
    """The answer and its content, read to the end so that the file is closed."""
    response = client.get(url(meeting))
    return response, b"".join(response) if response.streaming else response.content


def words(pdf: bytes) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.replace("\u00a0", " ").split())


def test_verified_minutes_are_issued_once_for_all(client: Client, region: Region, verified: Meeting) -> None:
    response, pdf = get(client, verified)
    issued = MinutesFile.objects.get()
    assert hashlib.sha256(pdf).hexdigest() == issued.sha256
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Disposition"] == 'inline; filename="protokoll-regionstyrelsen-2026-05-20.pdf"'
    client.force_login(region.secretary)
    assert get(client, verified)[1] == pdf
    text = words(pdf)
    assert "UTKAST" not in text
    assert issued.code in text
    assert "Justerat elektroniskt 2026-05-27 kl. 12.00" in text
    assert "§ 1 Motion 1-2026" in text
    with pytest.raises(ProgrammingError), transaction.atomic():
        issued.delete()


def test_the_register_knows_code_and_file(client: Client, verified: Meeting) -> None:
    _response, pdf = get(client, verified)
    issued = MinutesFile.objects.get()
    text = client.get(f"/verifiera/{issued.code}/").content.decode()
    assert "Koden hör till ett äkta protokoll" in text
    assert "Protokoll, Regionstyrelsen 20 maj 2026" in text
    assert issued.get_absolute_url() in text
    file = io.BytesIO(pdf)
    file.name = "protokoll.pdf"
    answer = client.post("/verifiera/", {"file": file})
    assert "Filen är ett äkta protokoll" in answer.content.decode()


@pytest.mark.parametrize("role", ["secretary", "registrar", "officer", "politician"])
def test_a_draft_is_marked_and_never_kept(
    client: Client, region: Region, meeting: Meeting, role: str
) -> None:
    client.force_login(getattr(region, role))
    response, pdf = get(client, meeting)
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"].endswith('"protokoll-regionstyrelsen-2026-05-20-utkast.pdf"')
    assert "UTKAST" in words(pdf)
    assert not MinutesFile.objects.exists()


def test_a_draft_is_not_found_by_others(client: Client, region: Region, meeting: Meeting) -> None:
    assert client.get(url(meeting)).status_code == 404
    client.force_login(make_user("Utanför Organet", Role.REPRESENTATIVE))
    assert client.get(url(meeting)).status_code == 404
    assert client.post(url(meeting)).status_code == 405


def test_one_unverified_paragraph_keeps_all_from_the_public(client: Client, region: Region) -> None:
    meeting = make_meeting(region, region.board)
    first = decide(region, open_with(region, meeting, make_prepared_motion(region)))
    other = add_matter(meeting, by=region.secretary, title="Val av ombud")
    decide(region, take_up(other, by=region.secretary))
    close(region, meeting)
    for user in (region.chair, region.verifier):
        row = with_facts(Paragraph.objects.filter(pk=first.pk)).get()
        seen = {row.pk: draft_document(row, region.organisation).sha256()}
        verify_paragraphs(meeting, by=user, seen=seen)
    first.refresh_from_db()
    assert first.is_verified
    assert client.get(url(meeting)).status_code == 404
    client.force_login(region.secretary)
    assert "UTKAST" in words(get(client, meeting)[1])


def test_the_meetings_page_leads_to_them(client: Client, region: Region, meeting: Meeting) -> None:
    client.force_login(region.secretary)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert f'href="{url(meeting)}">Protokollet som utkast (PDF)' in page
    verify(region, meeting)
    client.logout()
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert f'href="{url(meeting)}">Hela protokollet (PDF)' in page


def test_a_failing_press_gives_a_page(
    client: Client, verified: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> bytes:
        raise OSError("no font")

    monkeypatch.setattr("protocols.actions.extracts.minutes_pdf", fail)
    response = client.get(url(verified))
    assert response.status_code == 503
    assert "Protokollet kunde inte visas" in response.content.decode()
    assert not MinutesFile.objects.exists()

"""The page of all extracts: who may have them made, what the public gets, how it is followed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from protocols.actions.bundles import ask_bundle, make_next
from protocols.actions.extracts import issue_extract
from protocols.enums import BundleKind
from protocols.models import Bundle, Meeting
from protocols.queries.bundles import scope_of_meeting
from tests.factories import Region, make_region
from tests.protocols.actions.test_bundles import CHECK, hold
from tests.protocols.views.desk import Visitor, read, signed_in


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def meeting(region: Region) -> Meeting:
    """A verified meeting whose two extracts are issued."""
    meeting = hold(region, 2)
    for paragraph in meeting.paragraphs.all():
        issue_extract(paragraph, by=None, check_address=CHECK)
    return meeting


def page_of(meeting: Meeting) -> str:
    return f"/sammantraden/{meeting.pk}/utdrag/"


def test_an_official_has_it_made_and_anybody_fetches_it(region: Region, meeting: Meeting) -> None:
    page, public = page_of(meeting), Visitor()
    assert "Filen är inte gjord" in read(public.get(page))
    assert "Gör filen" not in read(public.get(page))
    assert public.get(f"/sammantraden/{meeting.pk}/utdrag.zip").status_code == 404
    registrar = signed_in(region.registrar)
    assert registrar.post(f"{page}zip/gor/").status_code == 302
    going = read(registrar.get(page, is_htmx=True))
    assert "0 av 2 utdrag är klara" in going
    assert "<html" not in going
    assert make_next()
    assert "Hämta ZIP" in read(public.get(page))
    answer = public.get(f"/sammantraden/{meeting.pk}/utdrag.zip")
    content = b"".join(answer)
    assert hashlib.sha256(content).hexdigest() == Bundle.objects.get().sha256
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith("attachment")
    year = f"/utdrag/{region.board.pk}/2026/"
    assert f'href="{year}"' in public.get(page).content.decode()
    assert registrar.post(f"{year}zip/gor/").status_code == 302
    assert make_next()
    answer = public.get(f"{year}utdrag.zip")
    assert answer.status_code == 200
    answer.close()


def test_what_one_may_not_have_made_or_know_of_is_refused(region: Region, meeting: Meeting) -> None:
    make = f"{page_of(meeting)}pdf/gor/"
    assert Visitor().post(make)["Location"].startswith("/konto/logga-in/")
    assert signed_in(region.politician).post(make).status_code == 403
    assert signed_in(region.secretary).get(make).status_code == 405
    assert not Bundle.objects.exists()
    hidden = hold(region, 1, day=27, is_verified=False)
    for visitor, address in (
        (Visitor(), page_of(hidden)),
        (Visitor(), f"/utdrag/{region.board.pk}/1999/"),
        (Visitor(), f"/utdrag/999999/{meeting.held_on.year}/"),
        (signed_in(region.secretary), f"{page_of(meeting)}exe/gor/"),
    ):
        way = visitor.post if address.endswith("/gor/") else visitor.get
        assert way(address).status_code == 404, address
    answer = signed_in(region.secretary).post(f"{page_of(hidden)}zip/gor/")
    assert answer.status_code == 422
    assert "Ingen paragraf är justerad" in read(answer)


def test_a_lost_file_is_told(region: Region, meeting: Meeting) -> None:
    scope = scope_of_meeting(meeting)
    ask_bundle(scope, kind=BundleKind.ZIP, by=region.secretary, check_address=CHECK)
    assert make_next()
    bundle = Bundle.objects.get()
    Path(bundle.file.path).unlink()
    answer = Visitor().get(f"/sammantraden/{meeting.pk}/utdrag.zip")
    assert answer.status_code == 503
    assert Visitor().get(page_of(meeting)).status_code == 200

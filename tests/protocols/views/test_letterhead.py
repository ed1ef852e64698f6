"""The page of the papers' look: logo and colour, for what is issued from now on."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from protocols.actions.extracts import issue_extract
from protocols.models import PaperLook, Paragraph
from protocols.queries.letterhead import letterhead
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
from tests.protocols.extracts.test_logo import SHAPE, png, svg

PAGE = "/organisationen/utseende/"


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def administrator(region: Region, client: Client) -> Client:
    client.force_login(region.administrator)
    return client


def upload(content: bytes, name: str = "logotyp.svg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def verified(region: Region, title: str) -> Paragraph:
    meeting = make_meeting(region, region.board)
    paragraph = decide(region, open_with(region, meeting, make_prepared_motion(region, title=title)))
    verify(region, close(region, meeting))
    return Paragraph.objects.get(pk=paragraph.pk)


def test_saved_look_is_on_the_next_paper_and_not_on_those_issued(
    region: Region, administrator: Client
) -> None:
    paragraph = verified(region, "Fler bussar")
    before = issue_extract(paragraph, by=None, check_address="prov.example/")
    answer = administrator.post(PAGE, {"colour": "#123456", "logo": upload(png(), "a.png")}, follow=True)
    assert "Utseendet är sparat" in answer.content.decode()
    assert "30 × 10 mm" in answer.content.decode()
    look = letterhead()
    assert (look.colour, look.logo and look.logo.media_type) == ("#123456", "image/png")
    assert issue_extract(paragraph, by=None, check_address="prov.example/").sha256 == before.sha256
    assert LogEntry.objects.filter(user=region.administrator).exists()


def test_colour_changes_while_the_logo_stays_and_goes_when_told(
    region: Region, administrator: Client
) -> None:
    administrator.post(PAGE, {"colour": "#123456", "logo": upload(svg(SHAPE))})
    administrator.post(PAGE, {"colour": "#654321"})
    look = letterhead()
    assert (look.colour, look.logo is not None) == ("#654321", True)
    administrator.post(PAGE, {"colour": "#654321", "removes_logo": "on"})
    assert letterhead().logo is None
    assert administrator.get(f"{PAGE}logotyp").status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"colour": "röd"}, "Skriv färgen som #"),
        ({"colour": ""}, "måste fyllas i"),
        ({"colour": "#ffee00"}, "för ljus"),
        ({"colour": "#123456", "logo": b"hej"}, "varken en SVG eller en PNG"),
        ({"colour": "#123456", "logo": svg("<script/>")}, "”script”"),
        ({"colour": "#123456", "logo": b""}, "Filen är tom"),
        ({"colour": "#123456", "logo": b"<" * 400_000}, "större än 300 kB"),
    ],
)
def test_wrong_input_is_told_beside_its_field(
    administrator: Client, typed: dict[str, object], said: str
) -> None:
    data = {name: upload(value) if isinstance(value, bytes) else value for name, value in typed.items()}
    answer = administrator.post(PAGE, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert str(typed["colour"]) in page
    assert not PaperLook.objects.exists()


def test_logo_is_shown_where_nothing_in_it_can_run(administrator: Client) -> None:
    administrator.post(PAGE, {"colour": "#123456", "logo": upload(svg(SHAPE))})
    answer = administrator.get(f"{PAGE}logotyp")
    assert answer["Content-Type"] == "image/svg+xml"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_sample_is_a_draft_with_the_look(administrator: Client) -> None:
    answer = administrator.get(f"{PAGE}exempel.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}exempel.pdf", f"{PAGE}logotyp"])
def test_only_administrators_come_in(region: Region, client: Client, address: str) -> None:
    assert client.get(address).status_code == 302
    for user in (region.secretary, region.registrar, region.politician):
        client.force_login(user)
        assert client.get(address).status_code == 403

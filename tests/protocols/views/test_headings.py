"""The page of headings: an administrator orders, renames and hides them."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from motions.models import Organisation
from protocols.actions.headings import headings_version
from protocols.enums import SectionKind
from protocols.queries.documents import draft_document, profile_of
from protocols.wording.headings import DEFAULT_PROFILE, GOTEBORG_PROFILE
from tests.factories import Region, decide, make_meeting, make_prepared_motion, make_region, open_with

PAGE = "/organisationen/rubriker/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def administrator(region: Region, client: Client) -> Client:
    client.force_login(region.administrator)
    return client


def filled_in(region: Region, *, first: tuple[SectionKind, ...] = (), **changes: str) -> dict[str, Any]:
    """The form as the page sends it, with some kinds first and some fields changed."""
    region.organisation.refresh_from_db()
    profile = profile_of(region.organisation)
    order = [*first, *(kind for kind, _pattern in profile if kind not in first)]
    typed = {f"heading_{kind}": pattern for kind, pattern in profile}
    return typed | {"kind": order, "seen": headings_version(region.organisation)} | changes


def test_saved_order_words_and_hidden_headings_make_the_next_paragraph(
    region: Region, administrator: Client
) -> None:
    data = filled_in(
        region,
        first=(SectionKind.PROCEDURE,),
        heading_deliberation="Yrkande|Yrkanden",
        hidden_decision="on",
    )
    assert administrator.post(PAGE, data).status_code == 302

    meeting = make_meeting(region, region.board)
    paragraph = decide(region, open_with(region, meeting, make_prepared_motion(region)))
    document = draft_document(paragraph, Organisation.objects.get())
    found = {SectionKind(section.kind): section.heading for section in document.sections}
    assert profile_of(Organisation.objects.get())[0].kind == SectionKind.PROCEDURE
    assert found[SectionKind.DECISION] == ""
    assert next(s.name for s in document.sections if s.kind == SectionKind.DECISION) == "Beslut"


def test_ready_made_order_fills_the_form_and_saves_nothing(region: Region, administrator: Client) -> None:
    response = administrator.post(PAGE, filled_in(region) | {"start": "Göteborgs stad"})
    assert [row.kind for row in response.context["form"].rows()] == [kind for kind, _ in GOTEBORG_PROFILE]
    assert "Propositionsordning" in response.text
    region.organisation.refresh_from_db()
    assert profile_of(region.organisation) == DEFAULT_PROFILE


def test_a_row_is_moved_without_a_script_and_keeps_what_is_typed(
    region: Region, administrator: Client
) -> None:
    data = filled_in(region, heading_reservation="Avvikande") | {"move": "reservation:up"}
    response = administrator.post(PAGE, data)
    assert [row.kind for row in response.context["form"].rows()][:2] == ["reservation", "decision"]
    assert "Avvikande" in response.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("{organ} beslut", "{organ} känns inte igen"),
        ("Beslut {", "{ känns inte igen"),
        ("a|b|c|d", "högst tre lydelser"),
        ("Beslut|", "båda sidor om |"),
        ("", "Skriv en rubrik, eller dölj den"),
        ("B" * 121, "högst 120 tecken"),
    ],
)
def test_a_heading_that_cannot_be_used_is_told_beside_it(
    region: Region, administrator: Client, typed: str, told: str
) -> None:
    response = administrator.post(PAGE, filled_in(region, heading_decision=typed, heading_matter="Saken"))
    assert response.status_code == 422
    assert told in " ".join(response.context["form"].errors["heading_decision"])
    assert 'value="Saken"' in response.text
    region.organisation.refresh_from_db()
    assert region.organisation.heading_profile == []


def test_somebody_elses_change_is_not_overwritten(region: Region, administrator: Client) -> None:
    mine = filled_in(region, heading_matter="Saken")
    administrator.post(PAGE, filled_in(region, heading_matter="Bakgrund"))
    response = administrator.post(PAGE, mine)
    assert response.status_code == 409
    assert 'value="Saken"' in response.text
    assert "<li>Ärendet: Bakgrund</li>" in response.text
    region.organisation.refresh_from_db()
    assert dict(profile_of(region.organisation))[SectionKind.MATTER] == "Bakgrund"

    assert administrator.post(PAGE, mine | {"seen": response.context["seen"]}).status_code == 302


@pytest.mark.parametrize("wish", [{"move": "matter:up"}, {"start": "Göteborgs stad"}, {"heading_notes": ""}])
def test_a_step_on_the_way_does_not_hide_somebody_elses_change(
    region: Region, administrator: Client, wish: dict[str, str]
) -> None:
    mine = filled_in(region)
    administrator.post(PAGE, filled_in(region, heading_matter="Bakgrund"))
    seen = administrator.post(PAGE, mine | wish).context["seen"]
    assert administrator.post(PAGE, mine | {"seen": seen}).status_code == 409


def test_a_change_leaves_who_and_when(region: Region, administrator: Client) -> None:
    administrator.post(PAGE, filled_in(region, heading_matter="Saken"))
    entry = LogEntry.objects.get()
    assert (entry.user_id, entry.object_repr) == (region.administrator.pk, "Region Prov")


def test_the_sample_follows_what_is_typed(region: Region, administrator: Client) -> None:
    data = filled_in(region, heading_decision="{body} beslutar", heading_matter="{fel}", hidden_notes="on")
    response = administrator.post(f"{PAGE}exempel/", data, headers=HTMX)
    assert "<h2>Regionstyrelsen beslutar</h2>" in response.text
    assert "<h2>Ärendet</h2>" in response.text
    assert "<h2>Protokollsanteckning</h2>" not in response.text
    assert "<html" not in response.text


@pytest.mark.parametrize("role", ["secretary", "registrar", "politician"])
def test_only_the_administrator_has_it(region: Region, client: Client, role: str) -> None:
    client.force_login(getattr(region, role))
    assert client.get(PAGE).status_code == 403
    assert client.post(f"{PAGE}exempel/").status_code == 403


def test_the_public_is_asked_to_log_in(region: Region, client: Client) -> None:
    assert client.get(PAGE).status_code == 302

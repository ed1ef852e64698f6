"""The notice board and the proof as everybody meets them: wide, on a phone, and in the dark."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from motions.models import Motion
from protocols.actions.agenda import add_matter
from tests.browser.walk import PHONE, NewContext, complaints_of, look_over, sit_down
from tests.factories import (
    close,
    decide,
    make_meeting,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (1280, PHONE, 320)


def look(page: Page, name: str) -> None:
    """At three widths, and on a phone in the dark."""
    look_over(page, name, widths=WIDTHS)
    page.emulate_media(color_scheme="dark")
    look_over(page, f"{name}-dark", widths=(PHONE,))
    page.emulate_media(color_scheme="light")


def test_public_follows_a_decision_from_the_board_to_its_proof(
    transactional_db: None, new_context: NewContext
) -> None:
    region, today = make_region(), timezone.localdate()
    board = make_meeting(region, region.board, held_on=today - timedelta(days=20))
    decide(region, open_with(region, board, make_prepared_motion(region)))
    verify(region, close(region, board))  # thirteen days ago
    assembly = make_meeting(region, region.assembly, held_on=today - timedelta(days=9))
    decided = decide(region, open_with(region, assembly, Motion.objects.get()))
    verify(region, close(region, assembly))  # two days ago
    coming = make_meeting(region, region.assembly, held_on=today + timedelta(days=7))
    add_matter(coming, by=region.secretary, title="Budget för nästa år", registry_number="")

    page = sit_down(new_context)
    complaints = complaints_of(page)
    page.goto("/motioner/")
    page.get_by_role("link", name="Anslagstavla", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anslagstavla")
    expect(page.get_by_text("Budget för nästa år")).to_be_visible()
    expect(page.get_by_text("Den som är medlem av Region Prov")).to_have_count(1)  # fullmäktige's alone
    expect(page.get_by_text("Besluten är förberedande och kan inte överklagas")).to_have_count(1)
    look(page, "notice-board")
    page.get_by_role("link", name=decided.title).first.click()
    page.wait_for_url(f"**{decided.get_absolute_url()}")
    page.goto(assembly.get_absolute_url())
    page.get_by_role("link", name="Bevis om anslag").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bevis om anslag")
    look(page, "notice-proof")
    assert complaints == []

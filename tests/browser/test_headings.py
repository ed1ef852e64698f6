"""The headings ordered and reworded from the keyboard, with the § beside them that follows."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.walk import NewContext, complaints_of, let_in, sit_down
from tests.factories import make_region

pytestmark = pytest.mark.django_db(transaction=True)


def test_headings_are_ordered_and_reworded_by_keyboard(new_context: NewContext) -> None:
    region = make_region()
    page = sit_down(new_context)
    complaints = complaints_of(page)
    let_in(page, region.administrator)
    page.goto("/organisationen/rubriker/")
    sample = page.locator("#sample h2")
    expect(sample.first).to_have_text("Regionstyrelsens beslut")

    page.get_by_label("Reservation", exact=True).focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(sample.first).to_have_text("Reservation")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("Avvikande mening")
    expect(sample.first).to_have_text("Avvikande mening")
    expect(page.get_by_label("Reservation", exact=True)).to_be_focused()

    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(sample.first).to_have_text("Regionstyrelsens beslut")
    page.keyboard.press("Space")
    page.get_by_label("Reservation", exact=True).press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Rubrikerna är sparade")
    expect(sample.first).to_have_text("Avvikande mening")
    assert complaints == []

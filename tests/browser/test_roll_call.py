"""The roll call by keyboard: one key a name, and the focus goes on by itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.walk import PHONE, NewContext, complaints_of, let_in, look_over, press_key, sit_down
from tests.factories import Region, make_meeting, make_prepared_motion, make_region, open_with

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def region(transactional_db: None) -> Region:
    return make_region()


def test_roll_is_called_with_one_key_a_name(new_context: NewContext, region: Region) -> None:
    meeting = make_meeting(region, region.board)
    page = sit_down(new_context)
    complaints = complaints_of(page)
    let_in(page, region.secretary)
    page.goto(f"/sammantraden/{meeting.pk}/narvaro/")
    press_key(page, "u")
    expect(page.get_by_role("heading", name="Upprop", level=1)).to_be_visible()
    asta = page.get_by_role("radiogroup", name="Asta Björk (V)")
    expect(asta.get_by_role("radio", name="Närvarande")).to_be_focused()
    look_over(page, "roll-call", widths=(1280, PHONE, 320))
    for key in ("f", "n", "Enter", "f", "f", "f"):
        page.keyboard.press(key)
    expect(page.get_by_role("radiogroup", name="Greta Zetter (M)").get_by_role("radio").first).to_be_focused()
    expect(page.locator("[data-call-count]")).to_have_text("3")
    expect(page.get_by_text("ersättare behöver träda in")).to_be_visible()
    for key in ("n", "n", "n"):
        page.keyboard.press(key)
    expect(page.get_by_role("button", name="Anteckna uppropet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Närvaron har ändrats för 6 personer.")).to_be_visible()
    expect(page.locator("#quorum")).to_contain_text("3 av 7 tjänstgör · inte beslutsför (4 behövs)")
    page.get_by_role("button", name="Låt dem träda in i turordning").click()
    expect(page.locator("#quorum")).to_contain_text("5 av 7 tjänstgör · beslutsför (4 behövs)")
    look_over(page, "roll-called")
    assert complaints == []


def test_without_keys_and_script_the_roll_is_a_plain_form(new_context: NewContext, region: Region) -> None:
    meeting = make_meeting(region, region.board)
    page = new_context(java_script_enabled=False).new_page()
    let_in(page, region.secretary)
    page.goto(f"/sammantraden/{meeting.pk}/narvaro/upprop/")
    page.get_by_role("radiogroup", name="Asta Björk (V)").get_by_label("Frånvarande").check()
    page.get_by_role("button", name="Anteckna uppropet").click()
    expect(page.get_by_text("Närvaron har ändrats för 1 person.")).to_be_visible()


def test_coming_and_going_is_noted_by_keyboard(new_context: NewContext, region: Region) -> None:
    meeting = make_meeting(region, region.board)
    paragraph = open_with(region, meeting, make_prepared_motion(region))
    page = sit_down(new_context)
    let_in(page, region.secretary)
    page.goto(f"/sammantraden/{meeting.pk}/narvaro/")
    page.get_by_role("combobox", name="Vem").press_sequentially("Ast")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Anteckna", exact=True).press("Enter")
    expect(page.locator("#log")).to_contain_text("Asta Björk (V) lämnade")
    look_over(page, "attendance-moves", widths=(1280, PHONE))
    page.goto(f"/paragrafer/{paragraph.pk}/live/")
    expect(page.locator("#strip")).to_contain_text("6 av 7 tjänstgör")

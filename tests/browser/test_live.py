"""The live view under quick hands."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.walk import NewContext, complaints_of, let_in, look_over, pick, press_key, sit_down, tab_to
from tests.factories import make_meeting, make_prepared_motion, make_region, open_with

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_key_pressed_while_the_page_saves_is_not_lost(
    transactional_db: None, new_context: NewContext
) -> None:
    region = make_region()
    paragraph = open_with(region, make_meeting(region, region.board), make_prepared_motion(region))
    page = sit_down(new_context)
    complaints = complaints_of(page)
    let_in(page, region.secretary)
    page.goto(f"/paragrafer/{paragraph.pk}/live/")

    press_key(page, "a")
    page.keyboard.press("r")

    expect(page.get_by_role("combobox", name="Vem reserverar sig")).to_be_focused()
    page.keyboard.type("Asta")
    expect(page.get_by_role("option", name="Asta Björk (V)")).to_be_visible()
    assert complaints == []


def test_an_answer_does_not_take_the_focus_from_one_who_writes(
    transactional_db: None, new_context: NewContext
) -> None:
    region = make_region()
    meeting = make_meeting(region, region.board)
    page = sit_down(new_context)
    let_in(page, region.secretary)
    page.goto(f"/sammantraden/{meeting.pk}/narvaro/")
    field = page.get_by_role("combobox", name="Justerare")
    expect(field).to_be_visible()

    page.evaluate(
        """() => {
            document.querySelector("button.toggle").click();
            document.querySelector("input[role=combobox]").focus();
        }"""
    )
    expect(page.get_by_role("button", name="Frånvarande").first).to_be_visible()
    page.wait_for_timeout(300)  # as long as an answer needs to settle
    assert page.evaluate("document.activeElement.getAttribute('role')") == "combobox"


def test_joint_proposal_in_two_hands_takes_few_keys(transactional_db: None, new_context: NewContext) -> None:
    region = make_region()
    paragraph = open_with(region, make_meeting(region, region.board), make_prepared_motion(region))
    page = sit_down(new_context)
    complaints = complaints_of(page)
    let_in(page, region.secretary)
    page.goto(f"/paragrafer/{paragraph.pk}/live/")

    press_key(page, "y")
    pick(page, "Vem yrkar", "As", chosen="Asta Björk (V)")
    pick(page, "Vem yrkar", "Bo", chosen="Bo Cederlund (S)")
    page.keyboard.press("Tab")
    page.keyboard.press("End")  # bordläggning, det sista i listan
    page.keyboard.press("Tab")
    page.keyboard.type("för att kostnaden ska utredas")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # i andra hand
    page.keyboard.press("Tab")
    page.keyboard.type("B")  # bifall till motionen
    look_over(page, "live-two-hands")
    tab_to(page, page.get_by_role("button", name="Lägg till").first)
    page.keyboard.press("Enter")

    told = page.locator("#paper")
    expect(told).to_contain_text("Asta Björk (V) och Bo Cederlund (S) föreslår i första hand att ärendet")
    expect(told).to_contain_text("för att kostnaden ska utredas och i andra hand bifall till motionen.")
    page.get_by_role("link", name="rätta").first.click()
    page.get_by_role("button", name="Ta bort Bo Cederlund (S)").click()
    look_over(page, "correct-proposal")
    page.get_by_role("button", name="Spara yrkandet").click()
    expect(told).to_contain_text("Asta Björk (V) föreslår i första hand")
    press_key(page, "n")
    press_key(page, "m")
    expect(page.locator("#decision")).to_contain_text("att motionen bifalls")
    assert complaints == []

"""A text written on a phone: it stays while the network is away, and is filed exactly once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from protocols.actions.reservations import announce_reservation, write_reservation
from protocols.models import Paragraph, Reservation
from tests.browser.walk import (
    PHONE,
    NewContext,
    editor,
    let_in,
    log_in,
    look_over,
    sit_down,
    take_hold,
)
from tests.factories import Region, decide, make_meeting, make_prepared_motion, make_region, open_with

pytestmark = pytest.mark.django_db(transaction=True)

LINE = "Texten som du skrev senast fanns kvar i den här enheten."


@pytest.fixture
def region(transactional_db: None) -> Region:
    return make_region()


@pytest.fixture
def reserved(region: Region) -> Reservation:
    """Asta has reserved, in a meeting that goes on; the text is still to be written."""
    meeting = make_meeting(region, region.board)
    paragraph: Paragraph = decide(region, open_with(region, meeting, make_prepared_motion(region)))
    return announce_reservation(paragraph, by=region.politician, persons=[region.people["Asta"]])


def write_at(page: Page, row: Reservation, text: str = "") -> Locator:
    """The page with the text's editor, and something typed into it."""
    page.goto(f"/reservationer/{row.pk}/")
    expect(page.locator(".editor.is-ready")).to_be_visible()
    field = editor(page, "Text till reservationen")
    if text:
        take_hold(field)
        page.keyboard.type(text)
    return field


def save(page: Page) -> None:
    page.get_by_role("button", name="Spara").click()


def test_text_sent_without_a_network_stays_and_is_filed_once(
    region: Region, reserved: Reservation, new_context: NewContext
) -> None:
    page = sit_down(new_context, width=PHONE)
    let_in(page, region.politician)
    field = write_at(page, reserved)
    page.context.set_offline(True)
    take_hold(field)
    page.keyboard.type("Vi vill bygga.")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Ingen kontakt med servern")
    expect(page.get_by_role("alert")).to_contain_text("det du skrev finns kvar")
    expect(field).to_have_text("Vi vill bygga.")
    look_over(page, "reservation-offline", widths=(PHONE,))

    page.context.set_offline(False)
    page.route(f"**/reservationer/{reserved.pk}/", lambda route: (route.fetch(), route.abort()), times=1)
    save(page)  # it arrives, and the answer is lost
    expect(page.get_by_role("alert")).to_contain_text("Ingen kontakt med servern")
    save(page)
    expect(page.locator("#messages")).to_contain_text("Texten till reservationen mot § 1 är sparad.")
    row = Reservation.objects.get()
    assert (row.html, row.version) == ("<p>Vi vill bygga.</p>", 1)
    assert page.evaluate("Object.keys(localStorage)") == []


def test_text_outlives_its_tab_and_is_nobody_elses(
    region: Region, reserved: Reservation, new_context: NewContext
) -> None:
    page = sit_down(new_context, width=PHONE)
    log_in(page, region.politician)
    write_at(page, reserved, "Halva skälet.")
    context = page.context
    page.close()  # as a phone does when it needs the memory

    page = context.new_page()
    field = write_at(page, reserved)
    expect(field).to_have_text("Halva skälet.")
    expect(page.get_by_text(LINE)).to_be_visible()
    look_over(page, "reservation-draft", widths=(PHONE,))

    context.clear_cookies()  # the session ended: another one gets the phone, and then its owner again
    log_in(page, region.secretary)
    expect(write_at(page, reserved)).to_have_text("")
    context.clear_cookies()
    log_in(page, region.politician)
    expect(write_at(page, reserved)).to_have_text("Halva skälet.")

    page.on("dialog", lambda dialog: dialog.accept())
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("button", name="Logga ut")).to_have_count(0)
    log_in(page, region.politician)
    expect(write_at(page, reserved)).to_have_text("")


def test_text_brought_back_can_be_dropped_and_never_hides_a_newer_one(
    region: Region, reserved: Reservation, new_context: NewContext
) -> None:
    page = sit_down(new_context, width=PHONE)
    let_in(page, region.politician)
    page.on("dialog", lambda dialog: dialog.accept())
    write_at(page, reserved, "Mitt utkast.")
    write_reservation(reserved, by=region.secretary, html="<p>Den sparade.</p>", version=0)
    page.reload()
    field = editor(page, "Text till reservationen")
    expect(field).to_have_text("Mitt utkast.")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("har sparat en nyare text medan du skrev")
    expect(page.get_by_role("region", name="Din text")).to_contain_text("Mitt utkast.")

    page.reload()
    expect(page.get_by_text(LINE)).to_be_visible()
    page.get_by_role("button", name="Ta bort den").click()
    expect(field).to_have_text("Den sparade.")
    expect(page.get_by_text(re.compile(LINE))).to_be_hidden()
    page.reload()
    expect(field).to_have_text("Den sparade.")
    assert page.evaluate("Object.keys(localStorage)") == []

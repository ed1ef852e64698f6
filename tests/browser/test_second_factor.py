"""A verifier without a second factor: led to it, back with the same ticks, and verifying with a code."""

from __future__ import annotations

import time

import pyotp
import pytest
from playwright.sync_api import Page, expect

from protocols.actions.agenda import add_matter
from protocols.actions.taking_up import take_up
from protocols.models import Meeting, Verification
from tests.browser.walk import PHONE, NewContext, complaints_of, let_in, look_over, press_key, sit_down
from tests.factories import (
    Region,
    clock,
    close,
    decide,
    make_meeting,
    make_prepared_motion,
    make_region,
    open_with,
)

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (1280, PHONE, 320)


@pytest.fixture
def region(transactional_db: None) -> Region:
    region = make_region()
    region.organisation.requires_second_factor = True
    region.organisation.save()
    return region


@pytest.fixture
def meeting(region: Region) -> Meeting:
    """A closed board meeting with two §§."""
    meeting = make_meeting(region, region.board)
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    item = add_matter(meeting, by=region.secretary, title="Rapport", proposal="den godkänns")
    decide(region, take_up(item, by=region.secretary, at=clock(meeting, 9, 40)))
    return close(region, meeting)


def both_schemes(page: Page, name: str) -> None:
    """At three widths, and on a phone in the dark."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    look_over(page, f"{name}-light", widths=WIDTHS)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    look_over(page, f"{name}-dark", widths=(PHONE,))


def test_led_to_the_second_factor_and_back(region: Region, meeting: Meeting, new_context: NewContext) -> None:
    page = sit_down(new_context, width=PHONE)
    complaints = complaints_of(page)
    let_in(page, region.chair)
    page.goto(f"/sammantraden/{meeting.pk}/justera/")
    page.get_by_role("checkbox").nth(1).uncheck()
    page.get_by_role("button", name="Justera markerade").click()

    expect(page.get_by_role("heading", name="Tvåstegsverifiering")).to_be_visible()
    expect(page.locator("svg.qr")).to_be_visible()
    both_schemes(page, "second-factor-off")
    app = pyotp.TOTP(page.locator("code.key").inner_text().replace(" ", ""))
    field = page.get_by_label("Koden som appen visar")
    field.fill("12 34")
    field.press("Enter")
    expect(page.get_by_text("Koden stämmer inte").first).to_be_visible()
    field.fill(app.now())
    field.press("Enter")
    expect(page.locator(".recovery-codes li")).to_have_count(8)
    both_schemes(page, "second-factor-codes")
    recovery = page.locator(".recovery-codes code").first.inner_text()
    page.get_by_role("link", name="fortsätt").click()

    boxes = page.get_by_role("checkbox")
    expect(boxes.nth(0)).to_be_checked()
    expect(boxes.nth(1)).not_to_be_checked()
    page.get_by_role("button", name="Justera markerade").click()
    code = page.get_by_label("Engångskod")
    code.fill("000")
    code.press("Enter")
    expect(page.get_by_text("Koden stämmer inte").first).to_be_visible()
    both_schemes(page, "verify-code-wrong")
    code.fill(app.at(int(time.time()) + 30))  # the next one: the first is used up
    code.press("Enter")
    expect(page.get_by_text("Du har justerat 1 paragraf.")).to_be_visible()

    page.get_by_role("button", name="Justera markerade").click()
    code.fill(recovery.lower())
    code.press("Enter")
    expect(page.get_by_text("Du har justerat 1 paragraf.")).to_be_visible()
    assert Verification.objects.filter(person=region.people["Bo"]).count() == 2
    page.goto("/konto/tvasteg/")
    expect(page.get_by_text("Du har 7 reservkoder kvar.")).to_be_visible()
    both_schemes(page, "second-factor-on")
    refused = "Failed to load resource: the server responded with a status of 422"
    assert [line for line in complaints if refused not in line] == []


def test_a_paragraph_is_declared_verified_at_once_by_a_key(region: Region, new_context: NewContext) -> None:
    region.organisation.requires_second_factor = False
    region.organisation.save()
    meeting = make_meeting(region, region.board)
    paragraph = decide(region, open_with(region, meeting, make_prepared_motion(region)))
    desk = sit_down(new_context)
    let_in(desk, region.secretary)
    desk.goto(f"/paragrafer/{paragraph.pk}/live/")
    press_key(desk, "i")
    part = desk.get_by_role("region", name="Omedelbar justering")
    expect(part.get_by_text("Justeras omedelbart")).to_be_visible()
    expect(desk.locator("#paper")).to_contain_text("Paragrafen förklaras omedelbart justerad.")
    both_schemes(desk, "immediate-live")
    for user in (region.chair, region.verifier):
        phone = sit_down(new_context, width=PHONE)
        let_in(phone, user)
        phone.goto("/mitt-sammantrade/")
        look_over(phone, f"immediate-duty-{user.pk}")
        phone.get_by_role("region", name="Att justera").get_by_role("link").click()
        look_over(phone, f"immediate-verify-{user.pk}")
        phone.get_by_role("button", name="Justera markerade").click()
        phone.get_by_role("button", name="Justera 1 paragraf").click()
        expect(phone.get_by_text("Du har justerat 1 paragraf.")).to_be_visible()
    paragraph.refresh_from_db()
    assert paragraph.is_verified
    assert paragraph.meeting.is_open

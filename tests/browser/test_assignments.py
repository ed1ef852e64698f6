"""Giving an assignment from the keyboard, and the register wide and narrow."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from protocols.actions.assignments import give_assignment
from tests.browser.walk import (
    PHONE,
    NewContext,
    complaints_of,
    let_in,
    press_key,
    sit_down,
    violations,
)
from tests.factories import close, decide, make_meeting, make_prepared_motion, make_region, open_with, verify

pytestmark = pytest.mark.django_db(transaction=True)


def test_assignment_is_given_by_keys_and_the_register_is_accessible(
    transactional_db: None, new_context: NewContext
) -> None:
    region = make_region()
    meeting = make_meeting(region, region.board)
    paragraph = decide(region, open_with(region, meeting, make_prepared_motion(region)))
    give_assignment(
        paragraph, by=region.secretary, body=region.committee, task="redovisa läget", due_on=date(2026, 6, 1)
    )
    page = sit_down(new_context)
    complaints = complaints_of(page)
    let_in(page, region.secretary)
    page.goto(f"/paragrafer/{paragraph.pk}/live/")

    press_key(page, "g")
    page.get_by_label("Till", exact=True).focus()
    page.keyboard.type("regiondirektören")
    page.keyboard.press("Tab")
    page.keyboard.type("ta fram en plan")
    page.locator("#adder-assignment button[type=submit]").press("Enter")
    expect(page.locator("#assignments li")).to_have_count(2)
    expect(page.locator("#paper")).to_contain_text("Regiondirektören får i uppdrag att ta fram en plan.")
    assert violations(page) == []

    verify(region, close(region, meeting))
    page.goto("/uppdrag/")
    expect(page.get_by_text("försenat")).to_be_visible()
    assert violations(page) == []
    page.set_viewport_size({"width": PHONE, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Redovisa läget").press("Enter")
    expect(page.get_by_role("button", name="Återrapportera")).to_be_visible()
    assert violations(page) == []
    assert complaints == []

"""A party's group, several motivations, and clause by clause: all from the keyboard, looked over."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from protocols.actions.agenda import add_matter
from protocols.actions.meetings import open_meeting
from protocols.actions.proposals import add_proposal
from protocols.actions.taking_up import take_up
from protocols.enums import ProposalKind
from tests.browser.walk import NewContext, complaints_of, let_in, look_over, pick, press_key, sit_down, tab_to
from tests.factories import clock, make_meeting, make_region

pytestmark = pytest.mark.django_db(transaction=True)


def test_group_motivations_and_clauses_take_a_key_each(
    transactional_db: None, new_context: NewContext
) -> None:
    region = make_region()
    meeting = make_meeting(region, region.assembly)
    item = add_matter(meeting, by=region.secretary, title="Taxor", proposal="a införs\nb höjs")
    open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))
    item = take_up(item, by=region.secretary, at=clock(meeting, 9, 10))
    for name, text in (("Elsa", "Kostnaden är oklar."), ("Greta", "Länet är stort.")):
        movers = [region.people[name]]
        add_proposal(item, by=region.secretary, kind=ProposalKind.REFER_BACK, movers=movers, text=text)
    page = sit_down(new_context)
    complaints = complaints_of(page)
    let_in(page, region.secretary)
    page.goto(f"/paragrafer/{item.pk}/live/")

    press_key(page, "y")
    pick(page, "Vem yrkar", "v", chosen="Partiet V, partigruppen (V)")
    page.keyboard.press("Tab")
    page.keyboard.type("Av")  # avslag på förslaget
    tab_to(page, page.get_by_role("button", name="Lägg till").first)
    page.keyboard.press("Enter")
    told = page.locator("#paper")
    expect(told).to_contain_text("Partiet Vs partigrupp föreslår avslag på det liggande förslaget.")
    procedure = page.locator("#procedure")
    press_key(page, "e")
    expect(procedure.get_by_role("group", name="Motiveringar")).to_be_visible()
    look_over(page, "live-motivations")
    press_key(page, "n")
    expect(procedure).to_contain_text("avgörs i dag")
    press_key(page, "p")
    expect(procedure).to_contain_text("Andra beslutssatsen:")
    look_over(page, "live-clauses")
    press_key(page, "a")
    expect(told).to_contain_text("Beträffande första beslutssatsen")
    press_key(page, "m")
    expect(page.locator("#decision")).to_contain_text("att förslagets andra beslutssats avslås")
    assert complaints == []

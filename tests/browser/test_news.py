"""An open meeting on three screens at once: what one does the others see, at once and without asking."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import APIResponse, Page, Route, expect

from motions.models import User
from protocols.actions.agenda import place_motion
from protocols.actions.meetings import open_meeting
from protocols.actions.proposals import add_proposal
from protocols.actions.reservations import announce_reservation
from protocols.actions.taking_up import take_up
from protocols.enums import ProposalKind
from protocols.models import Meeting, Paragraph
from tests.browser.walk import PHONE, NewContext, complaints_of, let_in, look_over, press_key, sit_down
from tests.factories import Region, decide, make_meeting, make_prepared_motion, make_region, vote_on

pytestmark = pytest.mark.django_db(transaction=True)

SOON = 8_000  # milliseconds; a quarter of the time after which a page would ask by itself


@pytest.fixture
def region(transactional_db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    """A § that the board deals with today."""
    meeting = make_meeting(region, region.board, held_on=timezone.localdate())
    motions = [make_prepared_motion(region, title=title) for title in ("Fler tågstopp", "Nattöppna apotek")]
    items = [place_motion(meeting, by=region.secretary, motion=motion) for motion in motions]
    open_meeting(meeting, by=region.secretary, at=timezone.now() - timedelta(minutes=30))
    return take_up(items[0], by=region.secretary)


def at(new_context: NewContext, address: str, user: User, *, width: int = 1280) -> Page:
    """Somebody's page, when it is connected."""
    page = sit_down(new_context, width=width)
    let_in(page, user)
    with page.expect_response(re.compile(r"/nyheter/(\?|$)")):
        page.goto(address)
    return page


def test_everybody_sees_at_once_what_the_others_do(
    region: Region, paragraph: Paragraph, new_context: NewContext
) -> None:
    desk = at(new_context, f"/paragrafer/{paragraph.pk}/live/", region.secretary)
    phone = at(new_context, "/mitt-sammantrade/", region.politician, width=PHONE)
    wall = at(new_context, f"/sammantraden/{paragraph.meeting.pk}/storbild/", region.secretary)
    complaints = [complaints_of(page) for page in (desk, phone, wall)]
    expect(wall.get_by_role("heading", name="om fler tågstopp")).to_be_visible()

    press_key(desk, "a")
    expect(wall.locator(".screen-result")).to_contain_text("Regionstyrelsen föreslår", timeout=SOON)
    expect(phone.get_by_role("button", name="Reservera mig")).to_be_visible(timeout=SOON)

    phone.get_by_role("button", name="Reservera mig").click()
    expect(desk.locator("#reservation-list")).to_contain_text("Asta Björk", timeout=SOON)

    following = paragraph.meeting.paragraphs.drafts().get()
    take_up(following, by=region.secretary)
    expect(phone.locator("#now")).to_contain_text("om nattöppna apotek", timeout=SOON)
    expect(wall.get_by_role("heading", name="om nattöppna apotek")).to_be_visible(timeout=SOON)
    assert complaints == [[], [], []]


COUNTS_WHAT_IS_BROUGHT = """
  let brought = 0;
  window.EventSource = class extends EventSource {
    constructor(address) {
      super(address);
      this.addEventListener("page", () => setTimeout(() => {
        document.documentElement.dataset.brought = ++brought; // after the page's own listener
      }));
    }
  };
"""


def test_own_answer_keeps_its_focus_when_the_same_is_brought(
    region: Region, paragraph: Paragraph, new_context: NewContext
) -> None:
    decide(region, paragraph)
    phone = sit_down(new_context, width=PHONE)
    phone.add_init_script(COUNTS_WHAT_IS_BROUGHT)
    let_in(phone, region.politician)
    with phone.expect_response(re.compile(r"/nyheter/\?")):
        phone.goto("/mitt-sammantrade/")
    phone.get_by_role("button", name="Reservera mig").click()
    done = phone.get_by_text(re.compile(r"^Du reserverade dig"))
    expect(done).to_be_focused()
    phone.evaluate("window.shown = document.getElementById('my-meeting')")
    before = phone.evaluate("document.documentElement.dataset.brought ?? ''")
    Meeting.objects.get(pk=paragraph.meeting.pk).save()  # told, though nothing is another
    expect(phone.locator("html")).to_have_attribute("data-brought", re.compile(rf"^(?!{before}$)\d+$"))
    expect(done).to_be_focused()
    assert phone.evaluate("window.shown === document.getElementById('my-meeting')")


def test_news_asked_for_wait_until_ones_act_is_answered(
    region: Region, paragraph: Paragraph, new_context: NewContext
) -> None:
    decide(region, paragraph)
    phone = at(new_context, "/mitt-sammantrade/", region.politician, width=PHONE)
    held: list[tuple[Route, APIResponse]] = []
    phone.route("**/reservera/", lambda route: held.append((route, route.fetch())), times=1)
    phone.get_by_role("button", name="Reservera mig").click()
    for _ in range(SOON // 50):
        if held:
            break
        phone.wait_for_timeout(50)  # the act is done, its answer on the way
    with phone.expect_response(re.compile(r"/mitt-sammantrade/.*laget=")):
        phone.evaluate("document.body.dispatchEvent(new CustomEvent('klubbslag:decision'))")
    route, answer = held[0]
    route.fulfill(response=answer)
    expect(phone.locator("#messages")).to_contain_text("Du har reserverat dig mot § 1.", timeout=SOON)
    expect(phone.get_by_text(re.compile(r"^Du reserverade dig"))).to_be_focused()


def test_a_lost_connection_catches_up(region: Region, paragraph: Paragraph, new_context: NewContext) -> None:
    decide(region, paragraph)
    desk = at(new_context, f"/paragrafer/{paragraph.pk}/live/", region.secretary)
    expect(desk.locator("#reservation-list")).to_contain_text("Inga reservationer")
    desk.context.set_offline(True)
    announce_reservation(
        paragraph,
        by=region.secretary,
        persons=[region.people["Asta"]],
        at=timezone.now(),
    )
    expect(desk.locator("#reservation-list")).not_to_contain_text("Asta Björk")
    desk.context.set_offline(False)
    expect(desk.locator("#reservation-list")).to_contain_text("Asta Björk", timeout=SOON)


def test_screen_is_readable_everywhere(region: Region, paragraph: Paragraph, new_context: NewContext) -> None:
    add_proposal(
        paragraph, by=region.secretary, kind=ProposalKind.GRANT, movers=[region.people["Asta"]], text=""
    )
    wall = at(new_context, f"/sammantraden/{paragraph.meeting.pk}/storbild/", region.secretary)
    look_over(wall, "screen-question", widths=(1920, 1280, PHONE, 320))
    vote_on(region, paragraph, "jjjjjnn")
    expect(wall.locator(".screen-tally")).to_have_text("5 ja, 2 nej", timeout=SOON)
    look_over(wall, "screen-result", widths=(1920, PHONE, 320))

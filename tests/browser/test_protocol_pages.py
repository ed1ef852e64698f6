"""The pages around the minutes: my meeting on a phone, verifying, reading a §, checking an extract."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from motions.enums import WrittenSection
from motions.models import User
from protocols.actions.agenda import add_matter
from protocols.actions.bundles import make_next
from protocols.actions.extracts import issue_extract
from protocols.actions.meetings import open_meeting
from protocols.actions.proposals import add_proposal
from protocols.actions.reservations import announce_reservation, write_reservation
from protocols.actions.summons_making import make_next as make_next_summons
from protocols.actions.taking_up import take_up
from protocols.actions.texts import save_section
from protocols.actions.withdrawals import withdraw_extract
from protocols.enums import ProposalKind
from protocols.models import Meeting, Paragraph, Reservation
from tests.browser.walk import PHONE, NewContext, complaints_of, let_in, look_over, sit_down, take_hold
from tests.factories import (
    Region,
    clock,
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
MINE = "/mitt-sammantrade/"


@pytest.fixture
def region(transactional_db: None) -> Region:
    return make_region()


@pytest.fixture
def taken_up(region: Region) -> Paragraph:
    """A § that the board is dealing with; Asta moves that the motion be granted, and more is to come."""
    paragraph = open_with(region, make_meeting(region, region.board), make_prepared_motion(region))
    asta = [region.people["Asta"]]
    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.GRANT, movers=asta)
    add_matter(paragraph.meeting, by=region.secretary, title="Anmälningar", proposal="")
    return paragraph


def close_all(region: Region, paragraph: Paragraph) -> Meeting:
    """The § decided, whatever was left on the agenda too, and the meeting closed."""
    decide(region, paragraph)
    for item in paragraph.meeting.paragraphs.filter(number=None):
        decide(region, take_up(item, by=region.secretary, at=clock(paragraph.meeting, 9, 50)))
    return close(region, paragraph.meeting)


def visit(new_context: NewContext, address: str, user: User | None = None, *, width: int = PHONE) -> Page:
    """Somebody's browser with the page in it."""
    page = sit_down(new_context, width=width)
    if user:
        let_in(page, user)
    page.goto(address)
    return page


def both_schemes(page: Page, name: str) -> None:
    """Look it over at every width, in light and in dark."""
    look_over(page, name, widths=WIDTHS)
    page.emulate_media(color_scheme="dark")
    look_over(page, f"{name}-dark", widths=(PHONE,))
    page.emulate_media(color_scheme="light")


# --- My meeting --------------------------------------------------------------------------------------------


def test_news_come_by_themselves(region: Region, taken_up: Paragraph, new_context: NewContext) -> None:
    page = sit_down(new_context, width=PHONE)
    let_in(page, region.politician)
    complaints = complaints_of(page)
    page.clock.install()
    page.goto(MINE)
    expect(page.get_by_text("Nu behandlas")).to_be_visible()
    both_schemes(page, "my-taken-up")
    reading = page.get_by_role("link", name="Läs hela paragrafen")
    reading.focus()

    decide(region, taken_up)
    page.clock.fast_forward(11_000)
    now = page.get_by_role("region", name=re.compile("^§ 1 Motion"))
    expect(now).to_contain_text("Föreslår avslag")
    expect(now).to_contain_text("Ditt yrkande föll.")
    expect(page.get_by_role("button", name="Reservera mig mot § 1")).to_be_visible()
    expect(page.locator("#announcer")).to_contain_text("Du kan reservera dig.")
    expect(reading).to_be_focused()
    both_schemes(page, "my-decided")
    assert complaints == []


def test_without_news_nothing_moves(region: Region, taken_up: Paragraph, new_context: NewContext) -> None:
    decide(region, taken_up)
    announce_reservation(taken_up, by=region.politician, persons=[region.people["Asta"]])
    page = sit_down(new_context, width=PHONE)
    let_in(page, region.politician)
    page.clock.install()
    page.goto(MINE)
    page.get_by_text("Ta tillbaka").first.click()
    button = page.get_by_role("button", name="Ta tillbaka reservationen mot § 1")
    expect(button).to_be_visible()
    with page.expect_response(lambda answer: "laget=" in answer.url) as asked:
        page.clock.fast_forward(11_000)
    assert asked.value.status == 204
    expect(button).to_be_visible()


def test_one_tap_reserves_and_another_takes_it_back(
    region: Region, taken_up: Paragraph, new_context: NewContext
) -> None:
    decide(region, taken_up)
    page = visit(new_context, MINE, region.politician)
    page.evaluate("window.isSamePage = true")
    page.get_by_role("button", name="Reservera mig").click()
    expect(page.locator("#messages")).to_contain_text("Du har reserverat dig mot § 1.")
    expect(page.get_by_text(re.compile(r"^Du reserverade dig"))).to_be_focused()
    expect(page.get_by_role("region", name="Mina reservationer i dag")).to_contain_text("Text saknas")
    both_schemes(page, "my-reserved")
    assert Reservation.objects.count() == 1

    page.get_by_text("Ta tillbaka").first.click()
    page.get_by_role("button", name="Ta tillbaka reservationen mot § 1").click()
    expect(page.get_by_role("button", name="Reservera mig mot § 1")).to_be_focused()
    assert not Reservation.objects.exists()
    assert page.evaluate("window.isSamePage") is True


def test_too_late_says_so_where_one_is(region: Region, taken_up: Paragraph, new_context: NewContext) -> None:
    decide(region, taken_up)
    page = sit_down(new_context, width=PHONE)
    page.route("**/nyheter/*", lambda route: route.abort())  # the news of the closing has not come yet
    let_in(page, region.politician)
    page.goto(MINE)
    close_all(region, taken_up)
    page.get_by_role("button", name="Reservera mig").click()
    expect(page.get_by_role("alert")).to_contain_text("Sammanträdet avslutades klockan 11.00")

    page.evaluate("document.body.dispatchEvent(new CustomEvent('klubbslag:agenda'))")
    expect(page.get_by_text("avslutat 11.00")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("KL 4 kap. 27 §")


def test_everything_works_without_a_script(
    region: Region, taken_up: Paragraph, browser: Browser, browser_context_args: dict[str, object]
) -> None:
    decide(region, taken_up)
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})  # type: ignore[arg-type]  # the fixture's own type
    page = context.new_page()
    let_in(page, region.politician)
    page.goto(MINE)
    page.get_by_role("button", name="Reservera mig").click()
    expect(page.locator("#messages")).to_contain_text("Du har reserverat dig mot § 1.")
    page.get_by_role("link", name="Skriv text till reservationen").click()
    page.get_by_label("Text till reservationen").fill("Vi vill bygga.\n\nOch snart.")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator("#messages")).to_contain_text("Texten till reservationen mot § 1 är sparad.")
    assert Reservation.objects.get().html == "<p>Vi vill bygga.</p><p>Och snart.</p>"
    page.get_by_text("Ta tillbaka").first.click()
    page.get_by_role("button", name="Ta tillbaka reservationen mot § 1").click()
    expect(page.get_by_role("button", name="Reservera mig mot § 1")).to_be_visible()
    context.close()


def test_a_text_is_written_and_a_newer_one_stands_beside_it(
    region: Region, taken_up: Paragraph, new_context: NewContext
) -> None:
    decide(region, taken_up)
    row = announce_reservation(taken_up, by=region.politician, persons=[region.people["Asta"]])
    page = visit(new_context, f"/reservationer/{row.pk}/", region.politician)
    text = page.get_by_role("textbox", name=re.compile("^Text till reservationen"))
    expect(page.locator(".editor.is-ready")).to_be_visible()
    both_schemes(page, "reservation")
    take_hold(text)
    page.keyboard.type("Min egen text.")
    write_reservation(row, by=region.secretary, html="<p>Den andra texten.</p>", version=0)
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("alert")).to_contain_text("har sparat en nyare text medan du skrev")
    expect(page.get_by_role("region", name="Den sparade texten")).to_contain_text("Den andra texten.")
    expect(text).to_contain_text("Min egen text.")
    both_schemes(page, "reservation-conflict")
    page.get_by_role("button", name="Spara min text").click()
    expect(page.locator("#messages")).to_contain_text("är sparad")
    assert Reservation.objects.get().html == "<p>Min egen text.</p>"


def test_a_note_needs_words(region: Region, taken_up: Paragraph, new_context: NewContext) -> None:
    page = visit(new_context, f"/paragrafer/{taken_up.pk}/anteckning/", region.politician)
    page.get_by_role("button", name="Spara").click()
    expect(page.locator(".error-summary")).to_be_focused()
    both_schemes(page, "note")


def test_the_page_between_meetings(region: Region, taken_up: Paragraph, new_context: NewContext) -> None:
    close_all(region, taken_up)
    page = visit(new_context, MINE, region.verifier)
    expect(page.get_by_role("region", name="Att justera")).to_be_visible()
    both_schemes(page, "my-idle")
    page.goto(f"{MINE}?sammantrade={taken_up.meeting_id}")
    expect(page.get_by_role("region", name="Paragrafer")).to_contain_text("Föreslår avslag")
    both_schemes(page, "my-closed")


# --- Verifying ---------------------------------------------------------------------------------------------


def test_minutes_are_read_and_verified_by_keyboard(
    region: Region, taken_up: Paragraph, new_context: NewContext
) -> None:
    meeting = close_all(region, taken_up)
    page = visit(new_context, f"/sammantraden/{meeting.pk}/justera/", region.chair, width=1280)
    both_schemes(page, "verify")
    page.get_by_role("checkbox", name="§ 2 Anmälningar").press("Space")
    page.get_by_role("button", name="Justera markerade paragrafer").press("Enter")
    expect(page.get_by_role("heading", name="Justera 1 paragraf?")).to_be_visible()
    both_schemes(page, "verify-confirm")
    page.get_by_role("button", name="Justera 1 paragraf").press("Enter")
    expect(page.locator("#messages")).to_contain_text("Du har justerat 1 paragraf.")
    expect(page.get_by_role("checkbox", name="§ 2 Anmälningar")).to_be_checked()
    both_schemes(page, "verify-some")


def test_a_changed_text_is_read_again(region: Region, taken_up: Paragraph, new_context: NewContext) -> None:
    meeting = close_all(region, taken_up)
    page = visit(new_context, f"/sammantraden/{meeting.pk}/justera/", region.chair)
    kind = WrittenSection.SUMMARY
    save_section(taken_up, by=region.secretary, kind=kind, html="<p>Ny lydelse.</p>", version=0)
    page.get_by_role("button", name="Justera markerade paragrafer").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Texten i § 1 har ändrats sedan du läste den")
    expect(page.get_by_role("checkbox", name="§ 1 Motion")).not_to_be_checked()
    expect(page.get_by_text("Ny lydelse.")).to_be_visible()
    both_schemes(page, "verify-changed")


def test_the_secretary_sees_who_remains(region: Region, taken_up: Paragraph, new_context: NewContext) -> None:
    meeting = close_all(region, taken_up)
    page = visit(new_context, f"/sammantraden/{meeting.pk}/justera/", region.secretary, width=1280)
    both_schemes(page, "verify-secretary")
    verify(region, meeting)
    page.reload()
    expect(page.get_by_role("heading", name="Protokollet är justerat")).to_be_visible()
    both_schemes(page, "verify-done")


# --- Reading and checking ----------------------------------------------------------------------------------


def test_a_paragraph_is_read(region: Region, taken_up: Paragraph, new_context: NewContext) -> None:
    page = visit(new_context, taken_up.get_absolute_url(), region.secretary, width=1280)
    expect(page.get_by_text("UTKAST", exact=True)).to_be_visible()
    both_schemes(page, "paragraph-draft")
    verify(region, close_all(region, taken_up))
    public = visit(new_context, taken_up.get_absolute_url(), width=1280)
    expect(public.get_by_role("heading", level=1)).to_have_text(re.compile(r"^§ 1 Motion 1-2026"))
    expect(public.get_by_role("link", name=re.compile("^Nästa § 2 Anmälningar"))).to_be_visible()
    both_schemes(public, "paragraph")


def test_an_extract_is_checked(region: Region, taken_up: Paragraph, new_context: NewContext) -> None:
    verify(region, close_all(region, taken_up))
    issued = issue_extract(taken_up, by=None, check_address="prov.example/verifiera/")
    page = visit(new_context, "/verifiera/", width=1280)
    both_schemes(page, "check")
    page.get_by_label("Kontrollkod").fill(issued.code.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Koden hör till ett äkta protokollsutdrag")
    both_schemes(page, "check-genuine")
    page.get_by_role("link", name="Kontrollera ett annat utdrag").click()
    page.get_by_label("Fil", exact=True).set_input_files(
        {"name": "utdrag.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 ett annat"}
    )
    page.get_by_role("button", name="Skicka filen och kontrollera").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Filen finns inte i registret")
    both_schemes(page, "check-unknown")
    content = f"%PDF-1.7 <dc:identifier>x/{issued.code}</dc:identifier>".encode()
    page.get_by_label("Fil", exact=True).set_input_files(
        {"name": "utdrag.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    page.get_by_role("button", name="Skicka filen och kontrollera").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Filen är inte den som utfärdades")
    both_schemes(page, "check-changed")
    withdraw_extract(taken_up, by=region.secretary, reason="En bilaga saknades.", code=issued.code)
    page.goto(f"/verifiera/{issued.code}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("återkallat"))
    both_schemes(page, "check-withdrawn")
    page.get_by_role("link", name="Kontrollera ett annat utdrag").click()
    page.get_by_label("Kontrollkod").fill("abc")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    both_schemes(page, "check-error")


def test_the_public_opens_the_extract(region: Region, taken_up: Paragraph, new_context: NewContext) -> None:
    verify(region, close_all(region, taken_up))
    page = visit(new_context, taken_up.get_absolute_url())
    address = page.get_by_role("link", name="Öppna utdraget (PDF)").get_attribute("href")
    assert address is not None
    answer = page.request.get(address)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body().startswith(b"%PDF-")


def test_two_meetings_at_once(region: Region, taken_up: Paragraph, new_context: NewContext) -> None:
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 5, 20))
    add_matter(assembly, by=region.secretary, title="Upprop", proposal="")
    open_meeting(assembly, by=region.secretary, at=clock(assembly, 8))
    page = visit(new_context, MINE, region.politician)
    page.get_by_role("navigation", name="Välj sammanträde").get_by_role("link", name="Regionfull").click()
    expect(page.get_by_text("Upprop")).to_be_visible()
    both_schemes(page, "my-choose")


def test_all_extracts_are_gathered_while_the_page_tells_how_many(
    new_context: NewContext, region: Region, taken_up: Paragraph
) -> None:
    meeting = close_all(region, taken_up)
    verify(region, meeting)
    page = visit(new_context, f"/sammantraden/{meeting.pk}/utdrag/", region.secretary, width=1280)
    page.get_by_role("button", name="Gör filen ZIP").press("Enter")
    expect(page.get_by_text("0 av 2 utdrag är klara.")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()
    both_schemes(page, "all-extracts")
    assert make_next()
    expect(page.get_by_role("link", name=re.compile("Hämta ZIP"))).to_be_visible()


def test_a_summons_is_made_while_the_page_waits_and_then_shown(
    new_context: NewContext, region: Region
) -> None:
    meeting = make_meeting(region, region.board)
    add_matter(meeting, by=region.secretary, title="Delårsrapport", proposal="att den godkänns")
    page = visit(new_context, f"/sammantraden/{meeting.pk}/kallelse/", region.secretary, width=1280)
    page.keyboard.press("u")
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Utfärda"))).to_have_count(0)
    both_schemes(page, "summons-waits")
    add_matter(meeting, by=region.secretary, title="Val av ombud", proposal="")
    assert make_next_summons()
    expect(page.get_by_text("Dagordningen ändrades medan kallelsen gjordes.")).to_be_visible()
    both_schemes(page, "summons-failed")
    page.keyboard.press("u")
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert make_next_summons()
    expect(page.get_by_text("Kallelse nr 1 är utfärdad.")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("Skicka"))).to_be_visible()
    both_schemes(page, "summons-issued")

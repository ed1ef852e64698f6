"""Texts that save themselves: with good and bad contact, after the session ended, and with two at once."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Dialog, Page, expect

from motions.actions.ending import withdraw_motion
from motions.actions.preparation import start_preparation
from motions.actions.remittal import remit_motion
from motions.enums import Role, WrittenSection
from motions.models import DraftSection, Motion, User
from protocols.actions.proposals import add_proposal
from protocols.enums import Following, ProposalKind
from protocols.models import Paragraph
from tests.browser.walk import (
    PHONE,
    NewContext,
    complaints_of,
    editor,
    let_in,
    let_settle,
    look_over,
    saved,
    sit_down,
    take_hold,
)
from tests.factories import (
    Region,
    decide,
    make_meeting,
    make_motion,
    make_prepared_motion,
    make_region,
    make_user,
    open_with,
)
from tests.protocols.attaching import attach
from tests.protocols.extracts.summons_samples import foreign, locked

pytestmark = pytest.mark.django_db(transaction=True)

ON = date(2026, 2, 9)
SAVED = re.compile(r"^Sparat \d\d\.\d\d\.\d\d$")


@pytest.fixture
def region(transactional_db: None) -> Region:
    return make_region()


@pytest.fixture
def motion(region: Region) -> Motion:
    motion = make_motion(region, clauses=("att regionen bygger fler cykelvägar", "att vägarna plogas"))
    motion = remit_motion(motion, by=region.registrar, to=region.board, on=ON)
    return start_preparation(motion, by=region.officer, on=ON)


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    """Decided at the board against Asta's proposal."""
    paragraph = open_with(region, make_meeting(region, region.board), make_prepared_motion(region))
    asta = [region.people["Asta"]]
    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.GRANT, movers=asta)
    return decide(region, paragraph)


def open_draft(new_context: NewContext, user: User, motion: Motion) -> Page:
    """Somebody's browser at the page where the motion is prepared."""
    page = sit_down(new_context)
    let_in(page, user)
    page.goto(f"/motioner/{motion.pk}/bered/")
    expect(page.locator(".editor.is-ready")).to_have_count(4)
    return page


def write(page: Page, label: str, text: str) -> None:
    """Write at the end of a section."""
    take_hold(editor(page, label))
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def stored(motion: Motion, kind: WrittenSection = WrittenSection.SUMMARY) -> str:
    row = DraftSection.objects.filter(motion=motion, kind=kind).first()
    return row.html if row else ""


def announced(page: Page) -> None:
    expect(page.locator("#announcer")).to_have_text(re.compile(r"^Sammanfattning: Sparat \d\d\.\d\d\.\d\d$"))


# --- Saving ------------------------------------------------------------------------------------------------


def test_draft_saves_itself_and_shows_what_it_becomes(
    region: Region, motion: Motion, new_context: NewContext
) -> None:
    page = open_draft(new_context, region.officer, motion)
    complaints = complaints_of(page)

    write(page, "Sammanfattning", "Kort sagt")
    expect(saved(page, "summary")).to_have_text(SAVED)
    announced(page)
    write(page, "Sammanfattning", " nej.")
    page.get_by_role("group", name="1. att regionen bygger fler cykelvägar").get_by_label("Avslag").check()
    sheet = page.get_by_role("region", name="Så blir paragrafen")
    expect(sheet).to_contain_text("Kort sagt nej.")
    expect(sheet).to_contain_text("besluta att motionens första att-sats avslås.")

    expect(editor(page, "Sammanfattning")).to_have_text("Kort sagt nej.")
    assert stored(motion) == "<p>Kort sagt nej.</p>"
    page.reload()
    expect(editor(page, "Sammanfattning")).to_have_text("Kort sagt nej.")
    expect(page.get_by_role("group", name="1. att").get_by_label("Avslag")).to_be_checked()
    assert complaints == []


def test_draft_handed_over_at_once_takes_the_last_words_along(
    region: Region, motion: Motion, new_context: NewContext
) -> None:
    page = open_draft(new_context, region.officer, motion)
    for name in ("1. att", "2. att"):
        page.get_by_role("group", name=name).get_by_label("Besvarad").press("Space")
    write(page, "Sammanfattning", "Sista orden")

    page.get_by_role("button", name="Klar för styrelsen").press("Enter")

    expect(page).to_have_url(re.compile(f"{motion.get_absolute_url()}$"))
    assert stored(motion) == "<p>Sista orden</p>"


def test_draft_waits_for_contact_and_asks_before_it_is_left(
    region: Region, motion: Motion, new_context: NewContext
) -> None:
    page = open_draft(new_context, region.officer, motion)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.context.set_offline(True)
    write(page, "Sammanfattning", "Skrivet i tunneln")
    expect(saved(page, "summary")).to_have_text("Inte sparat – nätet är borta, försöker igen")
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert stored(motion) == ""

    page.context.set_offline(False)
    expect(saved(page, "summary")).to_have_text(SAVED)
    assert stored(motion) == "<p>Skrivet i tunneln</p>"
    page.goto("/motioner/")
    assert asked == ["beforeunload"]


def test_draft_survives_that_the_session_ends(
    region: Region, motion: Motion, new_context: NewContext
) -> None:
    page = open_draft(new_context, region.officer, motion)
    Session.objects.all().delete()
    write(page, "Sammanfattning", "Skrivet efter kaffet")
    expect(saved(page, "summary")).to_contain_text("du har loggats ut")

    let_in(page, region.officer)
    page.context.clear_cookies(name="csrftoken")  # a new login brings a new token

    expect(saved(page, "summary")).to_have_text(SAVED, timeout=20_000)
    assert stored(motion) == "<p>Skrivet efter kaffet</p>"


def test_draft_refuses_identity_numbers_beside_the_text_and_keeps_it(
    region: Region, motion: Motion, new_context: NewContext
) -> None:
    page = open_draft(new_context, region.officer, motion)

    write(page, "Ärendet", "Anna 811218-9876")
    problem = page.locator("#matter").get_by_role("alert").filter(has_text="personnummer")
    expect(problem).to_contain_text("dataskyddslagen 3 kap. 10 §")
    expect(editor(page, "Ärendet")).to_be_focused()
    for _letter in " 811218-9876":
        page.keyboard.press("Backspace")

    expect(saved(page, "matter")).to_have_text(SAVED)
    assert stored(motion, WrittenSection.MATTER) == "<p>Anna</p>"


def test_draft_of_a_motion_that_ended_meanwhile_is_refused_and_kept(
    region: Region, motion: Motion, new_context: NewContext
) -> None:
    page = open_draft(new_context, region.officer, motion)
    withdraw_motion(motion, by=region.registrar, on=ON)

    write(page, "Sammanfattning", "Förgäves")

    problem = page.locator("#summary").get_by_role("alert").filter(has_text="kan inte beredas")
    expect(problem).to_contain_text("Återtagen")
    expect(editor(page, "Sammanfattning")).to_have_text("Förgäves")
    expect(page.locator('input[name="summary-version"]')).to_have_value("0")


# --- Two at once -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("button", "kept"),
    [
        ("Behåll min", "<p>Vi bygger. Hans ord.</p>"),
        ("Behåll deras", "<p>Vi bygger. Lisas tillägg.</p>"),
        ("Ta med båda och redigera", "<p>Vi bygger. Hans ord.</p><p>Vi bygger. Lisas tillägg. Klart.</p>"),
    ],
)
def test_draft_of_two_at_once_is_compared_and_chosen(
    region: Region, motion: Motion, *, new_context: NewContext, button: str, kept: str
) -> None:
    DraftSection.objects.create(
        motion=motion, kind=WrittenSection.SUMMARY, html="<p>Vi bygger.</p>", version=1
    )
    lisa = open_draft(new_context, make_user("Lisa Lund", Role.CASE_OFFICER), motion)
    hans = open_draft(new_context, region.officer, motion)
    write(lisa, "Sammanfattning", " Lisas tillägg.")
    expect(saved(lisa, "summary")).to_have_text(SAVED)

    write(hans, "Sammanfattning", " Hans ord.")
    section = hans.locator("#summary")
    expect(section.get_by_role("alert").filter(has_text="Lisa Lund har sparat")).to_be_visible()
    assert section.locator("mark").all_inner_texts() == ["Hans ord.", "Lisas tillägg."]
    look_over(hans, "conflict", widths=(1280, PHONE))
    assert stored(motion) == "<p>Vi bygger. Lisas tillägg.</p>"

    section.get_by_role("button", name=button).press("Enter")
    expect(section.locator("[data-conflict]")).to_have_count(0)
    expect(section.get_by_role("heading", name="Sammanfattning")).to_be_focused()
    if button.startswith("Ta med"):
        write(hans, "Sammanfattning", " Klart.")
    expect(saved(hans, "summary")).to_contain_text("Sparat")
    expect(hans.get_by_role("region", name="Så blir paragrafen")).to_contain_text(
        "Lisas" if "Lisas" in kept else "Hans"
    )
    assert stored(motion) == kept


# --- The secretary's texts ---------------------------------------------------------------------------------


def open_texts(new_context: NewContext, user: User, paragraph: Paragraph) -> Page:
    page = sit_down(new_context)
    let_in(page, user)
    page.goto(f"/paragrafer/{paragraph.pk}/texter/")
    expect(page.locator(".editor.is-ready")).to_have_count(4)
    return page


def test_texts_are_reworded_compared_and_restored(
    region: Region, paragraph: Paragraph, new_context: NewContext
) -> None:
    page = open_texts(new_context, region.secretary, paragraph)
    complaints = complaints_of(page)
    sheet = page.get_by_role("region", name="Så blir paragrafen")

    page.get_by_role("button", name="Omformulera: Beslutsgång").press("Enter")
    expect(editor(page, "Beslutsgång")).to_be_focused()
    expect(editor(page, "Beslutsgång")).to_contain_text("Ordföranden ställer")
    let_settle(page)
    page.keyboard.type(" Så blev det.")
    expect(saved(page, "procedure")).to_have_text(SAVED)
    expect(sheet).to_contain_text("Så blev det.")
    expect(sheet).to_contain_text("Omformulerad av sekreteraren")

    page.get_by_role("button", name="Klar", exact=True).press("Enter")
    expect(page.locator("#procedure mark")).to_have_text("Så blev det.")
    expect(page.get_by_role("heading", name="Beslutsgång").first).to_be_focused()
    look_over(page, "texts", widths=(1280, PHONE))
    page.get_by_role("button", name="Återställ: Beslutsgång").press("Enter")
    expect(page.get_by_role("button", name="Omformulera: Beslutsgång")).to_be_visible()
    expect(sheet).not_to_contain_text("Så blev det.")
    assert not paragraph.rewordings.exists()
    assert complaints == []


def test_texts_rows_are_added_moved_and_removed(
    region: Region, paragraph: Paragraph, new_context: NewContext
) -> None:
    page = open_texts(new_context, region.secretary, paragraph)
    rows = page.locator("#recipients")

    rows.get_by_label("Mottagare").fill("Regiondirektören")
    rows.get_by_role("button", name="Lägg till rad").press("Enter")
    page.keyboard.type("Trafiknämnden")
    page.keyboard.press("Tab")
    page.keyboard.type("för verkställighet")
    page.keyboard.press("Alt+ArrowUp")
    expect(saved(page, "recipients")).to_have_text(SAVED)
    sheet = page.get_by_role("region", name="Så blir paragrafen")
    expect(sheet).to_contain_text("Trafiknämnden, för verkställighet")
    assert [str(row) for row in paragraph.recipients.all()] == [
        "Trafiknämnden, för verkställighet",
        "Regiondirektören",
    ]

    rows.get_by_role("button", name="Ta bort").first.press("Enter")
    expect(sheet).not_to_contain_text("Trafiknämnden")
    assert [str(row) for row in paragraph.recipients.all()] == ["Regiondirektören"]


def test_texts_say_by_keyboard_which_document_follows_the_extract(
    region: Region, paragraph: Paragraph, new_context: NewContext
) -> None:
    assert paragraph.motion
    attach(region, paragraph.motion, "låst", content=locked(foreign("x")))
    whole = attach(region, paragraph.motion, "ett")
    page = open_texts(new_context, region.secretary, paragraph)
    rows = page.locator("#appendices")

    rows.get_by_label("Handling").first.focus()
    page.keyboard.type("Handling l")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(rows.get_by_role("alert")).to_contain_text("är låst med lösenord och kan inte följa med utdraget")
    assert [row.following for row in paragraph.appendices.all()] == [Following.NAMED]
    look_over(page, "texts", widths=(1280, PHONE))

    page.keyboard.press("Shift+Tab")
    page.keyboard.type("Handling e")
    expect(saved(page, "appendices")).to_have_text(SAVED)
    assert [(row.document, row.following) for row in paragraph.appendices.all()] == [(whole, Following.PAGES)]


def test_texts_heading_saves_itself(region: Region, paragraph: Paragraph, new_context: NewContext) -> None:
    page = open_texts(new_context, region.secretary, paragraph)

    page.get_by_role("textbox", name="Rubrik").fill("")
    expect(page.locator("#heading").get_by_role("alert")).to_be_visible()
    page.get_by_role("textbox", name="Rubrik").fill("Motion om cyklar")

    expect(saved(page, "heading")).to_have_text(SAVED)
    expect(page.get_by_role("region", name="Så blir paragrafen")).to_contain_text("§ 1 Motion om cyklar")


def test_texts_are_saved_by_one_button_without_scripts(
    region: Region, paragraph: Paragraph, new_context: NewContext
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    let_in(page, region.secretary)
    page.goto(f"/paragrafer/{paragraph.pk}/texter/")

    page.get_by_label("Sammanfattning").fill("Kort sagt nej.")
    page.get_by_role("button", name="Omformulera: Beslutsgång").click()
    page.get_by_label("Beslutsgång").fill("Egna ord.")
    page.get_by_label("Mottagare").fill("Trafiknämnden")
    page.get_by_role("button", name="Spara texterna").first.click()

    expect(page.get_by_text("Texterna är sparade.")).to_be_visible()
    assert [row.html for row in paragraph.sections.all()] == ["<p>Kort sagt nej.</p>"]
    assert [row.html for row in paragraph.rewordings.all()] == ["<p>Egna ord.</p>"]
    assert [row.name for row in paragraph.recipients.all()] == ["Trafiknämnden"]

"""The editor as hands know it: typed in, pasted into from Word, used without a mouse or without scripts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from motions.actions.preparation import start_preparation
from motions.actions.remittal import remit_motion
from motions.models import Motion
from motions.texts import ALLOWED_TAGS, clean
from tests.browser.walk import (
    PHONE,
    NewContext,
    complaints_of,
    editor,
    let_in,
    let_settle,
    look_over,
    sit_down,
    take_hold,
)
from tests.factories import Region, make_motion, make_region

pytestmark = pytest.mark.django_db(transaction=True)

ON = date(2026, 2, 9)

# As Word for Windows puts it on the clipboard: list paragraphs, tracked changes, hidden text, a table with a
# repeated heading row, bookmarks, its own elements.
FROM_WORD = (Path(__file__).parent / "from_word.html").read_text(encoding="utf-8")
READ_FROM_WORD = (
    "<h3>Bakgrund</h3>"
    "<p><strong>Regionen</strong> har <em>många</em> vägar, <strong>alla</strong> i "
    '<a href="https://plan.example/vagar?ar=2026&amp;del=2">vägplanen</a>. Koldioxid: CO<sub>2</sub>.</p>'
    "<ul><li>kusten<ul><li>öarna</li></ul></li><li>inlandet</li></ul>"
    "<h4>Steg</h4>"
    "<ol><li>utred</li><li>bygg</li></ol>"
    '<table><thead><tr><th scope="col"><strong>År</strong></th><th scope="col">Kilometer</th></tr></thead>'
    '<tbody><tr><td colspan="2">2026</td></tr></tbody></table>'
    "<p>Slut.</p>"
)
EVERYTHING = (
    "<h3>Rubrik</h3><h4>Underrubrik</h4><p><strong>fet</strong> <em>kursiv</em> m<sup>2</sup> H<sub>2</sub>O"
    '<br>ny rad <a href="mailto:a@region.example">post</a></p><blockquote><p>citat</p></blockquote>'
    '<ul><li>punkt</li></ul><ol start="3"><li>tre</li></ol>'
    '<table><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
    '<tbody><tr><th scope="row">c</th><td rowspan="1">d</td></tr></tbody></table>'
)


@pytest.fixture
def region(transactional_db: None) -> Region:
    return make_region()


@pytest.fixture
def motion(region: Region) -> Motion:
    motion = make_motion(region, clauses=("att regionen bygger fler cykelvägar", "att vägarna plogas"))
    motion = remit_motion(motion, by=region.registrar, to=region.board, on=ON)
    return start_preparation(motion, by=region.officer, on=ON)


@pytest.fixture
def desk(region: Region, motion: Motion, new_context: NewContext) -> Page:
    """The case officer at the page of the motion."""
    page = sit_down(new_context)
    let_in(page, region.officer)
    page.goto(f"/motioner/{motion.pk}/bered/")
    expect(page.locator(".editor.is-ready")).to_have_count(4)
    return page


def html_of(page: Page, section: str = "summary") -> str:
    """What the form would send."""
    return page.locator(f'textarea[name="{section}-html"]').input_value()


def put(page: Page, html: str, section: str = "summary") -> None:
    """Put a text into the editor as a choice between two texts does."""
    box = page.locator(f'textarea[name="{section}-html"]')
    box.evaluate("(box, html) => box.dispatchEvent(new CustomEvent('klubbslag:set', {detail: html}))", html)


def paste(field: Locator, html: str, text: str = "") -> None:
    """What the browser does when somebody pastes."""
    field.evaluate(
        """(element, {html, text}) => {
            const held = new DataTransfer();
            if (html) held.setData("text/html", html);
            held.setData("text/plain", text);
            element.dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: held, bubbles: true, cancelable: true}));
        }""",
        {"html": html, "text": text},
    )


def focused(page: Page) -> str:
    """The name of what has focus."""
    name: str = page.evaluate(
        "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()"
    )
    return name


# --- Typing ------------------------------------------------------------------------------------------------


def test_editor_is_written_in_with_the_keyboard_alone(desk: Page) -> None:
    complaints = complaints_of(desk)
    field = editor(desk, "Sammanfattning")
    expect(field).to_have_attribute("aria-multiline", "true")
    take_hold(field)

    desk.keyboard.press("Control+Alt+3")
    desk.keyboard.type("Kort sagt")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Vi säger ")
    desk.keyboard.press("Control+B")
    desk.keyboard.type("nej")
    desk.keyboard.press("Control+B")
    desk.keyboard.type(".")
    desk.keyboard.press("Enter")
    desk.keyboard.type("- ett")
    desk.keyboard.press("Enter")
    desk.keyboard.type("två")
    desk.keyboard.press("Tab")

    assert html_of(desk) == (
        "<h3>Kort sagt</h3><p>Vi säger <strong>nej</strong>.</p><ul><li>ett<ul><li>två</li></ul></li></ul>"
    )
    desk.keyboard.press("Control+Z")
    assert html_of(desk).endswith("<ul><li>ett</li><li>två</li></ul>")
    assert complaints == []


def test_editor_label_leads_into_it(desk: Page) -> None:
    desk.get_by_text("Sammanfattning", exact=True).first.click()

    expect(editor(desk, "Sammanfattning")).to_be_focused()


def test_editor_toolbar_is_one_stop_and_moves_by_arrows(desk: Page) -> None:
    take_hold(editor(desk, "Sammanfattning"))

    desk.keyboard.press("Alt+F10")
    assert focused(desk) == "Fet"
    desk.keyboard.press("ArrowRight")
    assert focused(desk) == "Kursiv"
    desk.keyboard.press("End")
    assert focused(desk) == "Gör om"
    desk.keyboard.press("ArrowRight")
    assert focused(desk) == "Fet"
    desk.keyboard.press("Enter")
    desk.keyboard.type("fet")
    expect(desk.locator("#summary").get_by_role("button", name="Fet")).to_have_attribute(
        "aria-pressed", "true"
    )
    desk.keyboard.press("Alt+F10")
    desk.keyboard.press("Escape")
    expect(editor(desk, "Sammanfattning")).to_be_focused()
    assert html_of(desk) == "<p><strong>fet</strong></p>"

    desk.keyboard.press("Alt+F10")
    desk.keyboard.press("Shift+Tab")
    expect(editor(desk, "Yttrande till beslutsförslaget")).to_be_focused()


def test_editor_tables_are_made_and_left_by_keyboard(desk: Page) -> None:
    bar = desk.locator("#summary").get_by_role("toolbar")
    bar.get_by_role("button", name="Infoga tabell").click()
    desk.keyboard.type("År")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Antal")
    for _row in range(2):
        bar.get_by_role("button", name="Ta bort rad").click()
    bar.get_by_role("button", name="Ta bort kolumn").click()
    assert html_of(desk).count("<tr>") == 1

    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    assert not desk.evaluate("document.activeElement.closest('#summary .editor-text')")


def test_editor_lists_do_not_hold_the_tabulator(desk: Page) -> None:
    put(desk, "<ul><li>ett</li></ul>")
    take_hold(editor(desk, "Sammanfattning"))

    desk.keyboard.press("Tab")

    assert not desk.evaluate("document.activeElement.closest('#summary .editor-text')")
    assert html_of(desk) == "<ul><li>ett</li></ul>"


# --- Links -------------------------------------------------------------------------------------------------


def test_editor_links_words_by_keyboard(desk: Page) -> None:
    field = editor(desk, "Sammanfattning")
    take_hold(field)
    desk.keyboard.type("Se planen")
    for _letter in "planen":
        desk.keyboard.press("Shift+ArrowLeft")
    let_settle(desk)
    desk.keyboard.press("Control+K")
    desk.keyboard.type("javascript:alert(1)")
    desk.keyboard.press("Enter")
    expect(desk.locator("#summary [data-link-error]")).to_contain_text("Skriv en webbadress")
    desk.keyboard.press("Control+A")
    desk.keyboard.type("region.example/plan")
    desk.keyboard.press("Enter")

    assert html_of(desk) == '<p>Se <a href="https://region.example/plan">planen</a></p>'
    expect(field).to_be_focused()
    let_settle(desk)

    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("ArrowLeft")
    let_settle(desk)
    desk.keyboard.press("Control+K")
    expect(desk.get_by_label("Länkens adress").nth(1)).to_have_value("https://region.example/plan")
    desk.locator("#summary").get_by_role("button", name="Ta bort länken").click()
    assert html_of(desk) == "<p>Se planen</p>"


# --- Pasting -----------------------------------------------------------------------------------------------


def test_editor_keeps_what_matters_of_a_text_from_word(desk: Page) -> None:
    complaints = complaints_of(desk)

    paste(editor(desk, "Sammanfattning"), FROM_WORD)

    assert html_of(desk) == READ_FROM_WORD
    assert clean(READ_FROM_WORD) == READ_FROM_WORD
    assert desk.evaluate("window.pasted") is None
    assert complaints == []
    expect(desk.locator("#summary [data-saved]")).to_contain_text("Sparat")


# Google's documents: everything inside a <b> that is not bold, emphasis as styles.
FROM_GOOGLE = (
    '<b style="font-weight:normal" id="docs-internal-guid-1"><p>'
    '<span style="font-weight:700">Fet</span><span style="font-weight:400"> och </span>'
    '<span style="font-style:italic">kursiv</span></p></b>'
)
# Word in the browser: real lists with wrappers.
FROM_WORD_ONLINE = (
    '<div class="ListContainerWrapper"><ul role="list"><li data-aria-level="1"><p class="Paragraph">'
    '<span class="TextRun"><span>ett</span></span></p></li></ul></div><div><p>två</p></div>'
)
FROM_LIBREOFFICE = (
    '<p style="margin-bottom: 0cm"><font color="#ff0000">Röd</font> text</p><ol><li><p>ett</p></li></ol>'
)
HARMFUL_LINKS = "<p>Länk <a href='javascript:alert(1)'>hit</a> och <a href='#_ftn1'>[1]</a></p>"
MANY_HEADINGS = "<h2>Stor</h2><h4>Mindre</h4><h6>Minst</h6><p>text</p>"


@pytest.mark.parametrize(
    ("pasted", "read"),
    [
        (FROM_GOOGLE, "<p><strong>Fet</strong> och <em>kursiv</em></p>"),
        (FROM_WORD_ONLINE, "<ul><li>ett</li></ul><p>två</p>"),
        (FROM_LIBREOFFICE, "<p>Röd text</p><ol><li>ett</li></ol>"),
        (HARMFUL_LINKS, "<p>Länk hit och [1]</p>"),
        (MANY_HEADINGS, "<h3>Stor</h3><h4>Mindre</h4><h4>Minst</h4><p>text</p>"),
    ],
)
def test_editor_reads_other_programs_texts(desk: Page, pasted: str, read: str) -> None:
    paste(editor(desk, "Sammanfattning"), pasted)

    assert html_of(desk) == read


def test_editor_takes_plain_text_as_it_is(desk: Page) -> None:
    paste(editor(desk, "Sammanfattning"), "", "Första <b>raden</b>\n\nAndra på region.se")

    assert html_of(desk) == "<p>Första &lt;b&gt;raden&lt;/b&gt;</p><p>Andra på region.se</p>"


def test_editor_makes_exactly_what_the_allow_list_lets_through(desk: Page) -> None:
    put(desk, EVERYTHING)

    made = html_of(desk)
    assert set(re.findall(r"<([a-z0-9]+)", made)) == ALLOWED_TAGS
    assert clean(made) == made


# --- Without scripts, and on a phone -----------------------------------------------------------------------


def test_editor_without_scripts_is_a_text_box_with_a_hint(
    region: Region, motion: Motion, new_context: NewContext
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    let_in(page, region.officer)
    page.goto(f"/motioner/{motion.pk}/bered/")

    page.get_by_label("Sammanfattning").fill("Skrivet\n\nutan skript")
    expect(page.get_by_text("Skriv texten som HTML").first).to_be_visible()
    expect(page.get_by_role("toolbar")).to_have_count(0)
    page.get_by_label("Avslag").first.check()
    page.get_by_role("button", name="Spara utkastet").first.click()

    expect(page.get_by_text("Utkastet är sparat.")).to_be_visible()
    expect(page.get_by_label("Sammanfattning")).to_have_value("<p>Skrivet</p><p>utan skript</p>")


def test_editor_is_the_text_box_where_its_module_does_not_come(
    region: Region, motion: Motion, new_context: NewContext
) -> None:
    page = sit_down(new_context)
    page.route("**/django_prose_editor/editor.js", lambda route: route.abort())
    let_in(page, region.officer)
    page.goto(f"/motioner/{motion.pk}/bered/")

    page.get_by_label("Sammanfattning").fill("<p>Ändå sparat</p>")

    expect(page.get_by_text("Skriv texten som HTML").first).to_be_visible()
    expect(page.locator("#summary [data-saved]")).to_contain_text("Sparat")
    expect(page.get_by_role("region", name="Så blir paragrafen")).to_contain_text("Ändå sparat")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_editor_page_is_accessible_at_desk_and_phone(desk: Page, scheme: str) -> None:
    desk.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    put(desk, EVERYTHING)
    take_hold(editor(desk, "Sammanfattning"))
    desk.locator("#summary th").first.click()
    desk.locator("#summary").get_by_role("button", name="Länk", exact=True).click()

    look_over(desk, f"editor-{scheme}", widths=(1280, PHONE))

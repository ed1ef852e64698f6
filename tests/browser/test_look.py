"""The look, seen on the gallery page: accessible, readable in both schemes, usable by keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from config.gallery import PEOPLE
from tests.browser.walk import complaints_of, violations

TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
GALLERY = "/komponenter/"

TEXT, PART = (
    4.5,
    3.0,
)  # least contrast of text, and of what must be seen to use a control (WCAG 1.4.3, 1.4.11)
PAIRS = [
    *[
        (ink, ground, TEXT)
        for ink in ("ink", "quiet", "spruce", "spruce-deep", "copper")
        for ground in ("paper", "sheet")
    ],
    *[
        (ink, ground, TEXT)
        for ink in ("granted", "rejected", "answered", "waiting")
        for ground in ("paper", "sheet")
    ],
    *[
        ("ink", f"{kind}-soft", TEXT)
        for kind in ("granted", "rejected", "answered", "waiting", "spruce", "copper")
    ],
    *[
        (kind, f"{kind}-soft", TEXT)
        for kind in ("granted", "rejected", "answered", "waiting", "spruce", "copper")
    ],
    ("spruce-deep", "spruce-soft", TEXT),
    ("quiet", "spruce-soft", TEXT),
    ("on-spruce", "spruce", TEXT),
    ("on-spruce", "spruce-deep", TEXT),
    ("on-strip", "strip", TEXT),
    ("ink", "fresh", TEXT),
    ("spruce", "fresh", TEXT),
    ("quiet", "sunken", TEXT),
    ("edge", "paper", PART),
    ("edge", "sheet", PART),
    ("page-ink", "page-dim", TEXT),
    ("page-quiet", "page-dim", TEXT),
]


# --- Colours -----------------------------------------------------------------------------------------------


def _tokens(scheme: str) -> dict[str, str]:
    """Each colour of tokens.css in the scheme: `light-dark(a, b)`, or one colour for both."""
    text = TOKENS.read_text(encoding="utf-8")
    both = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", text))
    pairs = re.findall(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)", text)
    return both | {name: light if scheme == "light" else dark for name, light, dark in pairs}


def _luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.1, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_on_white() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_of_every_pair(scheme: str) -> None:
    tokens = _tokens(scheme)
    too_low = {
        f"{front} on {back}": round(_contrast(tokens[front], tokens[back]), 2)
        for front, back, least in PAIRS
        if _contrast(tokens[front], tokens[back]) < least
    }
    assert too_low == {}


# --- Every part, in every size and scheme ------------------------------------------------------------------


def _open(page: Page, address: str, *, scheme: str = "light", width: int = 1280) -> list[str]:
    """Show the page, and return what the browser complained about while it loaded."""
    complaints = complaints_of(page)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    return complaints


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_gallery_is_accessible(page: Page, scheme: str, width: int) -> None:
    assert _open(page, GALLERY, scheme=scheme, width=width) == []
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("address", [f"{GALLERY}?fel", f"{GALLERY}sammantrade/", "/konto/logga-in/"])
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_page_is_accessible(page: Page, address: str, scheme: str, width: int) -> None:
    assert _open(page, address, scheme=scheme, width=width) == []
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_faces_are_loaded(page: Page) -> None:
    _open(page, GALLERY)
    faces = page.evaluate(
        "document.fonts.ready.then(() => [...document.fonts].map(face => [face.family, face.status]))"
    )
    loaded = {family.strip('"') for family, status in faces if status == "loaded"}
    assert loaded == {"Source Sans", "Source Serif"}


def test_menu_folds_on_a_phone(page: Page) -> None:
    _open(page, GALLERY, width=390)
    search = page.get_by_role("searchbox")
    expect(search).to_be_hidden()
    page.get_by_role("button", name="Meny").click()
    expect(search).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(search).to_be_hidden()


def test_controls_are_large_enough_for_fingers(page: Page) -> None:
    _open(page, GALLERY, width=390)
    heights = page.locator(
        "main .button:visible, main .chips a, main input:visible:not([type=checkbox], [type=radio])"
    )
    low = [box for item in heights.all() if (box := item.bounding_box()) and box["height"] < 44]
    assert low == []


def test_errors_stand_beside_their_fields(page: Page) -> None:
    _open(page, f"{GALLERY}?fel")
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    title = page.get_by_label("Rubrik")
    expect(title).to_have_attribute("aria-invalid", "true")
    expect(title).to_have_accessible_description("Så som den står på motionen. Detta fält måste fyllas i.")
    summary.get_by_role("link", name="Rubrik").click()
    expect(title).to_be_focused()


def test_page_without_script(browser: Browser, browser_context_args: dict[str, object]) -> None:
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})  # type: ignore[arg-type]  # the fixture's own type
    page = context.new_page()
    page.goto(GALLERY)
    page.get_by_label("Motionärer").select_option(["1", "5"])
    expect(page.get_by_role("button", name="Flytta upp").last).to_be_visible()
    expect(page.get_by_role("button", name="Kortkommandon")).to_be_hidden()
    context.close()


# --- Keys --------------------------------------------------------------------------------------------------


def test_key_focuses_the_search(page: Page) -> None:
    _open(page, GALLERY)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("n")
    expect(page.get_by_role("searchbox")).to_have_value("n")


def test_key_presses_its_link(page: Page) -> None:
    _open(page, GALLERY)
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("#form$"))


def test_keys_are_listed(page: Page) -> None:
    _open(page, GALLERY)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Kortkommandon på den här sidan")
    rows = dialog.locator("dd").all_inner_texts()
    assert rows == [
        "Sök", "Registrera motion", "Vem yrkar", "Acklamation: liggande förslag", "Votering", "Flytta raden",
        "Visa kortkommandon",
    ]  # fmt: skip
    assert violations(page) == []


def test_keys_can_be_switched_off(page: Page) -> None:
    _open(page, GALLERY)
    page.get_by_role("button", name="Kortkommandon").click()
    page.get_by_label("Använd kortkommandon med en tangent").uncheck()
    page.get_by_role("button", name="Stäng").last.click()
    page.reload()
    page.keyboard.press("/")
    page.keyboard.press("?")
    expect(page.get_by_role("searchbox")).not_to_be_focused()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(".find kbd")).to_be_hidden()


# --- Choosing from many ------------------------------------------------------------------------------------


def _sent(page: Page, name: str) -> list[str]:
    """What the form would send under the name."""
    values: list[str] = page.evaluate(
        "name => new FormData(document.getElementById('form')).getAll(name)", name
    )
    return values


def test_combobox_loads_and_picks_by_keyboard(page: Page) -> None:
    _open(page, GALLERY)
    field = page.get_by_role("combobox", name="Motionärer")
    field.press_sequentially("bra")
    expect(page.get_by_role("option", name="Östen Brask (LB)")).to_have_attribute("aria-selected", "true")
    assert violations(page) == []
    field.press("Enter")
    assert _sent(page, "movers") == ["3", "4", "5"]
    expect(page.locator("#announcer")).to_have_text("Östen Brask (LB), vald")
    field.press("Backspace")
    assert _sent(page, "movers") == ["3", "4"]


def test_combobox_arrows_and_escape(page: Page) -> None:
    _open(page, GALLERY)
    field = page.get_by_role("combobox", name="Motionärer")
    field.press("ArrowDown")
    options = page.get_by_role("option")
    expect(options).to_have_count(len(PEOPLE) - 2)  # two are chosen already
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    assert _sent(page, "movers") == ["3", "4"]


def test_combobox_without_a_match(page: Page) -> None:
    _open(page, GALLERY)
    field = page.get_by_role("combobox", name="Motionärer")
    field.press_sequentially("zzz")
    expect(page.get_by_role("option")).to_have_text("Ingen träff")
    field.press("Enter")
    field.press("Tab")
    assert _sent(page, "movers") == ["3", "4"]
    expect(field).to_have_value("")


def test_combobox_removes_by_button(page: Page) -> None:
    _open(page, GALLERY)
    page.get_by_role("button", name="Ta bort Ánne Vuolab (FD)").click()
    assert _sent(page, "movers") == ["4"]
    expect(page.get_by_role("combobox", name="Motionärer")).to_be_focused()


def test_combobox_of_one_choice_finds_without_accents(page: Page) -> None:
    _open(page, GALLERY)
    field = page.get_by_role("combobox", name="Sänds till")
    field.press_sequentially("trafikna")
    field.press("Tab")
    assert _sent(page, "body") == ["tn"]
    expect(field).to_have_value("Trafiknämnden")
    field.fill("")
    field.press("Tab")
    assert _sent(page, "body") == [""]


# --- Rows in order -----------------------------------------------------------------------------------------


def _rows(page: Page) -> list[str]:
    """The word after "att" of each row, in the order that the form would send."""
    rows: list[list[str]] = page.evaluate(
        """() => [...document.querySelectorAll("#clauses > [data-row]")].map(row =>
             ["[data-position]", "textarea", "[name$=DELETE]"].map(part => row.querySelector(part).value))"""
    )
    return [text.split()[1] for _, text, deleted in sorted(rows) if not deleted]


def test_row_moves_by_keyboard(page: Page) -> None:
    _open(page, GALLERY)
    assert _rows(page) == ["bussarna", "turlistorna", "avgiften"]
    field = page.get_by_role("textbox", name="Att-sats").nth(0)
    field.press("Alt+ArrowDown")
    assert _rows(page) == ["turlistorna", "bussarna", "avgiften"]
    expect(page.locator("#announcer")).to_have_text("Att-sats: plats 2 av 3")
    expect(page.get_by_role("textbox", name="Att-sats").nth(1)).to_be_focused()


def test_row_moves_by_button(page: Page) -> None:
    _open(page, GALLERY)
    page.get_by_role("button", name="Flytta upp").nth(3).press("Enter")
    assert _rows(page) == ["bussarna", "avgiften", "turlistorna"]
    expect(
        page.locator("#clauses > [data-row]").nth(1).get_by_role("button", name="Flytta upp")
    ).to_be_focused()


def test_row_moves_by_dragging(page: Page) -> None:
    _open(page, GALLERY)
    handles = page.locator("#clauses [data-handle]")
    page.locator("#clauses").evaluate("list => list.scrollIntoView({block: 'center'})")
    start, end = handles.nth(0).bounding_box(), handles.nth(2).bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 8, end["y"] + 90, steps=6)
    page.mouse.up()
    assert _rows(page) == ["turlistorna", "avgiften", "bussarna"]


def test_row_is_added_and_removed(page: Page) -> None:
    _open(page, GALLERY)
    page.get_by_role("button", name="Lägg till att-sats").press("Enter")
    added = page.get_by_role("textbox", name="Att-sats").nth(3)
    expect(added).to_be_focused()
    added.fill("att nattåg utreds")
    assert _rows(page) == ["bussarna", "turlistorna", "avgiften", "nattåg"]
    assert _sent(page, "clauses-TOTAL_FORMS") == ["4"]
    page.locator("#clauses > [data-row]").nth(1).get_by_role("button", name="Ta bort").press("Enter")
    assert _rows(page) == ["bussarna", "avgiften", "nattåg"]
    expect(page.get_by_role("textbox", name="Att-sats").nth(1)).to_be_focused()


def test_order_that_is_not_saved_goes_back(page: Page) -> None:
    _open(page, GALLERY)
    page.locator("#clauses").evaluate("list => list.dataset.post = '/finns-inte/'")
    page.get_by_role("textbox", name="Att-sats").nth(0).press("Alt+ArrowDown")
    expect(page.locator("#refusal").get_by_role("alert")).to_be_focused()
    expect(page.locator("#refusal")).to_contain_text("Adressen leder inte till något som du kan se")
    assert _rows(page) == ["bussarna", "turlistorna", "avgiften"]


def test_lost_contact_is_told(page: Page) -> None:
    _open(page, GALLERY)
    page.context.set_offline(True)
    page.get_by_role("combobox", name="Motionärer").press("ArrowDown")
    expect(page.locator("#refusal")).to_contain_text("Ingen kontakt med servern")
    page.context.set_offline(False)
    page.get_by_role("combobox", name="Motionärer").press("ArrowDown")
    expect(page.get_by_role("option")).to_have_count(len(PEOPLE) - 2)
    expect(page.locator("#refusal")).to_be_empty()


def test_unsaved_work_is_asked_about(page: Page) -> None:
    _open(page, GALLERY)
    page.get_by_label("Rubrik").fill("Bussar")
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.goto("/robots.txt")
    assert asked == ["beforeunload"]

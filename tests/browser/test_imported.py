"""Older minutes read in, reviewed and accepted: by keyboard, looked over by axe."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from protocols.actions.reading_in import read_next
from protocols.models import ImportedParagraph, ReadName
from tests.browser.walk import NewContext, complaints_of, let_in, look_over, press_key, sit_down, tab_to
from tests.factories import make_region
from tests.protocols.actions.test_importing import kept
from tests.protocols.reading.minutes import ATTENDANCE, CITY, FRONT, MATTER

TORN = f"\n{ATTENDANCE}\nÖst, Dag\n"

pytestmark = pytest.mark.django_db(transaction=True)


def test_minutes_are_read_in_reviewed_and_accepted_by_keyboard(
    transactional_db: None, new_context: NewContext, tmp_path: Path
) -> None:
    region = make_region()
    source = tmp_path / "kf-2031-06-03.txt"
    source.write_text(CITY, encoding="utf-8")
    page = sit_down(new_context)
    complaints = complaints_of(page)
    let_in(page, region.registrar)
    page.goto("/inlasning/")
    page.get_by_label("Protokoll").set_input_files(source)  # the dialog is the system's own
    tab_to(page, page.get_by_role("button", name="Läs in"))
    page.keyboard.press("Enter")
    files = page.get_by_role("region", name="Filer")
    expect(files.get_by_role("progressbar")).to_be_visible()
    expect(files).to_contain_text("Väntar på sin tur")
    look_over(page, "read-in-waiting")
    assert read_next()
    expect(files.get_by_role("status")).to_have_text("Alla filer är klara.")
    look_over(page, "read-in")

    files.get_by_role("link", name="Kommunfullmäktige 3 juni 2031").press("Enter")
    look_over(page, "imported-meeting")
    page.get_by_role("link", name="§ 11").press("Enter")
    expect(page.locator("mark.is-decision").first).to_be_visible()
    look_over(page, "imported-review")
    press_key(page, "g")
    expect(page.locator("#messages")).to_contain_text("§ 11 är godkänd.")
    expect(page.get_by_role("heading", name="§ 12")).to_be_visible()
    press_key(page, "g")
    expect(page.locator("#messages")).to_contain_text("§ 12 är godkänd.")
    assert not ImportedParagraph.objects.filter(accepted_at=None).exists()

    page.goto("/aldre-protokoll/")
    field = page.get_by_role("searchbox", name="Ord i rubriken eller texten, eller diarienummer")
    field.fill(ImportedParagraph.objects.get(number="12").title)
    field.press("Enter")
    expect(page.get_by_text("1 paragraf", exact=True)).to_be_visible()
    look_over(page, "older-minutes")
    assert complaints == []


def test_names_are_answered_by_keyboard(transactional_db: None, new_context: NewContext) -> None:
    region = make_region()
    kept(CITY, region)
    page = sit_down(new_context)
    complaints = complaints_of(page)
    let_in(page, region.registrar)
    page.goto("/inlasning/")
    link = page.get_by_role("link", name="Gå igenom dem")
    tab_to(page, link)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/inlasning/personer/$"))
    look_over(page, "read-names")
    page.get_by_role("link", name="MP", exact=True).press("Enter")
    expect(page.get_by_label("Partiets namn")).to_be_visible()
    look_over(page, "read-party")
    field = page.get_by_label("Partiets namn")
    tab_to(page, field)
    page.keyboard.type("Mossgruppen")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Mossgruppen (MP) är nytt i registret.")

    press_key(page, "b")
    expect(page.get_by_role("heading", level=1)).to_have_text("Alva Norrgård (S)")
    look_over(page, "read-name")
    press_key(page, "s")
    page.keyboard.type("greta")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Greta Zetter (M)")).to_be_visible()
    press_key(page, "1")
    expect(page.locator("#messages")).to_contain_text("Alva Norrgård (S) är samma person som Greta Zetter.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bo von Sydvik (M)")
    press_key(page, "n")
    expect(page.locator("#messages")).to_contain_text("Bo von Sydvik är ny i registret.")
    press_key(page, "l")
    expect(page.locator("#messages")).to_contain_text("lämnas utanför registret.")
    page.goto("/inlasning/personer/?visa=avgjorda")
    look_over(page, "read-names-answered")
    undo = page.get_by_role("button", name="Ångra svaret om Bo von Sydvik (M)")
    undo.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Svaret om Bo von Sydvik (M) är ångrat.")
    assert ReadName.objects.get(name="Bo von Sydvik").is_waiting
    assert complaints == []


def test_whoever_was_there_is_answered_from_the_meeting(
    transactional_db: None, new_context: NewContext
) -> None:
    region = make_region()
    kept(CITY, region)
    meeting = kept(FRONT + MATTER + TORN, region, "gn-2031-06-05").meeting
    page = sit_down(new_context)
    complaints = complaints_of(page)
    let_in(page, region.registrar)
    page.goto(meeting.get_absolute_url())
    look_over(page, "imported-attendance")
    page.get_by_role("link", name="Åke Lund finns inte i registret").press("Enter")
    expect(page.get_by_role("link", name="Gatunämnden 2031-06-05 närvaro")).to_be_visible()
    look_over(page, "read-name-of-attendance")
    press_key(page, "n")
    expect(page.locator("#messages")).to_contain_text("Åke Lund är ny i registret.")
    page.goto("/inlasning/personer/")
    expect(page.get_by_role("row", name="Stig Ny")).to_contain_text("2031-06-05")
    look_over(page, "read-names-by-meeting")
    page.goto(meeting.get_absolute_url())
    expect(page.get_by_role("link", name="Åke Lund finns inte i registret")).to_have_count(0)
    assert complaints == []

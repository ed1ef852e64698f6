"""Checking a file in the browser: the file itself never leaves it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from protocols.actions.extracts import issue_extract
from protocols.models import Extract
from tests.factories import close, decide, make_meeting, make_prepared_motion, make_region, open_with, verify

pytestmark = pytest.mark.browser

DROP = """([form, name, text]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name, { type: "application/pdf" }));
  form.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def issued(transactional_db: None) -> Extract:
    region = make_region()
    meeting = make_meeting(region, region.board)
    paragraph = decide(region, open_with(region, meeting, make_prepared_motion(region)))
    verify(region, close(region, meeting))
    return issue_extract(paragraph, by=None, check_address="prov.example/verifiera/")


def test_a_file_is_checked_without_being_sent(page: Page, issued: Extract, tmp_path: Path) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.goto("/verifiera/")
    here = page.get_by_role("button", name="Kontrollera i webbläsaren")
    here.focus()
    page.keyboard.press("Enter")  # without a file: the field says so, the page stays
    field = page.get_by_label("Fil", exact=True)
    assert field.evaluate("field => field.validationMessage") == "Välj en fil."
    field.set_input_files(issued.file.path)
    here.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Filen är ett äkta protokollsutdrag")
    assert issued.sha256 in page.url
    changed = tmp_path / "utdrag.pdf"
    changed.write_bytes(Path(issued.file.path).read_bytes() + b" ")
    page.goto("/verifiera/")
    page.get_by_label("Fil", exact=True).set_input_files(changed)
    page.get_by_role("button", name="Kontrollera i webbläsaren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Filen är inte den som utfärdades")
    assert set(sent) == {"GET"}


def test_a_file_is_dropped_on_the_form(page: Page, issued: Extract) -> None:
    page.goto("/verifiera/")
    form = page.locator("[data-check-file]")
    form.evaluate("(form, rest) => (" + DROP + ")([form, ...rest])", ["brev.pdf", "ingen PDF"])
    here = page.get_by_role("button", name="Kontrollera i webbläsaren")
    expect(here).to_be_focused()
    here.click()
    field = page.get_by_label("Fil", exact=True)
    said = field.evaluate("field => field.validationMessage")
    assert said == "Filen är inte en PDF. Ett protokollsutdrag är alltid en PDF."
    form.evaluate("(form, rest) => (" + DROP + ")([form, ...rest])", ["annan.pdf", "%PDF-1.7 okänd"])
    here.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Filen finns inte i registret")

"""People at their browsers: logging in, writing, picking, and looking a page over, as plain functions."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect
from pypdf import PdfReader

from motions.models import User
from tests.factories import PASSWORD
from tests.paper import joined

WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    "resultTypes": ["violations"],  # of what passes one node a rule is told: sending all takes longest
}
DESKTOP, PHONE = 1280, 390
PATIENCE = 30_000  # milliseconds: what is there comes at once, also where many share the machine
expect.set_options(timeout=PATIENCE)
PICTURES = os.environ.get("KLUBBSLAG_WALK_PICTURES", "")  # a folder to put a picture of each page into

NewContext = Callable[..., BrowserContext]


# --- Somebody at a browser ---------------------------------------------------------------------------------


#: What htmx says of a request that a newer one took the place of: no fault.
SUPERSEDED = re.compile(r"htmx:(afterRequest|sendAbort)\b")


def complaints_of(page: Page) -> list[str]:
    """A list that everything the browser complains about on this page is added to, from now on."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and not SUPERSEDED.match(message.text):
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def sit_down(new_context: NewContext, *, width: int = DESKTOP) -> Page:
    """A browser of somebody's own. What moves by itself stands still."""
    context = new_context(reduced_motion="reduce")
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.set_default_timeout(PATIENCE)
    return page


def log_in(page: Page, user: User) -> None:
    """Through the login page, by keyboard."""
    page.goto("/konto/logga-in/")
    page.get_by_label("E-postadress").fill(user.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Logga ut", include_hidden=True)).to_be_attached()


def let_in(page: Page, user: User) -> None:
    """Logged in without the login page, where logging in is not what is shown."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base_url(page)}])


def base_url(page: Page) -> str:
    """The address of the server under test, as the context knows it."""
    return str(page.request.get("/halsa").url).removesuffix("/halsa")


# --- Looking a page over -----------------------------------------------------------------------------------


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.1 A and AA."""
    if not page.evaluate("'axe' in window"):  # it takes a tenth of a second to understand
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(
        """options => axe.run(options).then(({ violations }) => violations.flatMap(
            ({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)))""",
        WCAG,
    )
    return found


def look_over(page: Page, name: str, *, widths: Iterable[int] = (DESKTOP, PHONE)) -> None:
    """At each width: accessible, nothing to scroll sideways. The window gets its width back."""
    size = page.viewport_size
    assert size is not None
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        take_picture(page, f"{name}-{width}")
        assert violations(page) == [], f"{name} at {width}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} at {width}"
    page.set_viewport_size(size)


def take_picture(page: Page, name: str) -> None:
    """For whoever wants to see the walk; nothing happens without the folder."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


# --- Forms -------------------------------------------------------------------------------------------------


def pick(page: Page, label: str, letters: str, *, chosen: str) -> None:
    """Type some letters of a name into the field that has focus or the label, and take what is found."""
    field = page.get_by_role("combobox", name=label)
    field.press_sequentially(letters)
    options = page.get_by_role("listbox", name=label).get_by_role("option")
    expect(options.filter(has_text=chosen)).to_be_visible()
    option = page.locator("[role=option][aria-selected=true]")
    for _step in range(options.count()):
        if chosen in option.inner_text():
            break
        field.press("ArrowDown")
    field.press("Enter")
    expect(page.locator("#announcer")).to_contain_text("vald")


def press_key(page: Page, key: str) -> None:
    """One of the keys that the page declares, when its scripts are there to hear it."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def tab_to(page: Page, target: Locator, *, most: int = 30) -> None:
    """Go forward with the tabulator until the target has focus: what cannot be reached that way fails."""
    for _press in range(most):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(target).to_be_focused()


def editor(page: Page, label: str) -> Locator:
    """The editor of a written section."""
    return page.get_by_role("textbox", name=re.compile(rf"^{re.escape(label)}( \(valfritt\))?$"))


def take_hold(field: Locator) -> None:
    """Go into an editor."""
    field.focus()
    let_settle(field.page)


def let_settle(page: Page) -> None:
    """Wait as hands do: an editor sets its selection 20 ms after focus, and learns of keys a frame late."""
    page.wait_for_timeout(100)


def saved(page: Page, section: str) -> Locator:
    """The line under a section that tells whether it is saved."""
    return page.locator(f"#{section} [data-saved]")


# --- What comes out ----------------------------------------------------------------------------------------


def fetch_pdf(page: Page, address: str) -> PdfReader:
    """The PDF at the address, as this person gets it."""
    answer = page.request.get(address)
    assert answer.status == 200, answer.text()[:500]
    assert answer.headers["content-type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.body()))


def pdf_text(reader: PdfReader) -> str:
    """All text of the PDF on one line, words divided at a line's end whole again."""
    return joined(f"{page.extract_text()}\n" for page in reader.pages)


def status_of(page: Page, address: str) -> int:
    """How the server answers this person."""
    return int(page.request.get(address, max_redirects=0).status)


def only(rows: Iterable[Any]) -> Any:
    """The one row there is."""
    (row,) = rows
    return row

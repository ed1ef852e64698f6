"""`make pictures`: the README's pictures, taken of the demo region in the production server."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.conftest import CHROMIUM, CHROMIUM_ARGUMENTS

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
PORT = 8099
ADDRESS = f"http://127.0.0.1:{PORT}"
STARTS_IN = 300  # seconds, with the demo region to load
WIDE: ViewportSize = {"width": 1280, "height": 860}
PASSWORD = "klubban-faller-nu"
NARROW: ViewportSize = {"width": 390, "height": 844}


@contextmanager
def demo_served() -> Iterator[None]:
    """The production server with the demo region, in a folder of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="klubbslag-pictures-") as folder:
        environment = os.environ | {"KLUBBSLAG_DATA": folder, "KLUBBSLAG_DEMO": "1"}
        command = [sys.executable, "-m", "config.serve", "--with-parent", "--port", str(PORT)]
        with subprocess.Popen(command, cwd=ROOT, env=environment) as server:
            try:
                _wait_until_served()
                yield
            finally:
                server.terminate()


def _wait_until_served() -> None:
    deadline = time.monotonic() + STARTS_IN
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{ADDRESS}/halsa").close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
        else:
            return
    raise RuntimeError(f"the server did not start within {STARTS_IN} seconds")


@contextmanager
def visitor(browser: Browser, *, login: str = "", narrow: bool = False, dark: bool = False) -> Iterator[Page]:
    """A page in a browser of its own, logged in with a demo login where one is named."""
    context = browser.new_context(
        base_url=ADDRESS,
        viewport=NARROW if narrow else WIDE,
        color_scheme="dark" if dark else "light",
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
    )
    page = context.new_page()
    if login:
        page.goto("/konto/logga-in/")
        page.get_by_label("E-postadress").fill(login)
        page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "logga-in" not in url)
    try:
        yield page
    finally:
        context.close()


def take_readme_pictures(browser: Browser) -> None:
    """The pictures of README.md."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with visitor(browser) as page:
        page.goto("/motioner/?q=tv%C3%A4tteri")
        page.get_by_role("link", name="Återtagande av tvätteriet i egen regi").click()
        page.screenshot(path=PICTURES / "motion.png")
        with page.expect_download() as download:
            page.get_by_role("link", name="Protokollsutdrag RS").evaluate(
                "link => { link.setAttribute('download', ''); link.click(); }"
            )
        _first_page(Path(download.value.path()), PICTURES / "extract.png")


def _first_page(pdf: Path, picture: Path) -> None:
    command = [
        "pdftoppm",
        "-png",
        "-r",
        "80",
        "-f",
        "1",
        "-singlefile",
        str(pdf),
        str(picture.with_suffix("")),
    ]
    subprocess.run(command, check=True)


def main() -> None:
    """Serve the demo region and take the pictures."""
    with demo_served(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        take_readme_pictures(browser)
        browser.close()
    print(f"Pictures are in {PICTURES.relative_to(ROOT)}/")


if __name__ == "__main__":
    main()

"""What every test stands on: the test cluster (see tests/settings.py), files of its own, and the browser."""

from __future__ import annotations

import os
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from playwright.sync_api import Playwright, sync_playwright
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.live_server_helper import LiveServer

from config.downloads import forget_kept
from config.fonts import cut_faces
from config.news import exchange
from tests.template import use_template

BROWSER_TESTS = Path(__file__).parent / "browser"
CHROMIUM = os.environ.get("KLUBBSLAG_CHROMIUM", "/usr/bin/chromium")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",  # root, as in a container, cannot have one; only our own pages are opened
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


#: Files that take minutes: begun first, so that no worker is left with one when the others are done.
LONG = (
    "played/",
    "cases/",
    "config/test_serve",
    "test_wrong_input",
    "browser/test_walk",
    "browser/test_pages",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests are marked, and come last (see `playwright`); the long ones of each kind first."""
    for item in items:
        if BROWSER_TESTS in item.path.parents:
            item.add_marker("browser")

    def turn(item: pytest.Item) -> tuple[bool, bool]:
        is_long = item.nodeid.removeprefix("tests/").startswith(LONG)
        return item.get_closest_marker("browser") is not None, not is_long

    items.sort(key=turn)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Called by pytest-django before it makes the test database."""
    with django_db_blocker.unblock():
        use_template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Generator[None, None, None]:
    """The test database; at the end the sessions that threads of a live server left behind are ended."""
    yield
    exchange.end()
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"  # the server's own (autovacuum) are not ours to end
        )


@pytest.fixture(autouse=True)
def uploaded_files(settings: Settings, tmp_path: Path) -> Path:
    """The folder that this test's uploads go to; what a test before it has handed out is forgotten."""
    forget_kept()
    folder = tmp_path / "files"
    options = {"location": folder, "base_url": None}
    settings.MEDIA_ROOT = folder
    settings.STORAGES = settings.STORAGES | {"default": settings.STORAGES["default"] | {"OPTIONS": options}}
    return folder


# --- Browser -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def playwright() -> Generator[Playwright, None, None]:
    """Playwright, which keeps an event loop running in this thread until the end of the session.

    Django takes a running loop for asynchronous code and refuses the database. There is none of ours, so
    the guard is off from here on: only while browser tests run, since they come last.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as started:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield started


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium: no browser of Playwright's own is downloaded."""
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], live_server: LiveServer) -> dict[str, Any]:
    """A Swedish visitor of the server under test, at desktop width; addresses may begin with a slash."""
    cut_faces(Path(django_settings.DATA_DIR) / "faces")  # no first page waits for its fonts
    return browser_context_args | {
        "base_url": live_server.url,
        "locale": "sv-SE",
        "timezone_id": "Europe/Stockholm",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture(autouse=True)
def calm_server(request: pytest.FixtureRequest) -> Generator[None, None, None]:
    """Once the pages of a browser test are closed, wait for their last requests; then empty the tables."""
    if not request.node.get_closest_marker("browser"):
        yield
        return
    request.getfixturevalue("transactional_db")  # emptied after this, closed before
    yield
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=5)

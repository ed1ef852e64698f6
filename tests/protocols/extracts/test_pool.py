"""The presses as processes of their own: one that breaks or takes too long ends alone, and is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from threading import BoundedSemaphore

import psutil
import pytest
from django.test import override_settings
from pytest_django import Settings

from protocols.extracts import pool, press
from protocols.extracts.render import extract_html
from tests.protocols.extracts.samples import DOCUMENT

PAGE = '<html lang="sv"><head><title>Prov</title></head><body>{}</body></html>'
ENDLESS = PAGE.format("<table>" + "<tr><td>x</td><td>y</td></tr>" * 100_000 + "</table>")  # takes minutes


@pytest.fixture(scope="module")
def own_room() -> Iterator[pool._Room]:
    """A room with one press that gives a page two seconds, for this module alone."""
    with override_settings(PRESSES=1, PRESS_SECONDS=2):
        room = pool._Room()
    yield room
    room.close()


@pytest.fixture
def room(own_room: pool._Room, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> psutil.Process:
    """The room's process; what the test asks for goes there."""
    settings.PRESS_SECONDS = 2
    monkeypatch.setattr(pool._Door, "room", own_room)
    return psutil.Process(own_room._process.pid)


def test_a_page_is_the_same_bytes_as_from_the_press_itself() -> None:
    page = extract_html(DOCUMENT)
    assert pool.html_to_pdf(page) == press.html_to_pdf(page)
    assert pool.html_to_pdf_with_places(page) == press.html_to_pdf_with_places(page)


def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_is_set(room: psutil.Process) -> None:
    with pytest.raises(pool.PressTimeoutError, match="longer than 2 seconds"):
        pool.html_to_pdf(ENDLESS)
    assert pool.html_to_pdf(PAGE.format("nästa")).startswith(b"%PDF")
    assert room.is_running()


def test_a_press_that_is_killed_is_told_and_replaced(room: psutil.Process) -> None:
    [working] = room.children()
    working.send_signal(signal.SIGSTOP)  # it has the question and does not answer
    with pytest.raises(pool.PressTimeoutError, match="no press was free"):
        pool.html_to_pdf(PAGE.format("väntar"))
    working.kill()
    assert pool.html_to_pdf(PAGE.format("nästa")).startswith(b"%PDF")
    assert working not in room.children()


def test_what_the_press_cannot_set_is_told_in_its_words(room: psutil.Process) -> None:
    with pytest.raises(pool.PressError, match="KeyError: 'getcwd'"):
        pool._ask("getcwd")
    with pytest.raises(pool.PressError, match=r"TypeError: .*argument"):
        pool._ask("html_to_pdf")


def test_too_many_who_wait_are_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool._Door, "places", BoundedSemaphore(1))
    with pool._Door.places, pytest.raises(pool.PressTimeoutError, match="too many wait"):
        pool.html_to_pdf(PAGE.format("x"))
    assert pool.html_to_pdf(PAGE.format("x")).startswith(b"%PDF")


def test_a_room_that_is_gone_is_opened_anew_and_ends_with_its_owner() -> None:
    code = (
        "import django; django.setup()\n"
        "import psutil\n"
        "from protocols.extracts import pool\n"
        "page = '<html lang=sv><title>x</title><h1>x</h1>'\n"
        "pool.html_to_pdf(page)\n"
        "first = pool._Door.room._process\n"
        "presses = psutil.Process(first.pid).children()\n"
        "first.kill()\n"
        "for each in presses: each.kill()\n"
        "psutil.wait_procs(presses)\n"
        "first.wait()\n"
        "pool.html_to_pdf(page)\n"
        "print(pool._Door.room._process.pid, pool._Door.room.address)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60
    )
    assert done.stderr == ""
    number, address = done.stdout.split()
    assert not psutil.pid_exists(int(number))
    assert not os.path.exists(os.path.dirname(address))  # noqa: PTH110, PTH120 -- a name, nothing more

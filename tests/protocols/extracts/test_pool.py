"""The presses as processes of their own: one that breaks or takes too long ends alone, and is told."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from threading import BoundedSemaphore
from types import SimpleNamespace

import psutil
import pytest
from django.test import override_settings
from pytest_django import Settings

from protocols.extracts import pool, press
from protocols.extracts.render import carried_files, extract_html
from tests.protocols.extracts.samples import DOCUMENT

PAGE = '<html lang="sv"><head><title>Prov</title></head><body>{}</body></html>'
ENDLESS = PAGE.format("<table>" + "<tr><td>x</td><td>y</td></tr>" * 100_000 + "</table>")  # takes minutes


@pytest.fixture(scope="module")
def own_room() -> Iterator[pool._Room]:
    """A room with one press that gives a page one second, for this module alone."""
    with override_settings(PRESSES=1, PRESS_SECONDS=1):
        room = pool._Room()
    yield room
    room.close()


@pytest.fixture
def room(own_room: pool._Room, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> psutil.Process:
    """The room's process; what the test asks for goes there."""
    settings.PRESS_SECONDS = 1
    monkeypatch.setattr(pool._Door, "room", own_room)
    return psutil.Process(own_room._process.pid)


def test_a_page_is_the_same_bytes_as_from_the_press_itself() -> None:
    page = extract_html(DOCUMENT)
    files = carried_files(DOCUMENT)
    assert len(files) == 2
    assert pool.html_to_pdf(page, files) == press.html_to_pdf(page, files)
    assert pool.html_to_pdf_with_places(page) == press.html_to_pdf_with_places(page)


def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_is_set(room: psutil.Process) -> None:
    with pytest.raises(pool.PressTimeoutError, match="longer than 1 seconds"):
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


def test_a_room_that_is_gone_is_opened_anew_and_swept_away(monkeypatch: pytest.MonkeyPatch) -> None:
    gone, young = (Path(mkdtemp(prefix="klubbslag-press-")) for _each in range(2))
    with socket.socket(socket.AF_UNIX) as listener:  # what a killed room leaves behind
        listener.bind(str(gone / "socket"))
    os.utime(gone, (0, 0))
    monkeypatch.setattr(pool._Door, "room", SimpleNamespace(address=str(gone / "socket")))
    assert pool.html_to_pdf(PAGE.format("x")).startswith(b"%PDF")
    opened = pool._Door.room
    assert opened
    assert not gone.exists()
    assert young.exists()  # its room may be about to open
    young.rmdir()
    opened.close()
    assert opened._process.returncode == 0
    assert not Path(opened.address).parent.exists()


def test_a_room_in_use_is_not_swept_away(room: psutil.Process, own_room: pool._Room) -> None:
    folder = Path(own_room.address).parent
    os.utime(folder, (0, 0))
    pool._sweep()
    assert folder.exists()
    assert pool.html_to_pdf(PAGE.format("x")).startswith(b"%PDF")

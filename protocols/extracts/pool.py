"""Pages are set in processes of their own (`room`), so that no page of the site waits behind a long paper.

The room is opened by the first who needs it, or by the server before it forks: its workers then share one. It
ends with them. A page that takes too long or breaks its press is told as a PressError; the next one finds a
fresh press.
"""

from __future__ import annotations

import atexit
import os
import pickle
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from threading import BoundedSemaphore, Lock
from typing import Any

from django.conf import settings

from protocols.extracts.attachments import Attachment

#: Requests of a process that may wait for a press at a time; each holds a connection to the database (17).
PLACES = 12
PATIENCE = 1.5  # how many times the seconds of one page are waited for, with those before it in the queue
_ENDS_IN = 5.0  # seconds
_PREFIX = "klubbslag-press-"
_SETTLED_AFTER = 60.0  # seconds: a folder may be there a moment before its socket


class PressError(Exception):
    """The paper was not made; `str()` says why, for the log."""


class PressTimeoutError(PressError):
    """It took too long, or too many wait already: it may go better later."""


def html_to_pdf(html: str, files: Sequence[Attachment] = ()) -> bytes:
    """`press.html_to_pdf`, in a press of the room. Raises PressError."""
    pdf: bytes = _ask("html_to_pdf", html, files)
    return pdf


def html_to_pdf_with_places(html: str, files: Sequence[Attachment] = ()) -> tuple[bytes, dict[str, int], int]:
    """`press.html_to_pdf_with_places`, in a press of the room. Raises PressError."""
    made: tuple[bytes, dict[str, int], int] = _ask("html_to_pdf_with_places", html, files)
    return made


class _Room:
    """The room's process, as its owner and those forked from it know it."""

    def __init__(self) -> None:
        _sweep()
        self.address = str(Path(mkdtemp(prefix=_PREFIX)) / "socket")
        self._owner = os.getpid()
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self.address)
            listener.listen(128)
            numbers = [listener.fileno(), settings.PRESSES, settings.PRESS_SECONDS]
            self._process = subprocess.Popen(
                [sys.executable, "-m", "protocols.extracts.room", *map(str, numbers)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=[listener.fileno()],
                cwd=settings.BASE_DIR,
            )
        atexit.register(self.close)
        assert self._process.stdout
        with self._process.stdout as said:
            if not said.readline():
                raise PressError("the room of the presses could not be opened")

    def close(self) -> None:
        """End it, where it is this process's own."""
        if os.getpid() == self._owner and self._process.stdin:
            self._process.stdin.close()
            self._process.wait(_ENDS_IN)


def _sweep() -> None:
    """Remove the folders of rooms that were killed: nobody listens there any more."""
    for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # gone meanwhile, or somebody else's
            about = folder.stat()
            is_settled = about.st_uid == os.getuid() and time.time() - about.st_mtime > _SETTLED_AFTER
            if is_settled and not _is_open(folder / "socket"):
                shutil.rmtree(folder, ignore_errors=True)


def _is_open(address: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(1)
        try:
            line.connect(str(address))
        except (ConnectionRefusedError, FileNotFoundError):
            return False
        except OSError:  # busy, or not to be known
            return True
    return True


class _Door:
    """How this process comes to the presses."""

    lock = Lock()
    places = BoundedSemaphore(PLACES)
    room: _Room | None = None


def _ask(name: str, *arguments: Any) -> Any:
    if not _Door.places.acquire(blocking=False):
        raise PressTimeoutError("too many wait for a press")
    start = time.monotonic()
    try:
        with _connected() as line:
            line.settimeout(settings.PRESS_SECONDS * PATIENCE)
            line.sendall(pickle.dumps((name, arguments)))
            line.shutdown(socket.SHUT_WR)
            answer = b"".join(iter(lambda: line.recv(1024 * 1024), b""))
    except TimeoutError:
        raise PressTimeoutError("no press was free in time") from None
    except OSError as error:
        raise PressError(f"the presses cannot be reached: {error}") from error
    finally:
        _Door.places.release()
    if not answer:
        if time.monotonic() - start >= settings.PRESS_SECONDS:
            raise PressTimeoutError(f"the page took longer than {settings.PRESS_SECONDS} seconds")
        raise PressError("the press broke down over the page")
    is_made, made = pickle.loads(answer)  # noqa: S301 -- from our own process
    if not is_made:
        raise PressError(made)
    return made


def _connected() -> socket.socket:
    """A line to the room, opened anew where there is none or it has gone."""
    room = _Door.room
    if room:
        try:
            return _line(room)
        except (ConnectionRefusedError, FileNotFoundError):
            pass
    with _Door.lock:
        if _Door.room is room:
            _Door.room = _Room()
    return _line(_Door.room)


def _line(room: _Room | None) -> socket.socket:
    assert room
    line = socket.socket(socket.AF_UNIX)
    try:
        line.connect(room.address)
    except OSError:
        line.close()
        raise
    return line

"""The room of the presses: `python -m protocols.extracts.room` sets pages for those who ask (see `pool`).

It loads the fonts once and forks its presses, each of which takes one page after the other from the socket
that it was started with. A page that takes too long ends its press, and only that: a new one is forked at
once, warm. The room ends when its standard input does, that is when those who can ask have ended, however
they ended.
"""

from __future__ import annotations

import os
import pickle
import resource
import select
import shutil
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from protocols.extracts import press

#: What may be asked for, by the name of the function.
ASKED_FOR = {function.__name__: function for function in (press.html_to_pdf, press.html_to_pdf_with_places)}
READY = "ready"  # said to the one who opened it, when it is warm
PAGES_EACH = 300  # then a press makes room for a new one, so that no memory grows for months
MOST_MEMORY = 3 * 1024**3  # bytes of address space; a page that wants more is refused
HANDS_OVER_IN = 10.0  # seconds for the question and for the answer to pass the socket

_SAMPLE = (
    '<html lang="sv"><head><title>Prov</title></head><body>'
    f"<h1>Prov</h1><p>{'Upphandlingsförordningen gäller <em>även</em> <strong>här</strong>. ' * 9}</p>"
    '<ol><li>a</li></ol><table><tr><th>b</th><td><a href="#">c</a></td></tr></table></body></html>'
)


def main(arguments: list[str]) -> None:
    """Keep the presses running: arguments are the socket's number, how many presses, seconds for a page."""
    number, presses, seconds = arguments
    listener = socket.socket(fileno=int(number))
    listener.setblocking(False)
    for name in (signal.SIGINT, signal.SIGHUP):  # meant for those who ask; they end what they have begun
        signal.signal(name, signal.SIG_IGN)
    press.html_to_pdf(_SAMPLE)
    awake, wake = socket.socketpair()
    wake.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake.fileno())
    running = {_forked(listener, float(seconds)) for _press in range(int(presses))}
    print(READY, flush=True)
    while True:
        while len(running) < int(presses):
            running.add(_forked(listener, float(seconds)))
        ready, _write, _errors = select.select([awake, sys.stdin], [], [])
        if sys.stdin in ready:
            break
        awake.recv(4096)
        running -= _ended()
    signal.set_wakeup_fd(-1)
    shutil.rmtree(Path(listener.getsockname()).parent, ignore_errors=True)
    os._exit(0)  # Pango's fonts do not survive the interpreter's own end


def _ended() -> set[int]:
    found = set()
    with suppress(ChildProcessError):
        while (pid := os.waitpid(-1, os.WNOHANG)[0]) != 0:
            found.add(pid)
    return found


def _forked(listener: socket.socket, seconds: float) -> int:
    pid = os.fork()
    if pid == 0:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        try:
            _work(listener, seconds)
        finally:
            os._exit(0)
    return pid


def _work(listener: socket.socket, seconds: float) -> None:
    """One press: page after page, until those who ask are gone."""
    done = 0
    while done < PAGES_EACH:
        ready, _write, _errors = select.select([listener, sys.stdin], [], [])
        if sys.stdin in ready:
            return
        try:
            line, _address = listener.accept()
        except BlockingIOError:  # another press was quicker
            continue
        with line, suppress(OSError):
            _answer(line, seconds)
        done += 1


def _answer(line: socket.socket, seconds: float) -> None:
    line.settimeout(HANDS_OVER_IN)
    name, arguments = pickle.loads(_read(line))  # noqa: S301 -- the socket lies in a folder of this user alone
    if _has_gone(line):
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)  # nobody handles the alarm: it ends the press
    answer: tuple[bool, Any]
    try:
        answer = True, ASKED_FOR[name](*arguments)
    except Exception as error:  # noqa: BLE001 -- whatever it was, it is told to the one who asked
        answer = False, f"{type(error).__name__}: {error}"
    signal.setitimer(signal.ITIMER_REAL, 0)
    line.sendall(pickle.dumps(answer))


def _read(line: socket.socket) -> bytes:
    return b"".join(iter(lambda: line.recv(1024 * 1024), b""))


def _has_gone(line: socket.socket) -> bool:
    """Whether the one who asked has given up while the question waited."""
    poll = select.poll()
    poll.register(line, 0)
    return any(event & select.POLLHUP for _number, event in poll.poll(0))


if __name__ == "__main__":
    main(sys.argv[1:])

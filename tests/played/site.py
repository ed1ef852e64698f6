"""The production server beside a test, on the test's own database: started, killed, started again."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from urllib.parse import urlencode

import psutil
from django.conf import settings
from django.db import connection

from tests.played.phones import TOKEN

PATIENCE = 300.0  # seconds: against hanging only


def wait_until(what: Callable[[], bool]) -> None:
    """Look every few milliseconds."""
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.005)


class Site:
    """`python -m config.serve` on a port of its own."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.start()

    def start(self) -> None:
        """Until it answers."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.serve", "--with-parent", "--port", str(self.port)],
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "DATABASE_URL": _database(),
                "KLUBBSLAG_DEMO": "0",
            },
            cwd=settings.BASE_DIR,
            stdout=subprocess.DEVNULL,
        )
        wait_until(self._answers)

    def kill(self) -> None:
        """kill -9, of the master and of its workers."""
        master = psutil.Process(self.process.pid)
        everybody = [master, *master.children(recursive=True)]
        for process in everybody:
            process.kill()
        self.process.wait()
        psutil.wait_procs(everybody)

    def ask(self, address: str, cookie: str, data: dict[str, str] | None = None) -> tuple[int, bytes]:
        """Ask or, with data, post; the answer's status and body."""
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            self._send(asking, address, cookie, data)
            answer = asking.getresponse()
            return answer.status, answer.read()
        finally:
            asking.close()

    def post_unheard(self, address: str, cookie: str, data: dict[str, str]) -> None:
        """Post, and be gone before the answer."""
        asking = http.client.HTTPConnection("127.0.0.1", self.port)
        self._send(asking, address, cookie, data)
        asking.close()

    @staticmethod
    def _send(
        asking: http.client.HTTPConnection, address: str, cookie: str, data: dict[str, str] | None
    ) -> None:
        headers = {"Cookie": f"{cookie}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
        if data is None:
            asking.request("GET", address, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            asking.request("POST", address, body=urlencode(data), headers=headers)

    def _answers(self) -> bool:
        assert self.process.poll() is None, "the server ended"
        try:
            return self.ask("/halsa", "")[0] == http.HTTPStatus.OK
        except OSError:
            return False


def _database() -> str:
    """The test's database, as an address for another process."""
    known = connection.get_connection_params()
    options = {key: str(known[key]) for key in ("host", "port", "user", "password") if known.get(key)}
    return f"postgresql:///{known['dbname']}?{urlencode(options)}"

"""A real mail server on this machine: it keeps what it takes, and refuses what a test wants refused."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

#: Django's own way of sending.
BACKEND = "django.core.mail.backends.smtp.EmailBackend"


@dataclass
class MailServer:
    """`refuses` says how an address is answered at RCPT; `taken` are the letters with their recipients."""

    refuses: dict[str, str] = field(default_factory=dict)
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    before_answer: Callable[[], None] = lambda: None
    hangs_up: bool = False
    port: int = 0

    async def handle_RCPT(  # noqa: N802 -- called by aiosmtpd
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        message: Any = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append((envelope.rcpt_tos[0], message))
        self.before_answer()
        if self.hangs_up and isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
        return "250 taken"

    def sent_to(self) -> list[str]:
        return sorted(address for address, _message in self.taken)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server = MailServer(port=probe.getsockname()[1])
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def in_threads(act: Callable[[], object], times: int) -> None:
    """Do it so many times at once."""
    ready = threading.Barrier(times)

    def run() -> None:
        ready.wait()
        act()

    threads = [threading.Thread(target=run) for _time in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

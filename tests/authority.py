"""A time-stamping authority and a list of what is revoked, on this machine: pyHanko's own behind HTTP."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys, tsp
from cryptography.hazmat.primitives import serialization
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from tests.certificates import for_pyhanko, revocations, time_stamping


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        """A time stamp for the digest that was sent (RFC 3161)."""
        certificate, key = time_stamping()
        der = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        authority = DummyTimeStamper(for_pyhanko(certificate), keys.PrivateKeyInfo.load(der))
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        answer = authority.request_tsa_response(tsp.TimeStampReq.load(asked))
        self._answer("application/timestamp-reply", answer.dump())

    def do_GET(self) -> None:
        """What is revoked."""
        self._answer("application/pkix-crl", revocations())

    def _answer(self, kind: str, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
        """Quiet."""


@contextmanager
def authority() -> Iterator[str]:
    """Its address: POST for time stamps, GET with any path for what is revoked."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()

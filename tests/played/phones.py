"""Phones and screens that follow a meeting over HTTP, as static/js/news.js does: all in one event loop."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

TOKEN = "b" * 32  # any will do: the header and the cookie must be the same
PAUSE = 0.3  # seconds until a lost connection is tried again

_MINE = re.compile(r'(Nu behandlas|Senast klubbat)</p>\s*<h2 id="now">§\s(\d+)')
_SCREEN = re.compile(r'screen-number">§\s(\d+)')
_LOOKS = re.compile(r"laget=(\w+)")


@dataclass(frozen=True, order=True)
class Moment:
    """How far the meeting has come on a page: the § and whether it is decided."""

    number: int
    is_decided: bool


def moment_of(page: str) -> Moment | None:
    """What the page shows; None before the first §."""
    if mine := _MINE.search(page):
        return Moment(int(mine[2]), mine[1] == "Senast klubbat")
    if screen := _SCREEN.search(page):
        return Moment(int(screen[1]), "screen-result" in page)
    return None


@dataclass
class Phone:
    """One page that follows; `seen`: what it has shown, and when. While `is_cut` it has no network."""

    port: int
    stream: str
    page: str
    cookie: str
    seen: list[tuple[float, Moment]] = field(default_factory=list)
    shown: str = ""
    brought: int = 0
    asked: int = 0
    refused: int = 0
    is_cut: bool = False
    _is_asking: bool = False
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)
    _wants: asyncio.Event = field(default_factory=asyncio.Event)

    async def follow(self) -> None:
        """Until it is cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen())
            tasks.create_task(self._ask_when_told())

    def cut(self) -> None:
        """Lose the network, with all that was under way."""
        self.is_cut = True
        for writer in self._writers:
            writer.close()

    def mend(self) -> None:
        """Have it again."""
        self.is_cut = False

    async def reserve(self, paragraph: int, html: str, *, loses_answers: bool = False) -> None:
        """Reserve against the § by its id, and write the text: each pressed again until it is answered."""
        answer = await self._send(f"/paragrafer/{paragraph}/reservera/", {}, loses_answer=loses_answers)
        (row,) = set(re.findall(rf'id="(?:write|text)-{paragraph}" href="/reservationer/(\d+)/"', answer))
        text = {"html": html, "version": "0"}
        await self._send(f"/reservationer/{row}/", text, loses_answer=loses_answers)

    async def _send(self, address: str, data: dict[str, str], *, loses_answer: bool) -> str:
        while True:
            try:
                status, body = await self._request(address, data, drops=loses_answer)
            except OSError:
                await asyncio.sleep(PAUSE)
            else:
                if status >= 400:
                    raise RuntimeError(f"{address} answered {status}: {body[:500]}")
                return body
            finally:
                loses_answer = False

    async def _listen(self) -> None:
        while True:
            try:
                async for name, data in self._events():
                    if name == "page" and not self._is_asking:
                        self.brought += 1
                        self._show(data)
                    else:  # an answer under way may be older than what is brought: it is asked again
                        self._wants.set()
            except OSError:
                pass
            await asyncio.sleep(PAUSE)

    async def _ask_when_told(self) -> None:
        while True:
            await self._wants.wait()
            self._wants.clear()
            self._is_asking = True
            try:
                looks = "".join(_LOOKS.findall(self.shown)[:1])
                sign = "&" if "?" in self.page else "?"
                status, body = await self._request(f"{self.page}{sign}laget={looks}")
            except OSError:
                self._wants.set()
                await asyncio.sleep(PAUSE)
            else:
                self.asked += 1
                if status == 200:
                    self._show(body)
                elif status != 204:  # too much at once; a page asks again within half a minute
                    self.refused += 1
                    self._wants.set()
                    await asyncio.sleep(PAUSE)
            finally:
                self._is_asking = False

    def _show(self, page: str) -> None:
        self.shown = page
        if moment := moment_of(page):
            self.seen.append((time.perf_counter(), moment))

    async def _events(self) -> AsyncIterator[tuple[str, str]]:
        reader, writer = await self._open(self.stream)
        try:
            await _head(reader)
            name = data = ""
            while (line := await reader.readline()).endswith(b"\n"):  # half a line is none
                text = line.decode().rstrip("\n")
                if text.startswith("event: "):
                    name = text.removeprefix("event: ")
                elif text.startswith("data: "):
                    data = text.removeprefix("data: ")  # one line: see protocols.views.pushing
                elif not text and name:
                    yield name, data
                    name = ""
        finally:
            self._close(writer)

    async def _request(
        self, address: str, data: dict[str, str] | None = None, *, drops: bool = False
    ) -> tuple[int, str]:
        reader, writer = await self._open(address, data)
        try:
            if drops:
                await asyncio.sleep(PAUSE)  # it has arrived
                raise ConnectionResetError("the network went away")
            status, length = await _head(reader)
            body = await reader.read()
            if len(body) < length:
                raise ConnectionResetError("half an answer")
            return status, body.decode()
        finally:
            self._close(writer)

    async def _open(
        self, address: str, data: dict[str, str] | None = None
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self.is_cut:
            raise ConnectionRefusedError("no network")
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        self._writers.add(writer)
        body = urlencode(data or {})
        head = [
            f"{'GET' if data is None else 'POST'} {address} HTTP/1.0",  # the answer ends with the connection
            "Host: 127.0.0.1",
            f"Cookie: {self.cookie}; csrftoken={TOKEN}",
            f"X-CSRFToken: {TOKEN}",
            "HX-Request: true",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
        writer.write(("\r\n".join(head) + "\r\n\r\n" + body).encode())
        return reader, writer

    def _close(self, writer: asyncio.StreamWriter) -> None:
        self._writers.discard(writer)
        writer.close()


async def _head(reader: asyncio.StreamReader) -> tuple[int, int]:
    """The status of an answer and how long it says to be, its head read; OSError where it breaks off."""
    lines = []
    while (line := await reader.readline()).strip():
        lines.append(line)
    if not line or not lines:
        raise ConnectionResetError("no answer")
    fields = dict(line.lower().split(b": ", 1) for line in lines[1:])
    return int(lines[0].split()[1]), int(fields.get(b"content-length", 0))


class Chamber:
    """All who follow, in a thread of their own, so that the meeting can go on beside them."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="chamber", daemon=True)
        self._thread.start()

    def run(self, what: Coroutine[Any, Any, None]) -> Future[None]:
        """Let somebody do something beside all others."""
        return asyncio.run_coroutine_threadsafe(what, self._loop)

    def call(self, what: Callable[[], object]) -> None:
        """Do it where nothing else of the phones runs meanwhile."""
        self._loop.call_soon_threadsafe(what)

    def leave(self) -> None:
        """Everybody goes."""
        asyncio.run_coroutine_threadsafe(self._end_all(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @staticmethod
    async def _end_all() -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

"""A whole fullmäktige with its phones: how long it takes from an act until everybody's page shows it.

The watchers are threads of a process beside the server, on the same cores: what they cost is in the figures.
"""

from __future__ import annotations

import http.client
import threading
import time
from dataclasses import dataclass, field

import psutil

from protocols.actions.taking_up import take_up
from protocols.models import Paragraph
from tests.bench.data import whole_meeting
from tests.factories import Region, decide
from tests.seventy_one import cookie_of, fill_assembly

SCREENS = 30  # beside the members: others who watch what the screen in the room shows
PATIENCE = 20.0  # seconds
ITEMS = 12


@dataclass
class Watcher:
    """A page that listens: it is brought what it shows, or told to ask for it; `seen`: when it had it."""

    port: int
    stream: str
    page: str
    cookie: str
    seen: list[float] = field(default_factory=list)
    is_listening: threading.Event = field(default_factory=threading.Event)

    def follow(self) -> None:
        """Until the stream ends."""
        told = http.client.HTTPConnection("127.0.0.1", self.port)
        told.request("GET", self.stream, headers={"Cookie": self.cookie})
        answer = told.getresponse()
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{self.stream} answered {answer.status}")
        self._ask()
        while name := self._event(answer):
            if name == b"page":
                self._have()
            elif name == b"agenda":
                self._ask()

    @staticmethod
    def _event(answer: http.client.HTTPResponse) -> bytes:
        """The name of the next event when all of it is here; b"" at the end."""
        name = b""
        while line := answer.readline():
            if line.startswith(b"event: "):
                name = line[7:].strip()
            elif not line.strip() and name:
                return name
        return b""

    def _ask(self) -> None:
        """On a connection of its own: a kept one may just have been closed."""
        asking = http.client.HTTPConnection("127.0.0.1", self.port)
        asking.request("GET", self.page, headers={"Cookie": self.cookie, "HX-Request": "true"})
        asking.getresponse().read()
        asking.close()
        self._have()

    def _have(self) -> None:
        self.seen.append(time.perf_counter())
        self.is_listening.set()


@dataclass
class Found:
    """`seconds`: from each act until each watcher has it; `processor`: the server's, of each act."""

    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)


def from_act_to_screen(port: int, region: Region, *, server: psutil.Process | None = None) -> Found:
    """Acts of a meeting (an item is taken up, decided), each until every watcher has the page."""
    cookies = [cookie_of(user) for user in fill_assembly(region)]
    items = whole_meeting(region, ITEMS)
    watchers = _all_follow(port, items[0].meeting_id, cookies, cookie_of(region.secretary))
    found = Found()
    for item in items:
        for act in (
            lambda item=item: take_up(item, by=region.secretary),
            lambda item=item: _decided(region, item),
        ):
            times = [len(watcher.seen) for watcher in watchers]
            used = _used(server)
            act()
            found.seconds += _delays(watchers, time.perf_counter(), times)
            time.sleep(0.5)  # whoever was told twice has asked twice
            found.processor.append(_used(server) - used)
    return found


def _used(server: psutil.Process | None) -> float:
    """Seconds that the web server's processes have had of the processor, without the database."""
    processes = [server, *server.children(recursive=True)] if server else []
    return sum(sum(process.cpu_times()[:2]) for process in processes if "postgres" not in process.name())


def _decided(region: Region, item: Paragraph) -> None:
    item.refresh_from_db()
    decide(region, item)


def _all_follow(port: int, meeting: int, cookies: list[str], secretary: str) -> list[Watcher]:
    """Everybody, connected and with the page before the eyes."""
    news, wall = f"/sammantraden/{meeting}/nyheter/?sida=", f"/sammantraden/{meeting}/storbild/"
    mine = f"/mitt-sammantrade/?sammantrade={meeting}"
    watchers = [Watcher(port, f"{news}mitt", mine, cookie) for cookie in cookies]
    watchers += [Watcher(port, f"{news}storbild", wall, secretary) for _number in range(SCREENS)]
    for watcher in watchers:
        threading.Thread(target=watcher.follow, daemon=True).start()
    for watcher in watchers:
        if not watcher.is_listening.wait(PATIENCE):
            raise RuntimeError("a watcher did not get the page")
    return watchers


def _delays(watchers: list[Watcher], since: float, times: list[int]) -> list[float]:
    """Seconds from the moment until each watcher had asked anew; `times` is how often each had before."""
    deadline = since + PATIENCE
    found = []
    for watcher, before in zip(watchers, times, strict=True):
        while len(watcher.seen) <= before:
            if time.perf_counter() > deadline:
                raise RuntimeError("a watcher was never told")
            time.sleep(0.005)
        found.append(watcher.seen[before] - since)
    return found

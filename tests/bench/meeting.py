"""A whole fullmäktige with its phones: how long it takes from an act until everybody's page shows it.

The watchers are threads of a process beside the server, on the same cores: what they cost is in the figures.
"""

from __future__ import annotations

import http.client
import threading
import time
from dataclasses import dataclass, field

from protocols.actions.taking_up import take_up
from protocols.models import Paragraph
from tests.bench.data import whole_meeting
from tests.factories import Region, decide

#: 71 members and 30 others.
WATCHERS = 101
PATIENCE = 20.0  # seconds
ITEMS = 12


@dataclass
class Watcher:
    """A page that listens, and asks anew for what it shows when it is told to; `seen`: when it had it."""

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
        while part := answer.read1(4096):
            if b"event: agenda" in part:
                self._ask()

    def _ask(self) -> None:
        """On a connection of its own: a kept one may just have been closed."""
        asking = http.client.HTTPConnection("127.0.0.1", self.port)
        asking.request("GET", self.page, headers={"Cookie": self.cookie, "HX-Request": "true"})
        asking.getresponse().read()
        asking.close()
        self.seen.append(time.perf_counter())
        self.is_listening.set()


def from_act_to_screen(port: int, region: Region, cookie: str) -> list[float]:
    """Seconds from each act of a meeting (an item is taken up, decided) until each watcher has the page."""
    items = whole_meeting(region, ITEMS)
    watchers = _all_follow(port, items[0].meeting_id, cookie)
    taken = []
    for item in items:
        for act in (
            lambda item=item: take_up(item, by=region.secretary),
            lambda item=item: _decided(region, item),
        ):
            times = [len(watcher.seen) for watcher in watchers]
            act()
            taken += _delays(watchers, time.perf_counter(), times)
            time.sleep(0.5)  # whoever was told twice has asked twice
    return taken


def _decided(region: Region, item: Paragraph) -> None:
    item.refresh_from_db()
    decide(region, item)


def _all_follow(port: int, meeting: int, cookie: str) -> list[Watcher]:
    """Everybody, connected and with the page before the eyes."""
    stream, page = f"/sammantraden/{meeting}/nyheter/", f"/mitt-sammantrade/?sammantrade={meeting}"
    watchers = [Watcher(port, stream, page, cookie) for _number in range(WATCHERS)]
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

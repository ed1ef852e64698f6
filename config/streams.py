"""Answers that go on: server-sent events that tell an open page to look again, or bring what it shows."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Mapping
from http import HTTPStatus
from threading import BoundedSemaphore

from django.conf import settings
from django.db import connection
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from config.environment import env_int
from config.news import exchange

LASTS = 300.0  # seconds; then the browser asks again, and whether it may is asked again, too
BUNDLE = 0.03  # seconds: what one act tells in several transactions is one change to the page
RETRY = 1_000  # milliseconds until a browser that lost the connection asks again

#: Each stream holds a thread of the server; the rest of the threads answer pages.
_places = BoundedSemaphore(env_int("KLUBBSLAG_STREAMS", 16))


def stream(topics: Mapping[str, str], push: Callable[[], str | None] | None = None) -> HttpResponseBase:
    """Send an event of the name whenever its topic is told, and one of each to begin with.

    The events carry no content: the page asks for what it shows, as whoever it is. With `push` one event
    `page` carries it instead; where `push` gives None, the page is told to ask. 204 when the process has no
    place left: the browser gives up, and the page goes on asking now and then as it does anyway.
    """
    if not _places.acquire(blocking=False):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    events = _Events(topics, push)
    response = StreamingHttpResponse(events, content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"  # a proxy in between passes each event on
    return response


class _Events:
    """The events of one stream; its place is free again when the server closes it, however it ends."""

    def __init__(self, topics: Mapping[str, str], push: Callable[[], str | None] | None) -> None:
        self._events = _events(topics, push)
        self._has_place = True

    def __iter__(self) -> Iterator[str]:
        return self._events

    def close(self) -> None:
        """Called by Django when the answer is over."""
        self._events.close()
        if self._has_place:
            self._has_place = False
            _places.release()


def _events(topics: Mapping[str, str], push: Callable[[], str | None] | None) -> Generator[str]:
    names, places = list(topics), list(topics.values())
    seen = exchange.now(places)
    connection.close()  # it would be kept for as long as the page is open
    yield f"retry: {RETRY}\n\n" + "".join(_event(name, name) for name in names)
    end = time.monotonic() + LASTS
    while time.monotonic() < end and not exchange.is_ending:
        state = exchange.wait(places, seen, settings.NEWS_HEARTBEAT)
        if state != seen:
            state = exchange.wait_out(places, BUNDLE)
        is_new = state[0] != seen[0]
        told = [
            name for name, old, new in zip(names, seen[1:], state[1:], strict=True) if is_new or old != new
        ]
        seen = state
        content = push() if push and told else None
        if content is None:
            yield "".join(_event(name, name) for name in told) or ": still here\n\n"
        else:
            yield _event("page", content)


def _event(name: str, data: str) -> str:
    lines = "".join(f"data: {line}\n" for line in data.splitlines())
    return f"event: {name}\n{lines}\n"

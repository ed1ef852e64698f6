"""Answers that go on: server-sent events that tell an open page to look again."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Mapping
from http import HTTPStatus
from threading import BoundedSemaphore

from django.conf import settings
from django.db import connection
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from config.environment import env_int
from config.news import exchange

LASTS = 300.0  # seconds; then the browser asks again, and whether it may is asked again, too
RETRY = 1_000  # milliseconds until a browser that lost the connection asks again

#: Each stream holds a thread of the server; the rest of the threads answer pages.
_places = BoundedSemaphore(env_int("KLUBBSLAG_STREAMS", 16))


def stream(topics: Mapping[str, str]) -> HttpResponseBase:
    """Send an event of the name whenever its topic is told, and one of each to begin with.

    The events carry no content: the page asks for what it shows, as whoever it is. 204 when the process has
    no place left: the browser gives up, and the page goes on asking now and then as it does anyway.
    """
    if not _places.acquire(blocking=False):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    events = _Events(topics)
    response = StreamingHttpResponse(events, content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"  # a proxy in between passes each event on
    return response


class _Events:
    """The events of one stream; its place is free again when the server closes it, however it ends."""

    def __init__(self, topics: Mapping[str, str]) -> None:
        self._events = _events(topics)
        self._has_place = True

    def __iter__(self) -> Iterator[str]:
        return self._events

    def close(self) -> None:
        """Called by Django when the answer is over."""
        self._events.close()
        if self._has_place:
            self._has_place = False
            _places.release()


def _events(topics: Mapping[str, str]) -> Generator[str]:
    names, places = list(topics), list(topics.values())
    seen = exchange.now(places)
    connection.close()  # it would be kept for as long as the page is open
    yield f"retry: {RETRY}\n\n" + "".join(map(_event, names))
    end = time.monotonic() + LASTS
    while time.monotonic() < end and not exchange.is_ending:
        state = exchange.wait(places, seen, settings.NEWS_HEARTBEAT)
        is_new = state[0] != seen[0]
        told = [
            name for name, old, new in zip(names, seen[1:], state[1:], strict=True) if is_new or old != new
        ]
        seen = state
        yield "".join(map(_event, told)) or ": still here\n\n"


def _event(name: str) -> str:
    return f"event: {name}\ndata: {name}\n\n"

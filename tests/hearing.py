"""Hearing what a meeting tells, in a test: from now on, and whatever it takes until it is told."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection

from config.news import CHANNEL, exchange
from protocols.models import Meeting
from protocols.models.telling import ABOUT, topic


def hear_all_so_far() -> None:
    """Wait for what was told before: news come in the order they were told, so that a last word ends them."""
    seen = exchange.now(["so far"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, "so far"])
    assert exchange.wait(["so far"], seen, 10) != seen


def to_be_told(meeting: Meeting) -> Callable[[], set[str]]:
    """Begin to listen; the answer gives the kinds of news since then."""
    topics = [topic(meeting.pk, about) for about in ABOUT]
    started = exchange.now(topics)
    if not started[0]:
        exchange.wait(topics, started, 10)
    hear_all_so_far()
    seen = exchange.now(topics)

    def told() -> set[str]:
        state = exchange.wait(topics, seen, 10)
        state = exchange.wait(topics, state, 0.2)  # what else the same act told
        return {about for about, old, new in zip(ABOUT, seen[1:], state[1:], strict=True) if old != new}

    return told

"""The news of other processes: heard at once, lost with the database and then told to everybody."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator

import pytest
from django.db import connection

from config.news import CHANNEL, Exchange

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 10.0  # seconds; everything here comes within a tenth


@pytest.fixture
def exchange(transactional_db: None) -> Generator[Exchange, None, None]:
    """One that listens."""
    made = Exchange()
    made.wait(["a"], made.now(["a"]), PATIENCE)
    yield made
    made.end()


def tell(topic: str) -> None:
    """As a trigger does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, topic])


def test_a_topic_that_is_told_wakes_who_waits_for_it(exchange: Exchange) -> None:
    seen = exchange.now(["a", "b"])
    tell("b")
    state = exchange.wait(["a", "b"], seen, PATIENCE)
    assert [new - old for old, new in zip(seen, state, strict=True)] == [0, 0, 1]


def test_another_topic_does_not(exchange: Exchange) -> None:
    seen = exchange.now(["a"])
    tell("b")
    assert exchange.wait(["a"], seen, 0.3) == seen


def test_a_lost_database_tells_everybody_to_look_again(exchange: Exchange) -> None:
    seen = exchange.now(["a"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query = %s",
            [f"LISTEN {CHANNEL}"],
        )
        assert cursor.rowcount
    state = exchange.wait(["a"], seen, PATIENCE)
    assert state != seen
    tell("a")
    assert exchange.wait(["a"], state, PATIENCE)[1] == seen[1] + 1


def test_ending_lets_everybody_go(exchange: Exchange) -> None:
    waiting = threading.Thread(target=exchange.wait, args=[["a"], exchange.now(["a"]), 60.0])
    waiting.start()
    start = time.monotonic()
    exchange.end()
    waiting.join(PATIENCE)
    assert not waiting.is_alive()
    assert time.monotonic() - start < PATIENCE

"""Work in the background: done at once when it is told of, after a failure too; it ends with the process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from queue import Empty, Queue

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from config import background
from config.background import Work, keep_at
from config.news import CHANNEL, Exchange
from protocols.actions.background import works

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 10.0  # seconds; everything here comes within a tenth
TOPIC = "work"


@pytest.fixture
def exchange(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Generator[Exchange, None, None]:
    """One of the test's own, so that ending it ends nothing else."""
    made = Exchange()
    monkeypatch.setattr(background, "exchange", made)
    made.wait([TOPIC], made.now([TOPIC]), PATIENCE)
    yield made
    made.end()


def tell(topic: str = TOPIC) -> None:
    """As a trigger does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, topic])


def at_work(do: Callable[[], object], until_due: Callable[[], float] = lambda: 60.0) -> threading.Thread:
    thread = threading.Thread(target=keep_at, args=[Work("test", TOPIC, do, until_due)], daemon=True)
    thread.start()
    return thread


def test_work_is_done_at_the_start_and_whenever_it_is_told_of(exchange: Exchange) -> None:
    done: Queue[int] = Queue()
    at_work(lambda: done.put(1))
    done.get(timeout=PATIENCE)
    tell()
    done.get(timeout=PATIENCE)
    tell("something else")
    with pytest.raises(Empty):
        done.get(timeout=0.3)


def test_what_falls_due_by_itself_is_done_then(exchange: Exchange) -> None:
    done: Queue[int] = Queue()
    at_work(lambda: done.put(1), lambda: 0.05)
    for _time in range(3):
        done.get(timeout=PATIENCE)


def test_after_a_failure_the_next_is_done(exchange: Exchange, caplog: pytest.LogCaptureFixture) -> None:
    done: Queue[int] = Queue()
    failures = [RuntimeError("the disk is full")]

    def fail_once() -> None:
        done.put(1)
        if failures:
            raise failures.pop()

    at_work(fail_once)
    done.get(timeout=PATIENCE)
    tell()
    done.get(timeout=PATIENCE)
    assert "the disk is full" in caplog.text


def test_it_ends_with_the_process(exchange: Exchange) -> None:
    thread = at_work(lambda: None)
    exchange.end()
    thread.join(PATIENCE)
    assert not thread.is_alive()


def test_minutes_are_signed_where_there_is_a_certificate(settings: Settings) -> None:
    assert [work.name for work in works()] == ["mail", "bundles", "summonses", "readings"]
    settings.SIGNING_CERTIFICATE = "certificate.p12"
    assert [work.name for work in works()] == ["mail", "bundles", "summonses", "readings", "signing"]

"""News: what was changed elsewhere is known at once in every process (PostgreSQL LISTEN/NOTIFY).

A trigger tells a topic ("meeting/12/agenda") on the channel when a change is committed, whoever made it. One
thread a process listens, and wakes the requests that wait for the topic (`config.streams`). A process that
lost the database tells everybody to look again: nothing is counted on to arrive.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence

import psycopg
from django.db import connection

CHANNEL = "klubbslag"
PAUSE = 1.0  # seconds until a lost database is asked again

logger = logging.getLogger(__name__)


class Exchange:
    """What a process knows: how many times each topic was told. Waiting costs no database connection."""

    def __init__(self) -> None:
        self._told = threading.Condition()
        self._counts: dict[str, int] = {}
        self._starts = 0  # how many times listening began: all that was told in between may be lost
        self._listener: threading.Thread | None = None
        self._ending = threading.Event()

    def now(self, topics: Sequence[str]) -> tuple[int, ...]:
        """The state of the topics, to wait for another one. Begins to listen when nobody has before."""
        with self._told:
            self._listen()
            return self._state(topics)

    def wait(self, topics: Sequence[str], seen: tuple[int, ...], timeout: float) -> tuple[int, ...]:
        """The state of the topics as soon as it is another than `seen`, or after the time (seconds)."""
        with self._told:
            self._told.wait_for(lambda: self._ending.is_set() or self._state(topics) != seen, timeout)
            return self._state(topics)

    def wait_out(self, topics: Sequence[str], seconds: float) -> tuple[int, ...]:
        """The state after the time, with all that is told meanwhile."""
        self._ending.wait(seconds)
        with self._told:
            return self._state(topics)

    @property
    def is_ending(self) -> bool:
        """Whether the process is about to end, and nobody should wait any longer."""
        return self._ending.is_set()

    def end(self) -> None:
        """Let everybody go, and stop listening."""
        self._ending.set()
        with self._told:
            self._told.notify_all()

    def _state(self, topics: Sequence[str]) -> tuple[int, ...]:
        return (self._starts, *(self._counts.get(topic, 0) for topic in topics))

    def _listen(self) -> None:
        if self._listener is None and not self._ending.is_set():
            # The parameters are those of this thread's connection; in a test, of its test database.
            parameters = connection.get_connection_params()
            parameters = {name: value for name, value in parameters.items() if name != "cursor_factory"}
            self._listener = threading.Thread(
                target=self._keep_listening, args=[parameters], name="news", daemon=True
            )
            self._listener.start()

    def _keep_listening(self, parameters: Mapping[str, object]) -> None:
        while not self._ending.is_set():
            try:
                with psycopg.connect(**parameters, autocommit=True) as listening:  # type: ignore[arg-type] # what Django connects with
                    listening.execute(f"LISTEN {CHANNEL}")
                    self._count(None)
                    while not self._ending.is_set():
                        for notice in listening.notifies(timeout=1, stop_after=1):
                            self._count(notice.payload)
            except psycopg.Error as error:
                if self._ending.is_set():
                    return
                logger.warning("Listening for news was interrupted: %s", error)
                self._ending.wait(PAUSE)

    def _count(self, topic: str | None) -> None:
        with self._told:
            if topic is None:
                self._starts += 1
            else:
                self._counts[topic] = self._counts.get(topic, 0) + 1
            self._told.notify_all()


exchange = Exchange()

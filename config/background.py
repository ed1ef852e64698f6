"""What a process does in the background: at once when its topic is told (config.news), and now and then."""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection

from config.news import exchange

#: Seconds: the longest that work sleeps, so that what a killed process has left is found by the next.
LOOKS_AGAIN_AFTER = 60.0
_AFTER_FAILURE = 1.0  # seconds
_ENDS_WITHIN = 4.0  # seconds that the end of the process waits for what is being done

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Work:
    """A kind of work: `do` does all that is due, until `exchange.is_ending`, in a thread of this `name`.

    `topic` is told when there is more of it; `until_due` gives the seconds until something is due by itself.
    Any number of processes do the same work: `do` sees to it that nothing is done twice.
    """

    name: str
    topic: str
    do: Callable[[], object]
    until_due: Callable[[], float] = lambda: LOOKS_AGAIN_AFTER


def start(works: Sequence[Work]) -> None:
    """Do each kind of work in the background of this process from now on, and end with it."""
    threads = [threading.Thread(target=keep_at, args=[work], name=work.name, daemon=True) for work in works]
    for thread in threads:
        thread.start()

    def finish() -> None:
        exchange.end()
        for thread in threads:
            thread.join(_ENDS_WITHIN)

    atexit.register(finish)


def keep_at(work: Work) -> None:
    """Do the work until the process ends; what is left over is there for the next one that starts."""
    while not exchange.is_ending:
        pause, seen = LOOKS_AGAIN_AFTER, exchange.now([work.topic])
        try:
            work.do()
            pause = min(pause, work.until_due())
        except Exception:  # noqa: BLE001 -- whatever it was, what comes after it is done
            _log.exception(
                "The work in the background (%s) was interrupted; it is tried again soon", work.name
            )
            # What was told while it failed is not lost, and what fails and tells of itself does not spin.
            exchange.wait_out([work.topic], _AFTER_FAILURE)
        finally:
            connection.close()
        exchange.wait([work.topic], seen, pause)

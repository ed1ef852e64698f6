"""The thread of each process that signs what waits, woken when a verification is committed."""

from __future__ import annotations

import logging
import threading

from django.db import connection

from config.news import exchange
from protocols.actions.signing import sign_due
from protocols.models.signing import TOPIC
from protocols.signing.configured import signs_minutes

#: Seconds: the longest that it sleeps, so that what a killed process left is signed by the next.
LOOKS_AGAIN_AFTER = 60.0

_log = logging.getLogger(__name__)


def start() -> None:
    """Sign in the background of this process from now on, where the installation signs at all."""
    if signs_minutes():
        threading.Thread(target=keep_signing, name="signing", daemon=True).start()


def keep_signing() -> None:
    """Sign whatever comes until the process ends; its database gives back what was not finished."""
    while not exchange.is_ending:
        try:
            seen = exchange.now([TOPIC])
            sign_due()
        except Exception:  # noqa: BLE001 -- whatever it was, the minutes after it are signed
            _log.exception("Signing was interrupted; it is tried again soon")
            seen = exchange.now([TOPIC])
        finally:
            connection.close()
        exchange.wait([TOPIC], seen, LOOKS_AGAIN_AFTER)

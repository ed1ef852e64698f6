"""Django's PostgreSQL backend that starts the embedded server when a connection is first wanted.

A command that needs no database (collectstatic, compilemessages, check) never starts it.
"""

from __future__ import annotations

import atexit
import os
from functools import cache, partial
from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base

from config.embedded.cluster import Cluster


@cache
def cluster(data: Path, *, durable: bool) -> Cluster:
    """This process's handle on the cluster in `data`; the last process to end stops the server.

    A forked worker leaves that to its parent: signals may cut its own ending short.
    """
    handle = Cluster(data, durable=durable)
    atexit.register(handle.leave)
    os.register_at_fork(after_in_child=partial(atexit.unregister, handle.leave))
    return handle


class DatabaseWrapper(base.DatabaseWrapper):
    """`HOST` is not known before the server runs: the setting EMBEDDED says which cluster to ask."""

    def get_connection_params(self) -> dict[str, Any]:
        parameters: dict[str, Any] = super().get_connection_params()
        embedded = self.settings_dict["EMBEDDED"]
        parameters["host"] = str(cluster(embedded["data"], durable=embedded["durable"]).start())
        return parameters

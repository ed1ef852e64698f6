"""Which database: the one DATABASE_URL names, or the embedded server (`config.embedded`).

`python -m config.database stop` stops the embedded server, `… status` tells about it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.embedded import cluster
from config.embedded.account import data_home
from config.environment import env_bool, env_int, env_path, env_str

EXAMPLE = "postgresql://user:password@host:5432/klubbslag"


def database_settings(data: Path) -> dict[str, Any]:
    """The `default` entry of DATABASES. `data` is the folder under which the embedded server keeps its files.

    KLUBBSLAG_DB_POOL: how many connections a process keeps open at most; 0 (a command line) opens one when
    needed. KLUBBSLAG_DB_DURABLE=0 trades safety against a power cut for speed (the tests do).
    """
    pool = env_int("KLUBBSLAG_DB_POOL", 0)
    common: dict[str, Any] = {
        "CONN_MAX_AGE": 0,  # the pool keeps connections, not the request
        "CONN_HEALTH_CHECKS": True,  # a database that was restarted is no error for whoever asks next
        "OPTIONS": {"pool": {"min_size": 1, "max_size": pool, "timeout": 10}} if pool else {},
        "TEST": {"NAME": env_str("KLUBBSLAG_TEST_DATABASE", "test_klubbslag")},
    }
    url = env_str("DATABASE_URL", "")
    if url:
        entry = parse_database_url(url)
        return {**common, **entry, "OPTIONS": {**entry["OPTIONS"], **common["OPTIONS"]}}
    return {
        **common,
        "ENGINE": "config.embedded",
        "NAME": cluster.DATABASE,
        "USER": cluster.ROLE,
        "PORT": str(cluster.PORT),
        "EMBEDDED": {
            "data": data_home(data) / "postgres",
            "durable": env_bool("KLUBBSLAG_DB_DURABLE", default=True),
        },
    }


def parse_database_url(url: str) -> dict[str, Any]:
    """`postgresql://user:password@host:port/name?option=value` as an entry of DATABASES.

    A socket's folder is written `postgresql:///name?host=/run/postgresql`. Raises ImproperlyConfigured.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"DATABASE_URL must begin with postgresql://, as in {EXAMPLE}")
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ImproperlyConfigured(f"DATABASE_URL names no database; it looks like {EXAMPLE}")
    try:
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(
            f"DATABASE_URL has no number as its port; it looks like {EXAMPLE}"
        ) from error
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or options.pop("password", "")),
        "HOST": unquote(parts.hostname or options.pop("host", "")),
        "PORT": str(port or options.pop("port", "")),
        "OPTIONS": options,
    }


def main(arguments: list[str]) -> int:
    """`stop` or `status` of the embedded server; the exit code is 0 when done (or when it runs)."""
    if env_str("DATABASE_URL", ""):
        print("DATABASE_URL is set: there is no embedded server.")
        return 0
    data = env_path("KLUBBSLAG_DATA", Path(__file__).resolve().parent.parent / ".data")
    server = cluster.Cluster(data_home(data) / "postgres")
    if arguments == ["stop"]:
        server.stop()
        print("The embedded PostgreSQL stands still.")
        return 0
    if arguments == ["status"]:
        found = server.running()
        print(
            f"Runs as process {found.pid}: psql -h {found.socket_dir} -U {cluster.ROLE}"
            if found
            else "Stopped."
        )
        return 0 if found else 3
    print("Usage: python -m config.database stop|status")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

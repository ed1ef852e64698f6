"""What must be true before pages can be served; each step looks first and does nothing when it is done.

The steps need Django to be set up. They write one line each about what they did.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from config.locks import held

NOT_FOR_BROWSERS = ["pdf/*"]  # the press reads it from the source and puts pictures where it names them
ONE_AT_A_TIME = 0x6B6C7562  # the number of the lock under which two servers that start at once take turns


def prepare(*, static: bool) -> None:
    """Everything, in order; `static` False where the development server finds static files itself."""
    compile_messages()
    with _alone():
        migrate()
        load_demo()
    call_command("clearsessions")
    if static:
        collect_static()
    disconnect()


def disconnect() -> None:
    """Close this process's connections.

    Before it forks: two processes on one connection get each other's answers.
    """
    for each in connections.all(initialized_only=True):
        each.close()
        cast("DatabaseWrapper", each).close_pool()


def migrate() -> None:
    """Bring the tables up to date."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with _told("Preparing the tables"):
            call_command("migrate", verbosity=0, interactive=False)


def load_demo() -> None:
    """The made-up region, into an empty database that may have it."""
    if settings.DEMO and not _organisation_is_entered():
        print("Loading the demo region:", flush=True)
        call_command("load_demo")


def show_logins() -> None:
    """One login a role, where the demo region is loaded: the command `demo_logins` knows them."""
    if settings.DEMO:
        call_command("demo_logins")


def compile_messages() -> None:
    """Compile each catalogue that is newer than its compiled form."""
    for catalogue in outdated_catalogues():
        with _told(f"Compiling {catalogue.parent.parent.name} texts"):
            compiled = catalogue.with_suffix(".mo")
            command = ["msgfmt", "--check-format", "--output-file", str(compiled), str(catalogue)]
            subprocess.run(command, check=True)


def outdated_catalogues() -> list[Path]:
    """The .po files without a .mo of the same age or younger."""
    found = [path for place in settings.LOCALE_PATHS for path in Path(place).glob("*/LC_MESSAGES/django.po")]
    return [path for path in found if not _is_younger(path.with_suffix(".mo"), path)]


def _is_younger(compiled: Path, source: Path) -> bool:
    return compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns


def collect_static() -> None:
    """Collect, name by content and compress the static files, unless none has changed since the last time.

    Servers that start at once take turns by a lock of the operating system: they may share the folder and
    have databases of their own.
    """
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".made-from"
    with held(root.with_name(f"{root.name}.lock")):
        state = static_state()
        if stamp.exists() and stamp.read_text(encoding="utf-8") == state:
            return
        with _told("Collecting static files"):
            call_command(
                "collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=NOT_FOR_BROWSERS
            )
            stamp.write_text(state, encoding="utf-8")


def static_state() -> str:
    """A fingerprint of all source files: names, times and sizes, and of what compresses them."""
    digest = hashlib.sha256(version("whitenoise").encode())
    for finder in finders.get_finders():
        for path, storage in sorted(finder.list(NOT_FOR_BROWSERS), key=lambda found: found[0]):
            file = Path(storage.path(path)).stat()
            digest.update(f"{path} {file.st_mtime_ns} {file.st_size}\n".encode())
    return digest.hexdigest()


def _organisation_is_entered() -> bool:
    organisation: Any = apps.get_model("motions", "Organisation")
    return bool(organisation.objects.exists())


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


@contextmanager
def _told(what: str) -> Iterator[None]:
    start = time.monotonic()
    print(f"{what} …", end="", flush=True)
    yield
    print(f" {time.monotonic() - start:.1f} s")


if __name__ == "__main__":
    # `python -m config.prepare`: what tests need, too
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    compile_messages()

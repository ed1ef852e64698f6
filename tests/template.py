"""The tables made once, and copied for each test run: a copy takes a tenth of a second, all migrations many.

The template's name holds a fingerprint of the migrations, so that a changed one makes a new template.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from config.locks import held

PREFIX = "template_klubbslag_"
MADE_OF = ["django", "django-pgtrigger"]


def use_template() -> None:
    """Let the test database be copied from a template, which is made first if it is missing."""
    with held(settings.DATA_DIR / "template.lock"):  # one of the parallel workers makes it, the others wait
        name = f"{PREFIX}{fingerprint()}"
        existing = templates()
        if name not in existing:
            make(name)
            for old in existing:
                drop(old)
    test: dict[str, Any] = connection.settings_dict["TEST"]
    test["TEMPLATE"] = name


def fingerprint() -> str:
    """Sixteen letters that change with any migration of ours and with the packages that bring their own."""
    digest = hashlib.sha256("".join(version(package) for package in MADE_OF).encode())
    for app in ("config", "motions", "protocols"):
        for path in sorted((Path(settings.BASE_DIR) / app / "migrations").glob("*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def templates() -> list[str]:
    """The templates that there are, of this and of other states of the migrations."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        return [row[0] for row in cursor.fetchall()]


def make(name: str) -> None:
    """Migrate a new database and give it its name when it is whole."""
    test: dict[str, Any] = connection.settings_dict["TEST"]
    real, wanted = connection.settings_dict["NAME"], test["NAME"]
    unfinished = f"unfinished_{wanted}"
    test["NAME"] = unfinished
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        test["NAME"] = wanted
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = real
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')


def drop(name: str) -> None:
    """Remove the template of another state, unless somebody is copying it."""
    try:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
    except DatabaseError:
        return

"""The settings of a test run: the same, on a cluster of its own that gives up safety for speed."""

from __future__ import annotations

import fcntl
import os
from itertools import count
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / ".data" / "test"


def _own_database() -> str:
    """A database name that no other test run on this machine uses now; the lock ends with this process.

    Two runs at once (two people in one checkout, an editor beside a terminal) must not drop each other's.
    The workers of pytest-xdist inherit the name and add their own.
    """
    DATA.mkdir(parents=True, exist_ok=True)
    for number in count():
        handle = os.open(DATA / f"run-{number}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
        else:
            return f"test_klubbslag_{number}"
    raise AssertionError("count() does not end")


if "KLUBBSLAG_TEST_DATABASE" not in os.environ:
    os.environ["KLUBBSLAG_TEST_DATABASE"] = _own_database()
os.environ["KLUBBSLAG_DATA"] = str(DATA)
os.environ["KLUBBSLAG_DB_DURABLE"] = "0"

from config.settings import *  # noqa: E402, F403 -- after the environment that they are read from

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one takes 0.3 s a login
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
GALLERY = True
WHITENOISE_AUTOREFRESH = True  # looks for a static file when it is asked for, in the source folders
WHITENOISE_USE_FINDERS = True
NEWS_HEARTBEAT = 0.2  # a page that was closed lets go of its stream at once

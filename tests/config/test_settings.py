from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

SECRET = "x1" * 40


def read(what: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Print `what` of the settings of an installation with these variables and no others of ours."""
    others = {
        name: value for name, value in os.environ.items() if not name.startswith(("KLUBBSLAG_", "DATABASE_"))
    }
    return subprocess.run(
        [sys.executable, "-c", f"from config import settings as s; print([{what}])"],
        env=others | environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_installation_for_the_world_needs_a_secret(tmp_path: Path) -> None:
    result = read("s.DEBUG", KLUBBSLAG_HTTPS="1", KLUBBSLAG_DATA=str(tmp_path))
    assert result.returncode == 1
    assert "KLUBBSLAG_SECRET_KEY must hold at least 50 random characters" in result.stderr


def test_installation_for_the_world_is_closed(tmp_path: Path) -> None:
    result = read(
        "s.DEBUG, s.DEMO, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,"
        "s.SITE_ADDRESS",
        KLUBBSLAG_HTTPS="1",
        KLUBBSLAG_HOSTS="motioner.example",
        KLUBBSLAG_SECRET_KEY=SECRET,
        KLUBBSLAG_DATA=str(tmp_path),
    )
    assert result.stdout == "[False, False, True, True, True, 'https://motioner.example']\n"


def test_installation_on_this_machine(tmp_path: Path) -> None:
    result = read("s.DEBUG, s.DEMO, s.ALLOWED_HOSTS, s.GALLERY", KLUBBSLAG_DATA=str(tmp_path))
    assert result.stdout == "[False, True, ['localhost', '127.0.0.1', '[::1]'], False]\n"

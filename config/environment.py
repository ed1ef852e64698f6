"""Reads settings from environment variables: typed, and failing with a sentence that says what to write.

Each variable can also be given as NAME_FILE, a file that holds the value (secrets of containers).
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on", "ja"}
FALSE = {"0", "false", "no", "off", "nej", ""}


def env_str(name: str, default: str) -> str:
    """The variable, the content of the file that NAME_FILE names, or `default`."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{name}_FILE names {path}, which cannot be read: {error.strerror}"
            ) from error
    return os.environ.get(name, default).strip()


def env_bool(name: str, *, default: bool) -> bool:
    """1/0, true/false, yes/no, on/off, ja/nej."""
    value = env_str(name, "1" if default else "0").lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0.")


def env_int(name: str, default: int) -> int:
    """A whole number, not below zero."""
    value = env_str(name, "") or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number such as {default}.")
    return int(value)


def env_list(name: str, default: list[str]) -> list[str]:
    """Values with commas between them."""
    return [part.strip() for part in env_str(name, ",".join(default)).split(",") if part.strip()]


def env_path(name: str, default: Path) -> Path:
    """A folder or a file; a relative one counts from where the program was started."""
    return Path(env_str(name, str(default))).expanduser().absolute()


def env_secret(name: str, *, kept_in: Path | None) -> str:
    """A secret of at least 50 characters: the variable, or one made once and kept in a file.

    The file `kept_in` (0600); None demands the variable. Two processes that start at once agree on one.
    """
    value = env_str(name, "")
    if not value and kept_in is not None:
        value = _kept_secret(kept_in)
    if len(value) < 50:
        hint = f"{name} must hold at least 50 random characters. Make one: openssl rand -base64 48"
        raise ImproperlyConfigured(hint)
    return value


def _kept_secret(path: Path) -> str:
    try:
        return _read_or_make(path)
    except PermissionError as error:
        hint = "Run as the one who made it, or set KLUBBSLAG_DATA to a folder of your own."
        raise ImproperlyConfigured(f"{path} belongs to another user. {hint}") from error


def _read_or_make(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        mine = path.with_name(f"{path.name}.{os.getpid()}")
        mine.write_text(secrets.token_urlsafe(64), encoding="utf-8")
        mine.chmod(0o600)
        try:
            os.link(mine, path)  # fails when somebody else was first: then theirs counts
        except FileExistsError:
            pass
        finally:
            mine.unlink()
    return path.read_text(encoding="utf-8").strip()

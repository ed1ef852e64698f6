"""One PostgreSQL cluster in a folder: made, started, shared by several processes, stopped by the last.

Two locks of the operating system (flock) keep order; both vanish with the process that holds them, so a
`kill -9` leaves nothing behind:

- `<data>.lock`: exclusive, held while somebody makes, starts or stops the server.
- `<data>.users`: shared, held by every process that uses the server; who can turn it into an exclusive one
  is the last user and may stop the server.

The server listens on a unix socket only, in a folder that nobody but its owner (and root) can enter; the
operating system's permissions are the authentication.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import select
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from config.embedded.account import ROOTS_HOME, EmbeddedServerError, as_account, binaries_for, system_account

PORT = 5432  # only names the socket file: nothing listens on a port
ROLE = "klubbslag"
DATABASE = "klubbslag"
LONGEST_SOCKET_PATH = 107  # bytes: sockaddr_un.sun_path less its closing zero
START_TIMEOUT = 60  # seconds: a server that repairs itself after a crash may need some
ORPHANS_END_IN = 10.0  # seconds: the children of a killed server notice it at most this much later

ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": str(PORT),
    "max_connections": "120",
    "timezone": "UTC",
    "wal_level": "minimal",  # nobody replicates from an embedded server
    "max_wal_senders": "0",
    "random_page_cost": "1.1",  # solid state, not a spinning disk
    "jit": "off",
}
WITHOUT_DURABILITY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class RunningServer:
    """What `postmaster.pid` tells about a live server: its process number and its socket's folder."""

    pid: int
    socket_dir: Path


@dataclass
class Cluster:
    """A PostgreSQL cluster in the folder `data`, for this process and whoever else uses the same folder.

    `durable` False gives up safety against a power cut for speed: for tests only.
    """

    data: Path
    durable: bool = True
    _users: int | None = None
    _pid: int = 0  # the process that took `_users`: a forked one has a copy of the number, but not its say
    _server: RunningServer | None = None
    _watch: int | None = None  # tells, for a microsecond, whether the server of `_server` has ended

    def __post_init__(self) -> None:
        self.data = self.data.resolve()  # one cluster, whatever links lead to it

    def start(self) -> Path:
        """Make sure that the server runs, and give the folder of its socket (libpq's `host`).

        Costs nothing when this process started or found the server before. Raises EmbeddedServerError.
        """
        mine = self._users is not None and self._pid == os.getpid()
        if mine and self._server is not None and self._lives():
            return self._server.socket_dir
        self._make_home()
        with self._locked():
            if not mine:
                self._users, self._pid = self._open(".users"), os.getpid()
                fcntl.flock(self._users, fcntl.LOCK_SH)
            self._server = self.running() or self._start_stopped()
            self._watch_over(self._server)
        return self._server.socket_dir

    def leave(self) -> None:
        """Give the server up, and stop it when nobody else uses it; nothing in a process that never asked."""
        if self._users is None or self._pid != os.getpid():
            return
        with self._locked():
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass  # somebody else still uses it
            else:
                self._stop_running()
            os.close(self._users)
            self._users = self._server = None

    def stop(self) -> None:
        """Stop the server, whoever uses it."""
        if self.data.exists():
            with self._locked():
                self._stop_running()

    def running(self) -> RunningServer | None:
        """The live server of this folder, or None. A number that another program got since does not count."""
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return None
        except PermissionError as error:
            raise EmbeddedServerError(self._not_ours()) from error
        if len(lines) < 8 or lines[7].strip() != "ready":
            return None
        pid = int(lines[0])
        return RunningServer(pid, Path(lines[4])) if self._is_our_postmaster(pid) else None

    # --- the rest is private -------------------------------------------------------------------------------

    def _watch_over(self, server: RunningServer) -> None:
        if self._watch is not None:
            os.close(self._watch)
        self._watch = os.pidfd_open(server.pid) if hasattr(os, "pidfd_open") else None

    def _lives(self) -> bool:
        if self._watch is None:
            return self.running() == self._server
        poll = select.poll()
        poll.register(self._watch, select.POLLIN)
        return not poll.poll(0)

    def _make_home(self) -> None:
        self.data.parent.mkdir(parents=True, exist_ok=True)
        if ROOTS_HOME in self.data.parents:
            for folder in (ROOTS_HOME, self.data.parent):
                folder.chmod(0o755)  # whatever root's umask is: the server's account must get through

    def _stop_running(self) -> None:
        if self.running() is not None:
            self._pg_ctl("stop", "--mode=fast")

    def _start_stopped(self) -> RunningServer:
        self._check_owner()
        if not (self.data / "PG_VERSION").exists():
            self._initdb()
        self._wait_for_transition()
        if (server := self.running()) is not None:
            return server
        self._forget_dead_server()
        deadline = time.monotonic() + ORPHANS_END_IN
        while True:
            try:
                self._pg_ctl("start", *self._start_options())
                break
            except EmbeddedServerError:
                # After a kill -9 of the server its children live on for a moment and hold the shared memory.
                if time.monotonic() > deadline or "shared memory" not in self._log_tail():
                    raise
                time.sleep(0.1)
        server = self.running()
        if server is None:
            raise EmbeddedServerError(f"PostgreSQL started but is not ready. Its log: {self._log}")
        self._ensure_database(server)
        return server

    def _wait_for_transition(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT
        while self.running() is None and self._is_starting_or_stopping() and time.monotonic() < deadline:
            time.sleep(0.1)

    def _initdb(self) -> None:
        """Make the cluster beside its place and rename it: a half-made one is never taken for whole."""
        new = Path(self._beside(".new"))
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        if self.data.exists():
            self.data.rmdir()  # only an empty folder: anything else is somebody's data
        if self._account is not None:
            os.chown(new, self._account.pw_uid, self._account.pw_gid)
        durability = [] if self.durable else ["--no-sync"]
        self._run(
            "initdb",
            *("--pgdata", str(new), "--username=postgres", "--auth=trust", "--encoding=UTF8"),
            # Built in: the same order and the same upper/lower case on every machine, with or without ICU.
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions"),
            *durability,
        )
        new.rename(self.data)

    def _ensure_database(self, server: RunningServer) -> None:
        """The role and the database of the application; the role is no superuser, as on a real server."""
        marker = self.data / "klubbslag-database"
        if marker.exists():
            return
        where = {"host": str(server.socket_dir), "port": PORT, "user": "postgres", "dbname": "postgres"}
        with psycopg.connect(**where, autocommit=True) as connection:  # type: ignore[arg-type]  # mixed kwargs
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(ROLE)))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                make = sql.SQL("CREATE DATABASE {} OWNER {}")
                connection.execute(make.format(sql.Identifier(DATABASE), sql.Identifier(ROLE)))
        marker.touch()

    def _start_options(self) -> list[str]:
        options = ALWAYS | {"unix_socket_directories": str(self._socket_dir())}
        if not self.durable:
            options |= WITHOUT_DURABILITY
        text = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        return ["--options", text, "--log", str(self._log)]

    def _pg_ctl(self, action: str, *arguments: str) -> None:
        self._run(
            "pg_ctl",
            action,
            "--wait",
            "--timeout",
            str(START_TIMEOUT),
            "--pgdata",
            str(self.data),
            *arguments,
        )

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._binaries / program), *arguments]
        # A file, no pipe: the server inherits it and would keep a pipe open.
        with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
            result = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                check=False,
                **as_account(self._account),
            )
            output.seek(0)
            text = output.read().strip()
        if result.returncode != 0:
            raise EmbeddedServerError(f"{program} failed in {self.data}:\n{text}\n{self._log_tail()}".strip())

    @cached_property
    def _account(self) -> pwd.struct_passwd | None:
        """Whom the server runs as: None is ourselves; root must become somebody else, PostgreSQL insists."""
        return system_account() if os.geteuid() == 0 else None

    @cached_property
    def _binaries(self) -> Path:
        return binaries_for(self._account)

    @property
    def _log(self) -> Path:
        return self.data / "server.log"

    def _log_tail(self) -> str:
        try:
            return "\n".join(self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:])
        except OSError:
            return ""

    def _beside(self, suffix: str) -> str:
        return f"{self.data}{suffix}"

    def _open(self, suffix: str) -> int:
        try:
            return os.open(self._beside(suffix), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except PermissionError as error:
            raise EmbeddedServerError(self._not_ours()) from error

    @contextmanager
    def _locked(self) -> Iterator[None]:
        handle = self._open(".lock")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _socket_dir(self) -> Path:
        """The data folder itself (0700), or a short one under /tmp when its path is too long for a socket."""
        if _fits(self.data):
            return self.data
        owner = self._account.pw_uid if self._account else os.geteuid()
        name = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
        short = Path("/tmp") / f"klubbslag-{owner}-{name}"  # noqa: S108 -- made 0700 and checked below
        try:
            short.mkdir(mode=0o700)
            if self._account is not None:
                os.chown(short, self._account.pw_uid, self._account.pw_gid)
        except FileExistsError:
            found = short.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
                hint = (
                    f"{short} belongs to somebody else. Remove it, or set KLUBBSLAG_DATA to a shorter path."
                )
                raise EmbeddedServerError(hint) from None
        return short

    def _forget_dead_server(self) -> None:
        """Remove what a killed server left: its number, beside its data and beside its socket.

        PostgreSQL refuses to start while any program has that number, even a zombie that nobody collects (as
        in a container without an init). The lock that we hold says that no server of this folder is starting.
        """
        (self._socket_dir() / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _is_starting_or_stopping(self) -> bool:
        """Whether a server of this folder lives without being ready: somebody else's pg_ctl is at work."""
        try:
            pid = int((self.data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return False
        return self._is_our_postmaster(pid)

    def _is_our_postmaster(self, pid: int) -> bool:
        try:
            process = psutil.Process(pid)
            words = process.cmdline()
        except psutil.Error:
            return False
        alive = process.status() != psutil.STATUS_ZOMBIE
        return alive and bool(words) and Path(words[0]).name == "postgres" and str(self.data) in words

    def _check_owner(self) -> None:
        if not self.data.exists():
            return
        owner = self.data.stat().st_uid
        if owner != (self._account.pw_uid if self._account else os.geteuid()) and any(self.data.iterdir()):
            raise EmbeddedServerError(self._not_ours())

    def _not_ours(self) -> str:
        return (
            f"The database in {self.data} belongs to another user. Run as the one who made it, "
            "or set KLUBBSLAG_DATA to a folder of your own."
        )


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH

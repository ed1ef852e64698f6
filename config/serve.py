"""`python -m config.serve`: from an empty folder to a running site; Ctrl-C stops the site and its database.

One process prepares everything and then becomes gunicorn's master, so that there is one thing to stop. Its
workers, and it itself with `--with-parent`, end with their parent even when that is killed: nothing keeps the
port for the next start.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication

from config import prepare
from config.embedded.account import EmbeddedServerError
from config.environment import env_bool
from config.news import exchange

PREDECESSOR_ENDS_IN = 3.0  # seconds: a killed server's workers notice it at most this much later
MOST_CONNECTIONS = 17  # to the database, of one process; those who only wait for news hold none
PAGE_THREADS = 16  # threads of a process that are kept for pages; the others hold streams of news
PR_SET_PDEATHSIG = 1  # from linux/prctl.h


class Site(BaseApplication):  # type: ignore[misc] # gunicorn comes without types
    """gunicorn with the application loaded once, before it forks its workers."""

    def __init__(self, application: Callable[..., Any], options: dict[str, Any]) -> None:
        self.application = application
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Called by gunicorn."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """Called by gunicorn."""
        return self.application


def main(arguments: list[str]) -> int:
    """Prepare and serve; returns when it is stopped, or 1 with a sentence about what is in the way."""
    wanted = parse(arguments)
    if wanted.with_parent:
        die_with_parent(signal.SIGTERM)
    if not wait_for_port(wanted.host, wanted.port):
        print(
            f"Something else already listens on {wanted.host}:{wanted.port}.\n"
            f"Stop it, or choose another port: make run PORT={wanted.port + 1}",
            file=sys.stderr,
        )
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not env_bool("KLUBBSLAG_HTTPS", default=False):
        os.environ.setdefault("KLUBBSLAG_ADDRESS", f"http://{wanted.host}:{wanted.port}")
    if wanted.reload:
        os.environ.setdefault("KLUBBSLAG_DEBUG", "1")
    else:
        os.environ.setdefault("KLUBBSLAG_DB_POOL", str(min(wanted.threads + 1, MOST_CONNECTIONS)))
        os.environ.setdefault("KLUBBSLAG_STREAMS", str(max(wanted.threads - PAGE_THREADS, 0)))
    try:
        django.setup()
        prepare.prepare(static=not wanted.reload)
    except (ImproperlyConfigured, EmbeddedServerError, OperationalError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped before it was ready; the next start goes on from here.", file=sys.stderr)
        return 130
    if wanted.reload:
        command = [sys.executable, "manage.py", "runserver", f"{wanted.host}:{wanted.port}"]
        os.chdir(Path(__file__).resolve().parent.parent)
        os.execv(sys.executable, command)  # noqa: S606 -- no shell is wanted
    application = get_wsgi_application()
    # The presses, once for all workers: the first extract of the day is as quick as the next.
    import_string("protocols.extracts.render.warm_up")()  # by name: it needs the set-up above
    Site(application, gunicorn_options(wanted)).run()
    return 0


def gunicorn_options(wanted: argparse.Namespace) -> dict[str, Any]:
    """Two processes for two cores, threads for the waiting in between: most wait for news of a meeting."""

    def when_ready(_server: Any) -> None:
        # A closed terminal stops the site; gunicorn alone would reload, and go on without a terminal.
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
        print(f"\nKlubbslag: {settings.SITE_ADDRESS}", flush=True)
        prepare.show_logins()
        print("Ctrl-C stops it.", flush=True)

    return {
        "bind": f"{wanted.host}:{wanted.port}",
        "worker_class": "gthread",
        "workers": wanted.workers,
        "threads": wanted.threads,
        "preload_app": True,
        "timeout": 60,
        "graceful_timeout": 10,  # a letter that is being handed over may take some of them
        "keepalive": 5,
        "max_requests": 10_000,  # a worker is replaced now and then, so that no leak can grow for months
        "max_requests_jitter": 1_000,
        "loglevel": "warning",
        "control_socket_disable": True,  # nobody steers it from outside, and two sites would share the file
        "pre_fork": lambda _server, _worker: prepare.disconnect(),
        "post_worker_init": begin,
        "post_fork": lambda _server, _worker: die_with_parent(signal.SIGTERM),
        "when_ready": when_ready,
    }


def begin(worker: Any) -> None:
    """A worker's own part of what is done in the background, and an end to it."""
    end_streams_with(worker)
    import_string("protocols.actions.background.start")()


def end_streams_with(worker: Any) -> None:
    """Let open streams go when the worker is told to end, so that it need not wait for them."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        handle = signal.getsignal(number)

        def end(number: int, frame: Any, handle: Any = handle) -> None:
            exchange.end()
            handle(number, frame)

        signal.signal(number, end)


def wait_for_port(host: str, port: int) -> bool:
    """Whether the port is free, or becomes free while a killed predecessor's workers end."""
    deadline = time.monotonic() + PREDECESSOR_ENDS_IN
    while not _is_free(host, port):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
        )  # as gunicorn does: TIME_WAIT is no matter
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def die_with_parent(with_signal: signal.Signals) -> None:
    """Ask the kernel to send this process the signal when its parent ends, however it ends (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(with_signal))


def parse(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m config.serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=128)
    parser.add_argument("--reload", action="store_true", help="development: restarts when a file changes")
    parser.add_argument("--with-parent", action="store_true", help="end when the starting process ends")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

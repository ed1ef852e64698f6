from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from config import serve
from config.embedded.account import data_home
from config.embedded.cluster import Cluster

FIRST_START = 400.0  # seconds: the tables are made, the static files compressed; limits against hanging only
START = 60.0  # seconds: a later one takes one, beside other tests on a busy machine many


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def data(port: int) -> Iterator[Path]:
    """The data of one site, made by the first start."""
    folder = settings.DATA_DIR / "served" / str(os.getpid())
    folder.mkdir(parents=True)
    with running(folder, port, FIRST_START) as first:
        stop(first, signal.SIGINT)
    yield folder
    shutil.rmtree(folder)
    shutil.rmtree(data_home(folder), ignore_errors=True)


@pytest.fixture
def site(data: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    with running(data, port) as process:
        yield process


@contextmanager
def running(data: Path, port: int, seconds: float = START) -> Iterator[subprocess.Popen[str]]:
    """A site that answers within `seconds`, and is gone at the end whatever happened."""
    process = start(data, port)
    try:
        wait_until(lambda: process.poll() is not None or is_healthy(port), seconds)
        if process.poll() is not None:
            pytest.fail("\n".join(process.communicate()))
        yield process
    finally:
        stop(process, signal.SIGKILL)


def start(data: Path, port: int, *, shell: bool = False) -> subprocess.Popen[str]:
    """`python -m config.serve` as `make run` starts it; with `shell`, as the child of a shell."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("KLUBBSLAG_")}
    inherited.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "config.serve", "--with-parent", "--port", str(port)]
    return subprocess.Popen(
        ["/bin/sh", "-c", f"{' '.join(command)} & wait"] if shell else command,
        env=inherited
        | {"DJANGO_SETTINGS_MODULE": "config.settings", "KLUBBSLAG_DATA": str(data), "KLUBBSLAG_DEMO": "0"},
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def stop(process: subprocess.Popen[str], how: signal.Signals) -> str:
    process.send_signal(how)
    return process.communicate(timeout=START)[0]


def get(port: int, address: str) -> HTTPResponse:
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", address)
        response = connection.getresponse()
        response.read()
        return response


def wait_until(what: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_healthy(port: int) -> bool:
    try:
        return get(port, "/halsa").status == 200
    except OSError:
        return False


def is_gone(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def database(data: Path) -> Cluster:
    return Cluster(data_home(data) / "postgres")


def test_site_serves_pages_and_lasting_static_files(
    site: subprocess.Popen[str], port: int, data: Path
) -> None:
    assert get(port, "/konto/logga-in/").status == 200
    css = next((data / "static" / "css").glob("base.*.css"))
    response = get(port, f"/static/css/{css.name}")
    assert response.status == 200
    assert response.headers["Cache-Control"] == "max-age=315360000, public, immutable"


def test_site_answers_forty_at_once(site: subprocess.Popen[str], port: int) -> None:
    with ThreadPoolExecutor(40) as visitors:
        answers = list(visitors.map(lambda _: get(port, "/konto/logga-in/").status, range(80)))
    assert answers == [200] * 80


def test_later_start_needs_little_of_its_five_seconds(site: subprocess.Popen[str]) -> None:
    used = psutil.Process(site.pid).cpu_times()  # the clock would measure the neighbours, too
    assert used.user + used.system + used.children_user + used.children_system < 4.0


def test_interrupt_stops_workers_and_database(site: subprocess.Popen[str], data: Path, port: int) -> None:
    workers = psutil.Process(site.pid).children()
    assert len(workers) == 3  # two for pages, and the room of the presses
    assert database(data).running() is not None
    for process in (site, *workers):  # a terminal tells them all
        process.send_signal(signal.SIGINT)
    said, complaints = site.communicate(timeout=START)
    assert complaints == ""
    assert f"Klubbslag: http://127.0.0.1:{port}\n" in said
    assert site.returncode == 0
    assert all(is_gone(worker) for worker in workers)
    assert database(data).running() is None


def test_closed_terminal_stops_it(site: subprocess.Popen[str], data: Path) -> None:
    stop(site, signal.SIGHUP)
    assert site.returncode == 0
    assert database(data).running() is None


def test_killed_site_hinders_no_next_one(site: subprocess.Popen[str], data: Path, port: int) -> None:
    workers = psutil.Process(site.pid).children()
    stop(site, signal.SIGKILL)
    with running(data, port) as again:
        wait_until(lambda: all(is_gone(worker) for worker in workers), START)
        stop(again, signal.SIGINT)
    assert database(data).running() is None


def test_site_ends_with_the_program_that_started_it(data: Path, port: int) -> None:
    shell = start(data, port, shell=True)
    wait_until(lambda: is_healthy(port), START)
    [site] = psutil.Process(shell.pid).children()
    shell.kill()
    shell.wait()
    wait_until(lambda: is_gone(site), START)
    shell.communicate()
    assert database(data).running() is None


def test_worker_that_ends_leaves_the_database_to_the_others(site: subprocess.Popen[str], port: int) -> None:
    for worker in psutil.Process(site.pid).children():
        worker.terminate()
        wait_until(lambda worker=worker: is_gone(worker), START)  # type: ignore[misc] # bound to this turn
    wait_until(lambda: is_healthy(port), START)


def test_killed_database_starts_again_for_the_next_page(
    site: subprocess.Popen[str], data: Path, port: int
) -> None:
    killed = database(data).running()
    assert killed is not None
    os.kill(killed.pid, signal.SIGKILL)

    def is_served_anew() -> bool:
        """A page may still be answered by a connection that has not noticed the end of its server."""
        if not is_healthy(port):
            return False
        again = database(data).running()
        return again is not None and again.pid != killed.pid

    wait_until(is_served_anew, START)


def test_busy_port_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "PREDECESSOR_ENDS_IN", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        assert serve.main(["--port", str(taken)]) == 1
    assert capsys.readouterr().err == (
        f"Something else already listens on 127.0.0.1:{taken}.\n"
        f"Stop it, or choose another port: make run PORT={taken + 1}\n"
    )


def test_port_that_becomes_free_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        other.close()
        assert serve.wait_for_port("127.0.0.1", port)

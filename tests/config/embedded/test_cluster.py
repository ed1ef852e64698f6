from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from django.conf import settings

from config.embedded import cluster as module
from config.embedded.account import EmbeddedServerError, data_home
from config.embedded.cluster import Cluster


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that the server's account reaches, also when root runs the tests."""
    folder = data_home(settings.DATA_DIR / "clusters") / str(os.getpid())
    folder.mkdir(parents=True)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def cluster(place: Path) -> Iterator[Cluster]:
    """A cluster that is made by the first test and stands still before and after each."""
    handle = Cluster(place / "postgres", durable=False)
    yield handle
    handle.leave()
    handle.stop()


def ask(socket_dir: Path, question: str) -> object:
    where = f"host={socket_dir} user={module.ROLE} dbname={module.DATABASE}"
    with psycopg.connect(where) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


def pid_of(cluster: Cluster) -> int:
    server = cluster.running()
    assert server is not None
    return server.pid


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 60
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def other_process(cluster: Cluster) -> subprocess.Popen[str]:
    """A program that uses the same cluster until it reads a line or is killed."""
    code = (
        "import sys; from pathlib import Path; from config.embedded.cluster import Cluster\n"
        f"c = Cluster(Path({str(cluster.data)!r}), durable=False)\n"
        "c.start(); print('up', flush=True); sys.stdin.readline(); c.leave()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=60)
    assert process.returncode == 0


def test_start_gives_a_utf8_database_whose_order_depends_on_no_library(cluster: Cluster) -> None:
    socket_dir = cluster.start()
    assert ask(socket_dir, "SHOW server_encoding") == "UTF8"
    assert (
        ask(socket_dir, "SELECT datlocprovider::text FROM pg_database WHERE datname = current_database()")
        == "b"
    )
    assert ask(socket_dir, "SELECT upper('åäö')") == "ÅÄÖ"


def test_role_of_the_application_is_no_superuser(cluster: Cluster) -> None:
    assert ask(cluster.start(), "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False


def test_server_listens_on_no_network(cluster: Cluster) -> None:
    assert ask(cluster.start(), "SHOW listen_addresses") == ""
    assert not [c for c in psutil.Process(pid_of(cluster)).net_connections("inet") if c.status == "LISTEN"]


def test_socket_is_closed_to_others(cluster: Cluster) -> None:
    assert cluster.start().stat().st_mode & 0o077 == 0


def test_start_twice_finds_the_same_server(cluster: Cluster) -> None:
    assert cluster.start() == cluster.start()
    second = Cluster(cluster.data)
    assert second.start() == cluster.start()
    second.leave()


def test_start_of_a_made_cluster_is_quick(cluster: Cluster) -> None:
    cluster.start()
    cluster.leave()
    before = time.monotonic()
    cluster.start()
    assert time.monotonic() - before < 10  # 0.1 s; beside other tests on a busy machine more


def test_leave_stops_the_server_of_the_last_user(cluster: Cluster) -> None:
    cluster.start()
    cluster.leave()
    assert cluster.running() is None


def test_leave_keeps_the_server_of_another_process(cluster: Cluster) -> None:
    cluster.start()
    other = other_process(cluster)
    cluster.leave()
    assert cluster.running() is not None
    end(other)
    assert cluster.running() is None


def test_leave_of_a_forked_process_stops_nothing(cluster: Cluster) -> None:
    cluster.start()
    child = multiprocessing.get_context("fork").Process(target=cluster.leave)
    child.start()
    child.join(60)
    assert child.exitcode == 0
    assert cluster.running() is not None


def test_forked_process_may_use_and_leave_the_server(cluster: Cluster) -> None:
    cluster.start()

    def use() -> None:
        assert ask(cluster.start(), "SELECT 1") == 1
        cluster.leave()

    child = multiprocessing.get_context("fork").Process(target=use)
    child.start()
    child.join(60)
    assert child.exitcode == 0
    assert cluster.running() is not None


def test_killed_user_leaves_nothing_that_hinders(cluster: Cluster) -> None:
    other = other_process(cluster)
    other.kill()
    other.communicate()
    assert ask(cluster.start(), "SELECT 1") == 1
    cluster.leave()
    assert cluster.running() is None


def test_killed_server_starts_again_with_its_data(cluster: Cluster) -> None:
    cluster.start()
    cluster.leave()
    cluster.durable = True
    socket_dir = cluster.start()
    with psycopg.connect(f"host={socket_dir} user={module.ROLE} dbname={module.DATABASE}") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'kvar' AS word")
    pid = pid_of(cluster)
    os.kill(pid, signal.SIGKILL)
    wait_until_gone(pid)
    assert ask(cluster.start(), "SELECT word FROM kept") == "kvar"
    assert pid_of(cluster) != pid


def test_pid_file_with_the_number_of_another_program_hinders_nothing(cluster: Cluster) -> None:
    cluster.start()
    pid_file = cluster.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    cluster.leave()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert cluster.running() is None
    assert ask(cluster.start(), "SELECT 1") == 1


def test_empty_pid_file_hinders_nothing(cluster: Cluster) -> None:
    cluster.start()
    cluster.leave()
    (cluster.data / "postmaster.pid").touch()
    assert ask(cluster.start(), "SELECT 1") == 1


def test_half_made_cluster_is_made_again(place: Path) -> None:
    half = place / "half.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    handle = Cluster(place / "half", durable=False)
    assert ask(handle.start(), "SELECT 1") == 1
    handle.leave()


def test_long_path_has_its_socket_elsewhere(place: Path) -> None:
    handle = Cluster(place / ("lång" * 20) / "postgres", durable=False)
    handle.data.parent.mkdir()
    socket_dir = handle.start()
    try:
        assert socket_dir.parent == Path("/tmp")
        assert socket_dir.stat().st_mode & 0o077 == 0
        assert ask(socket_dir, "SELECT 1") == 1
    finally:
        handle.leave()
        shutil.rmtree(socket_dir)


def test_socket_folder_of_somebody_else_is_refused(place: Path) -> None:
    handle = Cluster(place / ("long" * 25) / "postgres", durable=False)
    handle.data.parent.mkdir()
    socket_dir = handle.start()
    handle.leave()
    socket_dir.chmod(0o777)
    try:
        with pytest.raises(EmbeddedServerError, match="belongs to somebody else"):
            handle.start()
    finally:
        handle.leave()
        shutil.rmtree(socket_dir)


def test_folder_with_other_things_is_refused(place: Path) -> None:
    folder = place / "letters"
    folder.mkdir()
    (folder / "letter.txt").write_text("Hej")
    handle = Cluster(folder, durable=False)
    with pytest.raises((EmbeddedServerError, OSError)):
        handle.start()
    handle.leave()
    assert (folder / "letter.txt").read_text() == "Hej"


def test_stop_of_what_never_was(place: Path) -> None:
    handle = Cluster(place / "never", durable=False)
    handle.stop()
    handle.leave()
    assert not handle.data.exists()

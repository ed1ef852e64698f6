"""One register of one size, served by the production server and asked over HTTP. Prints figures as JSON."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import psutil

ROOT = Path(__file__).resolve().parent.parent.parent
REQUESTS = 120
RENDERS = 15
FEW = 10_000  # with more motions a meeting is not another one
MINUTES = 3


def main(size: int, *, only_meeting: bool = False) -> None:
    """Fill, serve, ask and print."""
    with own_site() as folder:
        figures = _meeting_figures() if only_meeting else _figures(size, folder)
    print(json.dumps(figures))


@contextmanager
def own_site() -> Iterator[Path]:
    """An empty site of its own for this process and those it starts: the folder of its data."""
    with tempfile.TemporaryDirectory(prefix="klubbslag-bench-") as folder:
        os.environ |= {
            "KLUBBSLAG_DATA": folder,
            "KLUBBSLAG_DEMO": "0",
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        }
        os.environ.pop("DATABASE_URL", None)
        try:
            yield Path(folder)
        finally:
            subprocess.run([sys.executable, "-m", "config.database", "stop"], cwd=ROOT, check=False)


def _figures(size: int, folder: Path) -> dict[str, Any]:
    django.setup()
    # Only now, when the settings are known, can the models be imported.
    from config import prepare  # noqa: PLC0415 -- needs django.setup()
    from motions.models import Organisation  # noqa: PLC0415 -- the same
    from protocols.extracts.minutes import minutes_html  # noqa: PLC0415 -- the same
    from protocols.extracts.render import extract_html  # noqa: PLC0415 -- the same
    from protocols.models import Paragraph  # noqa: PLC0415 -- the same
    from protocols.queries.documents import draft_document  # noqa: PLC0415 -- the same
    from protocols.queries.facts import with_facts  # noqa: PLC0415 -- the same
    from protocols.queries.minutes import minutes_of  # noqa: PLC0415 -- the same
    from tests.bench import data  # noqa: PLC0415 -- the same
    from tests.bench.meeting import from_act_to_screen  # noqa: PLC0415 -- the same
    from tests.seventy_one import cookie_of  # noqa: PLC0415 -- the same

    with quiet():
        prepare.prepare(static=True)
        region = data.fill(size)
        paragraph = data.two_pages(region)
        meeting = data.sixty_paragraphs(region)
        cookie, clerk = cookie_of(region.secretary), cookie_of(region.registrar)
        motion = data.any_motion()
    document = draft_document(
        with_facts(Paragraph.objects.filter(pk=paragraph.pk)).get(), Organisation.objects.get()
    )
    (folder / "extract.html").write_text(extract_html(document), encoding="utf-8")
    (folder / "minutes.html").write_text(minutes_html(minutes_of(meeting)), encoding="utf-8")
    with served() as (port, server):
        figures = {
            "empty": ask(port, "/tom/"),
            "list": ask(port, "/motioner/"),
            "list, clerk": ask(port, "/motioner/", cookie=clerk),
            "list, closed": ask(port, "/motioner/?lista=avgjorda"),
            "search": ask(port, "/motioner/?q=tandl%C3%A4kare", times=30),
            "motion": ask(port, motion.get_absolute_url()),
            "extract": ask(
                port, f"/paragrafer/{paragraph.pk}/protokollsutdrag.pdf", cookie=cookie, times=RENDERS
            ),
            "minutes": ask(
                port, f"/sammantraden/{meeting.pk}/protokoll.pdf", cookie=cookie, times=MINUTES, warming=1
            ),
            "empty again": ask(port, "/tom/"),
        }
        if size <= FEW:
            figures["act to screen"] = from_act_to_screen(port, region).seconds
        memory = peak_memory(server)
    bare = {
        "alone": alone(folder / "extract.html", RENDERS),
        "minutes alone": alone(folder / "minutes.html", MINUTES),
    }
    return {"size": size, "seconds": figures, "memory": memory, **bare}


def _meeting_figures() -> dict[str, Any]:
    """Of a whole fullmäktige alone: a minute instead of ten."""
    django.setup()
    from config import prepare  # noqa: PLC0415 -- needs django.setup()
    from tests.bench.meeting import from_act_to_screen  # noqa: PLC0415 -- the same
    from tests.factories import make_region  # noqa: PLC0415 -- the same

    with quiet():
        prepare.prepare(static=True)
        region = make_region()
    with served() as (port, server):
        found = from_act_to_screen(port, region, server=server)
    return {"seconds": {"act to screen": found.seconds}, "processor": found.processor}


def alone(page: Path, times: int) -> list[float]:
    """Seconds of WeasyPrint by itself on the same page."""
    command = [sys.executable, "-m", "tests.bench.weasyprint_alone", str(page), str(times)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    taken: list[float] = json.loads(done.stdout)
    return taken


@contextmanager
def quiet() -> Iterator[None]:
    """Keep standard output for the figures."""
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)


@contextmanager
def served() -> Iterator[tuple[int, psutil.Process]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "config.serve", "--with-parent", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as server:
        try:
            _wait_until_served(port)
            yield port, psutil.Process(server.pid)
        finally:
            server.terminate()


def _wait_until_served(port: int) -> None:
    for _attempt in range(300):
        try:
            _get(http.client.HTTPConnection("127.0.0.1", port), "/halsa", "")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start within 30 seconds")


def ask(port: int, path: str, *, cookie: str = "", times: int = REQUESTS, warming: int = 4) -> list[float]:
    """Seconds of each answer on one kept connection, the first few (caches, compiled templates) left out."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for _warming in range(warming):
        _get(connection, path, cookie)
    taken = []
    for _request in range(times):
        start = time.perf_counter()
        _get(connection, path, cookie)
        taken.append(time.perf_counter() - start)
    return taken


def _get(connection: http.client.HTTPConnection, path: str, cookie: str) -> None:
    connection.request("GET", path, headers={"Cookie": cookie, "Host": "127.0.0.1"})
    response = connection.getresponse()
    response.read()
    if response.status != http.HTTPStatus.OK:
        raise RuntimeError(f"{path} answered {response.status}")


def peak_memory(server: psutil.Process) -> float:
    """MB: the highest resident memory of all processes of the web server, added up."""
    total = 0
    for process in [server, *server.children(recursive=True)]:
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
        total += next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    return total / 1024


if __name__ == "__main__":
    if sys.argv[1:] == ["meeting"]:
        main(0, only_meeting=True)
    else:
        main(int(sys.argv[1]))

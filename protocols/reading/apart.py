"""Reading a file in a process of its own: `python -m …apart RESULT NAME SUFFIX SECONDS BYTES`.

A file that takes too long or too much memory ends its reader and nothing else. The file is sent to the
process, which says how far it is, a line each time ("12 40": pages read, pages in all), and leaves what it
read in RESULT.
"""

from __future__ import annotations

import pickle
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from protocols.reading import protocol
from protocols.reading.facts import ReadProtocol
from protocols.reading.refusals import Reason, UnreadableError
from protocols.reading.sources import Source

MOST_SECONDS = 600  # of processor; a PDF of 5,000 pages took 75
MOST_MEMORY = 4 * 1024**3  # bytes of address space
_TELLS_EVERY = 0.3  # seconds
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Read:
    """The text of a file, and what was read in it."""

    text: str
    protocol: ReadProtocol


def read(source: Source, *, told: Callable[[int, int], None]) -> Read:
    """Read the file; `told` is called now and then with the pages that are read, and how many there are.

    Raises UnreadableError: `TOO_LARGE` for a file that took too long or too much memory, `BROKEN` for one
    that broke its reader.
    """
    with TemporaryDirectory(prefix="klubbslag-read-") as folder:
        result, file = Path(folder) / "result", Path(folder) / "file"
        file.write_bytes(source.content)
        limits = [str(MOST_SECONDS), str(MOST_MEMORY)]
        command = [sys.executable, "-m", __name__, str(result), source.name, source.suffix, *limits]
        with (
            file.open("rb") as content,
            subprocess.Popen(command, stdin=content, stdout=subprocess.PIPE, text=True, cwd=_ROOT) as reader,
        ):
            assert reader.stdout
            for line in reader.stdout:
                done, pages = line.split()
                told(int(done), int(pages))
        if reader.returncode == -signal.SIGXCPU:
            raise UnreadableError(Reason.TOO_LARGE)
        if reader.returncode or not result.exists():
            raise UnreadableError(Reason.BROKEN)
        answer = pickle.loads(result.read_bytes())  # noqa: S301 -- from our own process
    if isinstance(answer, Reason):
        raise UnreadableError(answer)
    return Read(*answer)


def _main(result: str, name: str, suffix: str, seconds: str, memory: str) -> None:
    first_asked, then_made_to = int(seconds), int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (first_asked, then_made_to))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    answer: tuple[str, ReadProtocol] | Reason
    try:
        text = Source(name, name, suffix, sys.stdin.buffer.read()).text(_Teller())
        found = protocol.read(text, name)
        answer = (text, found) if found.paragraphs else Reason.NO_PARAGRAPHS
    except UnreadableError as refusal:
        answer = refusal.reason
    except MemoryError:
        answer = Reason.TOO_LARGE
    Path(result).write_bytes(pickle.dumps(answer))


class _Teller:
    """Says how many pages are read, not too often."""

    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, done: int, pages: int) -> None:
        now = time.monotonic()
        if done == pages or now - self._last > _TELLS_EVERY:
            self._last = now
            print(done, pages, flush=True)


if __name__ == "__main__":
    _main(*sys.argv[1:])

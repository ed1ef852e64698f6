"""An authority's past read in and stored: `python -m tests.bench.importing` prints JSON.

The protocols that lie beside the project where they do, else the made-up ones over and over.
"""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Iterator
from typing import Any

import django

from tests.bench.measure import ROOT, own_site, quiet

REAL = ROOT.parent / "shared" / "protocols"
MADE_UP = 600


def main() -> None:
    """Read, store and print."""
    with own_site():
        django.setup()
        figures = _figures()
    print(json.dumps(figures))


def _figures() -> dict[str, Any]:
    from config import prepare  # noqa: PLC0415 -- needs django.setup()
    from protocols.actions.importing import store  # noqa: PLC0415 -- the same
    from protocols.models import ImportedParagraph  # noqa: PLC0415 -- the same
    from protocols.reading import protocol  # noqa: PLC0415 -- the same
    from tests.factories import make_region  # noqa: PLC0415 -- the same

    with quiet():
        prepare.prepare(static=False)
        make_region()
    reading = storing = 0.0
    files = 0
    for source in _sources():
        started = time.perf_counter()
        text = source.text()
        found = protocol.read(text, source.name)
        read = time.perf_counter()
        store(source, text, found, by=None)
        reading, storing = reading + read - started, storing + time.perf_counter() - read
        files += 1
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    paragraphs = ImportedParagraph.objects.count()
    return {
        "files": files,
        "paragraphs": paragraphs,
        "reading": reading,
        "storing": storing,
        "memory": memory,
        "is_real": REAL.is_dir(),
    }


def _sources() -> Iterator[Any]:
    from protocols.reading.sources import Source, open_all  # noqa: PLC0415 -- beside the others
    from tests.protocols.reading.minutes import CITY, COUNTY, UNKNOWN  # noqa: PLC0415 -- the same

    if REAL.is_dir():
        for path in sorted(REAL.glob("**/*.txt")):
            yield from (each for each in open_all(path) if isinstance(each, Source))
        return
    for number in range(MADE_UP):
        text = f"{(CITY, COUNTY, UNKNOWN)[number % 3]}\nBlad {number}\n"
        yield Source(f"kf-{number}", f"kf-{number}.txt", ".txt", text.encode())


if __name__ == "__main__":
    main()

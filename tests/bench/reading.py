"""How fast protocols are read, in how much memory: `python -m tests.bench.reading FILES` prints JSON.

The text is made up: the protocols of `tests/protocols/reading/minutes.py`, over and over, a file each time.
After `pdf` the number is of pages, in one PDF: a paper of `tests/protocols/reading/papers.py` over and over.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import time

import pikepdf
import psutil

from protocols.reading import pdf, protocol
from tests.protocols.reading import papers
from tests.protocols.reading.minutes import CITY, COUNTY, UNKNOWN


def main(files: int) -> None:
    """Reads so many files and prints §§, seconds of processor, and memory after a tenth and after all."""
    process = psutil.Process()
    paragraphs, early = 0, 0.0
    started = time.process_time()
    for index in range(files):
        text = (CITY, COUNTY, UNKNOWN)[index % 3]
        paragraphs += len(protocol.read(text, f"kf-{index}").paragraphs)
        if index == files // 10:
            early = process.memory_info().rss / 2**20
    taken = time.process_time() - started
    memory = process.memory_info().rss / 2**20
    print(json.dumps({"paragraphs": paragraphs, "seconds": taken, "early": early, "memory": memory}))


def paper(pages: int) -> None:
    """Reads a PDF of about so many pages; prints pages, seconds of processor, memory before and at most."""
    out = io.BytesIO()
    with pikepdf.new() as document, pikepdf.open(io.BytesIO(papers.city())) as city:
        while len(document.pages) < pages:
            document.pages.extend(city.pages)
        document.save(out)
        count = len(document.pages)
    process = psutil.Process()
    early = process.memory_info().rss / 2**20
    started = time.process_time()
    pdf.text(out.getvalue())
    taken = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    print(json.dumps({"pages": count, "seconds": taken, "early": early, "memory": memory}))


if __name__ == "__main__":
    (paper if sys.argv[1] == "pdf" else main)(int(sys.argv[-1]))

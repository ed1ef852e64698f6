"""How fast protocols are read, in how much memory: `python -m tests.bench.reading FILES` prints JSON.

The text is made up: the protocols of `tests/protocols/reading/minutes.py`, over and over, a file each time.
"""

from __future__ import annotations

import json
import sys
import time

import psutil

from protocols.reading import protocol
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


if __name__ == "__main__":
    main(int(sys.argv[1]))

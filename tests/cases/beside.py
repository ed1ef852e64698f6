"""Our sentences and the real ones side by side: `python -m tests.cases.beside`.

`docs/wording.md` holds ours and where the real ones stand. The real ones are no part of this repository; who
has the folder beside it gets both texts in `.data/wording.txt` and on the screen.
"""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from tests.cases.told import Told, all_told

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "wording.md"
REAL = ROOT.parent / "shared" / "protocols"
WRITTEN = ROOT / ".data" / "wording.txt"

_WIDTH = 76
_MOST_ROWS = 4  # of a table in the document; the whole list is in tests/cases/told
_INTRODUCTION = """\
# Wording: ours beside the real

The twelve kinds of cases that real minutes show, entered through the live view with made-up people
(`tests/cases`), and what the minutes then say. Each sentence below is read back from the frozen §, its page
and the PDF of the minutes by the tests. Under each case stands where real paragraphs of the kind are found in
`../shared/protocols` (file and §), in what their facts differ, and how the wording compares.

The real texts are not in this repository. With that folder in its place,

    .venv/bin/python -m tests.cases.beside

prints both side by side and writes them to `.data/wording.txt`; `--document` writes this file anew from
`tests/cases/told`, where the expected sentences stand (a test fails while it is out of date).
"""


def document(cases: Sequence[Told]) -> str:
    """The text of docs/wording.md."""
    return "\n".join([_INTRODUCTION, *(_chapter(place, told) for place, told in enumerate(cases, start=1))])


def _chapter(place: int, told: Told) -> str:
    beside = ", ".join(f"`{meeting}.txt` § {number}" for meeting, number in told.beside) or "none"
    rows = [f"## {place}. {told.title}", "", f"**{told.section}**", ""]
    for heading, lines in told.lines.items():
        rows += [f"*{heading}*", "", *_quoted(lines), ""]
    rows += [f"Beside it: {beside}.", ""]
    rows += [*_wrapped(f"Facts that differ: {told.differs}"), "", *_wrapped(told.judgement), ""]
    return "\n".join(rows)


def _quoted(lines: Sequence[str]) -> Iterator[str]:
    """The lines as a list; of a long table its head, its first rows and how many more there are."""
    rows = 0
    for line in lines:
        rows = rows + 1 if " | " in line else 0
        if rows <= _MOST_ROWS:
            yield f"- {line}"
        elif rows == _MOST_ROWS + 1:
            yield "- …"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 110, break_long_words=False, break_on_hyphens=False)


def real_text(meeting: str, number: str, folder: Path = REAL) -> str:
    """One § of a real protocol as pdftotext gave it. Raises LookupError where it is not there."""
    text = (folder / f"{meeting}.txt").read_text(encoding="utf-8").replace("\f", "\n")
    starts = list(re.finditer(r"^§ (\d+\w?)(?: (?:Ärendenummer|Dnr|\d+/\d\d).*)?$", text, re.MULTILINE))
    for start, following in zip_longest(starts, starts[1:]):
        if start and start[1] == number:
            return text[start.start() : following.start() if following else len(text)].strip()
    raise LookupError(f"{meeting} has no § {number}")


def both(told: Told, folder: Path = REAL) -> str:
    """Our § to the left, the real ones to the right, line by line."""
    ours = [told.section, ""]
    for heading, lines in told.lines.items():
        ours += [heading, "", *_quoted(lines), ""]
    theirs: list[str] = []
    for meeting, number in told.beside:
        theirs += [meeting, "", *real_text(meeting, number, folder).splitlines(), ""]
    rows = zip_longest(_column(ours), _column(theirs or ["(none)"]), fillvalue="")
    head = f"{told.title}\n{'=' * len(told.title)}\n"
    return head + "\n".join(f"{left:<{_WIDTH}} | {right}".rstrip() for left, right in rows) + "\n"


def _column(lines: Sequence[str]) -> list[str]:
    return [part for line in lines for part in (textwrap.wrap(line, _WIDTH) or [""])]


def main() -> None:
    """Print the texts side by side, or write the document."""
    parser = argparse.ArgumentParser(description="Our sentences and the real ones side by side.")
    parser.add_argument("--document", action="store_true", help="write docs/wording.md anew")
    if parser.parse_args().document:
        DOCUMENT.write_text(document(all_told()), encoding="utf-8")
        return
    if not REAL.is_dir():
        raise SystemExit(f"The real protocols are not here: {REAL}")
    text = "\n".join(both(told) for told in all_told())
    WRITTEN.parent.mkdir(exist_ok=True)
    WRITTEN.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()

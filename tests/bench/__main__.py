"""Runs the measurements and prints one row a figure: name, value, unit, ratio and what it is a ratio to."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
SMALL, LARGE = 2_000, 100_000
READ = 600
_HEAD = ("name", "value", "unit", "ratio", "to")
PAGES = 400


def main() -> None:
    """Measure all and print; with "meeting", "papers" or "reading" only these."""
    if sys.argv[1:] == ["meeting"]:
        _print(_followed_rows(_measure("meeting")))
        return
    if sys.argv[1:] == ["papers"]:
        _print([_HEAD, *_papers_rows()])
        return
    if sys.argv[1:] == ["reading"]:
        _print([_HEAD, *_reading_rows()])
        return
    small, large = _measure(SMALL), _measure(LARGE)
    rows = [
        _HEAD,
        *_page_rows(small),
        *_page_rows(large),
        _ratio_row("list at 100,000", large, small, "list"),
        _ratio_row("motion's page at 100,000", large, small, "motion"),
        *_extract_rows(small),
        *_papers_rows(),
        *_meeting_rows(small),
        *_reading_rows(),
        *(
            (f"web server, {result['size']:,} motions", f"{result['memory']:.0f}", "MB peak", "", "")
            for result in (small, large)
        ),
    ]
    _print(rows)


def _print(rows: list[tuple[str, str, str, str, str]]) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _measure(what: int | str) -> dict[str, Any]:
    print(f"Measuring with {what:,} motions …" if isinstance(what, int) else what, file=sys.stderr)
    command = [sys.executable, "-m", "tests.bench.measure", str(what)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _median(result: dict[str, Any], name: str) -> float:
    return float(statistics.median(result["seconds"][name]))


def _page_rows(result: dict[str, Any]) -> list[tuple[str, str, str, str, str]]:
    empty = statistics.median(result["seconds"]["empty"] + result["seconds"]["empty again"])
    rows = []
    for name in ("empty", "list", "list, clerk", "list, closed", "search", "motion"):
        taken = result["seconds"][name]
        for label, value in (("median", statistics.median(taken)), ("95th pct", _high(taken))):
            row = f"{name}, {result['size']:,} motions, {label}"
            rows.append((row, f"{value * 1000:.1f}", "ms", f"{value / empty:.1f}", "an empty view's median"))
    return rows


def _extract_rows(result: dict[str, Any]) -> list[tuple[str, str, str, str, str]]:
    return [
        *_paper_rows("extract, two pages", result["seconds"]["extract"], result["alone"]),
        *_paper_rows("minutes, sixty §§", result["seconds"]["minutes"], result["minutes alone"]),
    ]


def _paper_rows(name: str, ours: list[float], alone: list[float]) -> list[tuple[str, str, str, str, str]]:
    bare = statistics.median(alone)
    rows = [(f"WeasyPrint alone, {name}, median", f"{bare * 1000:.0f}", "ms", "1.00", "itself")]
    for label, value in (("median", statistics.median(ours)), ("95th pct", _high(ours))):
        row = f"{name}, uncached, {label}"
        rows.append((row, f"{value * 1000:.0f}", "ms", f"{value / bare:.2f}", "WeasyPrint alone"))
    return rows


def _meeting_rows(result: dict[str, Any]) -> list[tuple[str, str, str, str, str]]:
    """A meeting with 101 who follow it: from an act until their pages show it."""
    taken, page = result["seconds"]["act to screen"], _median(result, "motion")
    return [
        (
            f"act to screen, 101 watchers, {label}",
            f"{value * 1000:.0f}",
            "ms",
            f"{value / page:.1f}",
            "a motion's page",
        )
        for label, value in (("median", statistics.median(taken)), ("95th pct", _high(taken)))
    ]


def _reading_rows() -> list[tuple[str, str, str, str, str]]:
    """Made-up protocols of three layouts, read from text to facts."""
    command = [sys.executable, "-m", "tests.bench.reading", str(READ)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    pace, growth = result["paragraphs"] / result["seconds"], result["memory"] / result["early"]
    return [
        (f"protocols read, {READ:,} files", f"{pace:.0f}", "§/s", "", ""),
        ("protocols read, memory", f"{result['memory']:.0f}", "MB", f"{growth:.2f}", "after a tenth of them"),
        *_pdf_rows(),
        *_imported_rows(),
    ]


def _imported_rows() -> list[tuple[str, str, str, str, str]]:
    """Protocols read and stored in the register, one process for all."""
    command = [sys.executable, "-m", "tests.bench.importing"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    count, kind = result["paragraphs"], "real" if result["is_real"] else "made-up"
    name = f"{kind} protocols, {result['files']} files, {count:,} §§"
    return [
        (f"{name}, read", f"{result['reading']:.1f}", "s", f"{count / result['reading']:.0f}", "§/s"),
        (f"{name}, stored", f"{result['storing']:.1f}", "s", f"{count / result['storing']:.0f}", "§/s"),
        (f"{name}, memory", f"{result['memory']:.0f}", "MB peak", "", ""),
    ]


def _pdf_rows() -> list[tuple[str, str, str, str, str]]:
    """A PDF of many pages, read to text; its memory is the highest that it took."""
    command = [sys.executable, "-m", "tests.bench.reading", "pdf", str(PAGES)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    pace = result["pages"] / result["seconds"]
    return [
        (f"PDF read, {PAGES:,} pages", f"{pace:.0f}", "pages/s", "", ""),
        ("PDF read, memory", f"{result['memory']:.0f}", "MB", f"{result['early']:.0f}", "MB before"),
    ]


def _papers_rows() -> list[tuple[str, str, str, str, str]]:
    """Papers beside other makers of PDFs, in bulk, stored, and as a book."""
    command = [sys.executable, "-m", "tests.bench.papers"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    taken = {name: statistics.median(seconds) for name, seconds in result["seconds"].items()}
    warm = taken.pop("extract, two pages, warm")
    served, static = taken.pop("stored extract"), taken.pop("static file")
    single, double = result["one by one"], result["two at a time"]
    rows = [("extract, two pages, warm", f"{warm * 1000:.0f}", "ms", "1.00", "itself")]
    for name, seconds in taken.items():
        rows.append((name, f"{seconds * 1000:.0f}", "ms", f"{warm / seconds:.2f}", "extract to it"))
    rows += [
        ("60 extracts, one after another", f"{single:.1f}", "s", "1.00", "itself"),
        ("60 extracts, two presses", f"{double:.1f}", "s", f"{single / double:.2f}", "times as fast"),
        ("static file of the same size", f"{static * 1000:.1f}", "ms", "1.00", "itself"),
        ("stored extract", f"{served * 1000:.1f}", "ms", f"{served / static:.2f}", "a static file"),
    ]
    least = result["books"][0]["memory"]
    for book in result["books"]:
        name, pace = f"book of {book['papers']:,} extracts", book["seconds"] / book["pages"] * 1000
        rows += [
            (name, f"{pace:.1f}", "ms/page", "", f"{book['pages']:,} pages"),
            (f"{name}, memory", f"{book['memory']:.0f}", "MB peak", f"{book['memory'] / least:.2f}", "least"),
        ]
    return rows


def _followed_rows(result: dict[str, Any]) -> list[tuple[str, str, str, str, str]]:
    taken, used = result["seconds"]["act to screen"], result["processor"]
    name = "act to screen, 101 watchers"
    return [
        (f"{name}, median", f"{statistics.median(taken) * 1000:.0f}", "ms", "", ""),
        (f"{name}, 95th pct", f"{_high(taken) * 1000:.0f}", "ms", "", ""),
        (f"{name}, server's processor an act", f"{statistics.median(used) * 1000:.0f}", "ms", "", ""),
    ]


def _ratio_row(
    name: str, large: dict[str, Any], small: dict[str, Any], page: str
) -> tuple[str, str, str, str, str]:
    value = _median(large, page)
    return (name, f"{value * 1000:.1f}", "ms", f"{value / _median(small, page):.2f}", "the same at 2,000")


def _high(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


if __name__ == "__main__":
    main()

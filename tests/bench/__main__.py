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


def main() -> None:
    """Measure both registers and print."""
    small, large = _measure(SMALL), _measure(LARGE)
    rows = [
        ("name", "value", "unit", "ratio", "to"),
        *_page_rows(small),
        *_page_rows(large),
        _ratio_row("list at 100,000", large, small, "list"),
        _ratio_row("motion's page at 100,000", large, small, "motion"),
        *_extract_rows(small),
        *_meeting_rows(small),
        *_reading_rows(),
        *(
            (f"web server, {result['size']:,} motions", f"{result['memory']:.0f}", "MB peak", "", "")
            for result in (small, large)
        ),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _measure(size: int) -> dict[str, Any]:
    print(f"Measuring with {size:,} motions …", file=sys.stderr)
    command = [sys.executable, "-m", "tests.bench.measure", str(size)]
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

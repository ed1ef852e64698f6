"""Many issued papers in one file: a ZIP, or a book with contents, bookmarks and the papers' own tags.

The pages are taken over as they were issued, nothing is set anew but the contents. What belongs to one paper
alone (its seal, its attachments, its metadata) stays behind: the book proves nothing, its papers are checked
one by one by the codes in their feet.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from protocols.extracts.bookbinding import PLACE, Front, Order
from protocols.extracts.pool import html_to_pdf
from protocols.extracts.typography import held


class BindingError(Exception):
    """The book was not made; `str()` says why, for the log."""


@dataclass(frozen=True)
class Leaf:
    """A paper to put in: the file's name, "§ 12", its title, where it is stored, when it was issued."""

    name: str
    label: str
    title: str
    path: Path
    at: datetime


@dataclass(frozen=True)
class _Line:
    """A line of the contents; `page` counts from 1 behind the contents."""

    address: str
    label: str
    title: str
    page: int


def write_zip(leaves: Sequence[Leaf], to: Path) -> None:
    """All papers under their names, as they were issued: the same bytes for the same papers."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as package:  # a PDF is packed already
        for leaf in leaves:
            at = timezone.localtime(leaf.at)
            entry = zipfile.ZipInfo(leaf.name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
            entry.external_attr = 0o644 << 16
            with leaf.path.open("rb") as content, package.open(entry, "w", force_zip64=True) as place:
                while chunk := content.read(1024 * 1024):
                    place.write(chunk)


def write_book(leaves: Sequence[Leaf], to: Path, *, organisation: str, body: str, when: str) -> None:
    """All papers behind each other, after the contents; `body` and `when` name them. Raises BindingError.

    Done by a process of its own (`bookbinding`), so that no thread of this one waits for it.
    """
    command = [sys.executable, "-m", "protocols.extracts.bookbinding"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=settings.BASE_DIR
    ) as binder:
        starts = _ask(binder, Order([leaf.path for leaf in leaves], to))
        html = contents_html(leaves, starts[:-1], organisation=organisation, body=body, when=when)
        titles = [f"{leaf.label} {leaf.title}" for leaf in leaves]
        _ask(binder, Front(html_to_pdf(html), titles))


def _ask(binder: subprocess.Popen[bytes], question: Order | Front) -> Any:
    assert binder.stdin
    assert binder.stdout
    try:
        pickle.dump(question, binder.stdin)
        binder.stdin.flush()
        is_done, answer = pickle.load(binder.stdout)  # noqa: S301 -- from our own process
    except (EOFError, BrokenPipeError) as error:
        raise BindingError("the process that binds the book broke down") from error
    if not is_done:
        raise BindingError(answer)
    return answer


def contents_html(
    leaves: Sequence[Leaf], starts: Sequence[int], *, organisation: str, body: str, when: str
) -> str:
    """The contents as a page for the press; `starts` are the papers' first pages, from 0."""
    lines = [
        _Line(f"{PLACE}{number}", held(leaf.label), held(leaf.title), start + 1)
        for number, (leaf, start) in enumerate(zip(leaves, starts, strict=True))
    ]
    context = {"lines": lines, "organisation": organisation, "body": body, "when": when}
    return render_to_string("protocols/pdf/book.html", context)

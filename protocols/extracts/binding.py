"""Many issued papers in one file: a ZIP, or a book with contents, bookmarks and the papers' own tags.

The pages are taken over as they were issued, nothing is set anew but the contents. What belongs to one paper
alone (its seal, its attachments, its metadata) stays behind: the book proves nothing, its papers are checked
one by one by the codes in their feet.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from django.template.loader import render_to_string
from django.utils import timezone
from pikepdf import Array, Dictionary, Name, OutlineItem

from protocols.extracts.pool import html_to_pdf
from protocols.extracts.typography import held

#: Where a line of the contents leads until the papers' pages are there: to the paper with this number.
_PLACE = "https://bok.invalid/"


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
    """All papers behind each other, after the contents; `body` and `when` name them."""
    with pikepdf.new() as book:
        tags, starts = _Tags(book), []
        for leaf in leaves:
            starts.append(len(book.pages))
            with pikepdf.open(leaf.path) as paper:
                _take_in(book, paper, tags)
        html = contents_html(leaves, starts, organisation=organisation, body=body, when=when)
        with pikepdf.open(BytesIO(html_to_pdf(html))) as contents:
            count = len(contents.pages)
            _take_in(book, contents, tags, at=0)
            _describe(book, contents)
        places = [count + start for start in starts]
        _lead(book, count, places)
        _number(book, count)
        tags.close()
        with book.open_outline() as outline:
            outline.root.append(OutlineItem("Innehåll", 0))
            outline.root.extend(
                OutlineItem(f"{leaf.label} {leaf.title}", place)
                for leaf, place in zip(leaves, places, strict=True)
            )
        book.save(to, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def contents_html(
    leaves: Sequence[Leaf], starts: Sequence[int], *, organisation: str, body: str, when: str
) -> str:
    """The contents as a page for the press; `starts` are the papers' first pages, from 0."""
    lines = [
        _Line(f"{_PLACE}{number}", held(leaf.label), held(leaf.title), start + 1)
        for number, (leaf, start) in enumerate(zip(leaves, starts, strict=True))
    ]
    context = {"lines": lines, "organisation": organisation, "body": body, "when": when}
    return render_to_string("protocols/pdf/book.html", context)


def _take_in(book: pikepdf.Pdf, paper: pikepdf.Pdf, tags: _Tags, at: int | None = None) -> None:
    """The paper's pages with their tags, at the end or before page `at`, without the field of a seal."""
    for page in paper.pages:
        if Name.Annots in page.obj:
            page.obj.Annots = Array(note for note in page.obj.Annots if note.get(Name.Subtype) != Name.Widget)
    first = len(book.pages) if at is None else at
    for number, page in enumerate(paper.pages):
        book.pages.insert(first + number, page)
    tags.take_over(paper, book.pages[first : first + len(paper.pages)], is_first=at == 0)


class _Tags:
    """The one tree of tags of a book, made of those of its papers (ISO 32000-1, 14.7)."""

    def __init__(self, book: pikepdf.Pdf) -> None:
        self._book = book
        self._root = book.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = book.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root))
        self._parts: list[Any] = []
        self._parents: list[tuple[int, Any]] = []
        self._next = 0

    def take_over(self, paper: pikepdf.Pdf, pages: Sequence[pikepdf.Page], *, is_first: bool) -> None:
        """The tags of the paper, whose pages are already in the book; `is_first`: read before all others."""
        tree = self._book.copy_foreign(self._indirect(paper))
        parts = []
        for element in tree.K:
            element.S, element.P = Name.Part, self._document
            parts.append(element)
        self._parts = [*parts, *self._parts] if is_first else [*self._parts, *parts]
        numbers = list(tree.ParentTree.Nums)
        for number, parent in zip(numbers[::2], numbers[1::2], strict=True):
            self._parents.append((int(number) + self._next, parent))
        for page in pages:
            page.obj.StructParents = int(page.obj.StructParents) + self._next
            for note in page.obj.get(Name.Annots, []):
                if Name.StructParent in note:
                    note.StructParent = int(note.StructParent) + self._next
        self._next += max((int(number) for number in numbers[::2]), default=-1) + 1

    @staticmethod
    def _indirect(paper: pikepdf.Pdf) -> Any:
        tree = paper.Root.StructTreeRoot
        return tree if tree.is_indirect else paper.make_indirect(tree)

    def close(self) -> None:
        """Hang the tree into the book."""
        numbers = [item for number, parent in self._parents for item in (number, parent)]
        self._document.K = Array(self._parts)
        self._root.K = Array([self._document])
        self._root.ParentTree = self._book.make_indirect(Dictionary(Nums=Array(numbers)))
        self._root.ParentTreeNextKey = self._next
        self._book.Root.StructTreeRoot = self._root
        self._book.Root.MarkInfo = Dictionary(Marked=True)


def _lead(book: pikepdf.Pdf, count: int, places: Sequence[int]) -> None:
    """Turn the addresses that stand in for papers into links to their first pages."""
    for page in book.pages[:count]:
        for note in page.obj.get(Name.Annots, []):
            address = str(note.A.URI) if Name.A in note and Name.URI in note.A else ""
            if address.startswith(_PLACE):
                place = places[int(address.removeprefix(_PLACE))]
                del note[Name.A]
                note.Dest = Array([book.pages[place].obj, Name.Fit])


def _number(book: pikepdf.Pdf, count: int) -> None:
    """Pages are counted as the contents say: i, ii and so on for these, then 1, 2."""
    ranges = [0, Dictionary(S=Name.r), count, Dictionary(S=Name.D)]
    book.Root.PageLabels = book.make_indirect(Dictionary(Nums=Array(ranges)))


def _describe(book: pikepdf.Pdf, contents: pikepdf.Pdf) -> None:
    """Language, title and what else a reader is told, as of any paper of the press."""
    root = contents.Root
    book.Root.Lang = str(root.Lang)
    book.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    metadata = root.Metadata if root.Metadata.is_indirect else contents.make_indirect(root.Metadata)
    book.Root.Metadata = book.copy_foreign(metadata)
    for name in ("/Title", "/Author"):
        if name in contents.docinfo:
            book.docinfo[name] = str(contents.docinfo[name])

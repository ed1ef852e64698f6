"""`python -m protocols.extracts.bookbinding`: a process that puts papers behind each other, for `binding`.

Each paper is opened, copied object by object into the book and forgotten, so that a thousand need no more
memory than one. What it is asked and what it answers are pickles on its standard input and output; it ends
when the one who asked does.
"""

from __future__ import annotations

import pickle
import re
import select
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from protocols.extracts.metadata import Claims, claiming, claims_of
from protocols.extracts.writing import PdfWriter

#: Where a line of the contents leads until the papers' pages are there: to the paper with this number.
PLACE = "https://bok.invalid/"

#: Strings are passed over; what else looks like a reference is one.
_TOKEN = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9a-fA-F]*>|\b(\d+) (\d+) R\b", re.DOTALL)
_OWN_TITLE = "Innehåll"


@dataclass(frozen=True)
class Order:
    """The papers to take, and the file to write."""

    papers: Sequence[Path]
    to: Path


@dataclass(frozen=True)
class Front:
    """What stands before the papers: the contents as a PDF, and the papers' names for the bookmarks."""

    contents: bytes
    titles: Sequence[str]


class Gone(Exception):  # noqa: N818 -- no error: nobody waits for the book any more
    """The one who asked has ended."""


class Book:
    """The book while it is written; the papers first, the contents that stand before them last."""

    def __init__(self, file: BinaryIO) -> None:
        self._writer = PdfWriter(file)
        self._root, self._tree, self._document, self._pages = (self._writer.reserve() for _each in range(4))
        self._parts: list[int] = []
        self._parents: list[tuple[int, int]] = []
        self._next = 0  # key in the tree of parents
        self._groups: list[tuple[int, int]] = []  # pages of a paper: their node, how many
        self._firsts: list[int] = []  # the first page of each
        self._claims = Claims()

    @property
    def starts(self) -> list[int]:
        """How many pages lie before each paper, and before the end."""
        found = [0]
        for _node, count in self._groups:
            found.append(found[-1] + count)
        return found

    def take_in(self, paper: pikepdf.Pdf) -> None:
        """Put the paper behind the others, with its tags and without its seal."""
        said = claims_of(paper.Root.Metadata.read_bytes())
        self._claims = Claims(
            is_archival=self._claims.is_archival and said.is_archival,
            is_accessible=self._claims.is_accessible and said.is_accessible,
        )
        self._copy(paper, _Copy(self._writer, paper))

    def close(self, front: Front) -> None:
        """Set the contents before all papers and write what holds the book together."""
        firsts = self._firsts
        with pikepdf.open(BytesIO(front.contents)) as contents:
            copy = _Copy(self._writer, contents)
            _lead(contents, copy, firsts, self.starts)
            packet = claiming(contents.Root.Metadata.read_bytes(), self._claims)
            parts, groups, self._parts, self._groups, self._firsts = self._parts, self._groups, [], [], []
            self._copy(contents, copy)
            intent = copy.write(contents.Root.OutputIntents[0])
            copy.finish()
            language, title = contents.Root.Lang.unparse(), contents.docinfo["/Title"].unparse()
            count = len(contents.pages)
        self._parts += parts
        self._groups += groups
        places = [*self._firsts, *firsts]
        self._hang_up()
        put, add = self._writer.put, self._writer.add
        metadata = self._writer.reserve()
        head = b"<< /Type /Metadata /Subtype /XML /Length %d >>" % len(packet)
        self._writer.put_stream(metadata, head, packet)
        labels = b"<< /Nums [0 << /S /r >> %d << /S /D >>] >>" % count
        put(
            self._root,
            b"<< /Type /Catalog /Pages %d 0 R /StructTreeRoot %d 0 R /MarkInfo << /Marked true >> /Lang %b"
            b" /ViewerPreferences << /DisplayDocTitle true >> /PageMode /UseOutlines /Metadata %d 0 R"
            b" /OutputIntents [%d 0 R] /PageLabels %d 0 R /Outlines %d 0 R >>"
            % (
                self._pages,
                self._tree,
                language,
                metadata,
                intent,
                add(labels),
                self._outline([_OWN_TITLE, *front.titles], places),
            ),
        )
        self._writer.close(self._root, add(b"<< /Title %b >>" % title))

    def _copy(self, paper: pikepdf.Pdf, copy: _Copy) -> None:
        node = self._writer.reserve()
        self._take_tags(paper, copy)
        pages = []
        for page in paper.pages:
            copy.known[page.obj.Parent.objgen] = node
            pages.append(copy.number_of(page.obj))
        copy.finish()
        self._writer.put(
            node,
            b"<< /Type /Pages /Parent %d 0 R /Kids [%b] /Count %d >>"
            % (self._pages, _references(pages), len(pages)),
        )
        self._groups.append((node, len(pages)))
        self._firsts.append(pages[0])

    def _take_tags(self, paper: pikepdf.Pdf, copy: _Copy) -> None:
        """The tags become a part of the book's one tree (ISO 32000-1, 14.7); their keys follow the last."""
        tree = paper.Root.StructTreeRoot
        for page in paper.pages:
            page.obj.StructParents = int(page.obj.StructParents) + self._next
            if Name.Annots in page.obj:
                notes = [note for note in page.obj.Annots if note.get(Name.Subtype) != Name.Widget]
                page.obj.Annots = Array(notes)
                for note in notes:
                    if Name.StructParent in note:
                        note.StructParent = int(note.StructParent) + self._next
        copy.known[tree.objgen] = self._document
        for element in tree.K:
            element.S = Name.Part
            self._parts.append(copy.number_of(element))
        numbers = list(tree.ParentTree.Nums)
        for key, parent in zip(map(int, numbers[::2]), numbers[1::2], strict=True):
            self._parents.append((key + self._next, copy.write(parent)))
        self._next += max(map(int, numbers[::2]), default=-1) + 1

    def _hang_up(self) -> None:
        """The tree of the pages and the tree of the tags."""
        put, add = self._writer.put, self._writer.add
        kids = _references([node for node, _count in self._groups])
        put(self._pages, b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, self.starts[-1]))
        put(
            self._document,
            b"<< /Type /StructElem /S /Document /P %d 0 R /K [%b] >>"
            % (self._tree, _references(self._parts)),
        )
        numbers = b" ".join(b"%d %d 0 R" % pair for pair in sorted(self._parents))
        put(
            self._tree,
            b"<< /Type /StructTreeRoot /K [%d 0 R] /ParentTree %d 0 R /ParentTreeNextKey %d >>"
            % (self._document, add(b"<< /Nums [%b] >>" % numbers), self._next),
        )

    def _outline(self, titles: Sequence[str], pages: Sequence[int]) -> int:
        root = self._writer.reserve()
        items = [self._writer.reserve() for _title in titles]
        for index, (item, title, page) in enumerate(zip(items, titles, pages, strict=True)):
            around = b"/Prev %d 0 R " % items[index - 1] if index else b""
            if index + 1 < len(items):
                around += b"/Next %d 0 R " % items[index + 1]
            text = pikepdf.String(title).unparse()
            body = b"<< /Title %b /Parent %d 0 R %b/Dest [%d 0 R /Fit] >>" % (text, root, around, page)
            self._writer.put(item, body)
        body = b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>"
        self._writer.put(root, body % (items[0], items[-1], len(items)))
        return root


class _Copy:
    """The objects of one paper on their way into the book; `known` are those that have a number there."""

    def __init__(self, writer: PdfWriter, paper: pikepdf.Pdf) -> None:
        self.known: dict[tuple[int, int], int] = {}
        self._writer = writer
        self._paper = paper
        self._waiting: list[tuple[int, int]] = []

    def number_of(self, thing: Any) -> int:
        """The number in the book of an object that the paper has a number for."""
        return self._number(thing.objgen)

    def write(self, thing: Any) -> int:
        """The number of an object that may have had none of its own in the paper."""
        if thing.is_indirect:
            return self.number_of(thing)
        return self._writer.add(self._renumbered(thing.unparse(resolved=True)))

    def finish(self) -> None:
        """Write all that was named, and what these name."""
        while self._waiting:
            place = self._waiting.pop()
            thing: Any = self._paper.get_object(place)
            if isinstance(thing, pikepdf.Stream):
                head = self._renumbered(thing.stream_dict.unparse(resolved=True))
                self._writer.put_stream(self.known[place], head, thing.read_raw_bytes())
            else:
                self._writer.put(self.known[place], self._renumbered(thing.unparse(resolved=True)))

    def _number(self, place: tuple[int, int]) -> int:
        number = self.known.get(place)
        if number is None:
            number = self.known[place] = self._writer.reserve()
            self._waiting.append(place)
        return number

    def _renumbered(self, body: bytes) -> bytes:
        return _TOKEN.sub(self._reference, body)

    def _reference(self, found: re.Match[bytes]) -> bytes:
        if found[1] is None:
            return found[0]
        return b"%d 0 R" % self._number((int(found[1]), int(found[2])))


def _lead(contents: pikepdf.Pdf, copy: _Copy, pages: Sequence[int], starts: Sequence[int]) -> None:
    """Turn the addresses that stand in for papers into links to their first pages."""
    for note in _notes(contents):
        address = str(note.A.URI) if Name.A in note and Name.URI in note.A else ""
        if address.startswith(PLACE):
            number = int(address.removeprefix(PLACE))
            stand_in = contents.make_indirect(Dictionary())
            copy.known[stand_in.objgen] = pages[number]
            del note[Name.A]
            note.Dest = Array([stand_in, Name.Fit])
            note.Contents = pikepdf.String(f"Till sida {starts[number] + 1}")


def _notes(paper: pikepdf.Pdf) -> Iterator[Any]:
    for page in paper.pages:
        yield from page.obj.get(Name.Annots, [])


def _references(numbers: Sequence[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def main() -> None:
    """Take an Order, answer where each paper begins, take the Front, answer that the book is there."""
    for name in (signal.SIGINT, signal.SIGHUP):  # meant for those who ask; they end what they have begun
        signal.signal(name, signal.SIG_IGN)
    answer: tuple[bool, Any]
    try:
        _bind(pickle.load(sys.stdin.buffer))  # noqa: S301 -- from the process that started this
        answer = True, None
    except (EOFError, Gone):
        return
    except Exception as error:  # noqa: BLE001 -- whatever it was, it is told to the one who asked
        answer = False, f"{type(error).__name__}: {error}"
    with suppress(BrokenPipeError):
        _say(answer)


def _bind(order: Order) -> None:
    with order.to.open("wb") as file:
        book = Book(file)
        for path in order.papers:
            if select.select([sys.stdin], [], [], 0)[0]:  # nothing is said now: it has ended
                raise Gone
            with pikepdf.open(path) as paper:
                book.take_in(paper)
        _say((True, book.starts))
        book.close(pickle.load(sys.stdin.buffer))  # noqa: S301 -- as above


def _say(answer: tuple[bool, Any]) -> None:
    pickle.dump(answer, sys.stdout.buffer)
    sys.stdout.flush()


if __name__ == "__main__":
    main()

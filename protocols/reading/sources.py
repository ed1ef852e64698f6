"""Opens what somebody wants read: a file, a folder or a ZIP gives sources of text, one after the other.

`READERS` says which kinds of file there are: a function a kind, from bytes to text. A text's pages are
parted by form feeds, so that a fact's place has its page. Another kind of input is another function here, and
nothing else changes. What cannot be read is refused with a `Reason`; the other files go on.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

from protocols.reading import pdf, word
from protocols.reading.language import check_language
from protocols.reading.refusals import Reason, UnreadableError

__all__ = ["READERS", "Reason", "Source", "UnreadableError", "count", "open_all"]

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
MOST_BYTES = 50 * 1024 * 1024
MOST_PAGES = pdf.MOST_PAGES
MOST_FILES = 500
MOST_UNPACKED = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """`name` is the file's name without its ending, `origin` where it lies (with its path within a ZIP)."""

    name: str
    origin: str
    suffix: str
    content: bytes

    def text(self, told: Callable[[int, int], None] | None = None) -> str:
        """The text with its pages parted by form feeds. Raises UnreadableError.

        `told` is called with the pages that are read, and how many there are, where the file has any.
        """
        if len(self.content) > MOST_BYTES:
            raise UnreadableError(Reason.TOO_LARGE)
        reader = READERS[self.suffix]
        text = pdf.text(self.content, told) if reader is pdf.text else reader(self.content)
        if text.count("\f") >= MOST_PAGES:
            raise UnreadableError(Reason.TOO_MANY_PAGES)
        check_language(text)
        return text


def decoded(content: bytes) -> str:
    """The text of a file, whatever wrote it: UTF-8 or UTF-16 with its mark, else Windows' western letters."""
    if content.startswith(UTF_16):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def plain(content: bytes) -> str:
    """The same, where it is whole and is text. Raises UnreadableError."""
    text = decoded(content)
    if "\0" in text:
        raise UnreadableError(Reason.NOT_TEXT)
    if content.startswith(UTF_16) and "\N{REPLACEMENT CHARACTER}" in text:
        raise UnreadableError(Reason.BROKEN)
    return text


class _Html(HTMLParser):
    """The text of a page: each block is lines of its own."""

    BLOCKS = frozenset(
        [
            "p",
            "div",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "li",
            "tr",
            "table",
            "section",
            "article",
            "ul",
            "ol",
            "dl",
            "dt",
            "dd",
            "blockquote",
            "br",
            "header",
            "footer",
        ]
    )
    HIDDEN = frozenset(("script", "style", "title", "template"))  # no "head": it need not be closed

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0
        self.lists: list[int | None] = []  # the number of the last item of each open list; None: bullets

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in self.HIDDEN
        if tag in self.BLOCKS:
            self.parts.append("\n" if tag in ("br", "li", "tr") else "\n\n")
        if tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ol" else None)
        if tag == "li":
            self.parts.append(self._point())

    def _point(self) -> str:
        number = self.lists[-1] if self.lists else None
        if number is None:
            return "• "
        self.lists[-1] = number + 1
        return f"{number + 1}. "

    def handle_endtag(self, tag: str) -> None:
        if tag in self.HIDDEN:
            self.hidden = max(self.hidden - 1, 0)  # one that closes nothing hides nothing
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag in self.BLOCKS and tag not in ("br", "li", "tr"):
            self.parts.append("\n\n")
        elif tag in ("td", "th"):
            self.parts.append("  ")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(re.sub(r"\s+", " ", data))


def html(content: bytes) -> str:
    """What a page shows. Offsets of its facts are those of this text, not of the file."""
    return _shown(plain(content))


def docx(content: bytes) -> str:
    """What a Word document shows. It knows no pages: where they break, Word finds anew on each machine."""
    return _shown(word.html(content)).replace("↑", "")  # how a footnote leads back


def _shown(page: str) -> str:
    parser = _Html()
    try:
        parser.feed(page)
        parser.close()
    except AssertionError as error:  # how HTMLParser answers a declaration that is none ("<![x[")
        raise UnreadableError(Reason.BROKEN) from error
    return re.sub(r"\n{3,}", "\n\n", "".join(parser.parts)).strip("\n")


def markdown(content: bytes) -> str:
    """Markdown is read as it stands; the signs that make a heading of a line are taken off."""
    return re.sub(r"(?m)^#{1,6}\s+", "", plain(content))


READERS: dict[str, Callable[[bytes], str]] = {
    ".txt": plain,
    ".md": markdown,
    ".html": html,
    ".htm": html,
    ".pdf": pdf.text,
    ".docx": docx,
    ".docm": docx,
}


def open_all(path: Path) -> Iterator[Source | tuple[str, UnreadableError]]:
    """The sources of a path: its files in the order of their names.

    What is refused comes as (origin, reason).
    """
    if path.is_dir():
        for file in sorted(path.iterdir()):
            if file.suffix.lower() in READERS:
                yield _file(file)
    elif not path.exists():
        yield str(path), UnreadableError(Reason.MISSING)
    elif path.suffix.lower() == ".zip":
        yield from _zip(path)
    elif path.suffix.lower() not in READERS:
        yield str(path), UnreadableError(Reason.UNKNOWN_KIND)
    else:
        yield _file(path)


def count(path: Path) -> int:
    """About how many sources a path has, for the progress bar."""
    if path.is_dir():
        return sum(file.suffix.lower() in READERS for file in path.iterdir())
    return 1


def _file(path: Path) -> Source | tuple[str, UnreadableError]:
    try:
        if path.stat().st_size > MOST_BYTES:
            return str(path), UnreadableError(Reason.TOO_LARGE)
        content = path.read_bytes()
    except OSError:
        return str(path), UnreadableError(Reason.CLOSED)
    return Source(path.stem, str(path), path.suffix.lower(), content)


def _zip(path: Path) -> Iterator[Source | tuple[str, UnreadableError]]:
    """The files of a ZIP, never more than is allowed in all: what it says of its sizes is not believed."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError):  # no ZIP, half of one, or one that is closed to us
        yield str(path), UnreadableError(Reason.BROKEN)
        return
    with archive:
        wanted = [one for one in archive.infolist() if PurePosixPath(one.filename).suffix.lower() in READERS]
        if len(wanted) > MOST_FILES:
            yield str(path), UnreadableError(Reason.TOO_MANY_FILES)
            return
        left = MOST_UNPACKED
        for one in wanted:
            origin, most = f"{path}/{one.filename}", min(left, MOST_BYTES)
            try:
                content = _member(archive, one, most)
            except UnreadableError as refusal:
                left -= most if refusal.reason is Reason.TOO_LARGE else 0
                yield origin, refusal
                continue
            left -= len(content)
            name = PurePosixPath(one.filename)
            yield Source(name.stem, origin, name.suffix.lower(), content)


def _member(archive: zipfile.ZipFile, one: zipfile.ZipInfo, most: int) -> bytes:
    """A file of a ZIP, of `most` bytes. Raises UnreadableError; the other files can be read on."""
    if one.flag_bits & 1:
        raise UnreadableError(Reason.ENCRYPTED)
    try:
        with archive.open(one) as file:
            content = file.read(most + 1)
    # A wrong checksum or header, a compression that is unknown here, a stream cut short or damaged.
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error) as error:
        raise UnreadableError(Reason.BROKEN) from error
    if len(content) > most:
        raise UnreadableError(Reason.TOO_LARGE)
    return content

"""The text of a PDF that was born digital: its lines in reading order, with the blank lines that one sees.

A PDF holds letters at places. PDFium tells each letter's place and puts in the blanks between words. Here
letters on one baseline become a line; lines that are further apart than the page's own leading, or set in
another size or weight, get a blank line between. The order is that in which the page was written: programs
write a text in its own order, a column to its end before the next, a cell before its neighbour. Only what
stands wholly above something of the same column, and was written after it, is moved up: running heads are
often written last.
"""

from __future__ import annotations

import ctypes
import itertools
import math
import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from protocols.reading.refusals import Reason, UnreadableError
from protocols.reading.signs import KEPT_HYPHEN

MOST_PAGES = 5000
MOST_LETTERS = 20_000_000  # of a file; a page of text has about three thousand
END_MARK = b"%%EOF"
END_ZONE = 2048
# All in ems, that is parts of the size of the type.
ONE_LINE = 0.35  # so far a baseline may shift within a line
WORD = 0.1  # so wide a blank parts two words
LETTER = 0.36  # so wide is a letter, about
CELL = 1.2  # so wide a blank parts two cells
NARROW_CELL = 0.5  # and so wide a one where the line has other cells, or blanks that are much narrower
INDENT = 2.5  # what begins so far to the right is of the same column
LEADING = (1.0, 1.6)
MORE_THAN_LEADING = 0.22
BLOCK = 2.5  # what stands so far below is not the same block
OTHER_SIZE, BOLD = 0.08, 600
MARKER = re.compile(r"(?:\d{1,2}|[a-z])[.)]|[•▪◦–*-]")
MARKER_BEFORE = 4  # so far to the left of its item
HEAD_ZONE = 60  # points from the page's first line
DOUBT = 1 / 16  # letters differ in width: so much of a line
UNPARTED = re.compile(r"§+ \S+|\S+(?: \([^)]{1,5}\))?")  # what never is on two lines
BEGINS = re.compile(r"(?![a-zåäöéü])|att |[a-z][.)] ")
# What ends a line within a word: put there by a program that hyphenates, or any hyphen, as PDFium tells it.
SOFT_AT_END = re.compile("\u00ad$", re.MULTILINE)
DIVIDED = re.compile(r"(\w+)[-\u2010](?=\n(\w+))")
SOFT, HYPHENS = {"\u00ad", "\u2010"}, {"\x02", "\ufffe"}
SAME_SIGN = {"\u2011": "-", "\u00a0": " ", "\u202f": " ", "\u2007": " "}
# PDFium is not made for several threads.
_alone = threading.Lock()


class Letter(NamedTuple):
    """A sign at its place: `x` and `y` are its origin on the baseline, in points, y upwards."""

    sign: str
    x: float
    y: float
    right: float
    size: float
    turned: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Letters on one baseline, `left` to `right`; `bold` where it begins and ends so."""

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool


def text(content: bytes, told: Callable[[int, int], None] | None = None) -> str:
    """The text of a PDF, its pages parted by form feeds. Raises UnreadableError.

    Pages are read one at a time. An owner's password alone keeps nobody from reading.
    """
    if END_MARK not in content[-END_ZONE:]:
        raise UnreadableError(Reason.BROKEN)  # half a file, which PDFium would mend as well as it can
    with _alone:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
            raise UnreadableError(Reason.ENCRYPTED if locked else Reason.BROKEN) from error
        try:
            return _whole(document, told)
        except pypdfium2.PdfiumError as error:
            raise UnreadableError(Reason.BROKEN) from error
        finally:
            document.close()


def _whole(document: pypdfium2.PdfDocument, told: Callable[[int, int], None] | None) -> str:
    if len(document) > MOST_PAGES:
        raise UnreadableError(Reason.TOO_MANY_PAGES)
    pages: list[str] = []
    left = MOST_LETTERS
    for index in range(len(document)):
        page = document[index]
        letters = page.get_textpage()
        left -= letters.count_chars()
        if left < 0:
            raise UnreadableError(Reason.TOO_LARGE)
        pages.append(_set(ordered(rows(letters, page.get_rotation()))))
        letters.close()
        page.close()
        if told:
            told(index + 1, len(document))
    end = "\n\f" if len(pages) == 1 else ""  # so that a single page has its number
    return _hyphenated("\n\f".join(pages) + end)


def _hyphenated(text: str) -> str:
    """Hyphens as signs.

    One at a line's end belongs to its word where the text has its own way of dividing words, or where the
    same word stands elsewhere with its hyphen.
    """
    if SOFT_AT_END.search(text):
        text = re.sub(r"(?<=\w)[-\u2010]$", KEPT_HYPHEN, text, flags=re.MULTILINE)
    else:
        whole = {word.casefold() for word in re.findall(r"\w+-\w+", text)}
        text = DIVIDED.sub(
            lambda found: (
                f"{found[1]}{KEPT_HYPHEN}" if f"{found[1]}-{found[2]}".casefold() in whole else found[0]
            ),
            text,
        )
    return text.replace("\u00ad", "-").replace("\u2010", "-")


def rows(page: pypdfium2.PdfTextPage, rotation: int) -> list[Row]:
    """The lines of a page in the order in which they were written; what is set aslant is one line each."""
    result: list[Row] = []
    run: list[tuple[int, Letter]] = []
    for index, letter in _letters(page, rotation):
        if run and _new_row(run[-1][1], letter):
            result += _row(page, run)
            run = []
        if run or letter.sign != " ":
            run.append((index, letter))
    return [*result, *_row(page, run)]


def _letters(page: pypdfium2.PdfTextPage, rotation: int) -> Iterator[tuple[int, Letter]]:
    """The signs of a page. A blank has no place of its own: it takes that of the letter before it."""
    raw = page.raw
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    at_x, at_y, at_box = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    before: Letter | None = None
    turned = False
    for index in range(page.count_chars()):
        sign = _sign(pdfium.FPDFText_GetUnicode(raw, index))
        if sign in ("", " "):
            if sign and before is not None:
                yield index, before._replace(sign=" ")
            continue
        pdfium.FPDFText_GetCharOrigin(raw, index, at_x, at_y)
        pdfium.FPDFText_GetLooseCharBox(raw, index, at_box)
        left, base = _upright(x.value, y.value, rotation)
        if before is None or abs(base - before.y) > 0.1:  # what is aslant never keeps its baseline
            aslant = math.degrees(pdfium.FPDFText_GetCharAngle(raw, index)) + rotation
            turned = not -5 < (aslant + 180) % 360 - 180 < 5
        right, size = _extent(box, rotation)
        before = Letter(sign, left, base, right, size, turned)
        yield index, before


@lru_cache(maxsize=4096)
def _sign(code: int) -> str:
    """A sign as text: "" for what only steers."""
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return ""
    sign = chr(code)
    if sign in SOFT:
        return "\u00ad"
    if sign in HYPHENS:
        return "\u2010"
    if "\ufb00" <= sign <= "\ufb06":  # ligatures
        return unicodedata.normalize("NFKC", sign)
    sign = SAME_SIGN.get(sign, sign)
    return sign if sign.isprintable() else ""


def _upright(x: float, y: float, rotation: int) -> tuple[float, float]:
    """A place on a page that is shown turned."""
    if rotation == 0:
        return x, y
    return {90: (y, -x), 180: (-x, -y), 270: (-y, x)}[rotation]


def _extent(box: pdfium.FS_RECTF, rotation: int) -> tuple[float, float]:
    """The right edge of a letter, and how tall its line is."""
    one = _upright(box.left, box.bottom, rotation)
    other = _upright(box.right, box.top, rotation)
    return max(one[0], other[0]), max(abs(other[1] - one[1]), 1.0)


def _new_row(before: Letter, letter: Letter) -> bool:
    if letter.turned or before.turned:
        return letter.turned != before.turned
    em = max(before.size, letter.size)
    return abs(letter.y - before.y) > ONE_LINE * em or letter.x < before.x - em / 2


def _row(page: pypdfium2.PdfTextPage, run: Sequence[tuple[int, Letter]]) -> list[Row]:
    letters = [letter for _, letter in run]
    told = _told(letters)
    if not told:
        return []
    weights = {
        pdfium.FPDFText_GetFontWeight(page.raw, run[index][0]) >= BOLD
        for index in (0, max(i for i, letter in enumerate(letters) if letter.sign != " "))
    }
    size = Counter(round(letter.size, 1) for letter in letters).most_common(1)[0][0]
    right = max(letter.right for letter in letters)
    return [Row(told, letters[0].x, right, letters[0].y, size, weights == {True})]


def _told(letters: Sequence[Letter]) -> str:
    """The words of a line; a wide blank between two cells is as many blanks as it is wide, at least two.

    A soft hyphen is kept at the end of the line, and nothing elsewhere.
    """
    signs = [letter for letter in letters if letter.sign != " "]
    cells = _cells(signs)
    line, index = "", 0
    for letter in letters:
        if letter.sign == " ":
            line += " " if line[-1:] != " " else ""
            continue
        if index in cells:
            column = round((letter.x - signs[0].x) / (LETTER * signs[0].size))
            line = line.rstrip(" ")
            line += " " * max(2, column - len(line))
        line += letter.sign
        index += 1
    return unicodedata.normalize("NFC", re.sub("\u00ad(?!$)", "", line.strip()))


def _cells(signs: Sequence[Letter]) -> set[int]:
    """Which signs of a line begin a new cell.

    Justified type has wide blanks, too, but then all blanks of the line are alike.
    """
    blanks = [
        (index, (after.x - before.right) / after.size)
        for index, (before, after) in enumerate(itertools.pairwise(signs), start=1)
        if after.x - before.right > WORD * after.size
    ]
    widths = [width for _, width in blanks]
    is_row = any(width > CELL for width in widths)
    narrowest = min(widths, default=0.0)
    return {
        index
        for index, width in blanks
        if width > CELL or (width > NARROW_CELL and (is_row or width > 2.5 * narrowest))
    }


def ordered(written: Sequence[Row]) -> list[Row]:
    """The lines as they are read.

    A block that stands wholly above all that was written last, and above some of it in the same column, comes
    before that.
    """
    blocks: list[list[Row]] = []
    for row in _with_markers(written):
        if not blocks or not 0 <= blocks[-1][-1].y - row.y < BLOCK * row.size:
            blocks.append([])
        blocks[-1].append(row)
    top = max((row.y for row in written), default=0)
    result: list[list[Row]] = []
    for block in blocks:
        at, lowest = len(result), min(row.y for row in block)
        while at and lowest > max(row.y for row in result[at - 1]):
            at -= 1
        beside = lowest < top - HEAD_ZONE and not any(_same_column(block, other) for other in result[at:])
        result.insert(len(result) if beside else at, block)
    return [row for block in result for row in block]


def _with_markers(written: Sequence[Row]) -> list[Row]:
    """The lines, each with the number or bullet that stands before it, whenever that was written."""
    markers = [row for row in written if MARKER.fullmatch(row.text)]
    alone = list(markers)
    result: list[Row] = []
    for row in written:
        if row in markers:
            continue
        mine = next((one for one in alone if _marks(one, row)), None)
        if mine is not None:
            alone.remove(mine)
        result.append(replace(row, text=f"{mine.text} {row.text}") if mine else row)
    return [*result, *alone]


def _marks(marker: Row, row: Row) -> bool:
    before = row.left - marker.right
    return abs(marker.y - row.y) < ONE_LINE * row.size and -1 < before < MARKER_BEFORE * row.size


def _same_column(block: Sequence[Row], other: Sequence[Row]) -> bool:
    left, right = min(row.left for row in block), max(row.right for row in block)
    return any(row.right > left and row.left < right for row in other)


def _set(lines: Sequence[Row]) -> str:
    leading, edges = _leading(lines), _edges(lines)
    parts: list[str] = []
    for index, row in enumerate(lines):
        before = lines[index - 1] if index else None
        if before and (_apart(before, row, leading) or _ended(before, row, edges)):
            parts.append("")
        parts.append(row.text)
    return "\n".join(parts)


def _edges(lines: Sequence[Row]) -> dict[int, float]:
    """How far to the right the lines go that begin at the same place."""
    edges: dict[int, float] = {}
    for row in lines:
        edges[round(row.left)] = max(edges.get(round(row.left), 0), row.right)
    return edges


def _ended(before: Row, row: Row, edges: dict[int, float]) -> bool:
    """Whether somebody pressed Enter: what comes next begins something, and had had room on the line."""
    if not BEGINS.match(row.text):
        return False
    edge = max(
        right
        for left, right in edges.items()
        if min(before.left, row.left) - INDENT * row.size <= left <= max(before.left, row.left) + 1
    )
    word = UNPARTED.match(row.text)
    letter = (row.right - row.left) / max(len(row.text), 1)
    return before.right + (word.end() + 1 if word else 0) * letter < edge - (edge - row.left) * DOUBT


def _leading(lines: Sequence[Row]) -> float:
    """The page's most common distance from line to line, in ems."""
    steps = Counter(
        round((one.y - other.y) / other.size, 1)
        for one, other in itertools.pairwise(lines)
        if 0 < one.y - other.y < 2 * other.size
    )
    low, high = LEADING
    return min(max(steps.most_common(1)[0][0], low), high) if steps else high


def _apart(before: Row, row: Row, leading: float) -> bool:
    """Whether one sees that something new begins."""
    if abs(before.size - row.size) > OTHER_SIZE * max(before.size, row.size) or before.bold != row.bold:
        return True
    step = (before.y - row.y) / row.size
    if step < 0:  # the next column, or the next cell
        return not row.text[:1].islower()
    return step > leading + MORE_THAN_LEADING

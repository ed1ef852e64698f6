"""What WeasyPrint leaves undone in a tagged PDF, done before it is written.

- Head and foot are drawn as content that hangs in no structure; here they become artifacts (ISO 32000-1,
  14.8.2.2), so that a screen reader does not read "Sida 1 av 2" into the middle of a sentence.
- A face that draws the no-break space with the glyph of the space is given one meaning for both, and that is
  the space: what is copied or searched is then what one types.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_FURNITURE = [b"/Artifact", b"<</Type /Pagination>>", b"BDC"]
_NO_TARGET = b"null"


def finish(document: Any, pdf: Any) -> None:
    """WeasyPrint's finisher: `document` is its laid-out document, `pdf` the pydyf.PDF about to be written."""
    _read_no_break_spaces_as_spaces(pdf)
    if "StructTreeRoot" in pdf.catalog:
        _make_furniture_artifacts(pdf)


def _make_furniture_artifacts(pdf: Any) -> None:
    root = _resolve(pdf, pdf.catalog["StructTreeRoot"])
    reachable = set(_descendants(pdf, root))
    numbers = _resolve(pdf, root["ParentTree"])["Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for index, page in enumerate(pdf.page_references):
        elements = parents[index]
        loose = {number for number, element in enumerate(elements) if element not in reachable}
        for number in loose:
            _resolve(pdf, elements[number]).clear()
            elements[number] = _NO_TARGET
        _unmark(_resolve(pdf, _resolve(pdf, page)["Contents"]).stream, loose)


def _unmark(stream: list[Any], loose: set[int]) -> None:
    """Replace the beginnings of the marked content with these numbers by the beginning of an artifact."""
    for place, item in enumerate(stream):
        if isinstance(item, dict) and item.get("MCID") in loose:
            # Written by pydyf as three items: the tag, its properties, the operator.
            stream[place - 1 : place + 2] = _FURNITURE


def _descendants(pdf: Any, element: Any) -> Iterator[bytes]:
    kids = element.get("K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid, bytes):
            yield kid
            yield from _descendants(pdf, _resolve(pdf, kid))


def _read_no_break_spaces_as_spaces(pdf: Any) -> None:
    for item in pdf.objects:
        lines = getattr(item, "stream", None)
        if isinstance(lines, list) and b"begincmap" in lines:
            lines[:] = [
                line.replace(b"> <00a0>", b"> <0020>") if isinstance(line, bytes) else line for line in lines
            ]


def _resolve(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]

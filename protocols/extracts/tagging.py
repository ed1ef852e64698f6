"""What WeasyPrint leaves undone in a tagged PDF, done before it is written.

- Head and foot are drawn as content that hangs in no structure; here they become artifacts (ISO 32000-1,
  14.8.2.2), so that a screen reader does not read "Sida 1 av 2" into the middle of a sentence.
- A face that draws the no-break space with the glyph of the space is given one meaning for both, and that is
  the space: what is copied or searched is then what one types.
- A list says how it is numbered (ISO 14289-1, 7.6), a head of a table whether it heads a column or a row
  (7.5), and a link inside the paper to which page it leads (7.18.5).
- The metadata claim PDF/A-3a and PDF/UA-1, or what of it the letters on the paper allow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pydyf
from weasyprint import VERSION

from protocols.extracts.attachments import Attachment, attach
from protocols.extracts.colours import intend_srgb
from protocols.extracts.metadata import Claims, packet

_FURNITURE = [b"/Artifact", b"<</Type /Pagination>>", b"BDC"]
_NO_TARGET = b"null"
_NUMBERING = {"ol": "/Decimal", "ul": "/Disc"}
_WITHOUT_MEANING = {"/P", "/Div", "/Span", "/NonStruct"}
#: Characters whose meaning each maker of fonts sets for himself.
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")


def finish(document: Any, pdf: Any, files: Sequence[Attachment] = ()) -> None:
    """WeasyPrint's finisher: `document` is its laid-out document, `pdf` the pydyf.PDF about to be written."""
    _read_no_break_spaces_as_spaces(pdf)
    if "StructTreeRoot" in pdf.catalog:
        root = _resolve(pdf, pdf.catalog["StructTreeRoot"])
        reachable = dict(_descendants(pdf, root))
        _make_furniture_artifacts(pdf, root, reachable)
        _number_lists(document, reachable)
        _drop_empty(pdf, reachable)
        _give_points_bodies(pdf, reachable)
        _head_tables(pdf, reachable)
        _describe_links(pdf)
    intend_srgb(pdf)
    attach(pdf, files)
    _describe(document, pdf)


def claims(fonts: Sequence[Any]) -> Claims:
    """What a paper set in WeasyPrint's `fonts` may claim.

    A letter that no font has is drawn as an empty box, which neither standard allows (ISO 19005-3, 6.2.11.8;
    ISO 14289-1, 7.21.8). One of the private area means nothing to an archive (ISO 19005-3, 6.2.11.7.3).
    """
    is_drawn = not any(font.missing for font in fonts)
    is_private = any(_PRIVATE.search(text) for font in fonts for text in font.to_unicode.values())
    return Claims(is_archival=is_drawn and not is_private, is_accessible=is_drawn)


def _describe(document: Any, pdf: Any) -> None:
    stream = _resolve(pdf, pdf.catalog["Metadata"])
    made = packet(document.metadata, f"WeasyPrint {VERSION}", claims(list(document.fonts.values())))
    # Not compressed: an archive finds it without a PDF reader.
    stream.stream, stream.compress = [made], False


def _make_furniture_artifacts(pdf: Any, root: Any, reachable: dict[bytes, Any]) -> None:
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


def _number_lists(document: Any, reachable: dict[bytes, Any]) -> None:
    """WeasyPrint makes the elements in the order of its boxes: the lists of both are the same ones."""
    made = sorted((e for e in reachable.values() if e.get("S") == "/L"), key=lambda element: element.number)
    lists = [tag for page in document.pages for tag in _lists(page._page_box)]  # noqa: SLF001 -- no other way
    for element, tag in zip(made, lists, strict=True):
        if tag in _NUMBERING:
            element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": _NUMBERING[tag]})


def _lists(box: Any) -> Iterator[str]:
    box = getattr(box, "_box", box)
    if box.element is not None and box.element_tag in {"ul", "ol", "dl"}:
        yield "" if box.style["list_style_type"] == "none" else box.element_tag
    for child in getattr(box, "children", ()):
        yield from _lists(child)


def _head_tables(pdf: Any, reachable: dict[bytes, Any]) -> None:
    for element in reachable.values():
        if element.get("S") == "/TH":
            row = _resolve(pdf, element["P"])
            is_column = _resolve(pdf, row["P"])["S"] == "/THead"
            element["A"]["Scope"] = "/Column" if is_column else "/Row"


def _drop_empty(pdf: Any, reachable: dict[bytes, Any]) -> None:
    """Take out what only draws a line or keeps a place: there is nothing to read in it."""
    for reference, element in reversed(reachable.items()):
        if element.get("S") in _WITHOUT_MEANING and not element["K"]:
            _resolve(pdf, element["P"])["K"].remove(reference)


def _give_points_bodies(pdf: Any, reachable: dict[bytes, Any]) -> None:
    """A point of a list holds its mark and its body: what stands beside the mark goes into the body."""
    for point in reachable.values():
        if point.get("S") != "/LI":
            continue
        kinds = {kid: _resolve(pdf, kid)["S"] for kid in point["K"]}
        if set(kinds.values()) <= {"/Lbl", "/LBody"}:
            continue
        body = pydyf.Dictionary(
            {"Type": "/StructElem", "S": "/LBody", "P": point.reference, "Pg": point["Pg"]}
        )
        pdf.add_object(body)
        body["K"] = pydyf.Array()
        for kid, kind in kinds.items():
            if kind != "/Lbl":
                body["K"].extend(_resolve(pdf, kid)["K"] if kind == "/LBody" else [kid])
        for kid in body["K"]:
            if isinstance(kid, bytes):
                _resolve(pdf, kid)["P"] = body.reference
        point["K"] = pydyf.Array([*(kid for kid, kind in kinds.items() if kind == "/Lbl"), body.reference])


def _describe_links(pdf: Any) -> None:
    places: dict[Any, int] = {page: number for number, page in enumerate(pdf.page_references, start=1)}
    dests = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
    targets = {name.string: places[place[0]] for name, place in zip(dests[::2], dests[1::2], strict=True)}
    for item in pdf.objects:
        if isinstance(item, dict) and "Dest" in item and item.get("Subtype") == "/Link":
            item["Contents"] = pydyf.String(f"Till sida {targets[item['Dest'].string]}")


def _descendants(pdf: Any, element: Any) -> Iterator[tuple[bytes, Any]]:
    kids = element.get("K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid, bytes):
            child = _resolve(pdf, kid)
            yield kid, child
            yield from _descendants(pdf, child)


def _read_no_break_spaces_as_spaces(pdf: Any) -> None:
    for item in pdf.objects:
        lines = getattr(item, "stream", None)
        if isinstance(lines, list) and b"begincmap" in lines:
            lines[:] = [
                line.replace(b"> <00a0>", b"> <0020>") if isinstance(line, bytes) else line for line in lines
            ]


def _resolve(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]

"""PDF/UA-1, clause by clause (ISO 14289-1:2014), as the Matterhorn Protocol 1.1 has them checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.archival.file import Paper, book, is_signature_field

RULES, rule = book()

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PDFUAID = "{http://www.aiim.org/pdfua/ns/id/}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_STANDARD_TYPES = frozenset(
    """
    Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private H H1 H2 H3 H4 H5 H6 P L LI
    Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot
    Figure Formula Form
    """.split()  # noqa: SIM905 -- as the standard lists them
)
_PAINTS = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "Tj", "TJ", "'", '"', "BI"])


def _kids(element: Any) -> list[Any]:
    kids = element.get(Name.K, [])
    return list(kids) if isinstance(kids, Array) else [kids]


def _kid_types(element: Any) -> list[str]:
    return [str(kid.S)[1:] for kid in _kids(element) if isinstance(kid, Dictionary) and Name.S in kid]


def _said_of(element: Any, key: str) -> Any:
    attributes = element.get(Name.A, [])
    for entry in attributes if isinstance(attributes, Array) else [attributes]:
        if key in entry:
            return entry[key]
    return None


def _is(element: Any, *names: str) -> bool:
    return str(element.S)[1:] in names


@rule("ISO 14289-1 5 (Matterhorn 06)")
def claims_accessibility(paper: Paper) -> Iterator[str]:
    if paper.metadata.findtext(f".//{_PDFUAID}part") != "1":
        yield "no mark of PDF/UA-1"
    if not paper.metadata.findtext(f".//{_DC}title/{_RDF}Alt/{_RDF}li"):
        yield "no dc:title"


@rule("ISO 14289-1 7.1-3 (Matterhorn 01)")
def all_content_is_tagged_or_furniture(paper: Paper) -> Iterator[str]:
    for page in paper.pdf.pages:
        open_marks: list[str] = []
        for instruction in pikepdf.parse_content_stream(page):
            operator, operands = str(instruction.operator), instruction.operands
            if operator in {"BMC", "BDC"}:
                is_numbered = (
                    len(operands) > 1 and isinstance(operands[1], Dictionary) and Name.MCID in operands[1]
                )
                open_marks.append("content" if is_numbered else str(operands[0]))
                if {"content", "/Artifact"} <= set(open_marks):
                    yield "furniture and content inside each other"
            elif operator == "EMC":
                open_marks.pop()
            elif operator in _PAINTS and not {"content", "/Artifact"} & set(open_marks):
                yield f"{operator} outside"


@rule("ISO 14289-1 7.1-3, 7.1-8 (Matterhorn 01)")
def the_tree_and_the_marks_fit(paper: Paper) -> Iterator[str]:
    parents = paper.pdf.Root.StructTreeRoot.ParentTree.Nums
    by_key = {int(parents[at]): parents[at + 1] for at in range(0, len(parents), 2)}
    for number, page in enumerate(paper.pdf.pages):
        marks = Counter(
            int(one.operands[1].MCID)
            for one in pikepdf.parse_content_stream(page)
            if str(one.operator) == "BDC"
            and isinstance(one.operands[1], Dictionary)
            and Name.MCID in one.operands[1]
        )
        owned = Counter(
            kid
            for element in paper.elements
            if element.get(Name.Pg) is not None and element.Pg.objgen == page.obj.objgen
            for kid in _kids(element)
            if isinstance(kid, int)
        )
        if marks != owned:
            yield f"page {number + 1}: {sorted((marks - owned) | (owned - marks))} only in one of both"
        for mark in marks:
            if mark not in _kids(by_key[int(page.obj.StructParents)][mark]):
                yield f"page {number + 1}: the parent of {mark} does not know it"


@rule("ISO 14289-1 7.1-5 (Matterhorn 02)")
def standard_types(paper: Paper) -> Iterator[str]:
    yield from {str(element.S)[1:] for element in paper.elements} - _STANDARD_TYPES
    yield from (str(element.S) for element in paper.elements if Name.P not in element)


@rule("ISO 14289-1 7.1-9 (Matterhorn 07)")
def shows_its_title(paper: Paper) -> Iterator[str]:
    if not paper.pdf.Root.ViewerPreferences.get(Name.DisplayDocTitle, False):
        yield "the window shows the file's name"


@rule("ISO 14289-1 7.2 (Matterhorn 11)")
def language(paper: Paper) -> Iterator[str]:
    if str(paper.pdf.Root.get(Name.Lang, "")) != "sv":
        yield "not Swedish"


@rule("ISO 14289-1 7.3 (Matterhorn 13)")
def figures_have_words(paper: Paper) -> Iterator[str]:
    yield from ("a figure" for one in paper.elements if _is(one, "Figure") and Name.Alt not in one)


@rule("ISO 14289-1 7.4 (Matterhorn 14)")
def headings(paper: Paper) -> Iterator[str]:
    before = 0
    for element in paper.elements:
        if _is(element, "H"):
            yield "a heading without a level"
        if re.fullmatch(r"/H[1-6]", str(element.S)):
            level = int(str(element.S)[2:])
            if level > before + 1:
                yield f"H{level} after H{before}"
            before = level
            if not any(_has_content(kid) for kid in [element]):
                yield f"an empty H{level}"


def _has_content(element: Any) -> bool:
    return any(
        isinstance(kid, int) or (isinstance(kid, Dictionary) and _has_content(kid)) for kid in _kids(element)
    )


@rule("ISO 14289-1 7.5 (Matterhorn 15)")
def tables(paper: Paper) -> Iterator[str]:
    inside = {"Table": {"TR", "THead", "TBody", "TFoot", "Caption"}, "TR": {"TH", "TD"}}
    inside |= {group: {"TR"} for group in ("THead", "TBody", "TFoot")}
    heads = {str(one.ID) for one in paper.elements if _is(one, "TH") and Name.ID in one}
    for element in paper.elements:
        kind = str(element.S)[1:]
        if kind in inside and (others := set(_kid_types(element)) - inside[kind]):
            yield f"{others} in a {kind}"
        if kind == "TH" and _said_of(element, "/Scope") not in {Name.Row, Name.Column, Name.Both}:
            yield "a head that does not say what it heads"
        if kind == "TD" and (unknown := {str(one) for one in _said_of(element, "/Headers") or []} - heads):
            yield f"a cell under {unknown}"
    yield from (f"a {kind} outside" for kind in _parents_are(paper, {"TH": "TR", "TD": "TR", "TR": "Table"}))


def _parents_are(paper: Paper, wanted: dict[str, str]) -> Iterator[str]:
    for element in paper.elements:
        kind = str(element.S)[1:]
        if kind in wanted:
            parent = str(element.P.S)[1:]
            if parent != wanted[kind] and not (kind == "TR" and parent in {"THead", "TBody", "TFoot"}):
                yield kind


@rule("ISO 14289-1 7.6 (Matterhorn 16)")
def lists(paper: Paper) -> Iterator[str]:
    inside = {"L": {"LI", "L", "Caption"}, "LI": {"Lbl", "LBody"}}
    for element in paper.elements:
        kind = str(element.S)[1:]
        if kind in inside and (others := set(_kid_types(element)) - inside[kind]):
            yield f"{others} in a {kind}"
        if kind == "L":
            has_marks = any(_is(kid, "LI") and "Lbl" in _kid_types(kid) for kid in _kids(element))
            if has_marks and _said_of(element, "/ListNumbering") in {None, Name("/None")}:
                yield "a list with marks that does not say how it counts"
    yield from (f"a {kind} outside" for kind in _parents_are(paper, {"LI": "L", "Lbl": "LI", "LBody": "LI"}))


@rule("ISO 14289-1 7.11 (Matterhorn 21)")
def file_names(paper: Paper) -> Iterator[str]:
    for item in paper.pdf.objects:
        if isinstance(item, Dictionary) and Name.EF in item:
            yield from (str(key) for key in (Name.F, Name.UF) if key not in item)


@rule("ISO 14289-1 7.18.1, 7.18.5 (Matterhorn 28)")
def links(paper: Paper) -> Iterator[str]:
    parents = paper.pdf.Root.StructTreeRoot.ParentTree.Nums
    by_key = {int(parents[at]): parents[at + 1] for at in range(0, len(parents), 2)}
    for note in paper.annotations:
        if is_signature_field(note):
            continue
        if not str(note.get(Name.Contents, "")).strip():
            yield "a link without a description"
        element = by_key.get(int(note.get(Name.StructParent, -1)))
        if element is None or not _is(element, "Link"):
            yield "a link outside a Link"
        elif note.objgen not in [kid.Obj.objgen for kid in _kids(element) if _refers(kid)]:
            yield "a Link that does not know its link"


@rule("ISO 14289-1 7.18.1, 7.18.4 (Matterhorn 28)")
def signature_fields(paper: Paper) -> Iterator[str]:
    """A field needs no tag where it lies outside the page; its words it needs."""
    for page in paper.pdf.pages:
        left, bottom, right, top = map(float, page.obj.get(Name.CropBox, page.mediabox))
        for note in page.obj.get(Name.Annots, []):
            if not is_signature_field(note):
                continue
            x0, y0, x1, y1 = map(float, note.Rect)
            if x1 >= left and x0 <= right and y1 >= bottom and y0 <= top:
                yield "a field on the page outside the tags"
            if not str(note.get(Name.TU, "")).strip():
                yield "a field without words"


def _refers(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.OBJR


@rule("ISO 14289-1 7.18.3 (Matterhorn 28-008)")
def tab_order(paper: Paper) -> Iterator[str]:
    for page in paper.pdf.pages:
        if Name.Annots in page.obj and page.obj.get(Name.Tabs) != Name.S:
            yield "links are met in another order than the text"

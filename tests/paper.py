"""A tagged PDF read back as a screen reader would: block after block in the order of its structure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import IndirectObject

_BLOCKS = {"/H1", "/H2", "/H3", "/H4", "/P", "/LBody", "/TH", "/TD"}


@dataclass(frozen=True)
class Run:
    """Words of one kind."""

    text: str
    page: IndirectObject | None
    is_italic: bool
    is_link: bool


@dataclass(frozen=True)
class Block:
    """A heading ("H1" to "H4"), a paragraph ("P") or a point of a list ("LBody")."""

    tag: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return joined(run.text for run in self.runs)

    @property
    def italic(self) -> str:
        """What is emphasised, on one line."""
        return joined(run.text for run in self.runs if run.is_italic)

    @property
    def linked(self) -> str:
        """What leads somewhere, on one line."""
        return joined(run.text for run in self.runs if run.is_link)


def joined(parts: Iterable[str]) -> str:
    """One line of the parts: a word divided at a line's end is whole again, no-break spaces are spaces."""
    text = "".join(parts).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NON-BREAKING HYPHEN}", "-")
    text = re.sub(r"\N{HYPHEN}\s*\n\s*", "", text)
    return " ".join(text.replace("\N{HYPHEN}", "-").split())


def loose(text: str) -> str:
    """The text without the spaces after hyphen and stroke, which a line's end hides."""
    return re.sub(r"(?<=[-/]) ", "", text)


def blocks(reader: PdfReader) -> list[Block]:
    """All blocks of the document. Raises KeyError where it has no structure.

    A paragraph that a page's end divides is two in WeasyPrint's structure, and one again here.
    """
    texts = {page.indirect_reference: _marked(page) for page in reader.pages}
    root: Any = reader.trailer["/Root"]
    found: list[Block] = []
    for block in _blocks(root["/StructTreeRoot"]["/K"], texts):
        if found and _goes_on(found[-1], block):
            first, *rest = block.runs
            found[-1] = Block("P", (*found[-1].runs, replace(first, text=f"\n{first.text}"), *rest))
        else:
            found.append(block)
    return found


def _goes_on(block: Block, following: Block) -> bool:
    """Whether the following one is the rest of the block, on the next page."""
    if not block.tag == following.tag == "P" or not block.runs or not following.runs:
        return False
    return block.runs[-1].page != following.runs[0].page and not block.text.endswith((".", "!", "?", ":"))


_Marked = dict[int, tuple[str, bool]]
_Texts = dict[IndirectObject | None, _Marked]


def _marked(page: PageObject) -> _Marked:
    """Text and slant of each piece of marked content of a page, by its number."""
    found: _Marked = {}
    open_marks: list[int | None] = []

    def before(operator: bytes, operands: Any, _cm: Any, _tm: Any) -> None:
        if operator in {b"BDC", b"BMC"}:
            properties = operands[1] if len(operands) > 1 else {}
            open_marks.append(properties.get("/MCID") if isinstance(properties, dict) else None)
        elif operator == b"EMC":
            open_marks.pop()

    def text(piece: str, _cm: Any, _tm: Any, font: Any, _size: Any) -> None:
        number = next((mark for mark in reversed(open_marks) if mark is not None), None)
        if number is None or not piece:
            return
        known, is_italic = found.get(number, ("", False))
        slanted = bool(piece.strip()) and "Italic" in str((font or {}).get("/BaseFont", ""))
        found[number] = (known + piece, is_italic or slanted)

    page.extract_text(visitor_operand_before=before, visitor_text=text)
    return found


def _blocks(node: Any, texts: _Texts) -> Iterator[Block]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from _blocks(child, texts)
    elif isinstance(node, dict) and node.get("/S") in _BLOCKS:
        runs = tuple(_runs(node, texts, None, is_link=False))
        inner = [block for child in _children(node) for block in _blocks(child, texts)]
        yield from inner or [Block(str(node["/S"])[1:], runs)]
    elif isinstance(node, dict) and node.get("/S") != "/Lbl":
        yield from _blocks(node.get("/K", []), texts)


def _runs(node: Any, texts: _Texts, page: IndirectObject | None, *, is_link: bool) -> Iterator[Run]:
    for child in _children(node):
        at = node.raw_get("/Pg") if "/Pg" in node else page
        if isinstance(child, int):
            text, is_italic = texts[at].get(child, ("", False))
            yield Run(text, at, is_italic, is_link)
        elif isinstance(child, dict) and "/S" in child:
            yield from _runs(child, texts, at, is_link=is_link or child["/S"] == "/Link")


def _children(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    return [
        kid.get_object() if hasattr(kid, "get_object") else kid
        for kid in (kids if isinstance(kids, list) else [kids])
    ]

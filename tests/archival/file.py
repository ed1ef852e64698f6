"""A PDF with what several rules look at, and the book in which rules are entered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

Rule = Callable[["Paper"], Iterator[str]]


def book() -> tuple[dict[str, Rule], Callable[[str], Callable[[Rule], Rule]]]:
    """An empty book of rules, and the decorator that enters a rule under its clause."""
    rules: dict[str, Rule] = {}

    def rule(clause: str) -> Callable[[Rule], Rule]:
        def enter(function: Rule) -> Rule:
            rules[f"{clause} {function.__name__}"] = function
            return function

        return enter

    return rules, rule


@dataclass
class Font:
    """A font as the pages use it."""

    name: str
    dictionary: Any
    codes: set[int] = field(default_factory=set)

    @property
    def descendant(self) -> Any:
        return self.dictionary.DescendantFonts[0]

    @cached_property
    def program(self) -> TTFont:
        descriptor = self.descendant.FontDescriptor
        stream = descriptor.get(Name.FontFile2) or descriptor.FontFile3
        return TTFont(BytesIO(stream.read_bytes()))

    @cached_property
    def to_unicode(self) -> dict[int, str]:
        text = self.dictionary.ToUnicode.read_bytes().decode("latin-1")
        pairs = re.findall(r"<([0-9a-f]{4})> <([0-9a-f]*)>", text)
        return {int(code, 16): bytes.fromhex(word).decode("utf-16-be") for code, word in pairs}

    @cached_property
    def widths(self) -> dict[int, float]:
        found: dict[int, float] = {}
        items = list(self.descendant.get(Name.W, []))
        while items:
            first, second = int(items.pop(0)), items.pop(0)
            if isinstance(second, Array):
                found |= {first + index: float(width) for index, width in enumerate(second)}
            else:
                found |= dict.fromkeys(range(first, int(second) + 1), float(items.pop(0)))
        return found


@dataclass
class Paper:
    """A file with what several rules look at."""

    content: bytes
    pdf: pikepdf.Pdf

    @cached_property
    def packet(self) -> bytes:
        return bytes(self.pdf.Root.Metadata.read_bytes())

    @cached_property
    def metadata(self) -> ET.Element:
        return ET.fromstring(self.packet.decode().strip("\ufeff"))

    @cached_property
    def elements(self) -> list[Any]:
        return list(_elements(self.pdf.Root.StructTreeRoot.get(Name.K)))

    @cached_property
    def annotations(self) -> list[Any]:
        return [note for page in self.pdf.pages for note in page.obj.get(Name.Annots, [])]

    @cached_property
    def streams(self) -> list[tuple[Any, list[Any], Any]]:
        """Each content stream with its instructions and its resources: pages, and the forms they draw."""
        found: list[tuple[Any, list[Any], Any]] = []
        for page in self.pdf.pages:
            found.append((page.obj, list(pikepdf.parse_content_stream(page)), page.obj.Resources))
            found += [
                (form, list(pikepdf.parse_content_stream(form)), form.Resources)
                for form in page.obj.Resources.get(Name.XObject, {}).values()
                if form.get(Name.Subtype) == Name.Form
            ]
        return found

    @cached_property
    def fonts(self) -> list[Font]:
        fonts: dict[Any, Font] = {}
        for _owner, instructions, resources in self.streams:
            current: Font | None = None
            for instruction in instructions:
                operands, operator = instruction.operands, str(instruction.operator)
                if operator == "Tf":
                    dictionary = resources.Font[str(operands[0])]
                    known = Font(str(dictionary.BaseFont), dictionary)
                    current = fonts.setdefault(dictionary.objgen, known)
                elif operator in {"Tj", "TJ"} and current:
                    current.codes |= set(_codes(operands[0]))
        return list(fonts.values())


def is_signature_field(note: Any) -> bool:
    """Whether a form's field, which is also its place on the page, holds a signature."""
    return bool(note.get(Name.Subtype) == Name.Widget and note.get(Name.FT) == Name.Sig)


def _codes(operand: Any) -> Iterator[int]:
    for piece in operand if isinstance(operand, Array) else [operand]:
        if isinstance(piece, pikepdf.String):
            data = bytes(piece)
            yield from (int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2))


def _elements(node: Any) -> Iterator[Any]:
    if isinstance(node, Array):
        for kid in node:
            yield from _elements(kid)
    elif isinstance(node, Dictionary) and Name.S in node and node.get(Name.Type) != Name.OBJR:
        yield node
        yield from _elements(node.get(Name.K))

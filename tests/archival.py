"""Rules of PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) held against a file of ours, one function a clause.

Written after the texts and the Matterhorn Protocol 1.1, for the kind of file the press makes: no forms, no
encryption, no layers, fonts as glyph numbers. What cannot occur is looked for all the same where looking is cheap.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

Rule = Callable[["Paper"], Iterator[str]]
RULES: dict[str, Rule] = {}

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
_PDFUAID = "{http://www.aiim.org/pdfua/ns/id/}"
_PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"
_SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_STANDARD_TYPES = frozenset(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private H H1 H2 H3 H4 H5 H6 P L LI Lbl "
    "LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Figure Formula "
    "Form".split()
)
_OPERATORS = frozenset(
    "q Q cm w J j M d ri i gs m l c v y h re S s f F f* B B* b b* n W W* BT ET Tc Tw Tz TL Tf Tr Ts Td TD Tm T* "
    "Tj TJ ' \" CS cs SC SCN sc scn G g RG rg K k sh Do BI ID EI BDC BMC EMC MP DP d0 d1 BX EX".split()
)
_PAINTS = frozenset("S s f F f* B B* b b* sh Do Tj TJ ' \" BI".split())
_ACTIONS = frozenset({"/GoTo", "/GoToR", "/GoToE", "/Thread", "/URI", "/Named", "/SubmitForm"})


def rule(clause: str) -> Callable[[Rule], Rule]:
    """Enter a rule under its clause."""

    def enter(function: Rule) -> Rule:
        RULES[f"{clause} {function.__name__}"] = function
        return function

    return enter


def broken_rules(pdf: bytes) -> list[str]:
    """What the file breaks: the clause, the rule and what was seen."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        paper = Paper(pdf, opened)
        return [f"{name}: {fault}" for name, check in RULES.items() for fault in check(paper)]


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
    def metadata(self) -> ElementTree.Element:
        return ElementTree.fromstring(self.packet.decode().strip("\ufeff"))

    @cached_property
    def elements(self) -> list[Any]:
        return list(_elements(self.pdf.Root.StructTreeRoot.get(Name.K)))

    @cached_property
    def annotations(self) -> list[Any]:
        return [note for page in self.pdf.pages for note in page.obj.get(Name.Annots, [])]

    @cached_property
    def streams(self) -> list[tuple[Any, list[Any], Any]]:
        """Each content stream with its instructions and its resources: pages, and the forms they draw."""
        found = []
        for page in self.pdf.pages:
            found.append((page.obj, list(pikepdf.parse_content_stream(page)), page.obj.Resources))
            for form in page.obj.Resources.get(Name.XObject, {}).values():
                if form.get(Name.Subtype) == Name.Form:
                    found.append((form, list(pikepdf.parse_content_stream(form)), form.Resources))
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


@rule("ISO 19005-3 6.1.2")
def header(paper: Paper) -> Iterator[str]:
    first, second = paper.content.split(b"\n", 2)[:2]
    if not re.fullmatch(rb"%PDF-1\.[0-7]", first):
        yield repr(first)
    if not (second.startswith(b"%") and len(second) >= 5 and all(byte > 127 for byte in second[1:5])):
        yield "no line of bytes over 127 after it"


@rule("ISO 19005-3 6.1.3")
def trailer(paper: Paper) -> Iterator[str]:
    if len(paper.pdf.trailer.get(Name.ID, [])) != 2:
        yield "no file identifier"
    if Name.Encrypt in paper.pdf.trailer:
        yield "encrypted"
    if not re.search(rb"%%EOF\r?\n?\Z", paper.content):
        yield "something after the end"


@rule("ISO 19005-3 6.1.7")
def streams_lie_in_the_file(paper: Paper) -> Iterator[str]:
    for item in paper.pdf.objects:
        if isinstance(item, pikepdf.Stream):
            yield from (str(key) for key in (Name.F, Name.FFilter, Name.FDecodeParms) if key in item)
            filters = item.get(Name.Filter, [])
            names = map(str, filters if isinstance(filters, Array) else [filters])
            yield from (name for name in names if name in {"/LZWDecode", "/Crypt"})


@rule("ISO 19005-3 6.1.12")
def permissions(paper: Paper) -> Iterator[str]:
    yield from (str(key) for key in paper.pdf.Root.get(Name.Perms, {}) if key not in {"/UR3", "/DocMDP"})


@rule("ISO 19005-3 6.1.13")
def limits(paper: Paper) -> Iterator[str]:
    if len(paper.pdf.objects) > 8_388_607:
        yield "too many objects"
    for page in paper.pdf.pages:
        if not all(3 <= float(side) <= 14_400 for side in page.mediabox.as_list()[2:]):
            yield f"page of {page.mediabox}"
    for _owner, instructions, _resources in paper.streams:
        depth = deepest = 0
        for instruction in instructions:
            depth += {"q": 1, "Q": -1}.get(str(instruction.operator), 0)
            deepest = max(deepest, depth)
        if deepest > 28:
            yield f"graphics states {deepest} deep"


@rule("ISO 19005-3 6.2.2")
def content_streams(paper: Paper) -> Iterator[str]:
    for owner, instructions, _resources in paper.streams:
        yield from {str(one.operator) for one in instructions} - _OPERATORS
        if Name.Resources not in owner:
            yield "resources are inherited"


@rule("ISO 19005-3 6.2.3")
def output_intent(paper: Paper) -> Iterator[str]:
    intents = [one for one in paper.pdf.Root.get(Name.OutputIntents, []) if one.S == Name.GTS_PDFA1]
    if len(intents) != 1:
        yield f"{len(intents)} output intents"
        return
    profile = intents[0].DestOutputProfile
    data = profile.read_bytes()
    if (int(profile.N), data[16:20], data[12:16], data[36:40]) != (3, b"RGB ", b"mntr", b"acsp"):
        yield "the profile is none of an RGB screen"
    if data[8] > 4:
        yield f"the profile is of version {data[8]}"


@rule("ISO 19005-3 6.2.4.3")
def device_colours(paper: Paper) -> Iterator[str]:
    for _owner, instructions, _resources in paper.streams:
        for one in instructions:
            is_space = str(one.operator) in {"cs", "CS"} and one.operands[0] == Name.DeviceCMYK
            if str(one.operator) in {"k", "K"} or is_space:
                yield "CMYK beside an RGB output intent"


@rule("ISO 19005-3 6.2.5")
def graphics_states(paper: Paper) -> Iterator[str]:
    for _owner, _instructions, resources in paper.streams:
        for state in resources.get(Name.ExtGState, {}).values():
            yield from (str(key) for key in (Name.TR, Name.HTP) if key in state)
            if state.get(Name.TR2, Name.Default) != Name.Default:
                yield "TR2"


@rule("ISO 19005-3 6.2.8")
def images(paper: Paper) -> Iterator[str]:
    for _owner, _instructions, resources in paper.streams:
        for image in resources.get(Name.XObject, {}).values():
            yield from (str(key) for key in (Name.Alternates, Name.OPI, Name.PS, Name.Ref) if key in image)
            if bool(image.get(Name.Interpolate, False)):
                yield "an interpolated image"


@rule("ISO 19005-3 6.2.10")
def blend_modes(paper: Paper) -> Iterator[str]:
    for _owner, _instructions, resources in paper.streams:
        for state in resources.get(Name.ExtGState, {}).values():
            if str(state.get(Name.BM, Name.Normal)) not in {"/Normal", "/Compatible", "/Multiply", "/Screen"}:
                yield str(state.BM)


@rule("ISO 19005-3 6.2.11.3")
def composite_fonts(paper: Paper) -> Iterator[str]:
    for font in paper.fonts:
        if font.dictionary.Subtype != Name.Type0:
            yield f"{font.name}: {font.dictionary.Subtype}"
        elif font.dictionary.Encoding != Name("/Identity-H"):
            yield f"{font.name}: {font.dictionary.Encoding}"
        elif font.descendant.Subtype == Name.CIDFontType2 and Name.CIDToGIDMap not in font.descendant:
            yield f"{font.name}: no CIDToGIDMap"


@rule("ISO 19005-3 6.2.11.4.1")
def fonts_are_embedded(paper: Paper) -> Iterator[str]:
    for font in paper.fonts:
        descriptor = font.descendant.FontDescriptor
        files = [key for key in (Name.FontFile2, Name.FontFile3) if key in descriptor]
        if len(files) != 1:
            yield f"{font.name}: {files}"
        elif files == [Name.FontFile3] and descriptor.FontFile3.Subtype not in {Name.OpenType, Name.CIDFontType0C}:
            yield f"{font.name}: {descriptor.FontFile3.Subtype}"
        order = font.program.getGlyphOrder()
        yield from (f"{font.name}: no glyph {code}" for code in sorted(font.codes) if code >= len(order))


@rule("ISO 19005-3 6.2.11.4.2")
def subsets_list_all_their_characters(paper: Paper) -> Iterator[str]:
    for font in paper.fonts:
        listed = font.descendant.FontDescriptor.get(Name.CIDSet)
        if listed is None:
            continue
        bits = listed.read_bytes()
        present = {code for code in range(len(bits) * 8) if bits[code // 8] & (0x80 >> code % 8)}
        order = range(len(font.program.getGlyphOrder()))
        if missing := (font.codes | {0}) & set(order) - present:
            yield f"{font.name}: {sorted(missing)} not in CIDSet"


@rule("ISO 19005-3 6.2.11.5")
def widths_are_the_fonts_own(paper: Paper) -> Iterator[str]:
    for font in paper.fonts:
        metrics, order = font.program["hmtx"], font.program.getGlyphOrder()
        scale = 1000 / font.program["head"].unitsPerEm
        for code in sorted(font.codes & set(range(len(order)))):
            own, said = metrics[order[code]][0] * scale, font.widths.get(code, 1000.0)
            if abs(own - said) > 1:
                yield f"{font.name}: glyph {code} is {own:g} wide, not {said:g}"


@rule("ISO 19005-3 6.2.11.7.2")
def characters_have_a_meaning(paper: Paper) -> Iterator[str]:
    for font in paper.fonts:
        for code in sorted(font.codes):
            meaning = font.to_unicode.get(code, "")
            if not meaning or set(meaning) & {"\0", "\ufeff", "\ufffe"}:
                yield f"{font.name}: glyph {code} means {meaning!r}"


@rule("ISO 19005-3 6.2.11.7.3")
def no_character_is_private(paper: Paper) -> Iterator[str]:
    for font in paper.fonts:
        for code in sorted(font.codes):
            if re.search("[\ue000-\uf8ff\U000f0000-\U0010fffd]", font.to_unicode.get(code, "")):
                yield f"{font.name}: glyph {code}"


@rule("ISO 19005-3 6.2.11.8")
def no_glyph_is_undefined(paper: Paper) -> Iterator[str]:
    yield from (font.name for font in paper.fonts if 0 in font.codes)


@rule("ISO 19005-3 6.3")
def annotations(paper: Paper) -> Iterator[str]:
    for note in paper.annotations:
        if note.Subtype != Name.Link:
            yield f"{note.Subtype}"
        if int(note.get(Name.F, 0)) & 0b100111 != 0b100:
            yield f"a link is not printed: {note.get(Name.F)}"


@rule("ISO 19005-3 6.4.1")
def no_forms(paper: Paper) -> Iterator[str]:
    yield from (str(key) for key in (Name.AcroForm, Name.NeedsRendering) if key in paper.pdf.Root)


@rule("ISO 19005-3 6.5.1")
def actions(paper: Paper) -> Iterator[str]:
    for item in paper.pdf.objects:
        if isinstance(item, Dictionary):
            yield from (str(key) for key in (Name.AA, Name.OpenAction) if key in item)
            action = item.get(Name.A)
            if isinstance(action, Dictionary) and Name.S in action and str(action.S) not in _ACTIONS:
                yield str(action.S)


@rule("ISO 19005-3 6.6.2.1")
def metadata(paper: Paper) -> Iterator[str]:
    if not paper.packet.startswith(b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>'):
        yield "no packet header"
    if re.search(rb"<\?xpacket[^>]*(bytes|encoding)=", paper.packet):
        yield "forbidden attributes in the packet header"
    if len(paper.metadata.findall(f".//{_RDF}RDF")) != 1:
        yield "more than one rdf:RDF"


@rule("ISO 19005-3 6.6.2.3.1")
def metadata_properties_are_known_or_explained(paper: Paper) -> Iterator[str]:
    known = {
        "http://purl.org/dc/elements/1.1/",
        "http://ns.adobe.com/xap/1.0/",
        "http://ns.adobe.com/pdf/1.3/",
        "http://www.aiim.org/pdfa/ns/id/",
        "http://www.aiim.org/pdfa/ns/extension/",
    }
    explained: set[tuple[str, str]] = set()
    for schema in paper.metadata.iter(f"{_RDF}li"):
        namespace = schema.findtext(f"{_SCHEMA}namespaceURI") or ""
        explained |= {(namespace, name.text or "") for name in schema.iter(f"{_PROPERTY}name")}
    for description in paper.metadata.iter(f"{_RDF}Description"):
        for item in [child.tag for child in description] + list(description.attrib):
            namespace, _brace, name = item[1:].partition("}")
            if namespace not in known and (namespace, name) not in explained and item != f"{_RDF}about":
                yield item


@rule("ISO 19005-3 6.6.2.3.2")
def explanations_are_whole(paper: Paper) -> Iterator[str]:
    for schema in paper.metadata.iter(f"{_RDF}li"):
        if schema.find(f"{_SCHEMA}namespaceURI") is None:
            continue
        yield from (key for key in ("schema", "prefix", "property") if schema.find(_SCHEMA + key) is None)
        for explained in schema.findall(f"{_SCHEMA}property/{_RDF}Seq/{_RDF}li"):
            yield from (
                key
                for key in ("name", "valueType", "category", "description")
                if explained.find(_PROPERTY + key) is None
            )


@rule("ISO 19005-3 6.6.4")
def claims_level_a_of_part_3(paper: Paper) -> Iterator[str]:
    said = (paper.metadata.findtext(f".//{_PDFAID}part"), paper.metadata.findtext(f".//{_PDFAID}conformance"))
    if said != ("3", "A"):
        yield repr(said)


@rule("ISO 19005-3 6.7.2.2")
def marked(paper: Paper) -> Iterator[str]:
    if not paper.pdf.Root.get(Name.MarkInfo, {}).get(Name.Marked, False):
        yield "the file does not say that it is tagged"
    if bool(paper.pdf.Root.MarkInfo.get(Name.Suspects, False)):
        yield "tags are suspect"


@rule("ISO 19005-3 6.8")
def attachments(paper: Paper) -> Iterator[str]:
    files = [item for item in paper.pdf.objects if isinstance(item, Dictionary) and Name.EF in item]
    associated = [one.objgen for one in paper.pdf.Root.get(Name.AF, [])]
    for file in files:
        yield from (str(key) for key in (Name.F, Name.UF, Name.Desc, Name.AFRelationship) if key not in file)
        stream = file.EF.F
        if "/" not in str(stream.get(Name.Subtype, ""))[1:]:
            yield f"{file.UF}: no media type"
        yield from (f"{file.UF}: no {key}" for key in ("/ModDate", "/Size") if key not in stream.get(Name.Params, {}))
        if associated.count(file.objgen) != 1:
            yield f"{file.UF} is associated {associated.count(file.objgen)} times"


@rule("ISO 19005-3 6.9")
def no_layers(paper: Paper) -> Iterator[str]:
    yield from (str(key) for key in (Name.OCProperties, Name.Requirements) if key in paper.pdf.Root)


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
                is_numbered = len(operands) > 1 and isinstance(operands[1], Dictionary) and Name.MCID in operands[1]
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
            if str(one.operator) == "BDC" and isinstance(one.operands[1], Dictionary) and Name.MCID in one.operands[1]
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
    if not paper.pdf.Root.get(Name.ViewerPreferences, {}).get(Name.DisplayDocTitle, False):
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
    return any(isinstance(kid, int) or (isinstance(kid, Dictionary) and _has_content(kid)) for kid in _kids(element))


@rule("ISO 14289-1 7.5 (Matterhorn 15)")
def tables(paper: Paper) -> Iterator[str]:
    inside = {"Table": {"TR", "THead", "TBody", "TFoot", "Caption"}, "TR": {"TH", "TD"}}
    inside |= dict.fromkeys(("THead", "TBody", "TFoot"), {"TR"})
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
        if not str(note.get(Name.Contents, "")).strip():
            yield "a link without a description"
        element = by_key.get(int(note.get(Name.StructParent, -1)))
        if element is None or not _is(element, "Link"):
            yield "a link outside a Link"
        elif note.objgen not in [kid.Obj.objgen for kid in _kids(element) if _refers(kid)]:
            yield "a Link that does not know its link"


def _refers(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.OBJR


@rule("ISO 14289-1 7.18.3 (Matterhorn 28-008)")
def tab_order(paper: Paper) -> Iterator[str]:
    for page in paper.pdf.pages:
        if Name.Annots in page.obj and page.obj.get(Name.Tabs) != Name.S:
            yield "links are met in another order than the text"

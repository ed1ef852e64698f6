"""PDF/A-3a, clause by clause (ISO 19005-3:2012)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.archival.file import Paper, book, is_signature_field

RULES, rule = book()

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
_PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"
_SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
_OPERATORS = frozenset(
    """
    q Q cm w J j M d ri i gs m l c v y h re S s f F f* B B* b b* n W W* BT ET Tc Tw Tz TL Tf Tr Ts Td TD Tm T*
    Tj TJ ' " CS cs SC SCN sc scn G g RG rg K k sh Do BI ID EI BDC BMC EMC MP DP d0 d1 BX EX
    """.split()  # noqa: SIM905 -- as the standard lists them
)
_ACTIONS = frozenset({"/GoTo", "/GoToR", "/GoToE", "/Thread", "/URI", "/Named", "/SubmitForm"})


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
            filters: Any = item.get(Name.Filter, [])
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
        elif files == [Name.FontFile3] and descriptor.FontFile3.Subtype not in {
            Name.OpenType,
            Name.CIDFontType0C,
        }:
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
def links_and_signatures_are_printed(paper: Paper) -> Iterator[str]:
    for note in paper.annotations:
        if note.Subtype != Name.Link and not is_signature_field(note):
            yield f"{note.Subtype}"
        if int(note.get(Name.F, 0)) & 0b100111 != 0b100:
            yield f"a {note.Subtype} is not printed: {note.get(Name.F)}"
        x0, y0, x1, y1 = map(float, note.Rect)
        if note.Subtype == Name.Widget and (x0, y0) != (x1, y1) and Name.AP not in note:
            yield "a field that is seen has no appearance"


@rule("ISO 19005-3 6.4.1")
def no_forms_but_signatures(paper: Paper) -> Iterator[str]:
    if Name.NeedsRendering in paper.pdf.Root:
        yield "NeedsRendering"
    form = paper.pdf.Root.get(Name.AcroForm)
    if form is None:
        return
    yield from (str(key) for key in (Name.XFA, Name.NeedAppearances) if key in form)
    for field in form.Fields:
        if not is_signature_field(field):
            yield f"a field of kind {field.get(Name.FT)}"
        yield from (str(key) for key in (Name.A, Name.AA) if key in field)


@rule("ISO 19005-3 6.4.3")
def signatures_cover_what_was_before(paper: Paper) -> Iterator[str]:
    form = paper.pdf.Root.get(Name.AcroForm)
    for field in form.Fields if form is not None else []:
        first, until, after, length = map(int, field.V.ByteRange)
        held = paper.content[until:after]
        if first != 0 or not (held.startswith(b"<") and held.endswith(b">")):
            yield f"{field.T}: more than the signature itself is left out"
        if paper.content[after + length - 6 : after + length].strip()[-5:] != b"%%EOF":
            yield f"{field.T}: it does not hold until the end of its revision"


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
    if not paper.pdf.Root.MarkInfo.get(Name.Marked, False):
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
        yield from (
            f"{file.UF}: no {key}" for key in ("/ModDate", "/Size") if key not in stream.get(Name.Params, {})
        )
        if associated.count(file.objgen) != 1:
            yield f"{file.UF} is associated {associated.count(file.objgen)} times"


@rule("ISO 19005-3 6.9")
def no_layers(paper: Paper) -> Iterator[str]:
    yield from (str(key) for key in (Name.OCProperties, Name.Requirements) if key in paper.pdf.Root)

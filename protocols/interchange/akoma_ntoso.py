"""A paragraph as Akoma Ntoso 3.0 (OASIS LegalDocML): what archives of law and parliaments read.

The § is a `doc`, each heading with its text a `section`. Akoma Ntoso has fewer blocks than HTML: what it
lacks stands as its generic elements with the name of HTML (`block name="h3"`), so that nothing is lost.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, TreeBuilder, tostring

from django.utils.text import slugify

from motions.texts import clean, for_xml
from protocols.document import DocumentSection, ParagraphDocument

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
MEDIA_TYPE = "application/akn+xml"
#: What the elements mean that Akoma Ntoso names otherwise.
_INLINE = {"strong": "b", "em": "i", "sub": "sub", "sup": "sup", "a": "a", "br": "br"}
_BLOCKS = {
    "p": "p",
    "h3": "block",
    "h4": "block",
    "ul": "ul",
    "ol": "ol",
    "table": "table",
    "tr": "tr",
    "th": "th",
}
_BLOCKS |= {"td": "td", "li": "li", "blockquote": "blockContainer"}
#: What holds blocks and no loose words: these stand there in an element of this name, of class "bare".
_OF_BLOCKS = dict.fromkeys(("body", "blockquote", "td", "th"), "p") | {"ul": "li", "ol": "li"}
_TEXT_BLOCKS = frozenset({"p", "h3", "h4", "ul", "ol", "table", "blockquote"})
#: Which blocks stand in what; others go into a `subFlow` there.
_MAY_HOLD = dict.fromkeys(("body", "blockquote", "td", "th"), _TEXT_BLOCKS) | {
    "li": frozenset({"p", "ul", "ol"}),
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "tr": frozenset({"td", "th"}),
}


def paragraph_xml(document: ParagraphDocument) -> bytes:
    """The verified paragraph as XML in UTF-8, the same bytes each time. Raises ValueError for a draft."""
    if document.verified_on is None:
        raise ValueError("a draft is given to nobody")
    root = Element("akomaNtoso", {"xmlns": NAMESPACE})
    doc = SubElement(root, "doc", {"name": "protokollsutdrag", "contains": "singleVersion"})
    _describe(SubElement(doc, "meta"), document)
    _preface(SubElement(doc, "preface"), document)
    body = SubElement(doc, "mainBody")
    if not document.sections:
        SubElement(body, "p")
    for number, section in enumerate(document.sections, start=1):
        _section(SubElement(body, "section", {"eId": f"sec_{number}", "class": section.kind.value}), section)
    _conclusions(SubElement(doc, "conclusions"), document)
    if document.appendices:
        _attachments(SubElement(doc, "attachments"), document)
    xml = for_xml(tostring(root, encoding="unicode"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}\n'.encode()


def _describe(meta: Element, document: ParagraphDocument) -> None:
    assert document.verified_on
    where = f"{slugify(document.organisation)}/{slugify(document.body)}"
    work = f"/akn/se/doc/protokollsutdrag/{where}/{document.held_on.year}/{document.number or 'utan-nummer'}"
    expression = f"{work}/swe@{document.verified_on.isoformat()}"
    identification = SubElement(meta, "identification", {"source": "#organisation"})
    levels = [
        ("FRBRWork", work, document.held_on.isoformat(), "beslut"),
        ("FRBRExpression", expression, document.verified_on.isoformat(), "justering"),
        ("FRBRManifestation", f"{expression}.akn", document.verified_on.isoformat(), "justering"),
    ]
    for level, address, day, what in levels:
        entry = SubElement(identification, level)
        SubElement(
            entry, "FRBRthis", {"value": f"{address}/!main" if level != "FRBRManifestation" else address}
        )
        SubElement(entry, "FRBRuri", {"value": address})
        if level == "FRBRWork" and document.registry_number:
            SubElement(entry, "FRBRalias", {"name": "diarienummer", "value": document.registry_number})
        SubElement(entry, "FRBRdate", {"date": day, "name": what})
        SubElement(entry, "FRBRauthor", {"href": "#body"})
        if level == "FRBRWork":
            SubElement(entry, "FRBRcountry", {"value": "se"})
        elif level == "FRBRExpression":
            SubElement(entry, "FRBRlanguage", {"language": "swe"})
        else:
            SubElement(entry, "FRBRformat", {"value": MEDIA_TYPE})
    references = SubElement(meta, "references", {"source": "#organisation"})
    for name, shown in (("organisation", document.organisation), ("body", document.body)):
        href = f"/akn/ontology/organization/se/{slugify(shown)}"
        SubElement(references, "TLCOrganization", {"eId": name, "href": href, "showAs": shown})
    for number, name in enumerate(_persons(document), start=1):
        href = f"/akn/ontology/person/se/{slugify(name)}"
        SubElement(references, "TLCPerson", {"eId": f"person_{number}", "href": href, "showAs": name})
    for name, shown in (("secretary", "Vid protokollet"), ("verifier", "Justeras")):
        href = f"/akn/ontology/role/se/{name}"
        SubElement(references, "TLCRole", {"eId": name, "href": href, "showAs": shown})


def _persons(document: ParagraphDocument) -> list[str]:
    return list(filter(None, [document.secretary, *document.verifiers]))


def _preface(preface: Element, document: ParagraphDocument) -> None:
    line = SubElement(preface, "p")
    SubElement(line, "docAuthority", {"refersTo": "#organisation"}).text = document.organisation
    line = SubElement(preface, "p")
    SubElement(line, "docProponent", {"refersTo": "#body"}).text = document.body
    line = SubElement(preface, "p")
    SubElement(line, "docDate", {"date": document.held_on.isoformat()}).text = document.held_on.isoformat()
    line = SubElement(preface, "p")
    if document.label:
        number = SubElement(line, "docNumber")
        number.text, number.tail = document.label, " "
    SubElement(line, "docTitle").text = document.title
    if document.registry_number:
        line = SubElement(preface, "p", {"class": "registry-number"})
        SubElement(line, "docNumber").text = document.registry_number


def _conclusions(conclusions: Element, document: ParagraphDocument) -> None:
    assert document.verified_on
    roles = ["secretary"] * bool(document.secretary) + ["verifier"] * len(document.verifiers)
    for number, (name, role) in enumerate(zip(_persons(document), roles, strict=True), start=1):
        line = SubElement(conclusions, "p", {"class": role})
        attributes = {"eId": f"signature_{number}", "refersTo": f"#person_{number}", "as": f"#{role}"}
        SubElement(line, "person", attributes).text = name
    line = SubElement(conclusions, "p", {"class": "verification"})
    day = document.verified_on.isoformat()
    SubElement(line, "date", {"date": day}).text = day


def _attachments(attachments: Element, document: ParagraphDocument) -> None:
    """The documents that follow, each named by the hash of its content (RFC 6920)."""
    for row in document.appendices:
        digest = urlsafe_b64encode(bytes.fromhex(row.sha256)).decode().rstrip("=")
        attributes = {
            "eId": f"att_{row.number}__ref",
            "href": f"ni:///sha-256;{digest}",
            "showAs": f"{row.label}. {row.title}",
        }
        SubElement(
            SubElement(attachments, "attachment", {"eId": f"att_{row.number}"}), "documentRef", attributes
        )


def _section(section: Element, source: DocumentSection) -> None:
    SubElement(section, "heading").text = source.heading
    content = SubElement(section, "content")
    _fill(content, _tree(clean(source.html)))
    counts: Counter[str] = Counter()
    for element in content.iter():
        if element.tag in {"block", "blockContainer", "ol", "subFlow", "table", "ul"}:
            counts[element.tag] += 1
            element.set("eId", f"{section.get('eId')}__{element.tag}_{counts[element.tag]}")


def _fill(target: Element, source: Element) -> None:
    """Put what an element of cleaned HTML holds into one of Akoma Ntoso.

    What may not stand there by itself stands in an element of class "bare", which means nothing.
    """
    if source.tag == "table":
        for part in source:
            for row in [part] if part.tag == "tr" else part:
                _make(target, row, {} if part.tag == "tr" else {"class": part.tag})
    elif source.tag in _OF_BLOCKS:
        inner = _OF_BLOCKS[source.tag]
        for may_stand, items in groupby(_items(source), key=lambda item: _may_stand(item, source.tag)):
            if may_stand:
                _put(target, items, within=source.tag)
            else:
                _put(SubElement(target, inner, {"class": "bare"}), items, within=inner)
    else:
        _put(target, _items(source), within=source.tag)


def _items(source: Element) -> Iterator[str | Element]:
    """Words and elements in their order."""
    for item in (source.text, *(part for child in source for part in (child, child.tail))):
        if isinstance(item, Element) or (item and (item.strip() or source.tag not in _OF_BLOCKS)):
            yield item


def _may_stand(item: str | Element, within: str) -> bool:
    """Whether it is something that the element of this name holds as it is."""
    if within in _OF_BLOCKS:
        return isinstance(item, Element) and item.tag in _MAY_HOLD[within]
    return isinstance(item, str) or item.tag in _INLINE or item.tag in _MAY_HOLD.get(within, ())


def _put(target: Element, items: Iterable[str | Element], *, within: str) -> None:
    for item in items:
        if isinstance(item, str):
            if len(target):
                target[-1].tail = (target[-1].tail or "") + item
            else:
                target.text = (target.text or "") + item
        elif _may_stand(item, within):
            _make(target, item, {})
        elif item.tag == "li":
            flow = SubElement(target, "subFlow", {"name": "block"})
            _make(SubElement(flow, "ul", {"class": "bare"}), item, {})
        else:
            _make(SubElement(target, "subFlow", {"name": "block"}), item, {})


def _make(target: Element, source: Element, attributes: dict[str, str]) -> None:
    name = _BLOCKS.get(source.tag) or _INLINE[source.tag]
    attributes |= {key: value for key, value in source.items() if key in {"href", "colspan", "rowspan"}}
    if source.tag in {"h3", "h4"}:
        attributes["name"] = source.tag
    if scope := source.get("scope"):
        attributes["class"] = scope
    made = SubElement(target, name, attributes)
    _fill(made, source)
    if source.tag == "ol" and "start" in source.attrib and len(made):
        made[0].set("value", source.attrib["start"])


class _Reader(HTMLParser):
    """Cleaned HTML as a tree: every element in it is closed, but for `br`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = TreeBuilder()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {key: value or "" for key, value in attrs})
        if tag == "br":
            self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        self.builder.data(data)


def _tree(html: str) -> Element:
    reader = _Reader()
    reader.feed(f"<body>{html}</body>")
    reader.close()
    return reader.builder.close()

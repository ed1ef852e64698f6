"""What a paper says of itself: one XMP packet that claims PDF/A-3a and PDF/UA-1 together (ISO 16684-1).

PDF/A lets a packet name only what it knows or explains: the mark of PDF/UA is therefore explained in the
packet itself (ISO 19005-3, 6.6.2.3). WeasyPrint writes one mark or the other; here both stand in one rdf:RDF.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from motions.texts import for_xml

_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
_ARCHIVAL = "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
_ACCESSIBLE = (
    "<pdfuaid:part>1</pdfuaid:part>"
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name>"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>The part of ISO 14289 to which the file conforms</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
)


@dataclass(frozen=True)
class Claims:
    """What the file says it keeps to: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1)."""

    is_archival: bool = True
    is_accessible: bool = True


def packet(metadata: Any, producer: str, claims: Claims) -> bytes:
    """The XMP packet of WeasyPrint's `metadata` (its DocumentMetadata), in UTF-8."""
    names = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMESPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f'<rdf:RDF {names}>\n<rdf:Description rdf:about="">\n'
        + "\n".join(_properties(metadata, producer, claims))
        + '\n</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()


def claims_of(packet: bytes) -> Claims:
    """What a packet of ours claims."""
    return Claims(is_archival=_ARCHIVAL.encode() in packet, is_accessible=_ACCESSIBLE.encode() in packet)


def claiming(packet: bytes, most: Claims) -> bytes:
    """The packet without what is not in `most`."""
    for mark, is_claimed in ((_ARCHIVAL, most.is_archival), (_ACCESSIBLE, most.is_accessible)):
        if not is_claimed:
            packet = packet.replace(mark.encode() + b"\n", b"")
    return packet


def _properties(metadata: Any, producer: str, claims: Claims) -> Iterator[str]:
    if claims.is_archival:
        yield _ARCHIVAL
    if claims.is_accessible:
        yield _ACCESSIBLE
    yield "<dc:format>application/pdf</dc:format>"
    yield f"<pdf:Producer>{_text(producer)}</pdf:Producer>"
    if identifier := metadata.custom.get("identifier"):
        yield f"<dc:identifier>{_text(identifier)}</dc:identifier>"
    if metadata.title:
        yield f"<dc:title>{_in_default_language(metadata.title)}</dc:title>"
    if metadata.authors:
        names = "".join(f"<rdf:li>{_text(author)}</rdf:li>" for author in metadata.authors)
        yield f"<dc:creator><rdf:Seq>{names}</rdf:Seq></dc:creator>"
    if metadata.description:
        yield f"<dc:description>{_in_default_language(metadata.description)}</dc:description>"
    if metadata.lang:
        yield f"<dc:language><rdf:Bag><rdf:li>{_text(metadata.lang)}</rdf:li></rdf:Bag></dc:language>"
    if metadata.generator:
        yield f"<xmp:CreatorTool>{_text(metadata.generator)}</xmp:CreatorTool>"


def _in_default_language(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{_text(text)}</rdf:li></rdf:Alt>'


def _text(text: str) -> str:
    return escape(for_xml(text))

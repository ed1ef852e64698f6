"""Documents of our own fiction, and what is read back from their PDFs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DecodedStreamObject, NameObject

from protocols.document import DocumentSection, ParagraphDocument
from protocols.enums import SectionKind

LONG = "Länet är långt, och den som bor vid kusten har lika långt till sjukhuset som den som bor i fjällen. "


def section(html: str, heading: str = "Ärendet", kind: SectionKind = SectionKind.MATTER) -> DocumentSection:
    return DocumentSection(kind, heading, html)


DOCUMENT = ParagraphDocument(
    organisation="Region Prov",
    body="Regionstyrelsen",
    held_on=date(2026, 5, 20),
    number=237,
    title="Motion 2-2026 om fler ambulanser i inlandet",
    registry_number="118-2026",
    sections=(
        section("<p>Motionen avslås.</p>", "Regionstyrelsens beslut", SectionKind.DECISION),
        section("<p>Asta Björk\u00a0(V) reserverar sig.</p>", "Reservation", SectionKind.RESERVATION),
        section(
            '<p>Se <a href="https://exempel.example/r">årsrapporten</a>, <em>hela kedjan</em>. '
            f"{LONG * 4}</p>"
            f"<h3>Bakgrund</h3><p>{LONG * 12}</p><ul><li>ett</li><li>två</li></ul>"
            '<table><thead><tr><th scope="col">År</th><th scope="col">Antal</th></tr></thead>'
            "<tbody><tr><td>2025</td><td>14</td></tr></tbody></table>"
            f"<h3>Nuläge</h3><p>Per-Olof Wikström-Lind menar annat. {LONG * 14}</p>",
        ),
        section("<ul><li>Regionjuristen</li></ul>", "Protokollsutdrag skickas till:", SectionKind.RECIPIENTS),
    ),
    secretary="Stina Ek",
    verifiers=("Bo Lind", "Cilla Dahl"),
    verified_on=date(2026, 5, 27),
)
DRAFT = replace(DOCUMENT, verified_on=None, verifiers=())


def with_matter(html: str, document: ParagraphDocument = DOCUMENT) -> ParagraphDocument:
    """The document with one section that holds `html`."""
    return replace(document, sections=(section(html),))


def read(pdf: bytes) -> Any:
    return PdfReader(BytesIO(pdf))


def on_one_line(text: str) -> str:
    """Words parted by the breaking hyphen at a line's end put together; no-break spaces as spaces."""
    text = re.sub(r"(?<=\w)-\n", "-", re.sub(r"\u2010\s*\n\s*", "", text))
    return re.sub(r"\s+", " ", text).strip()


def words(pdf: bytes) -> str:
    """The text of all pages, page furniture included."""
    return on_one_line("\n".join(page.extract_text() for page in read(pdf).pages))


def body_words(pdf: bytes) -> str:
    """The text of all pages as a screen reader meets it: without what is marked as an artifact."""
    reader = read(pdf)
    texts = []
    for page in reader.pages:
        content = DecodedStreamObject()
        content.set_data(_without_artifacts(page["/Contents"].get_object().get_data()))
        page[NameObject("/Contents")] = content
        texts.append(page.extract_text())
    return on_one_line("\n".join(texts))


def _without_artifacts(content: bytes) -> bytes:
    """The content stream without its artifacts; WeasyPrint writes tag, properties and operator on lines."""
    kept: list[bytes] = []
    inside = 0
    for line in content.split(b"\n"):
        kept.append(line)
        if line in (b"BMC", b"BDC"):
            begin = -2 if line == b"BMC" else -3
            inside += bool(inside or kept[begin] == b"/Artifact")
        if inside:
            inside -= line == b"EMC"
            kept.pop()
    return b"\n".join(kept)


def elements(pdf: bytes) -> list[Any]:
    """The elements of the structure tree in reading order."""

    def walk(node: Any) -> list[Any]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            return [element for child in node for element in walk(child)]
        if not isinstance(node, dict) or "/S" not in node:
            return []
        return [node, *walk(node.get("/K", []))]

    catalog: Any = read(pdf).trailer["/Root"]
    return walk(catalog["/StructTreeRoot"]["/K"])


def tags(pdf: bytes) -> list[str]:
    """The tags of the structure tree in reading order."""
    return [str(element["/S"]) for element in elements(pdf)]

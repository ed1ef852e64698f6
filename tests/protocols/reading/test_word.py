"""Word documents read as text and facts, and those that are not opened."""

from __future__ import annotations

import io
import zipfile

import pytest

from protocols.reading import protocol
from protocols.reading.facts import Outcome, Person
from protocols.reading.refusals import Reason, UnreadableError
from protocols.reading.sources import Source

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
    "word/_rels/document.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{R}/numbering" Target="numbering.xml"/>'
        f'<Relationship Id="rId2" Type="{R}/footnotes" Target="footnotes.xml"/></Relationships>'
    ),
    "word/numbering.xml": (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    ),
    "word/footnotes.xml": (
        f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>Enligt taxan.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    ),
}


def p(text: str, *, numbered: bool = False, note: bool = False) -> str:
    properties = (
        '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>' if numbered else ""
    )
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>' if note else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r>{mark}</w:p>"


def docx(body: str, **more: str | bytes) -> bytes:
    """A Word document as Word packs it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in PARTS.items():
            archive.writestr(name, content)
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, extra in more.items():
            archive.writestr(f"word/{name}.bin", extra)
    return out.getvalue()


MINUTES = "".join(
    [
        p("§ 9 Motion 3-2031 om bänkar i parken"), p("Dnr 44-2031"), p("Beslut"),
        p("Motionens första att-sats bifalls.", numbered=True), p("Motionens andra att-sats avslås.", numbered=True),
        p("Ärendet"), p("Parken saknar bänkar vid dammen, och avgiften är låg.", note=True),
        f"<w:tbl><w:tr><w:tc>{p('Bänkar')}</w:tc><w:tc>{p('12')}</w:tc></w:tr></w:tbl>",
        p("Reservation"), p("Alrik Tornblad (S) reserverar sig mot beslutet."),
    ]
)  # fmt: skip


def refused(content: bytes) -> Reason:
    with pytest.raises(UnreadableError) as refusal:
        Source("x", "x", ".docx", content).text()
    return refusal.value.reason


def test_headings_lists_tables_and_footnotes_are_read() -> None:
    text = Source("x", "x", ".docx", docx(MINUTES)).text()
    (one,) = protocol.read(text, "x").paragraphs
    assert (one.number, one.registry_number, one.title) == (
        "9",
        "44-2031",
        "Motion 3-2031 om bänkar i parken",
    )
    assert [clause.text for clause in one.decision] == [
        "Motionens första att-sats bifalls.",
        "Motionens andra att-sats avslås.",
    ]
    assert one.outcome is Outcome.PARTLY_GRANTED
    assert [each.by for each in one.reservations] == [(Person("Alrik Tornblad", "S"),)]
    assert "Enligt taxan." in text
    assert "Bänkar" in text


def test_document_that_is_not_opened_is_refused_with_its_reason() -> None:
    whole = docx(MINUTES)
    assert refused(docx(MINUTES, vbaProject=b"Sub AutoOpen()")) is Reason.MACROS
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") is Reason.ENCRYPTED
    assert refused(whole[: len(whole) // 2]) is Reason.BROKEN
    assert refused(docx("<w:p>")) is Reason.BROKEN
    assert refused(b"no ZIP at all") is Reason.BROKEN
    assert refused(docx(MINUTES, bomb=b"\0" * 30_000_000)) is Reason.TOO_LARGE
    assert refused(docx("")) is Reason.NO_TEXT

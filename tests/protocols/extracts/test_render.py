from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from motions.texts import plain
from protocols.document import DocumentSection, ParagraphDocument
from protocols.enums import SectionKind
from protocols.extracts.render import Certification, extract_html, extract_pdf

LONG = "Länet är långt, och den som bor vid kusten har lika långt till sjukhuset som den som bor i fjällen. "


def section(kind: SectionKind, heading: str, html: str) -> DocumentSection:
    return DocumentSection(kind, heading, html)


DOCUMENT = ParagraphDocument(
    organisation="Region Prov",
    body="Regionstyrelsen",
    held_on=date(2026, 5, 20),
    number=237,
    title="Motion 2-2026 om fler ambulanser i inlandet",
    registry_number="118-2026",
    sections=(
        section(SectionKind.DECISION, "Regionstyrelsens beslut", "<p>Motionen avslås.</p>"),
        section(SectionKind.RESERVATION, "Reservation", "<p>Asta Björk\u00a0(V) reserverar sig.</p>"),
        section(
            SectionKind.MATTER,
            "Ärendet",
            '<p>Se <a href="https://exempel.example/r">årsrapporten</a>, <em>hela kedjan</em>. '
            f"{LONG * 4}</p>"
            f"<h3>Bakgrund</h3><p>{LONG * 12}</p><ul><li>ett</li><li>två</li></ul>"
            '<table><thead><tr><th scope="col">År</th><th scope="col">Antal</th></tr></thead>'
            "<tbody><tr><td>2025</td><td>14</td></tr></tbody></table>"
            f"<h3>Nuläge</h3><p>{LONG * 14}</p>",
        ),
        section(SectionKind.RECIPIENTS, "Protokollsutdrag skickas till:", "<ul><li>Regionjuristen</li></ul>"),
    ),
    secretary="Stina Ek",
    verifiers=("Bo Lind", "Cilla Dahl"),
    verified_on=date(2026, 5, 27),
)
DRAFT = replace(DOCUMENT, verified_on=None, verifiers=())


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def words(pdf: bytes) -> str:
    """The text of all pages on one line, words parted by a hyphen at a line's end put together."""
    text = " ".join(page.extract_text() for page in read(pdf).pages)
    return re.sub(r"\s+", " ", re.sub(r"[\u2010-]\s*\n\s*", "", text).replace("\u00a0", " "))


def tags(pdf: bytes) -> list[str]:
    """The structure's tags in reading order."""

    def walk(node: Any) -> list[str]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            return [tag for child in node for tag in walk(child)]
        if not isinstance(node, dict) or "/S" not in node:
            return []
        return [str(node["/S"]), *walk(node.get("/K", []))]

    catalog: Any = read(pdf).trailer["/Root"]
    return walk(catalog["/StructTreeRoot"]["/K"])


def test_every_paragraph_is_in_the_text_in_order() -> None:
    text = words(extract_pdf(DOCUMENT))
    place = text.index("§ 237 Motion 2-2026 om fler ambulanser i inlandet")
    for part in DOCUMENT.sections:
        for line in [part.heading, *plain(part.html).split("\n")]:
            place = text.index(line.replace("\u00a0", " "), place)


def test_head_and_foot_are_on_every_page() -> None:
    pages = read(extract_pdf(DOCUMENT, check_address="prov.example/verifiera/ABCD-EFGH")).pages
    assert len(pages) == 2
    for number, page in enumerate(pages, start=1):
        text = page.extract_text().replace("\u00a0", " ").replace("\u2011", "-")
        for piece in (
            "Region Prov",
            "PROTOKOLLSUTDRAG",
            "2026-05-20",
            f"Sida {number} av 2",
            "Justerat 2026-05-27 av Bo Lind och Cilla Dahl.",
            "prov.example/verifiera/ABCD-EFGH",
        ):
            assert piece in text


def test_a_draft_says_so_on_every_page_and_names_no_verification() -> None:
    for page in read(extract_pdf(DRAFT)).pages:
        text = page.extract_text()
        assert "UTKAST, ej justerat" in text
        assert "PROTOKOLLSUTDRAG" not in text
        assert "Justerat" not in text
        assert page["/Resources"]["/XObject"]  # the word across the page


def test_a_verified_one_is_not_marked_as_a_draft() -> None:
    assert "utkast" not in words(extract_pdf(DOCUMENT)).lower()


def test_a_certification_is_printed() -> None:
    certification = Certification("Stina Ek", "nämndsekreterare", date(2026, 5, 28))
    text = words(extract_pdf(DOCUMENT, certification=certification))
    assert "Rätt utdraget intygas: Stina Ek, nämndsekreterare, 2026-05-28." in text


def test_the_pdf_is_tagged_and_swedish_and_has_its_title() -> None:
    pdf = extract_pdf(DOCUMENT)
    catalog: Any = read(pdf).trailer["/Root"]
    assert catalog["/Lang"] == "sv"
    assert catalog["/MarkInfo"]["/Marked"] is not False
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"] is not False
    metadata: Any = read(pdf).metadata
    assert metadata.title == (
        "§\u00a0237 Motion 2-2026 om fler ambulanser i inlandet, Regionstyrelsen 2026-05-20"
    )
    assert metadata.author == "Region Prov"
    assert b"pdfuaid" in catalog["/Metadata"].get_object().get_data()


def test_headings_lists_tables_and_links_are_tagged_as_such() -> None:
    found = tags(extract_pdf(DOCUMENT))
    headings = [tag for tag in found if re.fullmatch(r"/H\d", tag)]
    assert headings == ["/H1", "/H2", "/H2", "/H2", "/H3", "/H3", "/H2"]
    assert {"/P", "/L", "/LI", "/Table", "/TR", "/TH", "/TD", "/Link"} <= set(found)


def test_fonts_are_embedded_and_subset() -> None:
    fonts: Any = read(extract_pdf(DOCUMENT)).pages[0]["/Resources"]["/Font"]
    names = {str(font.get_object()["/BaseFont"]) for font in fonts.values()}
    assert names
    for name in names:
        assert re.fullmatch(r"/[A-Z]{6}\+Source-?(Sans|Serif)-?Pro.*", name), name


def test_the_same_document_gives_the_same_bytes_in_two_processes() -> None:
    code = (
        "import django; django.setup()\n"
        "from hashlib import sha256\n"
        "from tests.protocols.extracts.test_render import DOCUMENT\n"
        "from protocols.extracts.render import extract_pdf\n"
        "print(sha256(extract_pdf(DOCUMENT)).hexdigest())"
    )
    digests = {
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
        for _run in range(2)
    }
    assert len(digests) == 1


def test_threads_do_not_disturb_each_other() -> None:
    expected = extract_pdf(DOCUMENT)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _index: extract_pdf(DOCUMENT), range(4))) == {expected}


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "oavbrutet" * 60 + "</p>",
        "<table><tr>" + "".join(f"<td>kolumn{index}</td>" for index in range(24)) + "</tr></table>",
        "<ol><li>ett<ul><li>djupt<ol><li>djupare</li></ol></li></ul></li></ol>",
        "<p>ŋ ŧ đ č š ž Ájlá Áŋŋel Õ ẞ</p>",
        "<p>שלום עולם</p>",
        "<p></p>",
    ],
    ids=["long-word", "wide-table", "nested-lists", "sami", "right-to-left", "empty"],
)
def test_hard_texts_render_and_lose_no_word(html: str) -> None:
    odd = replace(DOCUMENT, sections=(section(SectionKind.MATTER, "Ärendet", html),))
    text = re.sub(r"\s|\u2010|-", "", words(extract_pdf(odd)))
    for word in plain(html).split():
        assert word in text or word[::-1] in text


def test_no_sections_at_all_still_make_a_paper() -> None:
    assert "§ 237" in words(extract_pdf(replace(DOCUMENT, sections=())))


def test_what_users_wrote_reaches_no_file_and_no_address() -> None:
    html = '<p>Före</p><img src="file:///etc/passwd"><link rel="stylesheet" href="http://127.0.0.1/x.css">'
    page = extract_html(replace(DOCUMENT, sections=(section(SectionKind.MATTER, "Ärendet", html),)))
    assert "passwd" not in page
    assert "127.0.0.1" not in page


def test_markup_in_plain_fields_is_text() -> None:
    page = extract_html(replace(DOCUMENT, title='<script>alert("x")</script>', secretary="<b>Stina</b>"))
    assert "<script>" not in page
    assert "&lt;b&gt;Stina&lt;/b&gt;" in page

"""The book of many papers: it claims what all of them claim, and loses nothing on the way."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from protocols.enums import Following
from protocols.extracts.binding import BindingError, Leaf, write_book
from protocols.extracts.metadata import Claims, claiming, claims_of
from protocols.extracts.press import html_to_pdf
from protocols.extracts.render import extract_html
from tests.protocols.extracts.samples import read, with_matter
from tests.protocols.extracts.summons_samples import foreign
from tests.protocols.extracts.test_appendices import follows, made

AT = datetime(2026, 5, 27, tzinfo=UTC)
ADDRESS = "https://exempel.example/(12 0 R)\\x"


def paper(matter: str) -> bytes:
    return html_to_pdf(extract_html(with_matter(matter)))


def bound(folder: Path, *papers: bytes) -> Path:
    """The book of the papers."""
    leaves = []
    for number, content in enumerate(papers, start=1):
        path = folder / f"{number}.pdf"
        path.write_bytes(content)
        leaves.append(
            Leaf("", f"§ {number}", f"Ärende (12 0 R) {number}", path, datetime(2026, 5, 27, tzinfo=UTC))
        )
    to = folder / "book.pdf"
    write_book(leaves, to, organisation="Region Prov", body="Regionstyrelsen", when="2026")
    return to


def test_the_book_claims_what_all_its_papers_claim_and_keeps_their_words(tmp_path: Path) -> None:
    plain = paper("<p>Ord.</p>")
    foreign_pages = made(follows(1, "Motionen", foreign("Motionens ord"), Following.PAGES))
    with pikepdf.open(bound(tmp_path, plain, foreign_pages)) as book:
        said = book.Root.Metadata.read_bytes()
        title = str(book.docinfo["/Title"])
    assert claims_of(said) == Claims(is_archival=False, is_accessible=False)
    assert title == "Protokollsutdrag, Regionstyrelsen 2026"
    texts = [page.extract_text() for page in read((tmp_path / "book.pdf").read_bytes()).pages]
    assert texts[1:] == [
        page.extract_text() for content in (plain, foreign_pages) for page in read(content).pages
    ]
    assert "Ärende (12 0 R) 2" in texts[0]


def test_one_claim_is_left_out_without_the_other() -> None:
    packet = read(paper("<p>Ord.</p>")).trailer["/Root"]["/Metadata"].get_object().get_data()
    for claims in (Claims(), Claims(is_archival=False), Claims(is_accessible=False)):
        assert claims_of(claiming(packet, claims)) == claims


def test_what_looks_like_a_reference_in_a_string_is_none(tmp_path: Path) -> None:
    with pikepdf.open(bound(tmp_path, addressed(tmp_path))) as book:
        [note] = book.pages[1].obj.Annots
        assert str(note.A.URI) == ADDRESS


def addressed(folder: Path) -> bytes:
    """A paper with a link to ADDRESS, and the field of a seal beside it, which the book leaves out."""
    file = folder / "addressed.pdf"
    file.write_bytes(paper('<p><a href="https://exempel.example/">länk</a></p>'))
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        page.Annots[0].A.URI = pikepdf.String(ADDRESS)
        seal = pdf.make_indirect(Dictionary(Subtype=Name.Widget, FT=Name.Sig))
        page.Annots.append(seal)
        pdf.Root.AcroForm = Dictionary(Fields=Array([seal]))
        pdf.save()
    return file.read_bytes()


def test_a_paper_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(BindingError, match=r"PdfError: .*2\.pdf"):
        bound(tmp_path, paper("<p>Ord.</p>"), b"%PDF-1.7 and nothing more")

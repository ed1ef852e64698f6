"""The summons read back from its PDF: outline, contents, pages of documents, tags, what cannot be read."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from protocols.extracts import enclosures
from protocols.extracts.press import html_to_pdf
from protocols.extracts.summons import SummonsFile, summons_pdf
from protocols.summons import Paper, SummonsDocument
from tests.paper import blocks
from tests.protocols.extracts.outline import outline
from tests.protocols.extracts.samples import on_one_line, read, tags
from tests.protocols.extracts.summons_samples import (
    BROKEN,
    Kept,
    Lost,
    foreign,
    locked,
    make_summons,
)


@pytest.fixture(scope="module")
def made() -> SummonsFile:
    return summons_pdf(make_summons())


def text_of(pdf: bytes, page: int) -> str:
    return on_one_line(read(pdf).pages[page - 1].extract_text())


def with_papers(*sources: Any) -> SummonsDocument:
    summons = make_summons()
    papers = tuple(Paper(n, f"Handling {n}", source) for n, source in enumerate(sources, start=1))
    return replace(summons, items=(replace(summons.items[0], papers=papers),))


def test_items_and_documents_are_bookmarked_where_they_begin(made: SummonsFile) -> None:
    marks = [mark for mark in outline(made.content) if mark[0] == 0 or mark[1].startswith("Bilaga")]
    assert marks == [
        (0, "Kallelse nr 1", 1),
        (0, "Föredragningslista", 2),
        (0, "1. Motion 1-2026 om ambulanser", 3),
        (1, "Bilaga 1. Undertecknad motion", 5),
        (1, "Bilaga 2. Yttrande från vårdnämnden", 7),
        (0, "3. Delårsrapport", 8),
        (0, "4. Val av ombud", 9),
        (1, "Bilaga 3. Nominering", 10),
    ]


def test_the_file_has_a_page_for_every_page_of_a_document(made: SummonsFile) -> None:
    alone = replace(make_summons(), items=tuple(replace(item, papers=()) for item in make_summons().items))
    # The fourth item has nothing but its document: with it comes the page that names it.
    assert made.pages == len(read(made.content).pages) == summons_pdf(alone).pages + 4 + 1
    assert made.left_out == []


def test_the_contents_name_the_right_pages(made: SummonsFile) -> None:
    text = text_of(made.content, 2)
    starts = {title: page for _depth, title, page in outline(made.content)}
    for title in ("Bilaga 1. Undertecknad motion", "Bilaga 2. Yttrande från vårdnämnden"):
        found = re.search(rf"{re.escape(title)} (\d+)", text)
        assert found
        assert int(found[1]) == starts[title]
    assert re.search(r"1 Motion 1-2026 om ambulanser (.*?) 3 ", text)
    assert "3 Delårsrapport (nytt) 8" in text
    assert "2 Upprop" in text
    assert "Förslag: Avslag" in text
    for heading in ("Ärenden för beslut", "Anmälningar", "Valärenden"):
        assert heading in text


def test_a_document_is_drawn_below_our_own_head(made: SummonsFile) -> None:
    for page, words in ((5, "Bilaga ett, första"), (6, "Bilaga ett, andra"), (7, "Liggande yttrande")):
        text = text_of(made.content, page)
        assert words in text
        assert f"Sida {page} av {made.pages}" in text
        assert "2026-05-20 Ärende 1" in text


def test_a_page_wider_than_high_keeps_its_room(made: SummonsFile) -> None:
    sizes = [(float(page.mediabox.width), float(page.mediabox.height)) for page in read(made.content).pages]
    assert sizes[6][0] > sizes[6][1]
    assert sizes[4][0] < sizes[4][1]


def test_a_foreign_page_stands_upright_within_the_margins(made: SummonsFile) -> None:
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        instructions = list(pikepdf.parse_content_stream(pdf.pages[4]))
    matrix, saved = pikepdf.Matrix(), []
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator == "q":
            saved.append(matrix)
        elif operator == "Q":
            matrix = saved.pop()
        elif operator == "cm":
            matrix = pikepdf.Matrix(*(float(n) for n in instruction.operands)) @ matrix
        elif operator == "Do":
            break
    low, high = matrix.transform((0, 0)), matrix.transform((595.28, 841.89))
    assert low[0] >= 25
    assert low[1] >= 22
    assert high[0] <= 595.28 - 25
    assert high[1] <= 841.89 - 90
    assert high[1] - low[1] == pytest.approx((high[0] - low[0]) * 841.89 / 595.28, rel=0.001)


def test_the_words_of_a_document_belong_to_a_tagged_paragraph(made: SummonsFile) -> None:
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        inside = None
        for instruction in pikepdf.parse_content_stream(pdf.pages[4]):
            operator = str(instruction.operator)
            if operator == "BDC":
                inside = instruction.operands[1]
            elif operator == "EMC":
                inside = None
            elif operator == "Do":
                assert isinstance(inside, pikepdf.Dictionary)
                assert "/MCID" in inside
        form = next(iter(pdf.pages[4].Resources.XObject.values()))
        assert b"MCID" not in form.read_bytes()
    assert "P" in {block.tag for block in blocks(read(made.content))}
    assert tags(made.content).count("/H1") == 5


def test_the_file_is_tagged_swedish_and_claims_no_more_than_it_keeps(made: SummonsFile) -> None:
    reader = read(made.content)
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sv"
    assert reader.metadata.title == "Kallelse nr 1, Regionstyrelsen 2026-05-20"
    assert b"pdfuaid:part" not in root["/Metadata"].get_data()
    own = summons_pdf(with_papers())
    own_root: Any = read(own.content).trailer["/Root"]
    assert b"pdfuaid:part" in own_root["/Metadata"].get_data()


def test_what_cannot_be_read_is_named_and_left_out() -> None:
    made = summons_pdf(
        with_papers(Kept(locked(foreign("Hemlig"))), Kept(BROKEN), Lost(), Kept(foreign("Den fjärde är hel")))
    )
    assert made.left_out == [
        "Bilaga 1, Handling 1, är låst med lösenord",
        "Bilaga 2, Handling 2, är skadad och kan inte läsas",
        "Bilaga 3, Handling 3, finns inte i arkivet",
    ]
    contents = text_of(made.content, 2)
    assert "Bilaga 1. Handling 1 (kunde inte tas med: filen är låst med lösenord)" in contents
    assert "Den fjärde är hel" in text_of(made.content, made.pages)


@pytest.mark.parametrize("cut", [30, 200, 700, -40])
def test_a_file_that_was_cut_off_never_stops_the_summons(cut: int) -> None:
    whole = foreign("En sida", "En till")
    made = summons_pdf(with_papers(Kept(whole[:cut]), Kept(foreign("Hel"))))
    assert "Hel" in text_of(made.content, made.pages)


def test_more_than_a_file_can_hold_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enclosures, "MOST_PAGES", 2)
    made = summons_pdf(with_papers(Kept(foreign("a", "b")), Kept(foreign("c"))))
    assert made.left_out == ["Bilaga 2, Handling 2, får inte plats i en fil"]


def test_what_is_typed_in_a_form_comes_along() -> None:
    with pikepdf.open(
        io.BytesIO(html_to_pdf("<!doctype html><html lang=sv><title>x</title><p>Blankett"))
    ) as pdf:
        drawn = pdf.make_stream(b"0 0 1 rg 0 0 100 20 re f")
        drawn.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 100, 20]})
        widget = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Stamp,
            Rect=[100, 100, 200, 120],
            F=4,
            AP=pikepdf.Dictionary(N=drawn),
        )
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(widget)]))
        written = io.BytesIO()
        pdf.save(written)
    made = summons_pdf(with_papers(Kept(written.getvalue())))
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        form = next(iter(pdf.pages[-1].Resources.XObject.values()))
        drawn_inside = [inner.read_bytes() for inner in form.Resources.XObject.values()]
    assert b"0 0 1 rg 0 0 100 20 re f" in drawn_inside


def test_a_draft_says_so_on_its_own_pages() -> None:
    made = summons_pdf(make_summons(None))
    assert "UTKAST – ej utfärdad" in text_of(made.content, 1)
    assert read(made.content).metadata.title == "Utkast: Kallelse, Regionstyrelsen 2026-05-20"


def test_an_additional_one_is_called_so() -> None:
    cover = text_of(summons_pdf(make_summons(2)).content, 1)
    assert "Tilläggskallelse nr 2" in cover
    assert "TILLÄGGSKALLELSE" in cover
    assert "Onsdag 20 maj 2026, kl. 09.00".lower() in cover.lower()
    assert "stina.ek@prov.example" in cover


def test_seventy_one_are_named_after_the_list_of_items() -> None:
    made = summons_pdf(make_summons(members=71))
    assert "71 ledamöter och 1 ersättare" in text_of(made.content, 1)
    assert "Bo Lind 70 (S)" in text_of(made.content, 3)

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from protocols.extracts.render import extract_pdf
from tests.protocols.extracts.samples import (
    DOCUMENT,
    DRAFT,
    body_words,
    elements,
    read,
    section,
    tags,
    with_matter,
    words,
)


def test_the_pdf_is_tagged_and_swedish_and_has_its_title() -> None:
    pdf = extract_pdf(DOCUMENT)
    catalog: Any = read(pdf).trailer["/Root"]
    assert catalog["/Lang"] == "sv"
    assert catalog["/MarkInfo"]["/Marked"].value is True
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    metadata: Any = read(pdf).metadata
    assert metadata.title == (
        "§\u00a0237 Motion 2-2026 om fler ambulanser i inlandet, Regionstyrelsen 2026-05-20"
    )
    assert metadata.author == "Region Prov"
    assert metadata.creation_date is None  # the same bytes, whenever it is made
    xmp = catalog["/Metadata"].get_object().get_data()
    assert b"pdfuaid" in xmp
    assert xmp.count(b"<rdf:RDF") == 1


def test_headings_lists_tables_and_links_are_tagged_as_such() -> None:
    found = tags(extract_pdf(DOCUMENT))
    headings = [tag for tag in found if re.fullmatch(r"/H\d", tag)]
    assert headings == ["/H1", "/H2", "/H2", "/H2", "/H3", "/H3", "/H2"]
    assert {"/P", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TR", "/TH", "/TD", "/Link"} <= set(found)


def test_a_lists_marks_stand_before_their_words() -> None:
    found = tags(extract_pdf(with_matter("<ol><li>ett</li><li>två</li></ol>")))
    first = found.index("/LI")
    assert [tag for tag in found[first:] if tag in ("/LI", "/Lbl", "/LBody")] == ["/LI", "/Lbl", "/LBody"] * 2


def test_no_level_of_headings_is_left_out() -> None:
    found = tags(extract_pdf(with_matter("<h4>Liten</h4><p>a</p><h3>Stor</h3><h4>Liten</h4><p>b</p>")))
    assert [tag for tag in found if re.fullmatch(r"/H\d", tag)] == ["/H1", "/H2", "/H3", "/H3", "/H3"]


def test_table_cells_name_their_heads() -> None:
    cells = [element for element in elements(extract_pdf(DOCUMENT)) if element["/S"] in ("/TH", "/TD")]
    heads = [str(cell["/ID"]) for cell in cells if cell["/S"] == "/TH"]
    assert [[str(head) for head in cell["/A"]["/Headers"]] for cell in cells if cell["/S"] == "/TD"] == [
        [heads[0]],
        [heads[1]],
    ]


def test_a_link_leads_to_its_address_and_says_where() -> None:
    notes = [
        note.get_object() for page in read(extract_pdf(DOCUMENT)).pages for note in page.get("/Annots", [])
    ]
    assert [(note["/A"]["/URI"], note["/Contents"]) for note in notes] == [
        ("https://exempel.example/r", "https://exempel.example/r")
    ]


def test_a_link_without_an_address_leads_to_the_top() -> None:
    reader = read(extract_pdf(with_matter('<p>Se <a href="#">bilagan</a>.</p>')))
    notes = [note.get_object() for note in reader.pages[0]["/Annots"]]
    assert [note["/Dest"] for note in notes] == ["top"]
    assert "top" in reader.named_destinations


def test_head_and_foot_are_artifacts_and_everything_else_is_not() -> None:
    for document in (DOCUMENT, DRAFT):
        pdf = extract_pdf(document, check_address="prov.example/verifiera/ABCD-EFGH")
        everything, heard = words(pdf), body_words(pdf)
        assert "Sida 1 av 2" in everything
        for furniture in ("Sida", "Region Prov", "PROTOKOLLSUTDRAG", "UTKAST", "prov.example", "Justerat"):
            assert furniture not in heard


def test_every_marked_content_hangs_in_the_structure() -> None:
    pdf = extract_pdf(DOCUMENT)
    reader = read(pdf)
    hanging = sum(
        isinstance(kid, int)
        for element in elements(pdf)
        for kid in (element["/K"] if isinstance(element["/K"], list) else [element["/K"]])
    )
    marked = sum(
        len(re.findall(rb"/MCID \d+", page["/Contents"].get_object().get_data())) for page in reader.pages
    )
    assert hanging == marked > 20


def test_the_parent_tree_still_fits_the_numbers_of_the_marked_content() -> None:
    pdf = extract_pdf(DOCUMENT)
    reader = read(pdf)
    root: Any = reader.trailer["/Root"]
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for index, page in enumerate(reader.pages):
        parents = numbers[2 * index + 1]
        for number in re.findall(rb"/MCID (\d+)", page["/Contents"].get_object().get_data()):
            element = parents[int(number)].get_object()
            assert int(number) in [int(kid) for kid in element["/K"] if isinstance(kid, int)]


def test_bookmarks_are_the_headings() -> None:
    outline: Any = read(extract_pdf(DOCUMENT)).outline
    assert outline[0].title == "§\u00a0237 Motion 2-2026 om fler ambulanser i inlandet"
    titles = [entry.title for entry in outline[1] if not isinstance(entry, list)]
    assert titles == [part.heading for part in DOCUMENT.sections]


def test_no_break_spaces_are_read_back_as_spaces() -> None:
    document = replace(DOCUMENT, sections=(section("<p>§\u00a05 och Eva\u00a0Lind</p>"),))
    texts = [page.extract_text() for page in read(extract_pdf(document)).pages]
    assert "§ 5 och Eva Lind" in "".join(texts)
    assert "\u00a0" not in "".join(texts)

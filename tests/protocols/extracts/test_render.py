from __future__ import annotations

import os
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from motions.texts import clean, plain
from protocols.document import ParagraphDocument
from protocols.enums import SectionKind
from protocols.extracts.render import Certification, extract_html, extract_pdf
from tests.archival import broken_rules
from tests.protocols.extracts.samples import (
    DOCUMENT,
    DRAFT,
    body_words,
    on_one_line,
    read,
    section,
    with_matter,
    words,
)

CERTIFICATION = Certification("Stina Ek", "nämndsekreterare", date(2026, 5, 28))
ADDRESS = "prov.example/verifiera/ABCD-EFGH"


def expected_words(document: ParagraphDocument) -> str:
    """Everything a reader hears, in order, and nothing between."""
    parts = [f"{document.label} {document.title}", f"Dnr {document.registry_number}"]
    for part in document.sections:
        parts += [part.heading, plain(part.html)]
    return on_one_line("\n".join(parts))


def test_every_paragraph_is_read_in_order_with_nothing_between() -> None:
    heard = body_words(extract_pdf(DOCUMENT, certification=CERTIFICATION, check_address=ADDRESS))
    expected = expected_words(DOCUMENT)
    assert heard.replace("• ", "")[: len(expected)] == expected
    assert heard.replace("• ", "")[len(expected) :].strip() == (
        "Vid protokollet Stina Ek Justeras Bo Lind Cilla Dahl 2026-05-27 "
        "Rätt utdraget intygas Stina Ek nämndsekreterare 2026-05-28"
    )


def test_head_and_foot_are_on_every_page() -> None:
    pages = read(extract_pdf(DOCUMENT, check_address=ADDRESS, certification=CERTIFICATION)).pages
    assert len(pages) == 2
    for number, page in enumerate(pages, start=1):
        text = on_one_line(page.extract_text())
        for piece in (
            "Region Prov Regionstyrelsen",
            f"PROTOKOLLSUTDRAG 2026-05-20 § 237 Sida {number} av 2",
            "Justerat 2026-05-27 av Bo Lind och Cilla Dahl.",
            "Rätt utdraget intygas: Stina Ek, nämndsekreterare, 2026-05-28.",
            "Kontrollera utdraget prov.example/verifiera/ABCD-EFGH",
        ):
            assert piece in text


def test_a_draft_says_so_on_every_page_and_names_no_verification() -> None:
    pdf = extract_pdf(
        replace(DRAFT, verifiers=("Bo Lind",)), check_address=ADDRESS, certification=CERTIFICATION
    )
    for page in read(pdf).pages:
        text = page.extract_text()
        assert "UTKAST – ej justerat" in text
        assert page["/Resources"]["/XObject"]  # the word across the page
        for word in ("PROTOKOLLSUTDRAG", "Justera", "Bo Lind", "intygas", "Kontrollera", "ABCD"):
            assert word not in text
    metadata = read(pdf).metadata
    assert metadata is not None
    assert str(metadata.title).startswith("Utkast: §\u00a0237")


def test_a_verified_one_is_not_marked_as_a_draft() -> None:
    pdf = extract_pdf(DOCUMENT)
    assert "utkast" not in words(pdf).lower()
    for page in read(pdf).pages:
        assert not page["/Resources"].get("/XObject")


def test_an_item_without_a_number_has_no_paragraph_sign() -> None:
    assert "§" not in words(extract_pdf(replace(DRAFT, number=None)))


def test_hyphens_of_words_are_told_from_hyphens_of_lines() -> None:
    heard = body_words(extract_pdf(DOCUMENT))
    assert "Per-Olof Wikström-Lind" in heard
    assert "\u2010" not in heard


def test_hyphens_of_words_are_kept_where_a_broken_word_comes_first() -> None:
    html = (
        f"<p>{'Upphandlingsförordningen ' * 12} Per-Olof <em>{'upphandlingsförordningen ' * 9} A-B</em></p>"
    )
    pdf = extract_pdf(with_matter(html))
    assert "\u2010" in read(pdf).pages[0].extract_text()
    heard = body_words(pdf)
    assert heard.count("Upphandlingsförordningen") == 12
    assert heard.count("upphandlingsförordningen") == 9
    assert "Per-Olof" in heard
    assert "A-B" in heard


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{'oavbrutet' * 500}</p>",
        f"<table><tr><td>a</td><td>{'oavbrutet' * 120}</td></tr></table>",
        f"<table><tr>{''.join(f'<td>kolumn{index} är bred</td>' for index in range(24))}</tr></table>",
        f"<table><tr><td>{'En cell som inte tar slut. ' * 200}</td></tr></table>",
        "<ol><li>ett<ul><li>djupt<ol><li>djupare</li></ol></li></ul></li></ol>",
        "<p>ŋ ŧ đ č š ž Ájlá Áŋŋel muoŧŧá <em>Ruŋgu</em> <strong>muŋŋa</strong> ǥ ǩ ǯ Õ ẞ</p>",
        "<p>Klart 😀 ✓ ☐ ⚕ och vidare</p>",
        "<p></p>",
    ],
    ids=[
        "endless-word",
        "endless-word-in-cell",
        "wide-table",
        "long-cell",
        "nested",
        "sami",
        "emoji",
        "empty",
    ],
)
def test_hard_texts_lose_no_word(html: str) -> None:
    heard = "".join(body_words(extract_pdf(with_matter(html))).split())
    for word in plain(html).split():
        assert word in heard


def test_words_from_right_to_left_are_all_there() -> None:
    heard = "".join(body_words(extract_pdf(with_matter("<p>Ordet שלום hälsar.</p>"))).split())
    assert sorted(heard) == sorted(
        "".join(expected_words(with_matter("<p>Ordet שלום hälsar.</p>")).split())
    ) or (set("שלום") <= set(heard))


def test_no_sections_at_all_still_make_a_paper() -> None:
    assert body_words(extract_pdf(replace(DOCUMENT, sections=(), secretary="", verifiers=()))) == (
        "§ 237 Motion 2-2026 om fler ambulanser i inlandet Dnr 118-2026"
    )


def test_a_list_goes_on_with_its_number() -> None:
    text = words(extract_pdf(with_matter('<ol start="7"><li>sju</li><li>åtta</li></ol>')))
    assert "7. 8." in text  # the marks are drawn last; the tags bring them to their words


def test_table_heads_are_repeated_on_the_next_page() -> None:
    rows = "".join(f"<tr><td>rad {index}</td></tr>" for index in range(60))
    table = f'<table><thead><tr><th scope="col">Huvud</th></tr></thead><tbody>{rows}</tbody></table>'
    pages = read(extract_pdf(with_matter(table))).pages
    assert [page.extract_text().count("Huvud") for page in pages] == [1] * len(pages)
    assert len(pages) > 1


def test_nothing_is_drawn_beyond_the_margins() -> None:
    cells = "".join(f"<td>Upphandlingsförordningen{index}</td>" for index in range(12))
    pdf = extract_pdf(with_matter(f"<table><tr>{cells}</tr></table><p>https://a.example/{'x' * 300}</p>"))
    places: list[float] = []
    page = read(pdf).pages[0]
    page.extract_text(visitor_text=lambda _text, cm, tm, _font, _size: places.append(tm[4] * cm[0] + cm[4]))
    assert 400 < max(places) < float(page.mediabox.width) - 25 / 25.4 * 72


def test_what_users_wrote_reaches_no_file_and_no_address() -> None:
    html = '<p>Före</p><img src="file:///etc/passwd"><link rel="stylesheet" href="http://127.0.0.1/x.css">'
    page = extract_html(with_matter(html))
    assert "passwd" not in page
    assert "127.0.0.1" not in page


def test_markup_in_plain_fields_is_text() -> None:
    evil = '<script>alert("x")</script>'
    document = replace(
        DOCUMENT,
        title=evil,
        secretary=evil,
        verifiers=(evil,),
        organisation=evil,
        body=evil,
        registry_number=evil,
    )
    page = extract_html(
        document, check_address=evil, certification=Certification(evil, evil, date(2026, 1, 1))
    )
    assert "<script" not in page
    assert evil in words(extract_pdf(document)).replace("\u2010", "")


def test_the_extract_is_swedish_whoever_reads_it() -> None:
    assert 'lang="sv"' in extract_html(DOCUMENT)


BLOCKS = st.sampled_from(
    [
        "<p>{}</p>",
        "<h3>{}</h3>",
        "<h4>{}</h4>",
        "<ul><li>{}</li><li><p>{}</p><ol><li>{}</li></ol></li></ul>",
        "<ol start='4'><li>{}</li></ol>",
        "<blockquote><p>{}</p></blockquote>",
        "<table><thead><tr><th>{}</th><th>{}</th></tr></thead><tr><td>{}</td><td></td></tr></table>",
        "<table><tr><td colspan='2'>{}</td></tr><tr><td rowspan='2'>{}</td><td>{}</td></tr></table>",
        "<p><strong>{}</strong> <em>{}</em> <a href='#'>{}</a> <sub>{}</sub></p>",
        f"<table><tr>{'<th>{}</th>' * 9}</tr><tr>{'<td>{}</td>' * 9}</tr></table>",
        "<p></p>",
    ]
)
#: A word is of one kind: Swedish and Sami, Hebrew, Arabic, emoji.
ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyzåäöÅÄÖŋŧđčšž0123456789",
    "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "ابتثجحخدذرزسشصضطظعغفقكمنهوي",
    "👍👏🎉😀😢🚑🏥🌲⚖☂★✓",
)


# A failing paper is read as it is: making it smaller takes minutes.
@settings(
    max_examples=int(os.environ.get("KLUBBSLAG_FUZZ", "12")),  # `make fuzz`: five hundred
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)
@given(st.data())
def test_whatever_is_written_keeps_the_standards_and_loses_no_word(data: st.DataObject) -> None:
    written: list[str] = []

    def word() -> str:
        letters = data.draw(st.sampled_from(ALPHABETS))
        written.append(data.draw(st.text(letters, min_size=1, max_size=90)))
        return written[-1]

    blocks = data.draw(st.lists(BLOCKS, min_size=1, max_size=6))
    html = "".join(block.format(*(word() for _hole in range(block.count("{}")))) for block in blocks)
    empty = section("", data.draw(st.sampled_from(["", "Tom rubrik"])), SectionKind.STATEMENT)
    pdf = extract_pdf(replace(DOCUMENT, sections=(empty, section(html))))
    heard = "".join(body_words(pdf).split())
    for text in written:
        assert text in heard
    assert broken_rules(pdf) == []


def test_sections_keep_the_documents_order() -> None:
    parts = tuple(
        section(f"<p>Text {index}</p>", f"Rubrik {index}", kind) for index, kind in enumerate(SectionKind)
    )
    heard = body_words(extract_pdf(replace(DOCUMENT, sections=parts[::-1])))
    places = [heard.index(f"Rubrik {index} Text {index}") for index in reversed(range(len(parts)))]
    assert places == sorted(places)


def test_cleaning_happens_on_the_way_out_too() -> None:
    html = '<p style="position:fixed">Text</p>'
    assert clean(html) in extract_html(with_matter(html))

"""The minutes read back from their PDF: order, contents, attendance, furniture, drafts, bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from protocols.extracts.minutes import minutes_html, minutes_pdf
from protocols.minutes import Attendee, Moment, NoticeProof
from tests.paper import Block, blocks
from tests.protocols.extracts.minutes_samples import as_draft, at, make_minutes
from tests.protocols.extracts.samples import on_one_line, read, tags, words


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return minutes_pdf(make_minutes(), check_address="prov.example/verifiera/7KQ4-M2XD")


@pytest.fixture(scope="module")
def paper(pdf: bytes) -> list[Block]:
    return blocks(read(pdf))


def headings(paper: list[Block]) -> list[str]:
    return [block.text for block in paper if block.tag == "H1"]


def test_the_parts_come_in_order(paper: list[Block]) -> None:
    assert headings(paper) == [
        "Protokoll",
        "Innehåll",
        *(f"§ {n} Motion {n}-2026 om ambulanser i område {n}" for n in (1, 2, 3)),
        "Bilaga 1. Närvarolista",
        "Bilagor till paragraferna",
    ]


def test_every_section_of_every_paragraph_is_there(paper: list[Block]) -> None:
    texts = [block.text for block in paper]
    assert texts.count("Motionen avslås.") == 3
    assert texts.count("Asta Björk (V) reserverar sig.") == 3
    assert texts.count("Regionjuristen") == 3


def test_the_contents_name_the_right_pages(pdf: bytes, paper: list[Block]) -> None:
    reader = read(pdf)
    starts = {
        n: next(
            index
            for index, page in enumerate(reader.pages, start=1)
            if index > 2 and f"§ {n} Motion" in on_one_line(page.extract_text())
        )
        for n in (1, 2, 3)
    }
    texts = [block.text for block in paper]
    cells = texts[texts.index("Sida") + 1 :]
    assert [int(cells[row * 3 + 2]) for row in range(3)] == list(starts.values())
    assert starts[1] == 3


def test_the_outline_leads_to_every_paragraph(pdf: bytes) -> None:
    titles = [entry.title for entry in read(pdf).outline if not isinstance(entry, list)]
    assert "§\u00a02 Motion 2-2026 om ambulanser i område 2" in titles
    assert titles[0] == "Protokoll"


def test_the_cover_tells_who_served_and_who_verified(pdf: bytes) -> None:
    cover = on_one_line(read(pdf).pages[0].extract_text())
    for fact in (
        "Regionstyrelsen, onsdag 20 maj 2026",
        "kl. 09.00–11.30",
        "Regionhuset, sal 4",
        "Asta Björk 1 (V), ordförande",
        "Bo Cederlund 8 (M), ersätter Asta Björk 7 (S)",
        "Stina Ek, sekreterare",
        "§§ 1–3",
        "Justerat elektroniskt 2026-05-27 kl. 12.05",
        "Anslagsbevis",
    ):
        assert fact in cover
    assert "UTKAST" not in words(pdf)


def test_service_of_some_paragraphs_is_said_with_them() -> None:
    minutes = make_minutes()
    service = "ersätter Bo Lind\u00a0(S) §\u00a01; ersätter Eva Ek\u00a0(S) §§\u00a02–3"
    late = Attendee("Per Sen", "S", "", is_seated=False, is_present=True, served=True, service=service)
    cover = read(minutes_pdf(replace(minutes, attendees=(*minutes.attendees, late)))).pages[0]
    text = on_one_line(cover.extract_text())
    assert "Per Sen (S), ersätter Bo Lind (S) § 1; ersätter Eva Ek (S) §§ 2–3" in text


def test_each_notice_is_proved_with_its_paragraphs() -> None:
    notices = (
        NoticeProof((2,), date(2026, 5, 20), date(2026, 6, 11), "registraturen"),
        NoticeProof((1, 3), date(2026, 5, 27), date(2026, 6, 18), "registraturen"),
    )
    cover = read(minutes_pdf(replace(make_minutes(), notices=notices))).pages[0]
    text = on_one_line(cover.extract_text())
    for fact in ("§ 2", "2026-05-20", "2026-06-11", "§§ 1, 3", "2026-05-27", "2026-06-18", "registraturen"):
        assert fact in text


def test_verified_on_different_days_is_said_with_the_paragraphs() -> None:
    minutes = make_minutes()
    chair = replace(minutes.signatures[1], moments=(Moment(at(20, 12), (2,)), Moment(at(27, 9), (1, 3))))
    cover = read(minutes_pdf(replace(minutes, signatures=(chair,)))).pages[0]
    text = on_one_line(cover.extract_text())
    assert "2026-05-20 kl. 12.00, § 2" in text
    assert "2026-05-27 kl. 09.00, §§ 1, 3" in text


def test_the_attendance_list_has_heads_for_rows_and_columns(pdf: bytes) -> None:
    page = minutes_html(make_minutes())
    table = page[page.index('id="attendance"') :]
    assert table.count('<th scope="col">') >= 4
    assert table.count('<th scope="row">') == 9
    assert tags(pdf).count("/TH") >= 4 + 9


def test_each_page_says_its_paragraph_and_number(pdf: bytes) -> None:
    pages: Any = read(pdf).pages
    for number, page in enumerate(pages, start=1):
        assert f"Sida {number} av {len(pages)}" in on_one_line(page.extract_text())
    assert "2026-05-20 § 1" in on_one_line(pages[2].extract_text())
    assert "2026-05-20 §" not in on_one_line(pages[0].extract_text())
    assert "2026-05-20 §" not in on_one_line(pages[-1].extract_text())


def test_a_draft_says_so_on_every_page_and_is_checked_nowhere() -> None:
    draft = minutes_pdf(as_draft(make_minutes(2)), check_address="prov.example/verifiera/7KQ4-M2XD")
    for page in read(draft).pages:
        assert "UTKAST – ej justerat" in on_one_line(page.extract_text())
    assert "7KQ4" not in words(draft)
    assert read(draft).metadata.title == "Utkast: Protokoll, Regionstyrelsen 2026-05-20"


def test_the_same_minutes_give_the_same_bytes(pdf: bytes) -> None:
    assert minutes_pdf(make_minutes(), check_address="prov.example/verifiera/7KQ4-M2XD") == pdf


def test_a_meeting_without_paragraphs_has_minutes_too() -> None:
    paper = blocks(read(minutes_pdf(make_minutes(0))))
    assert headings(paper) == ["Protokoll", "Innehåll", "Bilaga 1. Närvarolista"]


def test_seventy_one_members_stand_in_the_list_and_not_on_the_cover() -> None:
    reader = read(minutes_pdf(make_minutes(1, members=71, substitutes=9)))
    cover = on_one_line(reader.pages[0].extract_text())
    assert "71 ledamöter och tjänstgörande ersättare, se bilaga 1" in cover
    assert "Anslagsbevis" in cover
    assert "Cilla Dahl 69" in words(minutes_pdf(make_minutes(1, members=71, substitutes=9)))

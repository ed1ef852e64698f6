"""What follows an extract: as files inside it, or as pages after its text."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from protocols.document import FollowingDocument
from protocols.enums import Following
from protocols.extracts.appendices import Appended, AppendixError
from protocols.extracts.render import extract_pdf
from tests.archival import broken_rules
from tests.protocols.extracts.outline import outline
from tests.protocols.extracts.samples import DOCUMENT, DRAFT, read
from tests.protocols.extracts.summons_samples import BROKEN, foreign, locked, turned

MOTION = foreign("Motionens första sida", "Motionens andra sida")
COSTS = turned(foreign("Kostnader per år"))


def follows(number: int, title: str, content: bytes, how: Following) -> Appended:
    digest = hashlib.sha256(content).hexdigest()
    return Appended(FollowingDocument(number, title, digest, len(content), how), content)


def made(*appended: Appended) -> bytes:
    document = replace(DOCUMENT, appendices=tuple(each.document for each in appended))
    return extract_pdf(document, appendices=appended)


def test_a_file_goes_along_as_it_is_and_the_paper_keeps_the_standards() -> None:
    pdf = made(follows(1, "Motion om å, ä och ö", MOTION, Following.FILE))
    reader = read(pdf)
    assert reader.attachments["bilaga-1-motion-om-a-a-och-o.pdf"] == [MOTION]
    files = [file.get_object() for file in reader.trailer["/Root"]["/AF"]]
    assert [(file["/AFRelationship"], file["/Desc"]) for file in files[2:]] == [
        ("/Supplement", "Bilaga 1. Motion om å, ä och ö")
    ]
    assert broken_rules(pdf) == []
    assert len(reader.pages) == len(read(extract_pdf(DOCUMENT)).pages)


def test_pages_follow_the_text_under_a_line_that_names_them() -> None:
    pdf = made(
        follows(1, "Motion om fler ambulanser", MOTION, Following.PAGES),
        follows(2, "Kostnadsberäkning", COSTS, Following.PAGES),
    )
    reader, before = read(pdf), len(read(extract_pdf(DOCUMENT)).pages)
    texts = [page.extract_text() for page in reader.pages[before:]]
    assert len(texts) == 3
    for text, words in zip(
        texts,
        [
            ("Bilaga 1. Motion om fler ambulanser", "sida 1 av 2", "Motionens första sida"),
            ("Bilaga 1, sida 2 av 2", "Motionens andra sida"),
            ("Bilaga 2. Kostnadsberäkning", "Kostnader per år"),
        ],
        strict=True,
    ):
        for word in words:
            assert word in text
    last = reader.pages[-1].mediabox
    assert last.width > last.height
    marks = [(title, page) for _depth, title, page in outline(pdf) if title.startswith("Bilaga")]
    assert marks == [
        ("Bilaga 1. Motion om fler ambulanser", before + 1),
        ("Bilaga 2. Kostnadsberäkning", before + 3),
    ]


def test_with_pages_of_others_it_claims_no_standard_and_still_carries_its_facts() -> None:
    reader = read(made(follows(1, "Motionen", MOTION, Following.PAGES)))
    packet = reader.trailer["/Root"]["/Metadata"].get_object().get_data()
    assert b"<pdfaid:part>" not in packet
    assert b"<pdfuaid:part>" not in packet
    assert set(reader.attachments) == {"protokollsutdrag.json", "protokollsutdrag.xml"}


def test_the_same_appendices_give_the_same_bytes() -> None:
    both = (follows(1, "M", MOTION, Following.PAGES), follows(2, "K", COSTS, Following.FILE))
    assert made(*both) == made(*both)


def test_a_draft_shows_the_pages_and_carries_no_file() -> None:
    both = (follows(1, "M", MOTION, Following.PAGES), follows(2, "K", COSTS, Following.FILE))
    reader = read(extract_pdf(DRAFT, appendices=both))
    assert reader.attachments == {}
    assert "Motionens första sida" in reader.pages[-2].extract_text()


@pytest.mark.parametrize(
    ("content", "word"),
    [(locked(MOTION), "är låst med lösenord"), (BROKEN, "är skadad")],
    ids=["locked", "broken"],
)
def test_what_cannot_be_drawn_ends_it(content: bytes, word: str) -> None:
    with pytest.raises(AppendixError, match=word):
        made(follows(1, "M", content, Following.PAGES))

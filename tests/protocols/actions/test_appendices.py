"""The lines under Bilagor, and what of them goes along with the issued extract."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from motions.errors import Conflict, DomainError
from motions.models import Document, Motion
from protocols.actions import appendices as actions
from protocols.actions.appendices import AppendixLine, line_of, set_appendices
from protocols.actions.bundles import ask_bundle, make_next
from protocols.actions.corrections import correct_paragraph
from protocols.actions.extracts import issue_extract
from protocols.enums import BundleKind, Following
from protocols.extracts.appendices import AppendixError
from protocols.models import Appendix, Extract, Meeting, Paragraph
from protocols.queries.bundles import scope_of_meeting
from tests.factories import (
    Region,
    close,
    decide,
    make_meeting,
    make_motion,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)
from tests.protocols.attaching import attach
from tests.protocols.extracts.summons_samples import BROKEN, foreign, locked

CHECK = "motioner.prov.example/verifiera/"


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def motion(region: Region) -> Motion:
    motion = make_prepared_motion(region)
    attach(region, motion, "ett")
    return motion


@pytest.fixture
def meeting(region: Region) -> Meeting:
    return make_meeting(region, region.board)


@pytest.fixture
def paragraph(region: Region, motion: Motion, meeting: Meeting) -> Paragraph:
    return open_with(region, meeting, motion)


def lines_of(paragraph: Paragraph) -> list[AppendixLine]:
    return [line_of(row) for row in paragraph.appendices.select_related("document")]


def finished(region: Region, paragraph: Paragraph) -> Paragraph:
    decide(region, paragraph)
    close(region, paragraph.meeting)
    verify(region, paragraph.meeting)
    return Paragraph.objects.get(pk=paragraph.pk)


def opened(extract: Extract) -> PdfReader:
    return PdfReader(Path(extract.file.path))


def test_the_motion_follows_as_a_file_when_nobody_has_said_otherwise(
    region: Region, motion: Motion, paragraph: Paragraph
) -> None:
    document = motion.documents.get()
    assert lines_of(paragraph) == [AppendixLine(paragraph.title, document, Following.FILE)]
    files = opened(issue_extract(finished(region, paragraph), by=None, check_address=CHECK)).attachments
    (name,) = set(files) - {"protokollsutdrag.json", "protokollsutdrag.xml"}
    assert name.startswith("bilaga-1-motion-")
    with document.file.open("rb") as file:
        assert files[name] == [file.read()]


def test_a_motion_without_a_file_is_named(region: Region, meeting: Meeting) -> None:
    paragraph = open_with(region, meeting, make_prepared_motion(region))
    assert lines_of(paragraph) == [AppendixLine(paragraph.title)]


def test_a_document_follows_as_pages_in_the_order_of_the_lines(
    region: Region, motion: Motion, paragraph: Paragraph
) -> None:
    report = attach(region, motion, "två")
    chosen = [
        AppendixLine("Kostnadsberäkning", report, Following.PAGES),
        AppendixLine("En karta på väggen"),
        AppendixLine("Motionen", motion.documents.first(), Following.PAGES),
    ]
    set_appendices(paragraph, by=region.secretary, lines=chosen)
    reader = opened(issue_extract(finished(region, paragraph), by=None, check_address=CHECK))
    last = [page.extract_text() for page in reader.pages[-2:]]
    assert ["Bilaga 1. Kostnadsberäkning" in last[0], "Bilaga 3. Motionen" in last[1]] == [True, True]
    assert ["två" in last[0], "ett" in last[1]] == [True, True]


def test_a_correction_takes_them_along(region: Region, motion: Motion, paragraph: Paragraph) -> None:
    done = finished(region, paragraph)
    issue_extract(done, by=None, check_address=CHECK)
    row = correct_paragraph(
        done,
        by=region.secretary,
        text="Ska vara fyra.",
        reason="Skrivfel.",
        decided_by="Ordföranden",
        corrected_on=done.verified_at.date(),  # type: ignore[union-attr] # it is verified
        check_address=CHECK,
        seen=0,
    )
    assert len(PdfReader(Path(row.file.path)).attachments) == 3


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (locked(foreign("x")), "är låst med lösenord och kan inte följa med utdraget"),
        (BROKEN, "är skadad och kan inte läsas och kan inte följa med utdraget"),
    ],
    ids=["locked", "broken"],
)
def test_what_nobody_could_read_is_refused_when_it_is_chosen(
    region: Region, motion: Motion, paragraph: Paragraph, content: bytes, message: str
) -> None:
    document = attach(region, motion, "två", content=content)
    before = lines_of(paragraph)
    for how in (Following.FILE, Following.PAGES):
        line = AppendixLine("Bilaga", document, how)
        with pytest.raises(DomainError, match=message) as refusal:
            set_appendices(paragraph, by=region.secretary, lines=[*before, line])
        assert "olåst PDF" in refusal.value.instead
    assert lines_of(paragraph) == before


def test_more_pages_than_a_mail_bears_are_refused_and_may_follow_as_a_file(
    region: Region, motion: Motion, paragraph: Paragraph
) -> None:
    long = pikepdf.Pdf.new()
    for _page in range(501):
        long.add_blank_page(page_size=(595, 842))
    content = io.BytesIO()
    long.save(content)
    document = attach(region, motion, "lång", content=content.getvalue())
    line = AppendixLine("Rapport", document, Following.PAGES)
    with pytest.raises(DomainError, match="har 501 sidor; högst 500") as refusal:
        set_appendices(paragraph, by=region.secretary, lines=[line])
    assert "som fil" in refusal.value.instead
    set_appendices(paragraph, by=region.secretary, lines=[AppendixLine("Rapport", document, Following.FILE)])
    assert lines_of(paragraph)[0].following == Following.FILE


def test_more_than_mail_bears_is_refused(
    region: Region, motion: Motion, paragraph: Paragraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_BYTES", 100)
    line = AppendixLine("Rapport", motion.documents.get(), Following.PAGES)
    with pytest.raises(DomainError, match="större än"):
        set_appendices(paragraph, by=region.secretary, lines=[line])


def test_secret_and_foreign_documents_never_follow(
    region: Region, motion: Motion, paragraph: Paragraph
) -> None:
    secret = attach(region, motion, "hemlig", is_secret=True)
    foreign_one = attach(region, make_motion(region, title="Annat"), "annan")
    for document in (secret, foreign_one):
        with pytest.raises(DomainError, match="Bara offentliga handlingar i ärendet") as refusal:
            set_appendices(
                paragraph, by=region.secretary, lines=[AppendixLine("X", document, Following.FILE)]
            )
        assert refusal.value.law == "OSL 5 kap. 5 §"


def test_a_line_that_follows_has_a_document(region: Region, paragraph: Paragraph) -> None:
    with pytest.raises(DomainError, match="har ingen handling"):
        set_appendices(paragraph, by=region.secretary, lines=[AppendixLine("X", None, Following.FILE)])
    with pytest.raises(DatabaseError, match="appendix_that_follows_is_a_document"), transaction.atomic():
        Appendix.objects.create(paragraph=paragraph, title="X", following=Following.PAGES)


def test_rows_that_changed_meanwhile_are_told_by_their_titles(region: Region, paragraph: Paragraph) -> None:
    with pytest.raises(Conflict, match=f"ändrat raderna till: {paragraph.title}"):
        set_appendices(paragraph, by=region.secretary, lines=[], seen=[])


def test_what_follows_is_frozen_with_the_text(region: Region, motion: Motion, paragraph: Paragraph) -> None:
    done = finished(region, paragraph)
    with pytest.raises(Conflict):
        set_appendices(done, by=region.secretary, lines=[])
    with pytest.raises(DatabaseError, match="appendix_is_frozen"), transaction.atomic():
        Appendix.objects.filter(paragraph=done).update(following=Following.NAMED)


def test_no_extract_goes_out_with_a_file_that_was_changed_in_the_store(
    region: Region, motion: Motion, paragraph: Paragraph
) -> None:
    done = finished(region, paragraph)
    place = Path(motion.documents.get().file.path)
    place.chmod(0o600)
    place.write_bytes(foreign("något annat"))
    with pytest.raises(AppendixError, match="was changed"):
        issue_extract(done, by=None, check_address=CHECK)
    Document.objects.filter(motion=motion).update(is_secret=True)
    with pytest.raises(AppendixError, match="no public document"):
        issue_extract(done, by=None, check_address=CHECK)
    assert not Extract.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_all_extracts_in_one_file_take_them_along(
    region: Region, motion: Motion, paragraph: Paragraph, meeting: Meeting
) -> None:
    pages = AppendixLine("Motionen", motion.documents.get(), Following.PAGES)
    set_appendices(paragraph, by=region.secretary, lines=[pages])
    finished(region, paragraph)
    scope = scope_of_meeting(meeting)
    for kind in BundleKind:
        ask_bundle(scope, kind=kind, by=region.secretary, check_address=CHECK)
        bundle = make_next()
        assert bundle
        bundle.refresh_from_db()
        content = Path(bundle.file.path).read_bytes()
        if kind == BundleKind.ZIP:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                content = packed.read(packed.namelist()[0])
        assert "ett" in PdfReader(io.BytesIO(content)).pages[-1].extract_text()

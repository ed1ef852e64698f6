"""Bundles: the same extracts as by themselves, in one file; nothing is lost where a maker ends."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import pikepdf
import pytest
from django.utils import timezone
from pypdf import PdfReader
from pytest_django import Settings

from motions.errors import DomainError, Forbidden
from protocols.actions import bundles
from protocols.actions.agenda import add_matter
from protocols.actions.bundles import ask_bundle, make_next
from protocols.actions.corrections import correct_paragraph
from protocols.actions.meetings import open_meeting
from protocols.actions.taking_up import take_up
from protocols.actions.withdrawals import withdraw_extract
from protocols.enums import BundleKind, BundleState
from protocols.extracts import pool
from protocols.models import Bundle, Extract, Meeting
from protocols.queries.bundles import Scope, scope_of_meeting
from tests.factories import Region, close, decide, make_meeting, make_region, verify
from tests.factories import clock as at

CHECK = "motioner.prov.example/verifiera/"


@pytest.fixture
def region(transactional_db: None) -> Region:
    return make_region()


@pytest.fixture
def meeting(region: Region) -> Meeting:
    """A verified meeting of the board with three §§."""
    return hold(region, 3)


def hold(region: Region, count: int, *, day: int = 20, is_verified: bool = True) -> Meeting:
    meeting = make_meeting(region, region.board, held_on=date(2026, 5, day))
    items = [
        add_matter(meeting, by=region.secretary, title=f"Rapport {n}", proposal="") for n in range(count)
    ]
    open_meeting(meeting, by=region.secretary, at=at(meeting, 9))
    for item in items:
        decide(region, take_up(item, by=region.secretary, at=at(meeting, 9, 10)))
    close(region, meeting)
    if is_verified:
        verify(region, meeting)
    return meeting


def make(region: Region, scope: Scope, kind: BundleKind) -> Bundle:
    ask_bundle(scope, kind=kind, by=region.secretary, check_address=CHECK)
    made = make_next()
    assert made
    made.refresh_from_db()
    return made


def test_the_package_holds_each_extract_and_is_made_once_for_the_same_ones(
    region: Region, meeting: Meeting
) -> None:
    made = make(region, scope_of_meeting(meeting), BundleKind.ZIP)
    assert (made.state, made.done, made.total, made.reason) == (BundleState.DONE, 3, 3, "")
    content = made.file.read()
    made.file.close()
    assert hashlib.sha256(content).hexdigest() == made.sha256
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.namelist() == [f"RS 2026 § {n}.pdf" for n in (1, 2, 3)]
        digests = {hashlib.sha256(package.read(name)).hexdigest() for name in package.namelist()}
    assert digests == set(Extract.objects.values_list("sha256", flat=True))
    assert make_next() is None
    again = ask_bundle(
        scope_of_meeting(meeting), kind=BundleKind.ZIP, by=region.secretary, check_address=CHECK
    )
    assert (again.pk, again.state) == (made.pk, BundleState.DONE)
    scope = Scope(region.board, 2026)
    assert make(region, scope, BundleKind.ZIP).total == 3
    hold(region, 1, day=27)
    assert make(region, scope, BundleKind.ZIP).total == 4
    assert Bundle.objects.count() == 2
    folder = Path(made.file.path).parent.parent
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 2  # nothing old or unfinished


def test_a_withdrawn_extract_is_in_no_package(region: Region, meeting: Meeting) -> None:
    made = make(region, scope_of_meeting(meeting), BundleKind.ZIP)
    assert made.total == 3
    gone = Extract.objects.get(paragraph__number=2)
    withdraw_extract(gone.paragraph, by=region.secretary, reason="Bilagan saknades.", code=gone.code)
    made = make(region, scope_of_meeting(meeting), BundleKind.ZIP)
    with made.file.open("rb") as file, zipfile.ZipFile(file) as package:
        assert package.namelist() == ["RS 2026 § 1.pdf", "RS 2026 § 3.pdf"]


def test_the_book_has_contents_bookmarks_and_the_papers_tags(region: Region, meeting: Meeting) -> None:
    first = meeting.paragraphs.get(number=1)
    correct_paragraph(
        first,
        by=region.secretary,
        corrected_on=timezone.localdate(),
        text="Rapport 0 ska vara rapport 10.",
        reason="skrivfel",
        decided_by="ordföranden",
        seen=0,
        check_address=CHECK,
    )
    made = make(region, scope_of_meeting(meeting), BundleKind.PDF)
    content = made.file.read()
    made.file.close()
    reader = PdfReader(io.BytesIO(content))
    texts = [page.extract_text() for page in reader.pages]
    assert "Innehåll" in texts[0]
    assert "rapport 10" in texts[1]  # the corrected extract, not the first
    outline: Any = reader.outline
    assert [entry["/Title"] for entry in outline] == [
        "Innehåll",
        *(f"§\N{NO-BREAK SPACE}{n + 1} Rapport {n}" for n in range(3)),
    ]
    assert [reader.get_destination_page_number(entry) for entry in outline] == [0, 1, 2, 3]
    assert reader.page_labels == ["i", "1", "2", "3"]
    with pikepdf.open(io.BytesIO(content)) as book:
        links = [note.Dest[0].objgen for note in book.pages[0].Annots]
        assert links == [page.obj.objgen for page in book.pages[1:]]
        root: Any = book.Root.StructTreeRoot
        parts = list(root.K[0].K)
        assert [str(part.S) for part in parts] == ["/Part"] * 4
        numbers = list(root.ParentTree.Nums)
        parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        for page, part in zip(book.pages, parts, strict=True):
            for element in filter(None, parents[int(page.StructParents)]):
                assert part_of(element).objgen == part.objgen
                assert element.Pg.objgen == page.obj.objgen


def part_of(element: Any) -> Any:
    """The part of the book that a tag belongs to."""
    while element.S != "/Part":
        element = element.P
    return element


def test_a_maker_that_ends_leaves_what_it_has_issued_to_the_next(
    region: Region, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_bundle(scope_of_meeting(meeting), kind=BundleKind.ZIP, by=region.secretary, check_address=CHECK)
    ending = type("Ending", (), {"is_ending": True})()
    with monkeypatch.context() as patch:
        patch.setattr(bundles, "exchange", ending)
        make_next()
    bundle = Bundle.objects.get()
    assert bundle.state == BundleState.WAITING
    issued = Extract.objects.count()
    assert issued >= 1
    assert bundle.done >= 1
    make_next()
    bundle.refresh_from_db()
    assert (bundle.state, bundle.done) == (BundleState.DONE, 3)


def test_what_cannot_be_made_or_may_not_be_asked_for_is_told(
    region: Region, meeting: Meeting, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = scope_of_meeting(meeting)
    with monkeypatch.context() as patch:
        patch.setattr(pool._Door, "places", BoundedSemaphore(1))
        with pool._Door.places:  # every press is taken
            failed = make(region, scope, BundleKind.ZIP)
    assert failed.state == BundleState.FAILED
    assert failed.reason == "Det tog för lång tid, eller så väntar många på sina papper."
    assert make(region, scope, BundleKind.ZIP).state == BundleState.DONE
    unverified = scope_of_meeting(hold(region, 1, day=27, is_verified=False))
    with pytest.raises(DomainError, match="Ingen paragraf är justerad"):
        ask_bundle(unverified, kind=BundleKind.ZIP, by=region.secretary, check_address=CHECK)
    with pytest.raises(Forbidden):
        ask_bundle(scope, kind=BundleKind.ZIP, by=region.politician, check_address=CHECK)

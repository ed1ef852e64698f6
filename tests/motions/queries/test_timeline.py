from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile

from motions.actions.documents import add_document
from motions.actions.ending import close_motion, withdraw_motion
from motions.enums import DocumentKind
from motions.models import Motion
from motions.permissions import HasRoles
from motions.queries.page import MotionPage, motion_page
from protocols.models import Paragraph
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

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
PUBLIC = AnonymousUser()


@pytest.fixture
def region() -> Region:
    return make_region()


def page(motion: Motion, user: HasRoles = PUBLIC) -> MotionPage:
    return motion_page(Motion.objects.get(pk=motion.pk), user=user, today=TODAY)


def way(motion: Motion) -> list[tuple[str, str, str]]:
    return [(step.label, step.state, step.note) for step in page(motion).steps]


def decided(region: Region) -> tuple[Motion, Paragraph, Paragraph]:
    motion = make_prepared_motion(region)
    board = make_meeting(region, region.board)
    proposal = decide(region, open_with(region, board, motion))
    verify(region, close(region, board))
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    verdict = decide(region, open_with(region, assembly, motion))
    verify(region, close(region, assembly))
    return motion, proposal, verdict


def test_way_of_a_new_motion(region: Region) -> None:
    assert way(make_motion(region, is_registered=False)) == [
        ("Inlämnad", "current", "2 feb"),
        ("Remiss", "todo", ""),
        ("Beredning", "todo", ""),
        ("Styrelsens förslag", "todo", ""),
        ("Fullmäktige avgör", "todo", ""),
        ("Avslut", "todo", ""),
    ]


def test_way_and_timeline_of_a_decided_motion(region: Region) -> None:
    motion, proposal, verdict = decided(region)
    nbsp = "\N{NO-BREAK SPACE}"
    assert way(motion) == [
        ("Inlämnad", "done", "2 feb"),
        ("Remitterad", "done", "9 feb"),
        ("Beredd", "done", "11 mar"),
        ("Styrelsens förslag", "done", f"20 maj, RS §{nbsp}1"),
        ("Avgjord: avslag", "current", f"10 jun, RF §{nbsp}1"),
        ("Avslut", "todo", ""),
    ]
    entries = page(motion).entries
    assert [(entry.title, entry.when, entry.tone) for entry in entries] == [
        ("Regionfullmäktige avgör: avslag", "10 juni 2026, justerat 17 juni", "decided"),
        ("Regionstyrelsen föreslår avslag", "20 maj 2026, justerat 27 maj", "decided"),
        ("Beredd", "11 mars 2026", ""),
        ("Beredning påbörjad", "9 februari 2026", ""),
        ("Remitterad till regionstyrelsen", "9 februari 2026", ""),
        ("Inlämnad och registrerad", "2 februari 2026", ""),
    ]
    assert [entry.url for entry in entries[:2]] == [
        f"/paragrafer/{verdict.pk}/",
        f"/paragrafer/{proposal.pk}/",
    ]
    close_motion(motion, by=region.registrar, on=date(2026, 7, 1), reason="Lämnat på plats.")
    assert way(motion)[-2:] == [
        ("Avgjord: avslag", "done", f"10 jun, RF §{nbsp}1"),
        ("Avslutad", "done", "1 jul"),
    ]


def test_way_of_a_withdrawn_motion_ends_there(region: Region) -> None:
    motion = make_motion(region)
    withdraw_motion(motion, by=region.registrar, on=date(2026, 3, 1))
    assert way(motion) == [("Inlämnad", "done", "2 feb"), ("Återtagen", "current", "1 mar")]


def test_officials_are_named_to_officials_only(region: Region) -> None:
    motion = make_prepared_motion(region)
    whens = [entry.when for entry in page(motion, region.secretary).entries]
    assert whens == [
        "11 mars 2026, Hans Handläggare",
        "9 februari 2026, Hans Handläggare",
        "9 februari 2026, Rita Registrator",
        "2 februari 2026, Rita Registrator",
    ]
    assert [entry.when for entry in page(motion, region.politician).entries] == [
        when.partition(",")[0] for when in whens
    ]


def test_draft_outcomes_are_shown_to_officials_until_the_board_has_proposed(region: Region) -> None:
    motion = make_prepared_motion(region)
    assert page(motion, region.secretary).shows_drafts
    assert not page(motion).shows_drafts
    assert not page(motion, region.politician).shows_drafts
    meeting = make_meeting(region, region.board)
    decide(region, open_with(region, meeting, motion))
    verify(region, close(region, meeting))
    assert not page(motion, region.secretary).shows_drafts


@pytest.mark.parametrize("is_secret", [False, True])
def test_a_secret_document_leaves_no_trace_for_the_public(
    region: Region, uploaded_files: Path, is_secret: bool
) -> None:
    motion = make_motion(region)
    add_document(
        motion,
        by=region.officer,
        kind=DocumentKind.OPINION,
        title="Yttrande från patientnämnden",
        file=SimpleUploadedFile("a.pdf", b"%PDF-1.7 text %%EOF"),
        received_on=date(2026, 3, 1),
        is_secret=is_secret,
    )
    titles = ["Inlämnad och registrerad"]
    shown = ["Yttrande från patientnämnden", *titles]
    assert [entry.title for entry in page(motion, region.secretary).entries] == shown
    assert [entry.title for entry in page(motion).entries] == (titles if is_secret else shown)
    assert len(page(motion).documents) == (0 if is_secret else 1)

"""The reading page: the public reads verified §§ only, drafts are marked, outsiders find nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motions.enums import Role
from protocols.actions.agenda import add_block, add_matter
from protocols.actions.meetings import open_meeting
from protocols.actions.taking_up import take_up
from protocols.actions.texts import reword
from protocols.enums import ParagraphKind, SectionKind
from protocols.models import Meeting, Paragraph
from tests.factories import (
    Region,
    clock,
    close,
    decide,
    make_meeting,
    make_motion,
    make_prepared_motion,
    make_region,
    make_user,
    open_with,
    verify,
)


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def draft(region: Region) -> Paragraph:
    """A § decided by the board, not verified."""
    meeting = make_meeting(region, region.board)
    return decide(region, open_with(region, meeting, make_prepared_motion(region)))


def matter(region: Region, meeting: Meeting, title: str) -> Paragraph:
    item = add_matter(meeting, by=region.secretary, title=title, proposal="den godkänns")
    return decide(region, take_up(item, by=region.secretary, at=clock(meeting, 9, 40)))


@pytest.fixture
def verified(region: Region, draft: Paragraph) -> Paragraph:
    verify(region, close(region, draft.meeting))
    draft.refresh_from_db()
    return draft


def read(client: Client, paragraph: Paragraph) -> str:
    response = client.get(paragraph.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_the_public_reads_a_verified_paragraph(client: Client, verified: Paragraph) -> None:
    text = read(client, verified)
    assert "<h1>§ 1 Motion 1-2026 om fler cykelvägar i länet</h1>" in text
    assert "<h2>Regionstyrelsens beslut</h2>" in text
    assert "Justerat 2026-05-27 av Bo Cederlund, Cilla Dahl" in text
    assert verified.frozen_sha256[:12] in text
    assert reverse("protocols:extract", args=[verified.pk]) in text
    assert "UTKAST" not in text


def test_a_draft_is_not_found_by_the_public(client: Client, draft: Paragraph) -> None:
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_a_draft_is_not_found_by_other_logins(client: Client, region: Region, draft: Paragraph) -> None:
    for user in (region.administrator, make_user("Utanför Organet", Role.REPRESENTATIVE)):
        client.force_login(user)
        assert client.get(draft.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("role", ["registrar", "officer", "secretary", "politician", "chair"])
def test_a_draft_is_marked(client: Client, region: Region, draft: Paragraph, role: str) -> None:
    client.force_login(getattr(region, role))
    text = read(client, draft)
    assert '<p class="sheet-mark">UTKAST</p>' in text
    assert "Texten är inte justerad och kan ändras." in text
    assert "Öppna utkastet (PDF)" in text


def test_an_item_before_it_is_taken_up(client: Client, region: Region) -> None:
    item = add_matter(make_meeting(region, region.board), by=region.secretary, title="Rapport", proposal="")
    client.force_login(region.politician)
    text = read(client, item)
    assert "Punkten står på dagordningen." in text
    assert "protokollsutdrag.pdf" not in text


def test_officials_see_what_was_reworded(client: Client, region: Region, draft: Paragraph) -> None:
    changed = "<p>Ordföranden frågar om förslaget bifalls.</p>"
    made = "<p>Ordföranden frågar.</p>"
    reword(draft, by=region.secretary, kind=SectionKind.PROCEDURE, html=changed, made_html=made)
    said = "Omformulerad av sekreteraren"
    client.force_login(region.officer)
    assert said in read(client, draft)
    client.force_login(region.politician)
    assert said not in read(client, draft)
    verify(region, close(region, draft.meeting))
    client.logout()
    text = read(client, draft)
    assert "Ordföranden frågar om förslaget bifalls." in text
    assert said not in text
    client.force_login(region.officer)
    assert said in read(client, draft)


def test_neighbours_are_those_the_reader_may_see(client: Client, region: Region, draft: Paragraph) -> None:
    second, third = matter(region, draft.meeting, "Två"), matter(region, draft.meeting, "Tre")
    client.force_login(region.politician)
    text = read(client, second)
    assert f'rel="prev" href="{draft.get_absolute_url()}"' in text
    assert f'rel="next" href="{third.get_absolute_url()}"' in text
    verify(region, close(region, draft.meeting))
    client.logout()
    assert 'rel="prev"' not in read(client, draft)
    assert 'rel="next"' not in read(client, third)


def test_the_motion_is_named(client: Client, verified: Paragraph) -> None:
    assert verified.motion is not None
    assert f"1-2026 {verified.motion.title}" in read(client, verified)


def test_a_block_names_all_its_motions(client: Client, region: Region) -> None:
    motions = [make_motion(region, title=f"Om väg {index}") for index in range(3)]
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 2, 20))
    block = add_block(assembly, by=region.secretary, kind=ParagraphKind.REMITTAL, motions=motions)
    open_meeting(assembly, by=region.secretary, at=clock(assembly, 9))
    decide(region, take_up(block, by=region.secretary, at=clock(assembly, 9)))
    verify(region, close(region, assembly))
    text = read(client, block)
    assert [f"{m.number} {m.title}" in text for m in motions] == [True] * 3
    assert "Motionerna" in text


def test_only_the_secretary_is_offered_the_writing(client: Client, region: Region, draft: Paragraph) -> None:
    address = reverse("protocols:texts", args=[draft.pk])
    for user, is_offered in ((region.secretary, True), (region.officer, False), (region.politician, False)):
        client.force_login(user)
        assert (address in read(client, draft)) == is_offered


def test_only_reading(client: Client, verified: Paragraph) -> None:
    assert client.post(verified.get_absolute_url()).status_code == 405
    assert client.head(verified.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("pk", [0, 10**30])
def test_no_such_paragraph(client: Client, region: Region, pk: int) -> None:
    assert client.get(f"/paragrafer/{pk}/").status_code == 404


def test_queries_do_not_grow_with_the_meeting(client: Client, region: Region, draft: Paragraph) -> None:
    client.force_login(region.officer)
    counts = []
    for title in ("Två", "Tre", "Fyra", "Fem"):
        matter(region, draft.meeting, title)
        with CaptureQueriesContext(connection) as queries:
            read(client, draft)
        counts.append(len(queries))
    assert set(counts) == {counts[0]}


def test_a_verified_paragraph_is_read_in_few_queries(client: Client, verified: Paragraph) -> None:
    """Its text is stored; no fact is asked for."""
    with CaptureQueriesContext(connection) as queries:
        read(client, verified)
    assert len(queries) <= 10

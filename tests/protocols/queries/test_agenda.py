"""Which motions wait for an agenda, and which a block can hold."""

from __future__ import annotations

from datetime import date

import pytest

from motions.actions.ending import withdraw_motion
from motions.models import Motion
from protocols.actions.agenda import add_block, place_motion
from protocols.actions.meetings import open_meeting
from protocols.actions.proposals import add_proposal
from protocols.actions.taking_up import take_up
from protocols.enums import ParagraphKind, ProposalKind
from protocols.models import Paragraph
from protocols.queries.agenda import (
    agenda_items,
    history_of,
    motions_for_block,
    ready_motions,
    ticked_for_block,
)
from tests.factories import (
    Region,
    clock,
    close,
    decide,
    make_meeting,
    make_motion,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


def ready(region: Region, body: str = "board") -> list[str]:
    return [motion.title for motion in ready_motions(getattr(region, body))]


def hold(region: Region, motion: Motion, day: date, *, at: str = "board", defer: bool = False) -> Paragraph:
    """A verified meeting about the motion."""
    meeting = make_meeting(region, getattr(region, at), held_on=day)
    paragraph = open_with(region, meeting, Motion.objects.get(pk=motion.pk))
    if defer:
        movers = [region.people["Elsa"]]
        add_proposal(paragraph, by=region.secretary, kind=ProposalKind.POSTPONE, movers=movers)
    decide(region, paragraph)
    verify(region, close(region, meeting))
    return paragraph


def test_prepared_motions_wait_for_the_board_oldest_first(region: Region) -> None:
    make_prepared_motion(region, title="Ny", handed_in_on=date(2026, 3, 2))
    make_prepared_motion(region, title="Gammal", handed_in_on=date(2026, 2, 2))
    make_motion(region, title="Oberedd")
    assert ready(region) == ["Gammal", "Ny"]
    assert ready(region, "assembly") == ready(region, "committee") == []


def test_motion_on_an_agenda_waits_no_more(region: Region) -> None:
    motion = make_prepared_motion(region)
    meeting = make_meeting(region, region.board)
    place_motion(meeting, by=region.secretary, motion=motion)
    assert ready(region) == []


def test_motion_waits_for_fullmaktige_when_the_board_is_verified(region: Region) -> None:
    motion = make_prepared_motion(region, title="Cykel")
    meeting = make_meeting(region, region.board)
    decide(region, open_with(region, meeting, motion))
    close(region, meeting)
    assert ready(region) == ready(region, "assembly") == []
    meeting.refresh_from_db()
    verify(region, meeting)
    assert ready(region, "assembly") == ["Cykel"]


def test_postponed_motion_returns_by_itself(region: Region) -> None:
    motion = make_prepared_motion(region, title="Cykel")
    meeting = make_meeting(region, region.board)
    paragraph = open_with(region, meeting, motion)
    movers = [region.people["Elsa"]]
    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.POSTPONE, movers=movers)
    decide(region, paragraph)
    assert ready(region) == ["Cykel"]


def test_remittal_holds_what_is_registered_and_in_no_other_block(region: Region) -> None:
    one, two = make_motion(region, title="Ett"), make_motion(region, title="Två")
    make_motion(region, title="Oregistrerad", is_registered=False)
    make_prepared_motion(region, title="Remitterad")
    kind = ParagraphKind.REMITTAL
    assert list(motions_for_block(kind)) == [one, two]
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    add_block(assembly, by=region.secretary, kind=kind, motions=[one])
    assert list(motions_for_block(kind)) == [two]


def test_report_holds_open_motions_that_were_not_reported(region: Region) -> None:
    kind = ParagraphKind.OUTSTANDING_REPORT
    one, two = make_motion(region, title="Ett"), make_prepared_motion(region, title="Två")
    withdraw_motion(make_motion(region, title="Åter"), by=region.registrar, on=date(2026, 3, 1))
    assert list(motions_for_block(kind)) == [one, two]
    meeting = make_meeting(region, region.assembly, held_on=date(2026, 12, 9))
    block = add_block(meeting, by=region.secretary, kind=kind, motions=[one])
    open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))
    decide(region, take_up(block, by=region.secretary, at=clock(meeting, 9)))
    meeting.refresh_from_db()
    verify(region, close(region, meeting))
    assert list(motions_for_block(kind)) == [two]


def test_report_ticks_those_whose_year_ends_within_sight(region: Region) -> None:
    old = make_motion(region, title="Gammal", handed_in_on=date(2026, 2, 2))
    new = make_motion(region, title="Ny", handed_in_on=date(2026, 5, 2))
    meeting = make_meeting(region, region.assembly, held_on=date(2026, 12, 9))
    assert ticked_for_block(ParagraphKind.OUTSTANDING_REPORT, [old, new], meeting) == [old]
    assert ticked_for_block(ParagraphKind.REMITTAL, [old, new], meeting) == [old, new]


def test_history_is_that_of_verified_paragraphs_before_the_meeting(region: Region) -> None:
    motion = make_prepared_motion(region)
    hold(region, motion, date(2026, 4, 22), defer=True)
    hold(region, motion, date(2026, 5, 20))
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    motion.refresh_from_db()
    item = place_motion(assembly, by=region.secretary, motion=motion)
    history = [
        "Regionstyrelsen 2026-04-22, §\N{NO-BREAK SPACE}1 (bordlägger)",
        "Regionstyrelsen 2026-05-20, §\N{NO-BREAK SPACE}2 (föreslår avslag)",
    ]
    assert [list(found.history) for found in agenda_items(Paragraph.objects.filter(pk=item.pk))] == [history]
    assert history_of(assembly, [motion]) == {motion.pk: history}
    between = make_meeting(region, region.assembly, held_on=date(2026, 5, 1))
    assert history_of(between, [motion]) == {motion.pk: history[:1]}


def test_items_are_badged_by_their_decision(region: Region) -> None:
    one, two = make_prepared_motion(region, title="Ett"), make_prepared_motion(region, title="Två")
    hold(region, one, date(2026, 4, 22), defer=True)
    hold(region, two, date(2026, 5, 20))
    found = agenda_items(Paragraph.objects.all())
    assert sorted((item.badge, item.brief) for item in found) == [
        ("postponed", "Bordlagd"),
        ("rejected", "Föreslår avslag"),
    ]

"""Immediate verification: one § while the meeting goes on, the rest when it is over."""

from __future__ import annotations

import pytest

from motions.enums import Stage
from motions.errors import Conflict, Forbidden
from motions.models import User
from protocols.actions.agenda import add_matter
from protocols.actions.attendance import set_present
from protocols.actions.immediate import declare_immediate
from protocols.actions.reservations import announce_reservation
from protocols.actions.taking_up import take_up
from protocols.actions.verification import verify_paragraphs
from protocols.enums import SectionKind
from protocols.models import Meeting, Paragraph
from protocols.queries.documents import document_of, draft_document
from protocols.queries.facts import with_facts
from protocols.queries.verification import verifying
from tests.factories import (
    Region,
    clock,
    close,
    decide,
    make_meeting,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    """A decided § about a motion, at a board meeting that goes on."""
    meeting = make_meeting(region, region.board)
    return decide(region, open_with(region, meeting, make_prepared_motion(region)))


def approve(region: Region, paragraph: Paragraph, *users: User) -> None:
    """Verify the one § as it reads now."""
    for user in users:
        row = with_facts(Paragraph.objects.filter(pk=paragraph.pk)).get()
        seen = {row.pk: draft_document(row, region.organisation).sha256()}
        verify_paragraphs(row.meeting, by=user, seen=seen, at=clock(row.meeting, 9, 45))


def declare(region: Region, paragraph: Paragraph, *, is_immediate: bool = True) -> Paragraph:
    return declare_immediate(paragraph, by=region.secretary, is_immediate=is_immediate)


def test_verified_at_once_it_is_frozen_and_moves_its_motion(region: Region, paragraph: Paragraph) -> None:
    declare(region, paragraph)
    approve(region, paragraph, region.chair, region.verifier)
    paragraph.refresh_from_db()
    assert paragraph.is_verified
    assert paragraph.meeting.is_open
    section = document_of(paragraph, region.organisation).sections[-2]
    assert (section.kind, section.html) == (
        SectionKind.VERIFICATION, "<p>Paragrafen förklaras omedelbart justerad.</p>"
    )  # fmt: skip
    assert paragraph.motion
    paragraph.motion.refresh_from_db()
    assert paragraph.motion.stage == Stage.AT_ASSEMBLY


def test_the_chair_alone_is_not_enough(region: Region, paragraph: Paragraph) -> None:
    declare(region, paragraph)
    approve(region, paragraph, region.chair)
    paragraph.refresh_from_db()
    assert not paragraph.is_verified


def test_without_the_declaration_it_waits_for_the_end(region: Region, paragraph: Paragraph) -> None:
    with pytest.raises(Conflict, match="Sammanträdet pågår") as refused:
        approve(region, paragraph, region.chair)
    assert refused.value.law == "KL 5 kap. 69 §"
    assert "omedelbart justerat" in refused.value.instead


def test_only_declared_ones_are_shown_while_the_meeting_goes_on(region: Region, paragraph: Paragraph) -> None:
    meeting = Meeting.objects.get(pk=paragraph.meeting_id)
    assert verifying(meeting, today=meeting.held_on).waiting == []
    declare(region, paragraph)
    assert [row.paragraph for row in verifying(meeting, today=meeting.held_on).waiting] == [paragraph]


def test_the_meeting_goes_on_and_is_verified_in_the_usual_way(region: Region, paragraph: Paragraph) -> None:
    declare(region, paragraph)
    approve(region, paragraph, region.chair, region.verifier)
    meeting = Meeting.objects.get(pk=paragraph.meeting_id)
    hugo = region.people["Hugo"]
    assert set_present(meeting, by=region.secretary, person=hugo, is_present=True).is_present
    item = add_matter(meeting, by=region.secretary, title="Rapport", proposal="den godkänns")
    decide(region, take_up(item, by=region.secretary, at=clock(meeting, 10)))
    verify(region, close(region, meeting))
    assert meeting.paragraphs.verified().count() == 2
    with pytest.raises(Conflict, match="närvaron ligger fast"):
        set_present(Meeting.objects.get(pk=meeting.pk), by=region.secretary, person=hugo, is_present=False)


def test_declared_but_not_verified_in_time_is_verified_with_the_rest(
    region: Region, paragraph: Paragraph
) -> None:
    declare(region, paragraph)
    verify(region, close(region, Meeting.objects.get(pk=paragraph.meeting_id)))
    paragraph.refresh_from_db()
    assert paragraph.is_verified


def test_a_declaration_can_be_taken_back(region: Region, paragraph: Paragraph) -> None:
    declare(region, paragraph)
    assert not declare(region, paragraph, is_immediate=False).is_immediate
    with pytest.raises(Conflict, match="Sammanträdet pågår"):
        approve(region, paragraph, region.chair)


def test_not_before_the_item_is_taken_up(region: Region, paragraph: Paragraph) -> None:
    item = add_matter(paragraph.meeting, by=region.secretary, title="Rapport", proposal="")
    with pytest.raises(Conflict, match="inte upptagen till behandling"):
        declare(region, item)


def test_not_after_the_meeting(region: Region, paragraph: Paragraph) -> None:
    close(region, Meeting.objects.get(pk=paragraph.meeting_id))
    with pytest.raises(Conflict, match="beslutas under sammanträdet") as refused:
        declare(region, paragraph)
    assert refused.value.law == "KL 5 kap. 69 §"


def test_not_once_it_is_verified(region: Region, paragraph: Paragraph) -> None:
    declare(region, paragraph)
    approve(region, paragraph, region.chair, region.verifier)
    with pytest.raises(Conflict, match="är justerad"):
        declare(region, paragraph, is_immediate=False)
    with pytest.raises(Conflict):
        announce_reservation(
            paragraph, by=region.politician, persons=[region.people["Asta"]], at=clock(paragraph.meeting, 10)
        )


@pytest.mark.parametrize("role", ["registrar", "officer", "chair", "politician", "administrator"])
def test_only_the_secretary_declares(region: Region, paragraph: Paragraph, role: str) -> None:
    with pytest.raises(Forbidden):
        declare_immediate(paragraph, by=getattr(region, role), is_immediate=True)

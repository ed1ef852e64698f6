from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from motions.errors import Forbidden
from motions.models import Motion
from protocols.actions.agenda import add_matter
from protocols.actions.notices import certify_taken_down, is_appealable
from protocols.actions.procedure import record_finding
from protocols.actions.taking_up import take_up
from protocols.actions.verification import verify_paragraphs
from protocols.enums import DecisionKind, ParagraphKind
from protocols.models import Decision, Meeting, Notice, NoticeParagraph, Paragraph
from protocols.queries.documents import draft_document
from protocols.queries.facts import with_facts
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
from tests.protocols.actions.refusals import fails, refusal

VERIFIED = date(2026, 5, 27)  # by the factories a week after the meeting
DOWN = date(2026, 6, 18)


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def closed(region: Region) -> Meeting:
    """A closed board meeting with two decided §§, both of motions."""
    meeting = make_meeting(region, region.board)
    for title in ("Fler cykelvägar i länet", "Träd längs vägarna"):
        decide(region, open_with(region, meeting, make_prepared_motion(region, title=title)))
        meeting.refresh_from_db()
    return close(region, meeting)


def approve(region: Region, meeting: Meeting, numbers: list[int], *, at: datetime) -> None:
    """Chair and verifier verify the §§ with these positions."""
    for user in (region.chair, region.verifier):
        paragraphs = with_facts(meeting.paragraphs.filter(position__in=numbers))
        seen = {p.pk: draft_document(p, region.organisation).sha256() for p in paragraphs}
        verify_paragraphs(meeting, by=user, seen=seen, at=at)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def announced(notice: Notice) -> list[int]:
    return [row.paragraph.position for row in notice.rows.all()]


def test_verified_minutes_are_announced_the_same_day(region: Region, closed: Meeting) -> None:
    region.organisation.minutes_kept_at = "registraturen i regionhuset"
    region.organisation.save()
    verify(region, closed)
    notice = closed.notices.get()
    assert (notice.posted_on, notice.appeal_until) == (VERIFIED, date(2026, 6, 17))
    assert (notice.final_from, notice.down_on) == (DOWN, DOWN)
    assert notice.kept_at == "registraturen i regionhuset"
    assert notice.posted_by == region.verifier
    assert announced(notice) == [1, 2]


def test_nothing_is_announced_while_a_verifier_remains(region: Region, closed: Meeting) -> None:
    paragraphs = with_facts(closed.paragraphs.all())
    seen = {p.pk: draft_document(p, region.organisation).sha256() for p in paragraphs}
    verify_paragraphs(closed, by=region.chair, seen=seen)
    assert not Notice.objects.exists()


def test_paragraph_verified_before_the_others_has_a_notice_of_its_own(
    region: Region, closed: Meeting
) -> None:
    approve(region, closed, [2], at=noon(date(2026, 5, 20)))
    approve(region, closed, [1], at=noon(VERIFIED))
    first, second = closed.notices.order_by("posted_on")
    assert (announced(first), first.down_on) == ([2], date(2026, 6, 11))
    assert (announced(second), second.down_on) == ([1], DOWN)


def test_paragraphs_verified_on_the_same_day_share_a_notice(region: Region, closed: Meeting) -> None:
    approve(region, closed, [2], at=noon(VERIFIED))
    approve(region, closed, [1], at=noon(VERIFIED) + timedelta(hours=2))
    assert announced(closed.notices.get()) == [1, 2]


def test_minutes_stay_unverified_when_the_notice_fails(region: Region, closed: Meeting) -> None:
    paragraphs = list(with_facts(closed.paragraphs.all()))
    seen = {p.pk: draft_document(p, region.organisation).sha256() for p in paragraphs}
    verify_paragraphs(closed, by=region.chair, seen=seen)
    fails(lambda: _in_one(region, closed, seen), table="protocols_notice")
    assert not closed.paragraphs.verified().exists()


def _in_one(region: Region, meeting: Meeting, seen: dict[int, str]) -> None:
    with transaction.atomic():
        verify_paragraphs(meeting, by=region.verifier, seen=seen)


# --- What can be appealed against --------------------------------------------------------------------------


def test_proposal_to_fullmaktige_cannot_be_appealed_against(region: Region, closed: Meeting) -> None:
    verify(region, closed)
    assert not NoticeParagraph.objects.filter(is_appealable=True).exists()


def test_decision_of_fullmaktige_can_be_appealed_against(region: Region, closed: Meeting) -> None:
    verify(region, closed)
    meeting = make_meeting(region, region.assembly, held_on=date(2026, 6, 16))
    decide(region, open_with(region, meeting, Motion.objects.earliest("pk")))
    verify(region, close(region, meeting))
    assert NoticeParagraph.objects.get(notice__meeting=meeting).is_appealable


@pytest.mark.parametrize(
    ("body", "kind", "has_motion", "expected"),
    [
        ("assembly", DecisionKind.POSTPONES, True, True),
        ("assembly", DecisionKind.REFERS_BACK, True, True),
        ("assembly", DecisionKind.NOTES, False, True),
        ("board", DecisionKind.DECIDES, False, True),
        ("board", DecisionKind.NOTES, False, True),
        ("board", DecisionKind.PROPOSES, False, False),
        ("board", DecisionKind.POSTPONES, False, False),
        ("board", DecisionKind.REFERS_BACK, False, False),
        ("committee", DecisionKind.DECIDES, True, False),
    ],
)
def test_only_a_body_that_prepares_has_decisions_nobody_can_appeal_against(
    region: Region, body: str, kind: DecisionKind, *, has_motion: bool, expected: bool
) -> None:
    motion = make_motion(region) if has_motion else None
    paragraph = Paragraph(
        body=getattr(region, body), kind=ParagraphKind.MOTION if motion else ParagraphKind.MATTER
    )
    paragraph.motion = motion
    Decision(paragraph=paragraph, kind=kind)  # known to the paragraph from now on
    assert is_appealable(paragraph) is expected


def test_matters_the_board_settles_itself_are_told_apart_from_its_proposals(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    matter = take_up(
        add_matter(meeting, by=region.secretary, title="Sammanträdestider 2027", registry_number=""),
        by=region.secretary,
        at=clock(meeting, 10),
    )
    for question in matter.questions.all():
        record_finding(
            question, by=region.secretary, winner=question.proposals.first(), at=clock(meeting, 10)
        )
    verify(region, close(region, meeting))
    told = {row.paragraph.kind: row.is_appealable for row in NoticeParagraph.objects.all()}
    assert told == {ParagraphKind.MOTION: False, ParagraphKind.MATTER: True}


# --- Taking down -------------------------------------------------------------------------------------------


@pytest.fixture
def notice(region: Region, closed: Meeting) -> Notice:
    verify(region, closed)
    return closed.notices.get()


def test_notice_cannot_be_taken_down_before_the_appeal_time_is_over(region: Region, notice: Notice) -> None:
    error = refusal(lambda: certify_taken_down(notice, by=region.secretary, today=DOWN - timedelta(days=1)))
    assert str(error.message) == (
        "Anslaget får inte tas ned förrän överklagandetiden har gått ut den 18 juni 2026"
    )
    assert error.law == "KL 8 kap. 12 § och 13 kap. 5 §"
    assert error.status == 409


def test_taking_down_is_certified_with_the_day_of_the_calendar(region: Region, notice: Notice) -> None:
    certify_taken_down(notice, by=region.secretary, today=DOWN + timedelta(days=40))
    notice.refresh_from_db()
    assert (notice.taken_down_on, notice.certified_by) == (DOWN, region.secretary)


def test_taking_down_is_certified_once(region: Region, notice: Notice) -> None:
    certify_taken_down(notice, by=region.secretary, today=DOWN)
    error = refusal(lambda: certify_taken_down(notice, by=region.secretary, today=DOWN))
    assert str(error.message) == "Det är redan intygat att anslaget togs ned den 18 juni 2026"


def test_only_who_keeps_minutes_certifies(region: Region, notice: Notice) -> None:
    with pytest.raises(Forbidden):
        certify_taken_down(notice, by=region.registrar, today=DOWN)


# --- In the database ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes", [{"posted_on": date(2026, 5, 1)}, {"down_on": date(2027, 1, 1)}, {"kept_at": "hemma"}]
)
def test_posted_notice_never_changes(notice: Notice, changes: dict[str, object]) -> None:
    with pytest.raises(ProgrammingError, match="annot update"), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(**changes)


def test_posted_notice_is_never_deleted(notice: Notice) -> None:
    for rows in (notice.rows.all(), Notice.objects.filter(pk=notice.pk)):
        with pytest.raises(ProgrammingError, match=r"annot (update or )?delete"), transaction.atomic():
            rows._raw_delete(rows.db)


def test_database_refuses_an_early_taking_down(region: Region, notice: Notice) -> None:
    with pytest.raises(IntegrityError, match="notice_not_taken_down_early"), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(
            taken_down_on=DOWN - timedelta(days=1), certified_by=region.secretary
        )


def test_certified_notice_never_changes(region: Region, notice: Notice) -> None:
    certify_taken_down(notice, by=region.secretary, today=DOWN)
    with pytest.raises(ProgrammingError, match="annot update"), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(taken_down_on=None, certified_by=None)


def test_unverified_paragraph_is_never_announced(region: Region, notice: Notice) -> None:
    meeting = make_meeting(region, region.board, held_on=date(2026, 6, 2))
    open_paragraph = open_with(region, meeting, make_prepared_motion(region, title="En till"))
    other = Notice.objects.create(
        meeting=meeting,
        posted_on=VERIFIED,
        appeal_until=DOWN,
        down_on=DOWN + timedelta(days=1),
        kept_at="registraturen",
        posted_by=region.secretary,
    )
    with pytest.raises(ProgrammingError, match="only a verified paragraph"), transaction.atomic():
        NoticeParagraph.objects.create(notice=other, paragraph=open_paragraph, is_appealable=False)


def test_notice_is_never_shorter_than_three_weeks(region: Region, closed: Meeting) -> None:
    with pytest.raises(IntegrityError, match="notice_three_weeks"), transaction.atomic():
        Notice.objects.create(
            meeting=closed,
            posted_on=VERIFIED,
            appeal_until=VERIFIED + timedelta(days=20),
            down_on=VERIFIED + timedelta(days=22),
            kept_at="registraturen",
            posted_by=region.secretary,
        )

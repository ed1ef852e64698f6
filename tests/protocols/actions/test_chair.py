"""Who leads a §: the meeting's chair, or another in it alone or from it on, who then verifies it."""

from __future__ import annotations

import pytest

from motions.enums import Role
from motions.errors import Conflict, Forbidden
from motions.models import User
from protocols.actions.chair import hand_over_chair
from protocols.actions.meetings import choose_offices, choose_verifiers
from protocols.actions.participation import note_non_participation
from protocols.actions.procedure import record_finding
from protocols.actions.verification import verify_paragraphs
from protocols.enums import NonParticipationKind as Kind
from protocols.models import Meeting, Paragraph
from protocols.queries.documents import draft_document
from protocols.queries.facts import with_facts
from protocols.queries.minutes import minutes_of
from protocols.queries.screen import read_screen
from tests.factories import (
    Region,
    close,
    decide,
    make_meeting,
    make_prepared_motion,
    make_region,
    make_user,
    open_with,
)
from tests.protocols.actions.refusals import refusal


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def meeting(region: Region) -> Meeting:
    return make_meeting(region, region.board)


@pytest.fixture
def paragraph(region: Region, meeting: Meeting) -> Paragraph:
    return open_with(region, meeting, make_prepared_motion(region))


def another(region: Region, meeting: Meeting) -> Paragraph:
    meeting.refresh_from_db()
    motion = make_prepared_motion(region, title=f"Motion {meeting.paragraphs.count()} om vägar")
    return open_with(region, meeting, motion)


def hand_over(region: Region, paragraph: Paragraph, name: str, *, onwards: bool = False) -> Paragraph:
    return hand_over_chair(paragraph, by=region.secretary, chair=region.people[name], onwards=onwards)


def approve(region: Region, meeting: Meeting, by: User, *paragraphs: Paragraph) -> None:
    found = with_facts(Paragraph.objects.filter(pk__in=[p.pk for p in paragraphs]))
    seen = {p.pk: draft_document(p, region.organisation).sha256() for p in found}
    verify_paragraphs(meeting, by=by, seen=seen)


def test_the_meetings_chair_leads_what_is_taken_up(region: Region, paragraph: Paragraph) -> None:
    assert (paragraph.chair, str(paragraph.chair_party)) == (region.people["Bo"], "Partiet S (S)")


def test_handed_over_in_one_paragraph_the_chair_leads_the_next(
    region: Region, meeting: Meeting, paragraph: Paragraph
) -> None:
    assert hand_over(region, paragraph, "Didrik").chair == region.people["Didrik"]
    decide(region, paragraph)
    assert another(region, meeting).chair == region.people["Bo"]


def test_handed_over_from_a_paragraph_on_and_taken_back(
    region: Region, meeting: Meeting, paragraph: Paragraph
) -> None:
    hand_over(region, decide(region, paragraph), "Didrik", onwards=True)
    second = another(region, meeting)
    assert second.chair == region.people["Didrik"]
    hand_over(region, decide(region, second), "Bo", onwards=True)
    assert another(region, meeting).chair == region.people["Bo"]


def test_another_chair_of_the_meeting_leads_what_the_former_one_led(
    region: Region, meeting: Meeting, paragraph: Paragraph
) -> None:
    people = region.people
    choose_offices(meeting, by=region.secretary, chair=people["Didrik"], verifiers=[people["Cilla"]])
    paragraph.refresh_from_db()
    assert paragraph.chair == people["Didrik"]


@pytest.mark.parametrize(
    ("name", "law"), [("Hugo", "KL 5 kap. 53 §"), ("Cilla", "KL 5 kap. 69 §"), ("Asta", "KL 6 kap. 30 §")]
)
def test_refused_for_one_who_cannot_lead(region: Region, paragraph: Paragraph, name: str, law: str) -> None:
    note_non_participation(paragraph, by=region.secretary, person=region.people["Asta"], kind=Kind.RECUSAL)
    error = refusal(lambda: hand_over(region, paragraph, name))
    assert (error.field, error.law) == ("chair", law)


def test_the_only_verifier_cannot_be_one_who_has_led(
    region: Region, meeting: Meeting, paragraph: Paragraph
) -> None:
    hand_over(region, paragraph, "Didrik")
    didrik = region.people["Didrik"]
    error = refusal(lambda: choose_verifiers(meeting, by=region.secretary, verifiers=[didrik]))
    assert error.field == "verifiers"


def test_the_gavel_waits_until_somebody_leads_in_a_recused_chairs_place(
    region: Region, paragraph: Paragraph
) -> None:
    note_non_participation(paragraph, by=region.secretary, person=region.people["Bo"], kind=Kind.RECUSAL)
    question = paragraph.questions.get()
    winner = question.proposals.get()

    def find() -> object:
        return record_finding(question, by=region.secretary, winner=winner)

    assert "kan inte leda" in refusal(find).message
    hand_over(region, paragraph, "Didrik")
    find()
    paragraph.refresh_from_db()
    assert paragraph.is_decided
    text = draft_document(with_facts(Paragraph.objects.all()).get(), region.organisation).to_json()
    assert "leder behandlingen av ärendet i ordförandens ställe" in text


def test_only_the_secretary_hands_over(region: Region, paragraph: Paragraph) -> None:
    with pytest.raises(Forbidden):
        hand_over_chair(paragraph, by=region.politician, chair=region.people["Didrik"])


def test_each_chair_verifies_the_paragraphs_led(
    region: Region, meeting: Meeting, paragraph: Paragraph
) -> None:
    decide(region, hand_over(region, paragraph, "Didrik"))
    second = decide(region, another(region, meeting))
    meeting = close(region, meeting)
    didrik = make_user("Didrik Ek", Role.VERIFIER, Role.REPRESENTATIVE, person=region.people["Didrik"])
    with pytest.raises(Forbidden) as caught:
        approve(region, meeting, region.chair, paragraph)
    assert caught.value.law == "KL 5 kap. 65 §"
    approve(region, meeting, region.verifier, paragraph, second)
    approve(region, meeting, didrik, paragraph)
    paragraph.refresh_from_db()
    second.refresh_from_db()
    assert (paragraph.is_verified, second.is_verified) == (True, False)
    approve(region, meeting, region.chair, second)
    minutes = minutes_of(Meeting.objects.select_related("body", "chair", "secretary").get(pk=meeting.pk))
    assert [(one.name, one.numbers) for one in minutes.chairs] == [
        ("Bo Cederlund", (2,)),
        (region.people["Didrik"].name, (1,)),
    ]
    signed = [(row.role, row.numbers, [at.numbers for at in row.moments]) for row in minutes.signatures]
    assert signed == [
        ("Sekreterare", (), []),
        ("Ordförande", (2,), [()]),
        ("Ordförande", (1,), [()]),
        ("Justerare", (), [()]),
    ]
    with pytest.raises(Conflict):
        hand_over(region, paragraph, "Elsa")


def test_the_room_sees_who_leads_and_who_stands_in(
    region: Region, meeting: Meeting, paragraph: Paragraph
) -> None:
    note_non_participation(
        paragraph,
        by=region.secretary,
        person=region.people["Bo"],
        kind=Kind.RECUSAL,
        substitute=region.people["Hugo"],
    )
    hand_over(region, paragraph, "Didrik")
    meeting.refresh_from_db()
    screen = read_screen(meeting)
    assert screen.leader.startswith("Didrik")
    assert [(one.who.split()[0], one.instead_of.split()[0]) for one in screen.stand_ins] == [("Hugo", "Bo")]

"""What a body postponed returns to its next meeting (KL 5 kap. 51 §), and the agenda under headings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from motions.errors import Conflict
from motions.models import Motion
from protocols.actions.agenda import (
    add_matter,
    group_agenda,
    place_motion,
    remove_item,
    return_tabled,
)
from protocols.actions.meetings import open_meeting
from protocols.actions.procedure import record_finding
from protocols.actions.proposals import add_proposal
from protocols.actions.taking_up import take_up
from protocols.enums import DecisionKind, ProposalKind
from protocols.models import Decision, Meeting, Paragraph
from protocols.queries.agenda import known_headings
from tests.factories import (
    Region,
    clock,
    close,
    decide,
    make_meeting,
    make_prepared_motion,
    make_region,
    open_with,
)
from tests.protocols.views.desk import read, signed_in

FIRST, NEXT = date(2026, 5, 20), date(2026, 6, 17)


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


def postpone(region: Region, paragraph: Paragraph) -> Paragraph:
    """Let the meeting postpone the item."""
    proposal = add_proposal(
        paragraph,
        by=region.secretary,
        kind=ProposalKind.POSTPONE,
        movers=[region.people["Asta"]],
        text="",
    )
    record_finding(
        paragraph.questions.get(found_at=None, options__proposal=proposal),
        by=region.secretary,
        winner=proposal,
    )
    paragraph.refresh_from_db()
    assert paragraph.decision.kind == DecisionKind.POSTPONES
    return paragraph


@pytest.fixture
def held(region: Region) -> Meeting:
    """A meeting that postponed a motion and another matter, and decided a third item."""
    meeting = make_meeting(region, region.board, held_on=FIRST)
    postpone(region, open_with(region, meeting, make_prepared_motion(region)))
    matter = add_matter(
        meeting, by=region.secretary, title="Delårsrapport", proposal="att rapporten godkänns"
    )
    postpone(region, take_up(matter, by=region.secretary))
    decide(region, take_up(add_matter(meeting, by=region.secretary, title="Upprop"), by=region.secretary))
    return close(region, meeting)


def titles(meeting: Meeting) -> list[str]:
    return list(meeting.paragraphs.order_by("position").values_list("title", flat=True))


def test_what_was_postponed_returns_once(region: Region, held: Meeting) -> None:
    meeting = make_meeting(region, region.board, held_on=NEXT)
    motion = Motion.objects.get()
    returned = return_tabled(meeting, by=region.secretary)
    assert titles(meeting) == [motion.full_title, "Delårsrapport"]
    proposal = returned[1].proposals.get()
    assert [clause.text for clause in proposal.clauses.all()] == ["att rapporten godkänns"]
    assert returned[1].tabled_from == held.paragraphs.get(title="Delårsrapport")
    assert return_tabled(meeting, by=region.secretary) == []
    other = make_meeting(region, region.board, held_on=NEXT + timedelta(days=7))
    assert return_tabled(other, by=region.secretary) == []


def test_a_matter_taken_off_again_is_offered_again(region: Region, held: Meeting) -> None:
    meeting = make_meeting(region, region.board, held_on=NEXT)
    remove_item(return_tabled(meeting, by=region.secretary)[1], by=region.secretary)
    assert [item.title for item in return_tabled(meeting, by=region.secretary)] == ["Delårsrapport"]


def test_what_was_postponed_until_a_later_day_waits_for_it(region: Region, held: Meeting) -> None:
    for decision in Decision.objects.filter(kind=DecisionKind.POSTPONES):
        Decision.objects.filter(pk=decision.pk).update(until=NEXT)
    early = make_meeting(region, region.board, held_on=NEXT - timedelta(days=7))
    assert return_tabled(early, by=region.secretary) == []
    assert len(return_tabled(make_meeting(region, region.board, held_on=NEXT), by=region.secretary)) == 2


def test_another_body_does_not_get_it(region: Region, held: Meeting) -> None:
    assert return_tabled(make_meeting(region, region.assembly, held_on=NEXT), by=region.secretary) == []


def test_a_returned_matter_is_decided_as_any_other(region: Region, held: Meeting) -> None:
    meeting = make_meeting(region, region.board, held_on=NEXT)
    matter = return_tabled(meeting, by=region.secretary)[1]
    open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))
    decide(region, take_up(matter, by=region.secretary))
    assert Decision.objects.get(paragraph=matter).clauses.get().text == "att rapporten godkänns"


def test_a_newly_planned_meeting_has_them_by_itself(region: Region, held: Meeting) -> None:
    plan = {"body": region.board.pk, "held_on": NEXT.isoformat(), "starts_at": "09:00", "place": "Salen"}
    text = read(signed_in(region.secretary).follow("/sammantraden/nytt/", plan))
    assert "2 bordlagda ärenden är åter på dagordningen." in text
    assert len(titles(Meeting.objects.get(held_on=NEXT))) == 2


def test_a_meeting_planned_before_is_offered_them(region: Region, held: Meeting) -> None:
    meeting = make_meeting(region, region.board, held_on=NEXT)
    visitor = signed_in(region.secretary)
    text = read(visitor.get(meeting.get_absolute_url()))
    assert "Bordlagda ärenden återkommer" in text
    assert "KL 5 kap. 51 §" in text
    text = read(visitor.follow(f"{meeting.get_absolute_url()}bordlagda/"))
    assert "2 bordlagda ärenden är åter på dagordningen." in text
    assert "Bordlagda ärenden återkommer" not in text


# --- Headings ----------------------------------------------------------------------------------------------


@pytest.fixture
def planned(region: Region) -> Meeting:
    meeting = make_meeting(region, region.board)
    for title in ("Upprop", "Delårsrapport", "Val av ombud", "Budget"):
        add_matter(meeting, by=region.secretary, title=title)
    return meeting


def by_title(meeting: Meeting) -> dict[str, int]:
    return dict(meeting.paragraphs.values_list("title", "pk"))


def test_items_under_one_heading_come_together(region: Region, planned: Meeting) -> None:
    ids = by_title(planned)
    headings = {
        ids["Delårsrapport"]: "Ärenden för beslut",
        ids["Val av ombud"]: "Val",
        ids["Budget"]: "Ärenden för beslut ",
    }
    group_agenda(planned, by=region.secretary, headings=headings)
    assert titles(planned) == ["Upprop", "Delårsrapport", "Budget", "Val av ombud"]
    assert known_headings(region.board)[:2] == ["Val", "Ärenden för beslut"]


def test_an_item_that_is_gone_refuses_the_headings(region: Region, planned: Meeting) -> None:
    ids = by_title(planned)
    remove_item(Paragraph.objects.get(pk=ids["Budget"]), by=region.secretary)
    with pytest.raises(Conflict, match="Dagordningen har ändrats"):
        group_agenda(planned, by=region.secretary, headings={ids["Budget"]: "Val"})


def test_headings_are_written_on_their_page(region: Region, planned: Meeting) -> None:
    visitor = signed_in(region.secretary)
    address = f"{planned.get_absolute_url()}rubriker/"
    ids = by_title(planned)
    assert "Valärenden" in visitor.get(address).content.decode()
    typed = {f"item-{pk}": "" for pk in ids.values()} | {f"item-{ids['Val av ombud']}": "Valärenden"}
    text = read(visitor.follow(address, typed))
    assert "Dagordningens rubriker är sparade." in text
    assert "Val av ombud Valärenden" in text
    wrong = visitor.post(address, typed | {f"item-{ids['Budget']}": "x" * 81})
    assert wrong.status_code == 422
    assert "x" * 81 in wrong.content.decode()


def test_a_motion_keeps_its_heading_when_taken_up(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    item = place_motion(meeting, by=region.secretary, motion=make_prepared_motion(region))
    group_agenda(meeting, by=region.secretary, headings={item.pk: "Motioner"})
    open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))
    assert take_up(Paragraph.objects.get(pk=item.pk), by=region.secretary).agenda_heading == "Motioner"

"""A cancelled meeting: its items go on, everybody summoned is told, and nothing of it changes any more."""

from __future__ import annotations

from datetime import date, time

import pytest
from icalendar import Calendar

from motions.enums import WrittenSection
from motions.errors import Conflict, DomainError, Forbidden
from protocols.actions.agenda import add_matter, place_motion, take_over_stranded
from protocols.actions.cancelling import cancel_meeting
from protocols.actions.meetings import change_meeting, open_meeting, plan_meeting
from protocols.actions.summons import issue_summons, send_summons
from protocols.actions.texts import save_section
from protocols.enums import MailingKind, MeetingState
from protocols.models import Delivery, Meeting
from tests.factories import Region, clock, make_meeting, make_prepared_motion, make_region

FIRST, NEXT = date(2026, 5, 20), date(2026, 6, 17)


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def meeting(region: Region) -> Meeting:
    """A planned board meeting with a motion and a matter that has a text."""
    planned = make_meeting(region, region.board, held_on=FIRST)
    place_motion(planned, by=region.secretary, motion=make_prepared_motion(region))
    matter = add_matter(planned, by=region.secretary, title="Taxor", proposal="a införs")
    save_section(matter, by=region.secretary, kind=WrittenSection.SUMMARY, html="<p>Kort.</p>", version=0)
    return planned


def test_items_move_with_all_that_is_written(region: Region, meeting: Meeting) -> None:
    other = make_meeting(region, region.board, held_on=NEXT)
    there = add_matter(other, by=region.secretary, title="Budget")
    moved = list(meeting.paragraphs.order_by("position"))
    cancel_meeting(meeting, by=region.secretary, because="Snöoväder", move_to=other)
    assert list(other.paragraphs.order_by("position")) == [there, *moved]
    assert moved[-1].sections.get().html == "<p>Kort.</p>"
    assert not meeting.paragraphs.exists()


def test_items_wait_for_the_next_meeting_that_is_planned(region: Region, meeting: Meeting) -> None:
    cancel_meeting(meeting, by=region.secretary, because="Snöoväder")
    other = make_meeting(region, region.board, held_on=date(2027, 1, 13))
    assert [item.title for item in take_over_stranded(other, by=region.secretary)][-1] == "Taxor"
    assert {item.year for item in other.paragraphs.all()} == {2027}
    assert take_over_stranded(other, by=region.secretary) == []


def test_another_bodys_meeting_takes_nothing_over(region: Region, meeting: Meeting) -> None:
    assembly = make_meeting(region, region.assembly, held_on=NEXT)
    assert take_over_stranded(assembly, by=region.secretary) == []
    with pytest.raises(DomainError, match="annat planerat sammanträde med regionstyrelsen") as refused:
        cancel_meeting(meeting, by=region.secretary, because="Snöoväder", move_to=assembly)
    assert refused.value.field == "move_to"
    meeting.refresh_from_db()
    assert meeting.is_planned


def test_those_summoned_get_a_letter_and_their_calendars_strike_it_out(
    region: Region, meeting: Meeting
) -> None:
    told = send_summons(issue_summons(meeting, by=region.secretary), by=region.secretary).deliveries
    mailing = cancel_meeting(meeting, by=region.secretary, because="Snöoväder")
    assert mailing is not None
    assert mailing.kind == MailingKind.CANCELLED
    assert set(mailing.deliveries.values_list("address", flat=True)) == set(
        told.values_list("address", flat=True)
    )
    letter = mailing.deliveries.first()
    assert letter is not None
    assert letter.subject == "Inställt: Regionstyrelsen 20 maj 2026"
    assert "Orsak: Snöoväder" in letter.text
    with letter.enclosures.get().file.open() as file:
        event = Calendar.from_ical(file.read()).walk("VEVENT")[0]
    assert (str(event["status"]), int(event["sequence"])) == ("CANCELLED", 1)
    assert str(event["uid"]).startswith(f"meeting-{meeting.pk}@")


def test_nobody_is_told_who_was_not_summoned(region: Region, meeting: Meeting) -> None:
    assert cancel_meeting(meeting, by=region.secretary, because="Snöoväder") is None
    assert not Delivery.objects.exists()


def test_nothing_of_it_changes_any_more(region: Region, meeting: Meeting) -> None:
    cancel_meeting(meeting, by=region.secretary, because="Snöoväder")
    meeting.refresh_from_db()
    for act in (
        lambda: open_meeting(meeting, by=region.secretary, at=clock(meeting, 9)),
        lambda: add_matter(meeting, by=region.secretary, title="Ett till"),
        lambda: change_meeting(meeting, by=region.secretary, starts_at=time(10), place="Salen"),
        lambda: issue_summons(meeting, by=region.secretary),
        lambda: cancel_meeting(meeting, by=region.secretary, because="Igen"),
    ):
        with pytest.raises(Conflict, match="inställt"):
            act()


def test_its_hour_is_free_again(region: Region, meeting: Meeting) -> None:
    cancel_meeting(meeting, by=region.secretary, because="Snöoväder")
    again = plan_meeting(
        by=region.secretary, body=region.board, held_on=FIRST, starts_at=meeting.starts_at, place="Salen"
    )
    assert again.state == MeetingState.PLANNED


def test_an_open_meeting_is_adjourned_not_cancelled(region: Region, meeting: Meeting) -> None:
    open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))
    with pytest.raises(Conflict, match="måste vara ”planerat”"):
        cancel_meeting(meeting, by=region.secretary, because="Snöoväder")


@pytest.mark.parametrize(
    ("because", "said"), [("  ", "Skriv varför"), ("Sjuk: 19121212-1212", "personnummer")]
)
def test_a_reason_is_written_for_the_public(
    region: Region, meeting: Meeting, because: str, said: str
) -> None:
    with pytest.raises(DomainError, match=said) as refused:
        cancel_meeting(meeting, by=region.secretary, because=because)
    assert refused.value.field == "because"


def test_politicians_cancel_nothing(region: Region, meeting: Meeting) -> None:
    with pytest.raises(Forbidden):
        cancel_meeting(meeting, by=region.politician, because="Snöoväder")

"""Planning, opening and closing: quorum, offices, and what must be done before the gavel falls."""

from __future__ import annotations

from datetime import date, time

import pytest

from motions.enums import BodyKind, MembershipRole
from motions.errors import Conflict, Forbidden
from motions.models import Membership
from protocols.actions.agenda import add_matter
from protocols.actions.attendance import set_present
from protocols.actions.meetings import (
    change_meeting,
    choose_offices,
    choose_verifiers,
    close_meeting,
    open_meeting,
    plan_meeting,
)
from protocols.actions.taking_up import take_up
from protocols.enums import MeetingState
from protocols.models import Attendance, Meeting
from tests.factories import (
    Region,
    clock,
    close,
    decide,
    make_body,
    make_meeting,
    make_person,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)
from tests.protocols.actions.refusals import fails, refusal

DAY = date(2026, 5, 20)


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


def plan(region: Region, **changes: object) -> Meeting:
    given = {
        "by": region.secretary,
        "body": region.board,
        "held_on": DAY,
        "starts_at": time(9),
        "place": " Salen ",
    }
    return plan_meeting(**given | changes)  # type: ignore[arg-type]  # handed on as they are


# --- Planning ----------------------------------------------------------------------------------------------


def test_plan_lists_the_members_of_the_day_with_their_parties(region: Region) -> None:
    meeting = plan(region)
    assert meeting.place == "Salen"
    assert meeting.chair == region.people["Bo"]
    assert meeting.secretary == region.secretary
    rows = meeting.attendance.all()
    assert [str(row) for row in rows][:3] == ["Asta Björk (V)", "Bo Cederlund (S)", "Cilla Dahl (M)"]
    assert [row.is_present for row in rows] == [True] * 7 + [False] * 2


def test_plan_leaves_out_whose_office_has_ended(region: Region) -> None:
    Membership.objects.filter(person=region.people["Asta"]).update(ends_on=date(2026, 5, 19))
    assert not plan(region).attendance.filter(person=region.people["Asta"]).exists()


def test_plan_twice_at_the_same_time_is_refused(region: Region) -> None:
    plan(region)
    error = refusal(lambda: plan(region))
    assert (error.message, error.field) == (
        "Regionstyrelsen har redan ett sammanträde den dagen och tiden", "held_on",
    )  # fmt: skip


def test_plan_on_a_day_without_members_is_refused(region: Region) -> None:
    error = refusal(lambda: plan(region, held_on=date(1800, 1, 1)))
    assert (error.message, error.field) == ("Regionstyrelsen har inga ledamöter den 1800-01-01", "held_on")
    assert not Meeting.objects.exists()


def test_plan_by_a_politician_is_forbidden(region: Region) -> None:
    assert isinstance(refusal(lambda: plan(region, by=region.politician)), Forbidden)


def test_plan_without_the_attendance_list_plans_nothing(region: Region) -> None:
    fails(lambda: plan(region), table="protocols_attendance")
    assert not Meeting.objects.exists()


def test_summons_a_week_and_verification_two_weeks_from_the_day(region: Region) -> None:
    meeting = plan(region)
    assert meeting.summon_by == date(2026, 5, 13)
    assert meeting.verify_by == date(2026, 6, 3)


# --- Changing ----------------------------------------------------------------------------------------------


def test_change_moves_time_place_and_chair(region: Region) -> None:
    cilla = region.people["Cilla"]
    meeting = change_meeting(plan(region), by=region.secretary, starts_at=time(13), place="B ", chair=cilla)
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.place, meeting.chair) == (time(13), "B", cilla)


def test_change_to_a_chair_from_outside_is_refused(region: Region) -> None:
    meeting, stranger = plan(region), make_person("Ulf", "Rönn")
    error = refusal(
        lambda: change_meeting(meeting, by=region.secretary, starts_at=time(9), place="A", chair=stranger)
    )
    assert (error.message, error.field) == ("Ulf Rönn hör inte till organet den dagen", "chair")


def test_verifiers_must_serve_and_the_chair_is_one_already(region: Region) -> None:
    meeting = plan(region)
    hugo, bo = region.people["Hugo"], region.people["Bo"]
    error = refusal(lambda: choose_verifiers(meeting, by=region.secretary, verifiers=[hugo]))
    assert (error.message, error.field) == ("Hugo Alm tjänstgör inte och kan inte justera", "verifiers")
    error = refusal(lambda: choose_verifiers(meeting, by=region.secretary, verifiers=[bo]))
    assert error.message == "Ordföranden justerar alltid; välj en annan person som justerare"
    assert not meeting.verifiers.exists()


def test_offices_are_chosen_together_or_not_at_all(region: Region) -> None:
    meeting = plan(region)
    asta, cilla, hugo = (region.people[name] for name in ("Asta", "Cilla", "Hugo"))
    choose_offices(meeting, by=region.secretary, chair=cilla, verifiers=[asta])
    meeting.refresh_from_db()
    assert (meeting.chair, list(meeting.verifiers.all())) == (cilla, [asta])
    refusal(lambda: choose_offices(meeting, by=region.secretary, chair=asta, verifiers=[hugo]))
    meeting.refresh_from_db()
    assert (meeting.chair, list(meeting.verifiers.all())) == (cilla, [asta])


def test_offices_of_a_chair_who_is_absent_are_refused(region: Region) -> None:
    meeting = plan(region)
    asta, cilla = region.people["Asta"], region.people["Cilla"]
    set_present(meeting, by=region.secretary, person=asta, is_present=False)
    error = refusal(lambda: choose_offices(meeting, by=region.secretary, chair=asta, verifiers=[cilla]))
    assert (error.message, error.field) == (
        "Asta Björk tjänstgör inte och kan inte leda sammanträdet",
        "chair",
    )


def test_offices_lie_fast_when_a_paragraph_is_verified(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    verify(region, close(region, meeting))
    error = refusal(lambda: choose_verifiers(meeting, by=region.secretary, verifiers=[region.people["Elsa"]]))
    assert (type(error), error.law) == (Conflict, "KL 5 kap. 69 §")


# --- Opening -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "law"), [("assembly", "KL 5 kap. 45 §"), ("board", "KL 6 kap. 27 §")])
def test_open_needs_more_than_half_of_the_seats(region: Region, kind: str, law: str) -> None:
    meeting = make_meeting(region, getattr(region, kind))
    for name in ("Asta", "Didrik", "Elsa"):
        set_present(meeting, by=region.secretary, person=region.people[name], is_present=False)
    four = open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))
    assert (four.state, four.opened_at) == (MeetingState.OPEN, clock(meeting, 9))

    other = make_meeting(region, getattr(region, kind), held_on=date(2026, 6, 17))
    for name in ("Asta", "Didrik", "Elsa", "Farid"):
        set_present(other, by=region.secretary, person=region.people[name], is_present=False)
    error = refusal(lambda: open_meeting(other, by=region.secretary))
    assert error.message == f"{other.body.name} är inte beslutsför: 3 av 7 tjänstgör, minst 4 behövs"
    assert (error.law, error.instead) == (law, "Anteckna vilka ersättare som träder in, eller ajournera.")


@pytest.mark.parametrize(("seats", "quorum"), [(71, 36), (15, 8), (14, 8), (1, 1)])
def test_quorum_is_more_than_half_of_all_seats(db: None, seats: int, quorum: int) -> None:
    assert make_body(BodyKind.COMMITTEE, "Nämnden", "N", seats=seats).quorum == quorum


def test_open_twice_is_a_conflict(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    open_meeting(meeting, by=region.secretary)
    error = refusal(lambda: open_meeting(meeting, by=region.secretary))
    assert error.message == "Sammanträdet är ”pågår”, men måste vara ”planerat” för detta"


# --- Closing -----------------------------------------------------------------------------------------------


def test_close_names_what_is_not_settled(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    paragraph = open_with(region, meeting, make_prepared_motion(region))
    add_matter(meeting, by=region.secretary, title="Delårsrapport")
    error = refusal(lambda: close_meeting(meeting, by=region.secretary))
    assert error.message == (
        "Dessa ärenden är inte avgjorda: §\N{NO-BREAK SPACE}1 Motion 1-2026 om fler cykelvägar i länet; "
        "Punkt 2 Delårsrapport"
    )
    assert "Avgör dem, bordlägg dem eller ta bort dem" in error.instead
    decide(region, paragraph)
    assert "Punkt 2" in refusal(lambda: close_meeting(meeting, by=region.secretary)).message


def test_close_without_a_verifier_is_refused(region: Region) -> None:
    meeting = open_meeting(plan(region), by=region.secretary)
    error = refusal(lambda: close_meeting(meeting, by=region.secretary))
    assert (error.message, error.law) == ("Ingen justerare är utsedd", "KL 5 kap. 69 §")
    meeting.refresh_from_db()
    assert meeting.is_open


def test_close_keeps_its_moment_and_happens_once(region: Region) -> None:
    planned = make_meeting(region, region.board)
    meeting = close(region, open_meeting(planned, by=region.secretary, at=clock(planned, 9)))
    assert (meeting.state, meeting.closed_at) == (MeetingState.CLOSED, clock(meeting, 11))
    assert isinstance(refusal(lambda: close(region, meeting)), Conflict)


def test_take_up_without_quorum_is_refused(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    matter = add_matter(meeting, by=region.secretary, title="Delårsrapport")
    open_meeting(meeting, by=region.secretary)
    Attendance.objects.filter(meeting=meeting, role=MembershipRole.MEMBER).update(is_present=False)
    assert refusal(lambda: take_up(matter, by=region.secretary)).law == "KL 6 kap. 27 §"

"""Who serves: members who are present, and substitutes in the place of absent ones."""

from __future__ import annotations

import pytest

from motions.errors import Forbidden
from protocols.actions.attendance import serve_for, set_present
from protocols.models import Attendance, Meeting
from tests.factories import (
    Region,
    close,
    decide,
    make_meeting,
    make_person,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)
from tests.protocols.actions.refusals import fails, refusal


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def meeting(region: Region) -> Meeting:
    return make_meeting(region, region.board)


def present(region: Region, meeting: Meeting, name: str, *, is_present: bool = True) -> Attendance:
    return set_present(meeting, by=region.secretary, person=region.people[name], is_present=is_present)


def serve(region: Region, meeting: Meeting, substitute: str, member: str) -> Attendance:
    people = region.people
    return serve_for(meeting, by=region.secretary, substitute=people[substitute], member=people[member])


def serving(meeting: Meeting) -> set[str]:
    return {row.person.given_name for row in meeting.attendance.serving().select_related("person")}


def test_absent_member_does_not_serve(region: Region, meeting: Meeting) -> None:
    assert not present(region, meeting, "Asta", is_present=False).is_serving
    assert serving(meeting) == {"Bo", "Cilla", "Didrik", "Elsa", "Farid", "Greta"}


def test_substitute_serves_for_an_absent_member(region: Region, meeting: Meeting) -> None:
    present(region, meeting, "Asta", is_present=False)
    row = serve(region, meeting, "Hugo", "Asta")
    assert (row.is_present, row.replaces) == (True, region.people["Asta"])
    assert "Hugo" in serving(meeting)


def test_substitute_in_the_room_does_not_serve(region: Region, meeting: Meeting) -> None:
    assert not present(region, meeting, "Hugo").is_serving


def test_returning_member_takes_the_seat_back_and_the_substitute_stays(
    region: Region, meeting: Meeting
) -> None:
    present(region, meeting, "Asta", is_present=False)
    serve(region, meeting, "Hugo", "Asta")
    present(region, meeting, "Asta")
    hugo = meeting.attendance.get(person=region.people["Hugo"])
    assert (hugo.is_present, hugo.replaces) == (True, None)
    assert serving(meeting) >= {"Asta"}


def test_serving_substitute_who_leaves_frees_the_seat(region: Region, meeting: Meeting) -> None:
    present(region, meeting, "Asta", is_present=False)
    serve(region, meeting, "Hugo", "Asta")
    present(region, meeting, "Hugo", is_present=False)
    assert serve(region, meeting, "Iris", "Asta").replaces == region.people["Asta"]


def test_nobody_steps_in_for_a_member_who_is_present(region: Region, meeting: Meeting) -> None:
    error = refusal(lambda: serve(region, meeting, "Hugo", "Asta"))
    assert error.message == "Asta Björk är närvarande, så ingen ersättare träder in"
    assert (error.law, error.field) == ("KL 5 kap. 17 §", "substitute")
    assert error.instead == "Anteckna först ledamoten som frånvarande."


def test_one_substitute_a_seat(region: Region, meeting: Meeting) -> None:
    present(region, meeting, "Asta", is_present=False)
    serve(region, meeting, "Hugo", "Asta")
    error = refusal(lambda: serve(region, meeting, "Iris", "Asta"))
    assert error.message == "Platsen har redan en tjänstgörande ersättare"


def test_a_member_is_no_substitute(region: Region, meeting: Meeting) -> None:
    present(region, meeting, "Asta", is_present=False)
    assert refusal(lambda: serve(region, meeting, "Bo", "Asta")).message == "Bo Cederlund är inte ersättare"


def test_somebody_from_outside_is_refused(region: Region, meeting: Meeting) -> None:
    stranger = make_person("Ulf", "Rönn")
    error = refusal(lambda: set_present(meeting, by=region.secretary, person=stranger, is_present=True))
    assert error.message == "Ulf Rönn hör inte till organet den dagen"


def test_attendance_lies_fast_when_a_paragraph_is_verified(region: Region, meeting: Meeting) -> None:
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    verify(region, close(region, meeting))
    error = refusal(lambda: present(region, meeting, "Asta", is_present=False))
    assert (error.message, error.law) == (
        "Protokollet har justerats, och närvaron ligger fast", "KL 5 kap. 66 §",
    )  # fmt: skip


def test_attendance_is_the_secretarys(region: Region, meeting: Meeting) -> None:
    asta = region.people["Asta"]
    error = refusal(lambda: set_present(meeting, by=region.politician, person=asta, is_present=False))
    assert isinstance(error, Forbidden)


def test_return_that_fails_leaves_the_substitute_in_the_seat(region: Region, meeting: Meeting) -> None:
    present(region, meeting, "Asta", is_present=False)
    serve(region, meeting, "Hugo", "Asta")
    fails(lambda: present(region, meeting, "Asta"), table="protocols_attendance")
    assert meeting.attendance.get(person=region.people["Hugo"]).replaces == region.people["Asta"]

"""Others in the room: noted with function and §§, and frozen with the minutes."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from motions.errors import Conflict, DomainError, Forbidden
from protocols.actions.others import note_other, remove_other
from protocols.models import Meeting, OtherPresent
from protocols.queries.minutes import minutes_of
from tests.factories import (
    Region,
    close,
    decide,
    make_meeting,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)
from tests.protocols.actions.refusals import refusal


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def meeting(region: Region) -> Meeting:
    meeting = make_meeting(region, region.board)
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    meeting.refresh_from_db()
    return meeting


def note(region: Region, meeting: Meeting, name: str = "Vera Sand", *numbers: int) -> OtherPresent:
    return note_other(meeting, by=region.secretary, name=name, function="regiondirektör", numbers=numbers)


def test_noted_with_the_paragraphs_alone(region: Region, meeting: Meeting) -> None:
    note(region, meeting, " Vera  Sand ", 1, 1)
    note(region, meeting, "Ivar Lo")
    found = minutes_of(meeting).others_present
    assert [(one.name, one.function, one.numbers) for one in found] == [
        ("Vera Sand", "regiondirektör", (1,)),
        ("Ivar Lo", "regiondirektör", ()),
    ]


@pytest.mark.parametrize(
    ("name", "numbers", "field"), [("Asta Björk", (), "name"), ("Ivar Lo", (7,), "numbers")]
)
def test_refused_beside_its_field(
    region: Region, meeting: Meeting, name: str, numbers: tuple[int, ...], field: str
) -> None:
    assert refusal(lambda: note(region, meeting, name, *numbers)).field == field


def test_refused_twice_and_with_an_identity_number(region: Region, meeting: Meeting) -> None:
    note(region, meeting)
    assert refusal(lambda: note(region, meeting)).field == "name"
    with pytest.raises(DomainError):
        note(region, meeting, "Vera 19121212-1212")


def test_only_the_secretary_notes(region: Region, meeting: Meeting) -> None:
    with pytest.raises(Forbidden):
        note_other(meeting, by=region.politician, name="Vera", function="gäst")


def test_frozen_with_the_minutes_also_for_raw_sql(region: Region, meeting: Meeting) -> None:
    row = note(region, meeting)
    verify(region, close(region, meeting))
    with pytest.raises(Conflict):
        remove_other(row, by=region.secretary)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE protocols_otherpresent SET function = 'gäst'")


def test_removed_when_noted_by_mistake(region: Region, meeting: Meeting) -> None:
    remove_other(note(region, meeting), by=region.secretary)
    assert not meeting.others.exists()

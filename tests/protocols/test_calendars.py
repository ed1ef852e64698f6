"""A calendar read back: time, place, sequence, and what cannot be mistaken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar

from protocols.calendars import CalendarEntry, calendar, file_name

ZONE = ZoneInfo("Europe/Stockholm")
MADE = datetime(2026, 5, 1, 12, tzinfo=UTC)
ENTRY = CalendarEntry(
    uid="meeting-7@prov.example",
    sequence=2,
    title="Regionstyrelsen",
    starts=datetime(2026, 5, 20, 9, tzinfo=ZONE),
    ends=None,
    place="Regionhuset, sal 4; ingång B",
    description="Dagordning:\nhttps://prov.example/sammantraden/7/",
    url="https://prov.example/sammantraden/7/",
)


def test_an_entry_is_read_back_as_it_was() -> None:
    read = Calendar.from_ical(calendar([ENTRY], name="Prov", made_at=MADE))
    assert (read["VERSION"], read["METHOD"]) == ("2.0", "PUBLISH")
    [event] = read.walk("VEVENT")
    assert event["UID"] == "meeting-7@prov.example"
    assert event["SEQUENCE"] == 2
    assert event["STATUS"] == "CONFIRMED"
    assert event.decoded("DTSTART") == datetime(2026, 5, 20, 7, tzinfo=UTC)
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(hours=3)
    assert event["LOCATION"] == "Regionhuset, sal 4; ingång B"
    assert event["DESCRIPTION"] == ENTRY.description


def test_summer_and_winter_are_both_nine_in_the_morning() -> None:
    winter = CalendarEntry(**(vars(ENTRY) | {"starts": datetime(2026, 12, 2, 9, tzinfo=ZONE)}))
    events = Calendar.from_ical(calendar([ENTRY, winter], name="Prov", made_at=MADE)).walk("VEVENT")
    assert [event.decoded("DTSTART").hour for event in events] == [7, 8]
    assert [event.decoded("DTSTART").astimezone(ZONE).hour for event in events] == [9, 9]


def test_lines_are_folded_and_end_as_the_standard_wants() -> None:
    written = calendar([ENTRY], name="Prov" * 40, made_at=MADE)
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert b"\n" not in written.replace(b"\r\n", b"")


def test_a_file_is_called_by_body_and_day() -> None:
    assert file_name("Regionstyrelsen", MADE.date()) == "regionstyrelsen-2026-05-01.ics"

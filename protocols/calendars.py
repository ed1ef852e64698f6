"""Meetings as calendars take them (RFC 5545), in UTC: every calendar shows that as its owner's time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils.text import slugify
from icalendar import Calendar, Event

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Klubbslag//SV"
#: How long a meeting is shown that has not ended: nobody knows, but it shall be seen in a day's view.
EXPECTED_LENGTH = timedelta(hours=3)
#: How often a calendar is asked to fetch a feed anew.
_REFRESH = timedelta(hours=1)


@dataclass(frozen=True)
class CalendarEntry:
    """A meeting: `uid` never changes, `sequence` grows when something of it does; `ends` may be unknown.

    One that is cancelled stays in a calendar, which strikes it out.
    """

    uid: str
    sequence: int
    title: str
    starts: datetime
    ends: datetime | None
    place: str
    description: str
    url: str
    is_cancelled: bool = False


def calendar(entries: Iterable[CalendarEntry], *, name: str, made_at: datetime) -> bytes:
    """The entries as one calendar."""
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", name)
    found.add("refresh-interval", _REFRESH, parameters={"value": "DURATION"})
    for entry in entries:
        found.add_component(_event(entry, made_at))
    written = found.to_ical()
    assert isinstance(written, bytes)
    return written


def file_name(body: str, day: date) -> str:
    """What the file of one meeting is called: "regionstyrelsen-2026-05-20.ics"."""
    return f"{slugify(body)}-{day.isoformat()}.ics"


def _event(entry: CalendarEntry, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", made_at)
    event.add("dtstart", _utc(entry.starts))
    event.add("dtend", _utc(entry.ends or entry.starts + EXPECTED_LENGTH))
    event.add("summary", entry.title)
    event.add("location", entry.place)
    event.add("description", entry.description)
    event.add("url", entry.url)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    return event


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)

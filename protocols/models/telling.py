"""Database triggers that tell of a change in a meeting when it is committed (see config.news)."""

from __future__ import annotations

import pgtrigger

from config.news import CHANNEL

#: What there is news about: the page of each listens to what it shows.
ABOUT = ("agenda", "attendance", "procedure", "decision", "dissent")


def topic(meeting: int, about: str) -> str:
    """The name under which a meeting's changes of one kind are told."""
    return f"meeting/{meeting}/{about}"


def tells_of_meeting(name: str, about: str, meeting: str = "meeting_id") -> pgtrigger.Trigger:
    """Tell when a row that knows its meeting is added, changed or removed."""
    row = f"COALESCE(NEW.{meeting}, OLD.{meeting})"
    return _after(name, f"PERFORM pg_notify('{CHANNEL}', 'meeting/' || {row} || '/{about}');")


def tells_of_paragraph(name: str, about: str) -> pgtrigger.Trigger:
    """Tell when a row that belongs to a paragraph is added, changed or removed."""
    return _after(
        name,
        f"PERFORM pg_notify('{CHANNEL}', 'meeting/' || meeting_id || '/{about}') FROM protocols_paragraph"
        " WHERE id = COALESCE(NEW.paragraph_id, OLD.paragraph_id);",
    )


def _after(name: str, act: str) -> pgtrigger.Trigger:
    """Told once a transaction, however many rows it touched: PostgreSQL drops the doubles."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"{act}\nRETURN NULL;",
    )

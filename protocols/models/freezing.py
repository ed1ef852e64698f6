"""Database triggers that freeze a verified paragraph and everything that belongs to it (KL 5 kap. 69 §)."""

from __future__ import annotations

import pgtrigger

_MESSAGE = "verified paragraph is frozen"


def frozen_with_itself(name: str) -> pgtrigger.Trigger:
    """Refuse every change of a row of protocols_paragraph that is verified."""
    return pgtrigger.Protect(
        name=name,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(old__state="verified"),
    )


def frozen_with_paragraph(name: str, paragraph_of: str = "{row}.paragraph_id") -> pgtrigger.Trigger:
    """Refuse to add, change or remove a row whose paragraph is verified.

    `paragraph_of` is the SQL that gives the paragraph's id for `{row}` (NEW or OLD).
    """
    checks = "\n".join(
        f"""
        IF TG_OP IN ({operations}) THEN
            SELECT state INTO paragraph_state FROM protocols_paragraph
            WHERE id = ({paragraph_of.format(row=row)});
            IF paragraph_state = 'verified' THEN
                RAISE EXCEPTION '{_MESSAGE} (%)', TG_TABLE_NAME;
            END IF;
        END IF;"""
        for row, operations in (("OLD", "'UPDATE', 'DELETE'"), ("NEW", "'INSERT', 'UPDATE'"))
    )
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("paragraph_state", "TEXT")],
        func=f"{checks}\n        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n        RETURN NEW;",
    )


def frozen_with_meeting(name: str) -> pgtrigger.Trigger:
    """Refuse to change who was at a closed meeting once one of its paragraphs is verified (KL 5 kap. 66 §).

    While the meeting goes on people come and go, also after a paragraph was verified at once.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
        IF EXISTS (
            SELECT 1 FROM protocols_paragraph
            JOIN protocols_meeting ON protocols_meeting.id = protocols_paragraph.meeting_id
            WHERE protocols_paragraph.state = 'verified' AND protocols_meeting.state = 'closed'
            AND protocols_meeting.id =
                (CASE WHEN TG_OP = 'INSERT' THEN NEW.meeting_id ELSE OLD.meeting_id END)
        ) THEN
            RAISE EXCEPTION '{_MESSAGE} (%)', TG_TABLE_NAME;
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;""",
    )


def meeting_frozen_with_itself(name: str) -> pgtrigger.Trigger:
    """Refuse to change a meeting that has a verified paragraph (KL 5 kap. 66 and 69 §§).

    While it goes on, after a paragraph was verified at once, only its body and day stand already.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
        IF EXISTS (
            SELECT 1 FROM protocols_paragraph WHERE meeting_id = OLD.id AND state = 'verified'
        ) AND (
            TG_OP = 'DELETE' OR OLD.state = 'closed'
            OR NEW.body_id <> OLD.body_id OR NEW.held_on <> OLD.held_on
        ) THEN
            RAISE EXCEPTION '{_MESSAGE} (%)', TG_TABLE_NAME;
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;""",
    )

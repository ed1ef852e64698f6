"""Locking a meeting or paragraph for a change, and refusing what its state forbids."""

from __future__ import annotations

from django.utils.translation import gettext as _

from motions.errors import Conflict
from motions.models import User
from motions.permissions import Permission, require
from protocols.enums import MeetingState, ParagraphState
from protocols.models import Meeting, Paragraph


def lock_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """The meeting as it is now, locked, for one who may manage meetings. Raises Conflict if cancelled."""
    require(by, Permission.MANAGE_MEETING)
    found = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    refuse_cancelled(found)
    return found


def refuse_cancelled(meeting: Meeting) -> None:
    """Raise Conflict where the meeting is not held."""
    if meeting.is_cancelled:
        raise Conflict(
            _("Sammanträdet är inställt och kan inte ändras"),
            instead=_("Planera ett nytt sammanträde; ärendena följer med dit."),
        )


def lock_paragraph(paragraph: Paragraph) -> Paragraph:
    """The paragraph as it is now, locked, with its meeting and body."""
    return (
        Paragraph.objects.select_for_update(of=("self",))
        .select_related("meeting", "body", "motion")
        .get(pk=paragraph.pk)
    )


def edit_paragraph(paragraph: Paragraph, *, by: User) -> Paragraph:
    """The paragraph locked for the secretary's change. Raises Conflict where it is verified."""
    require(by, Permission.MANAGE_MEETING)
    paragraph = lock_paragraph(paragraph)
    refuse_verified(paragraph)
    return paragraph


def refuse_verified(paragraph: Paragraph) -> None:
    """Raise Conflict where the text is frozen."""
    if paragraph.is_verified:
        raise Conflict(
            _("%(label)s är justerad och kan inte ändras") % {"label": paragraph.label},
            law="KL 5 kap. 69 §",
            instead=_("En rättelse görs som en ny, daterad version bredvid den gamla."),
        )


def refuse_settled(meeting: Meeting) -> None:
    """Raise Conflict where the attendance lies fast: the meeting is over and something of it verified."""
    if meeting.is_settled:
        raise Conflict(
            _("Protokollet har justerats, och närvaron ligger fast"),
            law="KL 5 kap. 66 §",
            instead=_("Ett skrivfel rättas på paragrafens sida, med en daterad rättelse."),
        )


def require_taken_up(paragraph: Paragraph) -> None:
    """Raise Conflict unless the meeting is dealing with the item now."""
    if paragraph.state != ParagraphState.TAKEN_UP:
        raise Conflict(
            _("%(label)s behandlas inte just nu") % {"label": paragraph.label},
            instead=_("Ta upp ärendet, eller ångra beslutet om det ska behandlas igen."),
        )


def require_state(meeting: Meeting, state: MeetingState) -> None:
    """Raise Conflict unless the meeting is in the state."""
    if meeting.state != state:
        raise Conflict(
            _("Sammanträdet är ”%(now)s”, men måste vara ”%(needed)s” för detta")
            % {"now": meeting.get_state_display().lower(), "needed": MeetingState(state).label.lower()}
        )

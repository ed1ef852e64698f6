"""Undoing the secretary's last step in a §, whatever it was: noted, taken back, stayed out or found."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from motions.errors import Conflict
from motions.models import User
from protocols.actions.decisions import undo_last_step
from protocols.actions.locking import edit_paragraph
from protocols.actions.participation import remove_non_participation
from protocols.actions.proposals import forget_noted_at, restore_proposal
from protocols.models import Paragraph
from protocols.queries.last_step import StepKind, last_step


@transaction.atomic
def undo(paragraph: Paragraph, *, by: User, step: str) -> None:
    """Take the last step back, while the meeting is open.

    `step` names the one that is meant, so that pressing twice takes back one. Raises Conflict where it is not
    the last one any more, or where it cannot be taken back.
    """
    paragraph = edit_paragraph(paragraph, by=by)
    last = last_step(paragraph)
    if last is None or last.name != step:
        raise Conflict(_("Det steget är redan ångrat"), instead=_("Läs paragrafen igen och ångra sedan."))
    match last.kind:
        case StepKind.FOUND:
            undo_last_step(paragraph, by=by, question=last.pk)
        case StepKind.WITHDRAWN:
            restore_proposal(paragraph.proposals.get(pk=last.pk), by=by)
        case StepKind.NOTED:
            forget_noted_at(paragraph, by=by, at=last.at)
        case StepKind.STAYED_OUT:
            remove_non_participation(paragraph.non_participations.get(pk=last.pk), by=by)

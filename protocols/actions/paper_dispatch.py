"""Extracts that go out on paper: to a recipient without an address, or whose letter did not arrive."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict
from motions.models import User
from motions.permissions import Permission, require
from protocols.actions.dispatch import refuse_unverified, settle
from protocols.actions.extracts import issue_extract
from protocols.actions.locking import lock_paragraph
from protocols.actions.withdrawals import refuse_withdrawn
from protocols.models import PaperDispatch, Paragraph, Recipient
from protocols.queries.dispatch import RecipientRow, dispatch_rows, paper_in_force


def note_on_paper(
    recipient: Recipient, *, by: User, check_address: str, at: datetime | None = None
) -> PaperDispatch:
    """Note that the extract has been sent on paper: it counts as gone out, and a case may be done by it.

    Raises Conflict where the § is not verified, its extract is withdrawn or has gone out already, and where a
    letter is on its way.
    """
    require(by, Permission.MANAGE_MEETING)
    refuse_unverified(recipient.paragraph)
    refuse_withdrawn(recipient.paragraph)
    if paper_in_force(recipient.paragraph) is None:  # in a transaction of its own: the press takes its time
        issue_extract(recipient.paragraph, by=by, check_address=check_address)
    with transaction.atomic():
        paragraph = lock_paragraph(recipient.paragraph)
        row = _row(paragraph, recipient)
        if not row.can_go_on_paper:
            raise Conflict(
                _("%(name)s har redan fått utdraget") % {"name": recipient.name}
                if row.is_sent
                else _("Ett brev till %(name)s är på väg") % {"name": recipient.name},
                instead=_("Ladda om sidan och se vad som återstår."),
            )
        return _note(paragraph, recipient, by=by, at=at, is_sent=True)


@transaction.atomic
def take_back_paper(recipient: Recipient, *, by: User, at: datetime | None = None) -> PaperDispatch:
    """Note that it did not go out on paper after all; a case that is closed stays so, and is shown for it."""
    require(by, Permission.MANAGE_MEETING)
    paragraph = lock_paragraph(recipient.paragraph)
    if _row(paragraph, recipient).paper is None:
        raise Conflict(
            _("Att %(name)s fick utdraget på papper är inte antecknat") % {"name": recipient.name},
            instead=_("Ladda om sidan och se vad som återstår."),
        )
    return _note(paragraph, recipient, by=by, at=at, is_sent=False)


def _note(
    paragraph: Paragraph, recipient: Recipient, *, by: User, at: datetime | None, is_sent: bool
) -> PaperDispatch:
    paper = paper_in_force(paragraph)
    assert paper is not None  # issued before
    noted = PaperDispatch.objects.create(
        recipient=recipient, code=paper.code, is_sent=is_sent, by=by, at=at or timezone.now()
    )
    settle([paragraph.pk], by=by)
    return noted


def _row(paragraph: Paragraph, recipient: Recipient) -> RecipientRow:
    found = dispatch_rows(Paragraph.objects.filter(pk=paragraph.pk))[0]
    return next(row for row in found.recipients if row.recipient.pk == recipient.pk)

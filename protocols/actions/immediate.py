"""Immediate verification (omedelbar justering): the meeting declares one § verified at once."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from motions.errors import Conflict
from motions.models import User
from protocols.actions.locking import edit_paragraph
from protocols.models import Paragraph


@transaction.atomic
def declare_immediate(paragraph: Paragraph, *, by: User, is_immediate: bool) -> Paragraph:
    """Record that the meeting declared the § verified at once, or take that record back.

    Verification itself is the verifiers' (protocols.actions.verification); they need not wait for the end of
    the meeting then. Raises Conflict before the item is taken up, once the § is verified, and, for a new
    declaration, when the meeting has ended.
    """
    paragraph = edit_paragraph(paragraph, by=by)
    if paragraph.is_draft:
        raise Conflict(
            _("%(label)s är inte upptagen till behandling") % {"label": paragraph.label},
            instead=_("Ta upp ärendet först."),
        )
    if is_immediate and not paragraph.meeting.is_open:
        raise Conflict(
            _("Sammanträdet är avslutat; omedelbar justering beslutas under sammanträdet"),
            law="KL 5 kap. 69 §",
            instead=_("Justera paragrafen tillsammans med resten av protokollet."),
        )
    paragraph.is_immediate = is_immediate
    paragraph.save(update_fields=["is_immediate"])
    return paragraph

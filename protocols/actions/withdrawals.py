"""Withdrawing an issued extract: it is kept, and whoever checks it is told."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from motions.errors import Conflict
from motions.identity_numbers import refuse_identity_numbers
from motions.models import User
from motions.permissions import Permission, require
from protocols.actions.locking import lock_paragraph
from protocols.models import Paragraph, Withdrawal
from protocols.queries.dispatch import paper_in_force


@transaction.atomic
def withdraw_extract(paragraph: Paragraph, *, by: User, reason: str, code: str) -> Withdrawal:
    """Withdraw the extract in force, known by the `code` that the page showed; `reason` is told to everybody.

    Raises Conflict where none is issued, where it is withdrawn already, and where another is in force since.
    """
    require(by, Permission.MANAGE_MEETING)
    paragraph = lock_paragraph(paragraph)
    paper = paper_in_force(paragraph)
    if paper is None:
        raise Conflict(
            _("Inget utdrag av %(label)s är utfärdat") % {"label": paragraph.label},
            instead=_("Utdraget utfärdas när någon öppnar det eller när det expedieras."),
        )
    if paper.code != code:
        raise Conflict(
            _("Ett annat utdrag av %(label)s gäller sedan du öppnade sidan") % {"label": paragraph.label},
            instead=_("Läs det på paragrafens sida och återkalla det sedan om det behövs."),
        )
    if Withdrawal.objects.filter(code=code).exists():
        raise Conflict(
            _("Utdraget %(code)s är redan återkallat") % {"code": code},
            instead=_("Ett nytt utdrag utfärdas med en rättelse."),
        )
    refuse_identity_numbers(reason, "reason")
    return Withdrawal.objects.create(paragraph=paragraph, code=code, reason=reason.strip(), by=by)


def refuse_withdrawn(paragraph: Paragraph) -> None:
    """Raise Conflict where the extract that would go out is withdrawn."""
    paper = paper_in_force(paragraph)
    if paper and Withdrawal.objects.filter(code=paper.code).exists():
        raise Conflict(
            _("Utdraget av %(label)s är återkallat och får inte expedieras") % {"label": paragraph.label},
            instead=_("Inför en rättelse, så utfärdas ett nytt utdrag."),
        )

"""Correcting a verified §: dated words beside the text, and an extract that holds both."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.identity_numbers import refuse_identity_numbers
from motions.models import User
from motions.permissions import Permission, require
from protocols.actions.extracts import new_code, refused_if_not_made, sealed_extract, store_paper
from protocols.actions.locking import lock_paragraph
from protocols.models import Correction, Paragraph
from protocols.queries.corrections import verified_document

LAW = "jfr förvaltningslagen 36 §"


@transaction.atomic
def correct_paragraph(
    paragraph: Paragraph,
    *,
    by: User,
    corrected_on: date,
    text: str,
    reason: str,
    decided_by: str,
    seen: int,
    check_address: str,
) -> Correction:
    """Correct an obvious slip; the verified text stays as it is. `seen` counts the corrections known before.

    Raises Conflict for a § that is not verified and can be changed itself, or where another correction has
    come since; DomainError for a day before the verification or to come.
    """
    require(by, Permission.MANAGE_MEETING)
    paragraph = lock_paragraph(paragraph)
    if not paragraph.is_verified or paragraph.verified_at is None:
        raise Conflict(
            _("%(label)s är inte justerad och rättas inte") % {"label": paragraph.label},
            law="KL 5 kap. 69 §",
            instead=_("Ändra texten i stället."),
        )
    earlier = list(paragraph.corrections.all())
    if len(earlier) != seen:
        raise Conflict(
            _("%(label)s har rättats av någon annan sedan du öppnade sidan") % {"label": paragraph.label},
            instead=_("Läs den rättelsen och spara sedan din om den behövs."),
        )
    if not timezone.localdate(paragraph.verified_at) <= corrected_on <= timezone.localdate():
        raise DomainError(_("Rättelsen görs efter justeringen, senast i dag"), law=LAW, field="corrected_on")
    row = Correction(
        paragraph=paragraph,
        issued_by=by,
        corrected_on=corrected_on,
        text=text.strip(),
        reason=reason.strip(),
        decided_by=decided_by.strip(),
        code=new_code(),
    )
    for name in ("text", "reason", "decided_by"):
        refuse_identity_numbers(getattr(row, name), name)
    row.full_clean(exclude=["paragraph", "issued_by", "file", "sha256", "size"])
    document = verified_document(paragraph, [*earlier, row])
    with refused_if_not_made():
        store_paper(row, sealed_extract(document, check_address=f"{check_address}{row.code}"))
    return row

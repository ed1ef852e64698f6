"""Certifying an extract: whoever answers for it stands on the paper with name, office and day."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict
from motions.identity_numbers import refuse_identity_numbers
from motions.models import User
from motions.permissions import Permission, require
from protocols.actions.extracts import new_code, refused_if_not_made, sealed_extract, store_paper
from protocols.actions.locking import lock_paragraph
from protocols.extracts.render import Certification
from protocols.models import CertifiedCopy, Paragraph
from protocols.queries.corrections import verified_document


@transaction.atomic
def certify_copy(paragraph: Paragraph, *, by: User, title: str, check_address: str) -> CertifiedCopy:
    """A new extract with "Rätt utdraget intygas", `by`'s name, `title` and today; with all corrections.

    Raises Conflict for a § that is not verified, Forbidden for others than secretaries and registrars.
    """
    require(by, Permission.CERTIFY_EXTRACT)
    paragraph = lock_paragraph(paragraph)
    if not paragraph.is_verified:
        raise Conflict(
            _("%(label)s är inte justerad, så ett utdrag ur den kan inte bestyrkas")
            % {"label": paragraph.label},
            law="KL 5 kap. 69 §",
            instead=_("Bestyrk det när paragrafen är justerad."),
        )
    refuse_identity_numbers(title, "title")
    corrections = list(paragraph.corrections.all())
    copy = CertifiedCopy(
        paragraph=paragraph,
        correction=corrections[-1] if corrections else None,
        name=by.name,
        title=" ".join(title.split()),
        certified_on=timezone.localdate(),
        issued_by=by,
        code=new_code(),
    )
    copy.full_clean(exclude=["paragraph", "correction", "issued_by", "file", "sha256", "size"])
    with refused_if_not_made():
        content = sealed_extract(
            verified_document(paragraph, corrections),
            check_address=f"{check_address}{copy.code}",
            certification=Certification(copy.name, copy.title, copy.certified_on),
        )
        store_paper(copy, content)
    return copy

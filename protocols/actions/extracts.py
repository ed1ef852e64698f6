"""Issuing extracts: a verified § is rendered once, stored, and served as the same bytes for ever."""

from __future__ import annotations

import hashlib
import secrets

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from motions.errors import Conflict
from motions.models import User
from protocols.document import ParagraphDocument
from protocols.extracts.render import extract_pdf
from protocols.models import Extract, Paragraph

#: Letters and digits that are not mistaken for one another when read from paper.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def issue_extract(paragraph: Paragraph, *, by: User | None, check_address: str) -> Extract:
    """The paragraph's extract, issued now where nobody asked for it before.

    `check_address` is the address under which a paper is checked. Raises Conflict for an unverified §.
    """
    if extract := Extract.objects.filter(paragraph=paragraph).first():
        return extract
    with transaction.atomic():
        locked = Paragraph.objects.select_for_update().get(pk=paragraph.pk)
        if not locked.is_verified:
            raise Conflict(
                _("%(label)s är inte justerad; bara ett utkast kan visas") % {"label": locked.label},
                law="KL 5 kap. 69 §",
            )
        if extract := Extract.objects.filter(paragraph=locked).first():
            return extract
        code = new_code()
        content = extract_pdf(
            ParagraphDocument.from_json(locked.frozen_document), check_address=f"{check_address}{code}"
        )
        digest = hashlib.sha256(content).hexdigest()
        extract = Extract(paragraph=locked, sha256=digest, size=len(content), code=code, issued_by=by)
        extract.file.save(f"{digest}.pdf", ContentFile(content), save=False)
        extract.save()
        return extract


def new_code() -> str:
    """A short code to read from paper ("7KQ4-M2XD"): forty bits, by chance."""
    letters = "".join(secrets.choice(_ALPHABET) for _index in range(8))
    return f"{letters[:4]}-{letters[4:]}"

"""Adding documents to a motion's case."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.actions.events import lock, record
from motions.enums import DocumentKind, EventKind
from motions.errors import DomainError
from motions.identity_numbers import refuse_identity_numbers
from motions.models import Document, Motion, User
from motions.permissions import Permission, has_permission, require

MAX_DOCUMENT_BYTES = 20 * 1024 * 1024


@transaction.atomic
def add_document(
    motion: Motion,
    *,
    by: User,
    kind: DocumentKind,
    title: str,
    file: UploadedFile[bytes],
    received_on: date,
    is_secret: bool = False,
    at: datetime | None = None,
) -> Document:
    """Store a PDF with the case. Raises DomainError for a file that is no PDF, too large or already there."""
    if not has_permission(by, Permission.REGISTER_MOTION):
        require(by, Permission.ADD_DOCUMENT)
    motion = lock(motion)
    content = read_pdf(file)
    digest = hashlib.sha256(content).hexdigest()
    if motion.documents.filter(sha256=digest).exists():
        raise DomainError(_("Samma fil finns redan i ärendet"), field="file")
    refuse_identity_numbers(title, "title")
    document = Document(
        motion=motion,
        kind=kind,
        title=title.strip(),
        sha256=digest,
        size=len(content),
        received_on=received_on,
        is_secret=is_secret,
        uploaded_by=by,
        uploaded_at=at or timezone.now(),
    )
    document.file.save(f"{digest}.pdf", ContentFile(content), save=False)
    document.full_clean(exclude=["motion", "uploaded_by"])
    document.save()
    record(
        motion,
        EventKind.DOCUMENT_ADDED,
        by=by,
        happened_on=received_on,
        facts={"document": document.pk, "is_secret": is_secret},
        at=at,
    )
    return document


def read_pdf(file: UploadedFile[bytes]) -> bytes:
    """The bytes of an uploaded PDF. Raises DomainError for what is empty, too large or no PDF."""
    if (file.size or 0) > MAX_DOCUMENT_BYTES:
        raise DomainError(
            _("Filen är större än %(limit)s MB") % {"limit": MAX_DOCUMENT_BYTES // 1024 // 1024},
            instead=_("Spara den som en mindre PDF och försök igen."),
            field="file",
        )
    content: bytes = file.read()
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise DomainError(
            _("Filen är ingen hel PDF"), instead=_("Spara den som PDF och ladda upp den igen."), field="file"
        )
    return content

"""Documents of a case, in a test."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from motions.actions.documents import add_document
from motions.enums import DocumentKind
from motions.models import Document, Motion
from tests.factories import Region
from tests.protocols.extracts.summons_samples import foreign


def attach(
    region: Region, motion: Motion, text: str, *, is_secret: bool = False, content: bytes = b""
) -> Document:
    """A document called "Handling <text>", with a page that says so or with this content."""
    return add_document(
        motion,
        by=region.registrar,
        kind=DocumentKind.SIGNED_MOTION,
        title=f"Handling {text}",
        file=SimpleUploadedFile("a.pdf", content or foreign(text)),
        received_on=date(2026, 2, 2),
        is_secret=is_secret,
    )

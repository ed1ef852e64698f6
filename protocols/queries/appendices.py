"""The documents that follow a paragraph's extract, with their bytes."""

from __future__ import annotations

import hashlib

from django.db.models import Q, QuerySet

from motions.models import Document
from protocols.document import ParagraphDocument
from protocols.extracts.appendices import Appended, AppendixError
from protocols.models import Paragraph


def documents_to_append(paragraph: Paragraph) -> QuerySet[Document]:
    """The documents that may go along with the § of one motion or of many: what is public of their cases."""
    of_motions = Q(motion__paragraphs=paragraph) | Q(motion__block_rows__paragraph=paragraph)
    return Document.objects.filter(of_motions, is_secret=False).distinct().order_by("received_on", "pk")


def appended(document: ParagraphDocument) -> list[Appended]:
    """Read from the store, each held against its hash.

    Raises AppendixError for one that is gone, was changed, or is secret (OSL 5 kap. 5 §): no extract goes out
    with another document than the one that was verified.
    """
    if not document.appendices:
        return []
    wanted = [row.sha256 for row in document.appendices]
    stored = {row.sha256: row for row in Document.objects.filter(sha256__in=wanted, is_secret=False)}
    found = []
    for row in document.appendices:
        if row.sha256 not in stored:
            raise AppendixError(f"{row.label}: no public document has this content: {row.sha256}")
        with stored[row.sha256].file.open("rb") as file:
            content = file.read()
        if hashlib.sha256(content).hexdigest() != row.sha256:
            raise AppendixError(f"{row.label}: the stored file was changed: {row.sha256}")
        found.append(Appended(row, content))
    return found

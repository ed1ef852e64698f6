"""A verified text together with its corrections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.utils.html import format_html, linebreaks

from protocols.document import DocumentSection, ParagraphDocument
from protocols.enums import SectionKind
from protocols.models import CertifiedCopy, Correction, IssuedPaper, Paragraph

_WHY = "<p>Skäl: {} Beslutad av {}.</p>"


def newest_correction(paragraph: Paragraph) -> Correction | None:
    """The one whose extract holds them all."""
    return paragraph.corrections.last()


def superseding(paper: IssuedPaper) -> Correction | None:
    """The correction whose extract stands in the place of this paper; None where it says all there is."""
    paragraph: Paragraph | None = getattr(paper, "paragraph", None)  # minutes are of many
    newest = newest_correction(paragraph) if paragraph else None
    held = paper.correction if isinstance(paper, CertifiedCopy) else paper
    return None if newest == held else newest


def verified_document(paragraph: Paragraph, corrections: Iterable[Correction] = ()) -> ParagraphDocument:
    """The § as it was verified, with each of the corrections as a section of its own after all that."""
    document = ParagraphDocument.from_json(paragraph.frozen_document)
    added = tuple(
        DocumentSection(
            SectionKind.NOTES,
            f"Rättelse {row.corrected_on.isoformat()}",
            linebreaks(row.text, autoescape=True)
            + format_html(_WHY, _sentence(row.reason), row.decided_by.strip(" .")),
        )
        for row in corrections
    )
    return replace(document, sections=(*document.sections, *added))


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."

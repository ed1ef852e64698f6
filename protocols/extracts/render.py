"""The extract of one §: ParagraphDocument → HTML → PDF/A-3a and PDF/UA-1. No database; Swedish whoever asks.

An extract's text is Swedish by law and use: nothing here goes through the catalogue of translations.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from motions.texts import clean
from protocols.document import DocumentSection, ParagraphDocument
from protocols.enums import SectionKind
from protocols.extracts.appendices import Appended, attached, opened
from protocols.extracts.attachments import Attachment, Relationship
from protocols.extracts.enclosed import printed
from protocols.extracts.enclosures import Enclosure, lay_in
from protocols.extracts.letterhead import PLAIN, Letterhead
from protocols.extracts.pool import html_to_pdf, html_to_pdf_with_places
from protocols.extracts.qr import check_code_style
from protocols.extracts.typography import address_lines, held, section_html
from protocols.interchange import akoma_ntoso, paragraph_json
from protocols.wording.text import enumerate_with

__all__ = [
    "DRAFT_KIND",
    "DRAFT_PROOF",
    "Certification",
    "extract_html",
    "extract_pdf",
    "html_to_pdf",
    "printed_sections",
    "verified_sentence",
    "warm_up",
]

KIND = "PROTOKOLLSUTDRAG"
DRAFT_KIND = "UTKAST – ej justerat"
DRAFT_PROOF = "Utkast som kan ändras. Texten gäller först när den är justerad."


@dataclass(frozen=True)
class Certification:
    """Rätt utdraget intygas: who certified the extract, in which capacity, and when."""

    name: str
    title: str
    on: date


@dataclass(frozen=True)
class PrintedSection:
    """A section as it is printed: `kind` names its class in the style sheet."""

    kind: str
    heading: str
    html: SafeString


def extract_html(
    document: ParagraphDocument,
    *,
    check_address: str = "",
    certification: Certification | None = None,
    letterhead: Letterhead = PLAIN,
    enclosures: Sequence[Enclosure] = (),
) -> str:
    """The extract as a page for the press; `check_address` is where a paper is held against the register.

    A draft is certified by nobody and checked nowhere: it shows neither, whatever is passed.
    """
    if document.is_draft:
        check_address, certification = "", None
    return render_to_string(
        "protocols/pdf/extract.html",
        {
            "document": document,
            "title": held(f"{document.label} {document.title}".strip()),
            "sections": printed_sections(document),
            "kind": DRAFT_KIND if document.is_draft else KIND,
            "label": held(document.label),
            "proof": _proof(document, certification),
            "check_address": address_lines(check_address),
            "identifier": check_address,
            "certification": certification,
            "letterhead": letterhead,
            "check_code_style": check_code_style(check_address),
            "appendices": [printed(enclosure) for enclosure in enclosures],
        },
    )


def extract_pdf(
    document: ParagraphDocument,
    *,
    check_address: str = "",
    certification: Certification | None = None,
    letterhead: Letterhead = PLAIN,
    appendices: Sequence[Appended] = (),
) -> bytes:
    """The extract as a tagged PDF in Swedish, with what it says for programs inside it.

    An unverified one carries UTKAST on every page, and no file inside. Raises AppendixError for a document
    that cannot follow it.
    """
    with ExitStack() as stack:
        enclosures = opened(appendices, stack)
        html = extract_html(
            document,
            check_address=check_address,
            certification=certification,
            letterhead=letterhead,
            enclosures=enclosures,
        )
        files = carried_files(document, appendices)
        if not enclosures:
            return html_to_pdf(html, files)
        pdf, places, _pages = html_to_pdf_with_places(html, files)
        return lay_in(pdf, enclosures, places)


def carried_files(document: ParagraphDocument, appendices: Sequence[Appended] = ()) -> tuple[Attachment, ...]:
    """The files inside the extract: the paragraph as JSON and as Akoma Ntoso, and what follows as files.

    None in a draft.
    """
    if document.verified_on is None:
        return ()
    return (
        *_data(document, document.verified_on),
        *attached(appendices, changed_on=document.verified_on),
    )


def _data(document: ParagraphDocument, day: date) -> tuple[Attachment, Attachment]:
    return (
        Attachment(
            name="protokollsutdrag.json",
            media_type=paragraph_json.MEDIA_TYPE,
            description="Paragrafen som data (JSON)",
            relationship=Relationship.DATA,
            changed_on=day,
            content=paragraph_json.paragraph_json(document),
        ),
        Attachment(
            name="protokollsutdrag.xml",
            media_type=akoma_ntoso.MEDIA_TYPE,
            description="Paragrafen som Akoma Ntoso 3.0 (XML)",
            relationship=Relationship.ALTERNATIVE,
            changed_on=day,
            content=akoma_ntoso.paragraph_xml(document),
        ),
    )


def warm_up() -> None:
    """Load fonts, styles, templates and hyphenation before the first user waits for them (about a second).

    Best called before a server forks its workers: they then share the memory and are warm from the start.
    """
    html = (
        f"<p>{'Upphandlingsförordningen gäller <em>även</em> <strong>här</strong>. ' * 9}</p>"
        '<ol><li>a</li></ol><table><tr><th>b</th><td><a href="#">c</a></td></tr></table>'
    )
    sections = tuple(
        DocumentSection(kind, "Prov", html) for kind in (SectionKind.DECISION, SectionKind.MATTER)
    )
    extract_pdf(ParagraphDocument("Prov", "Prov", date(2000, 1, 1), 1, "Prov", "1", sections, "Prov"))


def printed_sections(document: ParagraphDocument) -> list[PrintedSection]:
    """The document's sections as they are printed, cleaned once more."""
    return [printed_section(section) for section in document.sections]


def printed_section(section: DocumentSection) -> PrintedSection:
    """A section as it is printed, cleaned once more."""
    html = section_html(clean(section.html))
    safe = mark_safe(html)  # noqa: S308 -- just cleaned
    return PrintedSection(section.kind.value, held(section.heading), safe)


def verified_sentence(day: date, verifiers: Sequence[str]) -> str:
    """When it was verified and by whom."""
    by = f" av {enumerate_with(verifiers)}" if verifiers else ""
    return f"Justerat {day.isoformat()}{by}."


def _proof(document: ParagraphDocument, certification: Certification | None) -> str:
    """The foot's left half: who verified and certified, or that nobody has yet."""
    if document.verified_on is None:
        return DRAFT_PROOF
    sentences = [verified_sentence(document.verified_on, document.verifiers)]
    if certification:
        who = ", ".join(filter(None, [certification.name, certification.title]))
        sentences.append(f"Rätt utdraget intygas: {who}, {certification.on.isoformat()}.")
    return held(" ".join(sentences))

"""Issuing extracts and minutes: what is verified is rendered once and served as the same bytes for ever."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from config.codes import readable_code
from motions.errors import Conflict, DomainError
from motions.models import User
from protocols.document import ParagraphDocument
from protocols.extracts.appendices import AppendixError
from protocols.extracts.minutes import minutes_pdf
from protocols.extracts.pool import PressError
from protocols.extracts.render import Certification, extract_pdf
from protocols.models import (
    CertifiedCopy,
    Correction,
    Extract,
    Meeting,
    MinutesFile,
    Paragraph,
    SignedOriginal,
    StoredPaper,
)
from protocols.queries.appendices import appended
from protocols.queries.corrections import verified_document
from protocols.queries.letterhead import letterhead
from protocols.queries.minutes import minutes_of
from protocols.signing.configured import sealer, seals_extracts
from protocols.signing.signatures import is_whole
from protocols.signing.signer import SigningError

_log = logging.getLogger(__name__)


def issue_extract(paragraph: Paragraph, *, by: User | None, check_address: str) -> Extract:
    """The paragraph's extract, issued now where nobody asked for it before.

    `check_address` is the address under which a paper is checked. Raises Conflict for an unverified §, and
    DomainError where it cannot be sealed. The § is locked meanwhile, so that nothing is stamped twice.
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
        extract = Extract(paragraph=locked, code=new_code(), issued_by=by)
        store_paper(
            extract, sealed_extract(verified_document(locked), check_address=f"{check_address}{extract.code}")
        )
        return extract


def issue_minutes(meeting: Meeting, *, by: User | None, check_address: str) -> MinutesFile:
    """The minutes of a meeting, issued now where nobody asked for them before; `check_address` as above.

    Raises Conflict while a § is not verified.
    """
    if issued := MinutesFile.objects.filter(meeting=meeting).first():
        return issued
    with transaction.atomic():
        locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if not Meeting.objects.verified().filter(pk=locked.pk).exists():
            raise Conflict(
                _("Alla paragrafer i protokollet är inte justerade; bara ett utkast kan visas"),
                law="KL 5 kap. 69 §",
            )
        if issued := MinutesFile.objects.filter(meeting=locked).first():
            return issued
        issued = MinutesFile(meeting=locked, code=new_code(), issued_by=by)
        address = f"{check_address}{issued.code}"
        store_paper(issued, minutes_pdf(minutes_of(locked), check_address=address, letterhead=letterhead()))
        return issued


def sealed_extract(
    document: ParagraphDocument, *, check_address: str, certification: Certification | None = None
) -> bytes:
    """The extract's PDF in the organisation's look, with its seal where the installation has one.

    A paper is issued once: without its seal it is not issued at all. Raises DomainError (503) where the
    certificate or the time-stamping authority fails.
    """
    content = extract_pdf(
        document,
        check_address=check_address,
        certification=certification,
        letterhead=letterhead(),
        appendices=appended(document),
    )
    if not seals_extracts():
        return content
    reason = f"Protokollsutdrag {document.body} {document.held_on.isoformat()} {document.label}"
    try:
        sealed = sealer().seal(content, organisation=document.organisation, reason=reason)
    except SigningError as error:
        raise DomainError(
            _("Utdraget kunde inte stämplas och är inte utfärdat. %(reason)s") % {"reason": error.message},
            instead=_("Försök igen om en stund. Texten finns på paragrafens sida och är oförändrad."),
            status=HTTPStatus.SERVICE_UNAVAILABLE,
        ) from error
    if not is_whole(sealed):
        raise RuntimeError("A seal was made that does not hold")
    return sealed


@contextmanager
def refused_if_not_made() -> Iterator[None]:
    """Tell what the press or the store could not do as a DomainError (503), so that what was typed stays."""
    try:
        yield
    except (PressError, AppendixError, OSError) as error:
        _log.exception("An extract could not be made")
        raise DomainError(
            _("Utdraget kunde inte göras just nu, och ingenting är ändrat"),
            instead=_("Det du skrev är kvar. Försök igen om en stund; mer står i serverns logg."),
            status=HTTPStatus.SERVICE_UNAVAILABLE,
        ) from error


def extract_name(paragraph: Paragraph) -> str:
    """What the file is called: "RS 2026 § 237.pdf"."""
    return _file_name(paragraph, "" if paragraph.is_verified else _("UTKAST"))


def paper_name(paper: Extract | Correction | CertifiedCopy) -> str:
    """What the file of an issued paper is called: "RS 2026 § 237 rättat 2026-06-02.pdf"."""
    if isinstance(paper, Correction):
        return _file_name(paper.paragraph, f"{_('rättat')} {paper.corrected_on.isoformat()}")
    if isinstance(paper, CertifiedCopy):
        return _file_name(paper.paragraph, f"{_('bestyrkt')} {paper.certified_on.isoformat()}")
    return _file_name(paper.paragraph)


def _file_name(paragraph: Paragraph, what: str = "") -> str:
    words = [paragraph.body.abbreviation, str(paragraph.year), paragraph.label, what]
    return f"{' '.join(filter(None, words))}.pdf".replace("\N{NO-BREAK SPACE}", " ")


def store_paper(paper: StoredPaper | SignedOriginal, content: bytes) -> None:
    """Store the file by its content, and the row that names it. Belongs to the transaction that made it."""
    paper.sha256, paper.size = hashlib.sha256(content).hexdigest(), len(content)
    paper.file.save(f"{paper.sha256}.pdf", ContentFile(content), save=False)
    paper.save()


def new_code() -> str:
    """A short code to read from paper ("7KQ4-M2XD"): forty bits, by chance."""
    return readable_code(2)

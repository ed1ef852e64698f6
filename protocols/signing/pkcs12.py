"""Signing with a certificate and key from a PKCS#12 file, by pyHanko: PAdES B-B (ETSI EN 319 142-1)."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

from protocols.signing.signer import Act, SigningError

#: PDF/A wants the field printed, PDF/UA wants it tagged or outside the page: it lies outside.
_OUTSIDE = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)


class PaperWriter(IncrementalPdfFileWriter):
    """Adds to a paper and leaves what it says of itself: pyHanko would write the claims of PDF/A anew."""

    def _update_meta(self) -> None:
        """Nothing is new but the signature."""


class Pkcs12Signer:
    """Signs with one certificate, whosever the act was: its own proof is the login with a one-time code."""

    def __init__(self, certificate: SimpleSigner) -> None:
        self._certificate = certificate

    def sign(self, pdf: bytes, act: Act) -> bytes:
        """As the seam says."""
        writer = PaperWriter(BytesIO(pdf))
        taken = len(writer.prev.embedded_signatures)
        name = f"Underskrift{taken + 1}"
        metadata = PdfSignatureMetadata(
            field_name=name,
            md_algorithm="sha256",
            location=act.place,
            reason=act.sentence,
            name=act.who,
            subfilter=SigSeedSubFilter.PADES,
        )
        field = invisible_field(name, f"Underskrift av {act.who}")
        let_tags_lead(writer)
        signed = PdfSigner(metadata, self._certificate, new_field_spec=field).sign_pdf(writer)
        return bytes(signed.getvalue())


def invisible_field(name: str, description: str) -> SigFieldSpec:
    """A place for a signature that nobody sees, with the words that a screen reader says of it."""
    return SigFieldSpec(name, on_page=0, readable_field_name=description, invis_sig_settings=_OUTSIDE)


def let_tags_lead(writer: PaperWriter) -> None:
    """Let what lies on the first page be met in the order of the tags (ISO 14289-1, 7.18.3)."""
    page: Any = writer.find_page_for_modification(0)[0].get_object()  # type: ignore[no-untyped-call]  # as pyHanko has it
    if "/Tabs" not in page:
        page["/Tabs"] = NameObject("/S")
        writer.update_container(page)


def load_certificate(path: Path, passphrase: str, *, at: datetime | None = None) -> SimpleSigner:
    """The certificate, its key and its chain; SigningError where it cannot sign now."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SigningError(_("Filen med certifikatet kan inte läsas.")) from error
    try:
        certificate: SimpleSigner = SimpleSigner.load_pkcs12_data(content, [], passphrase.encode() or None)
    except ValueError as error:
        raise SigningError(
            _("Certifikatet kan inte öppnas: lösenordet är fel, eller så är filen inte PKCS#12.")
        ) from error
    _refuse_outside_its_time(certificate, at or timezone.now())
    return certificate


def _refuse_outside_its_time(certificate: SimpleSigner, at: datetime) -> None:
    signing = certificate.signing_cert
    assert signing is not None  # a PKCS#12 file without a certificate is refused before
    if at > signing.not_valid_after:
        day = timezone.localdate(signing.not_valid_after)
        raise SigningError(_("Certifikatet gick ut %(day)s.") % {"day": day.isoformat()})
    if at < signing.not_valid_before:
        day = timezone.localdate(signing.not_valid_before)
        raise SigningError(_("Certifikatet gäller från %(day)s.") % {"day": day.isoformat()})

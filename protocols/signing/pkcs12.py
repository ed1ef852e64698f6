"""Signing with a certificate and key from a PKCS#12 file, by pyHanko: PAdES (ETSI EN 319 142-1).

Baseline B-B; with a time-stamping authority B-LT, and a seal B-LTA.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import aiohttp
from django.utils import timezone
from django.utils.translation import gettext as _
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError as RefusedByLibrary
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator.errors import PathError

from motions.identity_numbers import contains_identity_number
from protocols.signing.apart import apart
from protocols.signing.long_term import ALGORITHM, LongTerm
from protocols.signing.signer import Act, SigningError
from protocols.signing.writer import OUTSIDE, PaperWriter

#: The validation data stand in the revision of the signature itself, which then covers them, too.
_WITH_SIGNATURE = DSSContentSettings(
    include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
)


class Pkcs12Signer:
    """Signs with one certificate, whosever the act was: its own proof is the login with a one-time code."""

    def __init__(self, certificate: SimpleSigner, long_term: LongTerm | None = None) -> None:
        self._certificate = certificate
        self._long_term = long_term

    @apart
    def sign(self, pdf: bytes, act: Act) -> bytes:
        """As the seam says."""
        writer = PaperWriter(BytesIO(pdf))
        name = f"Underskrift{len(writer.prev.embedded_signatures) + 1}"
        metadata = PdfSignatureMetadata(name, location=act.place, reason=act.sentence, name=act.who)
        return self._signed(writer, metadata, f"Underskrift av {act.who}")

    @apart
    def seal(self, pdf: bytes, *, organisation: str, reason: str) -> bytes:
        """The paper with the organisation's seal, and a time stamp over both where there is an authority."""
        metadata = PdfSignatureMetadata("Stampel", reason=reason, name=organisation)
        sealed = self._signed(PaperWriter(BytesIO(pdf)), metadata, f"Elektronisk stämpel av {organisation}")
        if self._long_term is None:
            return sealed
        with _asking_an_authority():
            return self._long_term.stamped(sealed, self._certificate)

    def _signed(self, writer: PaperWriter, metadata: PdfSignatureMetadata, description: str) -> bytes:
        writer.let_tags_lead()
        assert metadata.field_name
        field = SigFieldSpec(
            metadata.field_name,
            on_page=0,
            readable_field_name=description,
            invis_sig_settings=OUTSIDE,
        )
        metadata = replace(metadata, md_algorithm=ALGORITHM, subfilter=SigSeedSubFilter.PADES)
        stamper = None
        if self._long_term:
            stamper = self._long_term.time_stamper
            metadata = replace(
                metadata,
                embed_validation_info=True,
                signer_key_usage=set(),  # seals are issued for either of two uses
                validation_context=self._long_term.validation(self._certificate),
                dss_settings=_WITH_SIGNATURE,
            )
        signer = PdfSigner(metadata, self._certificate, timestamper=stamper, new_field_spec=field)
        with _asking_an_authority():
            return bytes(signer.sign_pdf(writer).getvalue())


@contextmanager
def _asking_an_authority() -> Iterator[None]:
    """What may go wrong between here and the authorities, in words."""
    try:
        yield
    except (TimestampRequestError, aiohttp.ClientError, TimeoutError) as error:
        raise SigningError(_("Tjänsten för tidsstämplar svarar inte som den ska.")) from error
    except (RefusedByLibrary, PathError, SignatureValidationError) as error:
        raise SigningError(
            _("Certifikatet eller tidsstämpeln kunde inte prövas: spärrat, eller rotcertifikaten saknas.")
        ) from error


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


def refuse_a_persons(certificate: SimpleSigner) -> None:
    """Raise SigningError where the certificate carries a personal identity number: a seal is public."""
    assert certificate.signing_cert is not None
    names = certificate.signing_cert.subject.native.values()
    if any(contains_identity_number(str(name)) for name in names):
        raise SigningError(
            _("Certifikatet för stämpeln är en persons: det bär ett personnummer, och utdrag är offentliga.")
        )


def _refuse_outside_its_time(certificate: SimpleSigner, at: datetime) -> None:
    signing = certificate.signing_cert
    assert signing is not None  # a PKCS#12 file without a certificate is refused before
    if at > signing.not_valid_after:
        day = timezone.localdate(signing.not_valid_after)
        raise SigningError(_("Certifikatet gick ut %(day)s.") % {"day": day.isoformat()})
    if at < signing.not_valid_before:
        day = timezone.localdate(signing.not_valid_before)
        raise SigningError(_("Certifikatet gäller från %(day)s.") % {"day": day.isoformat()})

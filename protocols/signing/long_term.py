"""What keeps a signature checkable for decades: time stamps, and the validation data of its day in the file.

PAdES B-LT and B-LTA (ETSI EN 319 142-1): the signature carries a time stamp, the certificates and what their
issuers said of revocation lie in the file (DSS), and a time stamp of the whole file is put over them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from asn1crypto.x509 import Certificate
from django.utils.translation import gettext as _
from pyhanko.keys import load_certs_from_pemder
from pyhanko.sign.signers import PdfTimeStamper, SimpleSigner
from pyhanko.sign.signers.pdf_signer import TimestampDSSContentSettings
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator import ValidationContext

from protocols.signing.signer import SigningError
from protocols.signing.writer import OUTSIDE, PaperWriter

ALGORITHM = "sha256"
#: Seconds for each question to the time-stamping authority.
_PATIENCE = 10
_BEFORE = TimestampDSSContentSettings(include_vri=False, update_before_ts=True)


@dataclass(frozen=True)
class LongTerm:
    """A time-stamping authority (RFC 3161), and the roots that certificates are traced back to."""

    authority: str
    roots: tuple[Certificate, ...]

    @property
    def time_stamper(self) -> HTTPTimeStamper:
        """The authority's client."""
        return _time_stamper(self.authority)

    def validation(self, certificate: SimpleSigner) -> ValidationContext:
        """How certificates are checked when the file is made; asks their issuers, where they say how."""
        known = list(certificate.cert_registry)
        own = [one for one in known if one.self_signed in {"yes", "maybe"}]
        return ValidationContext(
            trust_roots=[*self.roots, *own],
            other_certs=known,
            allow_fetching=True,
            revocation_mode="soft-fail",  # an issuer that says nowhere what is revoked is not asked
        )

    def stamped(self, pdf: bytes, certificate: SimpleSigner) -> bytes:
        """The file with a time stamp over all of it, the validation data included."""
        stamper = PdfTimeStamper(
            self.time_stamper, "Tidsstampel", invis_settings=OUTSIDE, readable_field_name="Tidsstämpel"
        )
        output = stamper.timestamp_pdf(
            PaperWriter(BytesIO(pdf)), ALGORITHM, self.validation(certificate), dss_settings=_BEFORE
        )
        return bytes(output.getvalue())


def load_roots(path: Path) -> tuple[Certificate, ...]:
    """The certificates of a file (PEM or DER); SigningError where it cannot be read."""
    try:
        found: Sequence[Certificate] = list(load_certs_from_pemder([str(path)]))
    except (OSError, ValueError) as error:
        raise SigningError(_("Filen med rotcertifikat kan inte läsas.")) from error
    return tuple(found)


@cache
def _time_stamper(authority: str) -> HTTPTimeStamper:
    """One a process: it asks once how large the authority's answers are."""
    return HTTPTimeStamper(authority, timeout=_PATIENCE)

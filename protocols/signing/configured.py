"""What the installation has set up to sign with; nothing set, nothing signed."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from protocols.signing.long_term import LongTerm, load_roots
from protocols.signing.pkcs12 import Pkcs12Signer, load_certificate, refuse_a_persons
from protocols.signing.signer import Signer


def signs_minutes() -> bool:
    """Whether verified minutes are to be signed."""
    return bool(settings.SIGNING_CERTIFICATE)


def minutes_signer() -> Signer:
    """Who signs minutes; SigningError where what is set does not work. Ask `signs_minutes` first."""
    certificate = load_certificate(Path(settings.SIGNING_CERTIFICATE), settings.SIGNING_PASSPHRASE)
    return Pkcs12Signer(certificate, long_term())


def seals_extracts() -> bool:
    """Whether extracts are to carry the organisation's seal."""
    return bool(settings.SEAL_CERTIFICATE)


def sealer() -> Pkcs12Signer:
    """Who seals extracts; SigningError where what is set does not work. Ask `seals_extracts` first."""
    certificate = load_certificate(Path(settings.SEAL_CERTIFICATE), settings.SEAL_PASSPHRASE)
    refuse_a_persons(certificate)
    return Pkcs12Signer(certificate, long_term())


def long_term() -> LongTerm | None:
    """The time-stamping authority and the roots, where one is set."""
    if not settings.TIMESTAMP_AUTHORITY:
        return None
    roots = load_roots(Path(settings.TRUST_ROOTS)) if settings.TRUST_ROOTS else ()
    return LongTerm(settings.TIMESTAMP_AUTHORITY, roots)

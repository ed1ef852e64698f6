"""What the installation has set up to sign with; nothing set, nothing signed."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from protocols.signing.pkcs12 import Pkcs12Signer, load_certificate
from protocols.signing.signer import Signer


def signs_minutes() -> bool:
    """Whether verified minutes are to be signed."""
    return bool(settings.SIGNING_CERTIFICATE)


def minutes_signer() -> Signer:
    """Who signs minutes; SigningError where what is set does not work. Ask `signs_minutes` first."""
    return Pkcs12Signer(load_certificate(Path(settings.SIGNING_CERTIFICATE), settings.SIGNING_PASSPHRASE))

"""Reading back the signatures of a paper: whose certificate, and whether the paper is as it was signed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import DocumentTimestampStatus, PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from protocols.signing.apart import apart

#: Digits that could be part of a personal identity number, with what may stand between them.
_DIGITS = re.compile(r"\d[\d +-]{4,}\d")

#: A signature that holds for less than its revision can be made to stand on any page.
_WHOLE_REVISIONS = (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)


@dataclass(frozen=True)
class SignatureFacts:
    """What may be kept of a signature's certificate: names, no number of a person; `fingerprint` in hex."""

    subject: str
    fingerprint: str


def signatures_of(pdf: bytes) -> list[SignatureFacts]:
    """Those of persons, in the order in which they were made; time stamps are none."""
    reader = PdfFileReader(BytesIO(pdf))
    return [_facts(signature) for signature in reader.embedded_regular_signatures]


@dataclass(frozen=True)
class Seal:
    """The electronic signatures of a paper that is held up: whose the first is, and whether all hold."""

    subject: str
    fingerprint: str
    is_whole: bool


def seal_of(pdf: bytes) -> Seal | None:
    """What a paper is sealed with, nobody knows by whom it was changed since; None without any seal."""
    if b"/ByteRange" not in pdf:
        return None
    try:
        [first, *_others] = signatures_of(pdf)
    except Exception:  # noqa: BLE001 -- as below
        return Seal("", "", is_whole=False)
    return Seal(first.subject, first.fingerprint, is_whole(pdf))


@apart
def is_whole(pdf: bytes) -> bool:
    """Whether every signature holds for its bytes, and the last one for every byte of the file.

    Whose they are is not asked. Nor is what a later revision changed: the last signature covers it, and to
    compare all of a long paper's objects takes many seconds.
    """
    try:
        signatures = PdfFileReader(BytesIO(pdf)).embedded_signatures
        statuses = [_status(signature) for signature in signatures]
        is_covered = bool(statuses) and signatures[-1].coverage == SignatureCoverageLevel.ENTIRE_FILE
        return is_covered and all(
            status.intact and status.valid and status.coverage in _WHOLE_REVISIONS for status in statuses
        )
    except Exception:  # noqa: BLE001 -- a damaged file fails where it was hit: in zlib, in ASN.1, in pyHanko
        return False


def _status(signature: EmbeddedPdfSignature) -> PdfSignatureStatus | DocumentTimestampStatus:
    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    if signature.sig_object_type == "/DocTimeStamp":
        return validate_pdf_timestamp(signature, nobody, skip_diff=True)
    return validate_pdf_signature(signature, nobody, skip_diff=True)


def without_numbers(text: str) -> str:
    """The text without what could be a personal identity number."""
    return _DIGITS.sub("", text).strip()


def _facts(signature: EmbeddedPdfSignature) -> SignatureFacts:
    certificate = signature.signer_cert
    names = certificate.subject.native
    told = (names.get("common_name"), names.get("organization_name"))
    subject = ", ".join(dict.fromkeys(without_numbers(str(name)) for name in told if name))
    return SignatureFacts(subject, certificate.sha256.hex())

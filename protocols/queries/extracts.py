"""Holding a paper or a file up to the register of issued extracts and minutes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

from django.db.models import Count, Max, QuerySet

from protocols.enums import SigningState
from protocols.extracts.identity import code_inside
from protocols.models import (
    CertifiedCopy,
    Correction,
    Extract,
    IssuedPaper,
    MinutesFile,
    SignedOriginal,
    Withdrawal,
)
from protocols.signing.signatures import Seal, seal_of

_CODE_LENGTH = 8


def normal_code(text: str) -> str:
    """The code as it is printed ("7KQ4-M2XD"), however it was typed; '' for what cannot be one."""
    letters = re.sub(r"[^0-9A-Z]", "", text.upper())
    return f"{letters[:4]}-{letters[4:]}" if len(letters) == _CODE_LENGTH else ""


def paper_by_code(text: str) -> IssuedPaper | None:
    """The issued extract (as verified, corrected or certified), or the minutes, that carry the code."""
    code = normal_code(text)
    return _issued(code=code) if code else None


@dataclass(frozen=True)
class CheckedFile:
    """What the register says of a file: the `paper` that it is, or that it was before it was changed.

    `seal` is what the file itself carries; `is_original`: the minutes with the signatures, which few have.
    """

    paper: IssuedPaper | None = None
    is_changed: bool = False
    is_original: bool = False
    seal: Seal | None = None


def withdrawal_of(paper: IssuedPaper) -> Withdrawal | None:
    """The word that it is withdrawn, where it is; minutes never are."""
    if isinstance(paper, MinutesFile):
        return None
    return Withdrawal.objects.filter(code=paper.code).first()


def check_content(content: bytes) -> CheckedFile:
    """The issued extract, or the minutes, that are this file; or those whose code a changed file carries."""
    found = check_digest(hashlib.sha256(content).hexdigest(), code_inside(content))
    return replace(found, seal=seal_of(content)) if found.paper else found


def check_digest(sha256: str, code: str = "") -> CheckedFile:
    """The same by what a browser found in the file: its hash, in hex, and the code inside."""
    if paper := _issued(sha256=sha256):
        return CheckedFile(paper)
    original = SignedOriginal.objects.filter(sha256=sha256, state=SigningState.SIGNED).first()
    if original:
        return CheckedFile(_minutes().filter(meeting=original.meeting_id).first(), is_original=True)
    paper = paper_by_code(code)
    return CheckedFile(paper, is_changed=paper is not None)


def _issued(**is_it: str) -> IssuedPaper | None:
    known = ("paragraph__meeting", "paragraph__body")
    return (
        Extract.objects.select_related(*known).filter(**is_it).first()
        or Correction.objects.select_related(*known).filter(**is_it).first()
        or CertifiedCopy.objects.select_related(*known).filter(**is_it).first()
        or _minutes().filter(**is_it).first()
    )


def _minutes() -> QuerySet[MinutesFile]:
    return MinutesFile.objects.select_related("meeting__body").annotate(
        verified_at=Max("meeting__paragraphs__verified_at"), paragraphs=Count("meeting__paragraphs")
    )

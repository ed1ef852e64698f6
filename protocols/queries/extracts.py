"""Holding a paper or a file up to the register of issued extracts and minutes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from django.db.models import Count, Max, QuerySet

from protocols.models import CertifiedCopy, Correction, Extract, IssuedPaper, MinutesFile

_CODE_LENGTH = 8


def normal_code(text: str) -> str:
    """The code as it is printed ("7KQ4-M2XD"), however it was typed; '' for what cannot be one."""
    letters = re.sub(r"[^0-9A-Z]", "", text.upper())
    return f"{letters[:4]}-{letters[4:]}" if len(letters) == _CODE_LENGTH else ""


def paper_by_code(text: str) -> IssuedPaper | None:
    """The issued extract (as verified, corrected or certified), or the minutes, that carry the code."""
    code = normal_code(text)
    return _issued(code=code) if code else None


def paper_by_content(chunks: Iterable[bytes]) -> IssuedPaper | None:
    """The issued extract, or the minutes, that are this file, byte for byte."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return _issued(sha256=digest.hexdigest())


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

"""Holding a paper or a file up to the register of issued extracts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from protocols.models import Correction, Extract

_CODE_LENGTH = 8


def normal_code(text: str) -> str:
    """The code as it is printed ("7KQ4-M2XD"), however it was typed; '' for what cannot be one."""
    letters = re.sub(r"[^0-9A-Z]", "", text.upper())
    return f"{letters[:4]}-{letters[4:]}" if len(letters) == _CODE_LENGTH else ""


def extract_by_code(text: str) -> Extract | Correction | None:
    """The issued extract that carries the code, as verified or with corrections."""
    code = normal_code(text)
    return _issued(code=code) if code else None


def extract_by_content(chunks: Iterable[bytes]) -> Extract | Correction | None:
    """The issued extract that is this file, byte for byte."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return _issued(sha256=digest.hexdigest())


def _issued(**is_it: str) -> Extract | Correction | None:
    known = ("paragraph__meeting", "paragraph__body")
    found = Extract.objects.select_related(*known).filter(**is_it).first()
    return found or Correction.objects.select_related(*known).filter(**is_it).first()

"""Rules of PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) held against a file, one function a clause.

Written after the texts and the Matterhorn Protocol 1.1, for the kind of file the press makes: no forms but
signatures, no encryption, no layers, fonts as glyph numbers. What cannot occur is looked for where looking is
cheap.
"""

from __future__ import annotations

from io import BytesIO

import pikepdf

from tests.archival import accessible, archival
from tests.archival.file import Paper


def broken_rules(pdf: bytes) -> list[str]:
    """What the file breaks: the clause, the rule and what was seen."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        paper = Paper(pdf, opened)
        rules = archival.RULES | accessible.RULES
        return [f"{name}: {fault}" for name, check in rules.items() for fault in check(paper)]

"""The letterhead as papers are set with it now."""

from __future__ import annotations

from protocols.extracts.letterhead import PLAIN, Letterhead
from protocols.extracts.logo import Logo
from protocols.models import PaperLook


def letterhead() -> Letterhead:
    """The organisation's own, or the usual one."""
    row = PaperLook.objects.first()
    if row is None:
        return PLAIN
    logo = Logo(bytes(row.logo), row.media_type, row.ratio) if row.media_type else None
    return Letterhead(row.colour, logo)

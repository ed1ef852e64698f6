"""The press: a page of HTML in, a tagged PDF out. Nothing it is given can reach a file or an address.

One thread of a process sets at a time: the fonts are loaded once and shared by all renders, and Pango's font
map is not made for two threads. A render holds Python's own lock nearly all the time anyway; what runs beside
each other are the server's processes. A forked worker inherits what its parent has loaded.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from weasyprint import CSS, HTML

from protocols.extracts.attachments import Attachment
from protocols.extracts.coverage import covered, printable
from protocols.extracts.fonts import FaceFetcher, NothingFetcher, SharedFonts, font_rules
from protocols.extracts.marks import draft_mark
from protocols.extracts.tagging import finish

#: For the archive (ISO 19005-3); `tagging.py` adds that it is accessible, too (ISO 14289-1).
PDF_VARIANT = "pdf/a-3a"

_FOLDER = Path(settings.BASE_DIR) / "static" / "pdf"
_STYLES = (_FOLDER / "extract.css", _FOLDER / "minutes.css", _FOLDER / "summons.css")


@dataclass(frozen=True)
class _Press:
    """What every render of the process shares: the fonts, loaded once, and the parsed style sheet."""

    fonts: SharedFonts
    styles: CSS


class _Turn:
    """Whose turn it is. Made anew in a forked process, where the thread that held it does not exist."""

    lock = Lock()


def _renew_turn() -> None:
    _Turn.lock = Lock()


os.register_at_fork(after_in_child=_renew_turn)


def html_to_pdf(html: str, files: Sequence[Attachment] = ()) -> bytes:
    """Set a page of the press as PDF/A-3a and PDF/UA-1, with `files` inside it.

    The same bytes for the same page, in every process.
    """
    return _set(html, lambda document, pdf: finish(document, pdf, files))


def html_to_pdf_with_places(html: str, files: Sequence[Attachment] = ()) -> tuple[bytes, dict[str, int], int]:
    """The same, with the page (from 0) on which each element with an id stands, and the number of pages."""
    places: dict[str, int] = {}
    pages: list[Any] = []

    def note(document: Any, pdf: Any) -> None:
        finish(document, pdf, files)
        pages.extend(document.pages)
        for index, page in enumerate(document.pages):
            places.update(dict.fromkeys(page.anchors, index))

    return _set(html, note), places, len(pages)


def _set(html: str, finisher: Callable[[Any, Any], None]) -> bytes:
    with _Turn.lock:
        press = _press()
        pdf = HTML(string=printable(html), url_fetcher=NothingFetcher()).write_pdf(
            stylesheets=[press.styles],
            font_config=press.fonts,
            pdf_variant=PDF_VARIANT,
            output_intent="",  # `finish` sets it, without reading a file for each paper
            finisher=finisher,
        )
    if not isinstance(pdf, bytes):
        raise TypeError("WeasyPrint gives bytes where it is named no file")
    return pdf


def style_sheet() -> str:
    """The style sheet of the press, with the fonts' files of this machine and the draft's mark inside."""
    mark = b64encode(draft_mark().encode()).decode()
    sheet = "\n".join(file.read_text(encoding="utf-8") for file in _STYLES)
    sheet = sheet.replace("draft-mark.svg", f"data:image/svg+xml;base64,{mark}")
    return f"{font_rules()}\n{sheet}"


@cache
def _press() -> _Press:
    fonts = SharedFonts()
    covered()  # looked up once, before the room forks
    return _Press(fonts, CSS(string=style_sheet(), font_config=fonts, url_fetcher=FaceFetcher()))

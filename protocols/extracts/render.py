"""Rendering: ParagraphDocument → HTML → PDF/UA, the same bytes for the same document and version."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock

import font_source_sans_pro
import font_source_serif_pro
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from protocols.document import ParagraphDocument

PDF_VARIANT = "pdf/ua-1"

_STYLES = Path(settings.BASE_DIR) / "static" / "pdf"
_SANS = Path(font_source_sans_pro.__file__).parent / "files"
_SERIF = Path(font_source_serif_pro.__file__).parent / "files"
#: family, weight, style, file: what the paper is set in, pinned with the packages.
_FACES = (
    ("Source Sans Pro", 400, "normal", _SANS / "SourceSansPro-Regular.otf"),
    ("Source Sans Pro", 600, "normal", _SANS / "SourceSansPro-Semibold.otf"),
    ("Source Serif Pro", 400, "normal", _SERIF / "SourceSerifPro-Regular.otf"),
    ("Source Serif Pro", 600, "normal", _SERIF / "SourceSerifPro-Semibold.otf"),
    ("Source Serif Pro", 400, "italic", _SERIF / "SourceSerifPro-It.otf"),
)

#: Pango's font map is shared by all renders of the process and is not safe for two threads at once.
_rendering = Lock()


@dataclass(frozen=True)
class Certification:
    """Rätt utdraget intygas: who certified the extract, in which capacity, and when."""

    name: str
    title: str
    on: date


@dataclass(frozen=True)
class _Press:
    """What every render of the process shares: the fonts, loaded once, and the parsed style sheet."""

    fonts: FontConfiguration
    styles: CSS


def extract_html(
    document: ParagraphDocument, *, check_address: str = "", certification: Certification | None = None
) -> str:
    """The extract as a page for the press; `check_address` is where a paper is held against the register."""
    return render_to_string(
        "protocols/pdf/extract.html",
        {"document": document, "check_address": check_address, "certification": certification},
    )


def extract_pdf(
    document: ParagraphDocument, *, check_address: str = "", certification: Certification | None = None
) -> bytes:
    """The extract as a tagged PDF in Swedish; an unverified one carries UTKAST on every page."""
    html = extract_html(document, check_address=check_address, certification=certification)
    return html_to_pdf(html)


def html_to_pdf(html: str) -> bytes:
    """Set a page of the press; neither files nor the network can be reached from inside it."""
    with _rendering:
        press = _press()
        pdf = HTML(string=html, url_fetcher=_nothing()).write_pdf(
            stylesheets=[press.styles], font_config=press.fonts, pdf_variant=PDF_VARIANT
        )
    if pdf is None:  # pragma: no cover -- write_pdf gives bytes when it has no target
        raise RuntimeError("WeasyPrint gave no PDF")
    return bytes(pdf)


def warm_up() -> None:
    """Load fonts and styles before the first user waits for them (half a second)."""
    html_to_pdf("<html lang=sv><title>§</title><h1>§ 1</h1><p>Å <em>ä</em> <strong>ö</strong></html>")


def style_sheet() -> str:
    """The style sheet of the press, with the fonts' files of this machine and the draft's mark inside."""
    faces = "\n".join(
        f"@font-face {{ font-family: '{family}'; font-weight: {weight}; font-style: {style};"
        f" src: url('{file.as_uri()}'); }}"
        for family, weight, style, file in _FACES
    )
    mark = b64encode((_STYLES / "utkast.svg").read_bytes()).decode()
    sheet = (_STYLES / "extract.css").read_text(encoding="utf-8")
    return faces + sheet.replace("utkast.svg", f"data:image/svg+xml;base64,{mark}")


@cache
def _press() -> _Press:
    fonts = FontConfiguration()
    own_files = URLFetcher(allowed_protocols=("file",))
    return _Press(fonts, CSS(string=style_sheet(), font_config=fonts, url_fetcher=own_files))


@cache
def _nothing() -> URLFetcher:
    """A fetcher for what users wrote: it reads what stands in the page itself, no file and no address."""
    return URLFetcher(allowed_protocols=("data",))

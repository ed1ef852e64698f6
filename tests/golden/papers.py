"""The eight papers, and their pages as pictures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pymupdf
from PIL import Image

from protocols.document import ParagraphDocument
from protocols.enums import SectionKind
from protocols.extracts.letterhead import Letterhead
from protocols.extracts.logo import read_logo
from protocols.extracts.render import Certification, extract_pdf
from tests.protocols.extracts.samples import DOCUMENT, DRAFT, LONG, section, with_matter

PICTURES = Path(__file__).parent / "pictures"
DPI = 72
ADDRESS = "prov.example/verifiera/ABCD-EFGH"

_LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60">'
    '<circle cx="30" cy="30" r="28" fill="#123f6d"/><path d="M14 40 L30 12 L46 40 Z" fill="#fff"/>'
    '<rect x="66" y="10" width="50" height="8" fill="#123f6d"/></svg>'
)
_DECISION = section(
    "<ol><li>Motionens första att-sats bifalls.</li><li>Motionen avslås i övrigt.</li></ol>",
    "Regionfullmäktiges beslut",
    SectionKind.DECISION,
)
_VOTES = "".join(f"<tr><td>Ledamot {n} Norrskog</td><td>V</td><td>Ja</td></tr>" for n in range(1, 64))
_NESTED = (
    "<h3>Bakgrund</h3><ul><li>Första<ol><li>Under</li><li>Under igen<ul><li>Längst in</li></ul></li></ol>"
    "</li><li>Andra</li></ul><blockquote>Så skrev motionären.</blockquote>"
    '<table><tr><th scope="col">År</th><th scope="col">Resor</th><th scope="col">Kostnad</th></tr>'
    "<tr><td>2025</td><td>1 200</td><td>4 mkr</td></tr>"
    "<tr><td>2026</td><td>1 450</td><td>5 mkr</td></tr></table>"
)


def made() -> dict[str, bytes]:
    """The papers as they are set now, by name."""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Namn", "Parti", "Röst"))
    votes = section(f"<table><tr>{head}</tr>{_VOTES}</table>", "Voteringslista", SectionKind.VOTING_LIST)
    plain, blue = Letterhead(), Letterhead("#123f6d", read_logo(_LOGO.encode()))
    stina = Certification("Stina Ek", "nämndsekreterare", date(2026, 6, 1))
    looks: dict[str, tuple[ParagraphDocument, Certification | None, Letterhead]] = {
        "plain": (DOCUMENT, None, plain),
        "draft": (DRAFT, None, plain),
        "certified": (DOCUMENT, stina, plain),
        "letterhead": (DOCUMENT, None, blue),
        "clauses": (replace(DOCUMENT, sections=(_DECISION, *DOCUMENT.sections[1:])), None, plain),
        "votes": (replace(DOCUMENT, sections=(_DECISION, votes)), None, plain),
        "nested": (with_matter(_NESTED), None, plain),
        "sami": (with_matter(f"<p>Áŋŋel muoŧŧá, Ǥuovđu ja Ǯ. {LONG}</p>"), None, plain),
    }
    return {
        name: extract_pdf(document, check_address=ADDRESS, certification=certification, letterhead=look)
        for name, (document, certification, look) in looks.items()
    }


def picture(pdf: bytes) -> Image.Image:
    """All pages beside each other, in shades of grey."""
    with pymupdf.open(stream=pdf) as paper:  # type: ignore[no-untyped-call]  # half typed
        pages = [page.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY).tobytes("png") for page in paper]
    images = [Image.open(BytesIO(page)) for page in pages]
    whole = Image.new("L", (sum(image.width for image in images), images[0].height), 255)
    left = 0
    for image in images:
        whole.paste(image, (left, 0))
        left += image.width
    return whole


def keep() -> None:
    """Make the pictures anew."""
    PICTURES.mkdir(exist_ok=True)
    for name, pdf in made().items():
        picture(pdf).quantize(16).save(PICTURES / f"{name}.png", optimize=True)

"""The code in the foot, read back from the printed page."""

from __future__ import annotations

import pymupdf
import segno

from protocols.extracts.minutes import minutes_html
from protocols.extracts.render import extract_html, extract_pdf
from tests.protocols.extracts.minutes_samples import make_minutes
from tests.protocols.extracts.samples import DOCUMENT, DRAFT

ADDRESS = "prov.example/verifiera/ABCD-EFGH"
_DARK = 128
#: Where the code stands on A4, in millimetres: right of the address, above the edge that printers leave.
_LEFT, _TOP, _RIGHT, _BOTTOM = 169.8, 277, 187, 296


def modules(pdf: bytes, page: int) -> list[list[bool]]:
    """Which modules of the printed code are dark, row by row."""
    with pymupdf.open(stream=pdf) as paper:  # type: ignore[no-untyped-call]  # half typed
        millimetre = 72 / 25.4
        clip = pymupdf.Rect(*(side * millimetre for side in (_LEFT, _TOP, _RIGHT, _BOTTOM)))  # type: ignore[no-untyped-call]  # the same
        image = paper[page].get_pixmap(dpi=600, clip=clip, colorspace=pymupdf.csGRAY)
    rows = [
        image.samples[start : start + image.width] for start in range(0, len(image.samples), image.stride)
    ]
    dark = [(x, y) for y, row in enumerate(rows) for x, shade in enumerate(row) if shade < _DARK]
    left, right = min(x for x, _y in dark), max(x for x, _y in dark) + 1
    top, bottom = min(y for _x, y in dark), max(y for _x, y in dark) + 1
    count = len(segno.make(f"https://{ADDRESS}", error="m").matrix)
    across, down = (right - left) / count, (bottom - top) / count
    return [
        [rows[int(top + (y + 0.5) * down)][int(left + (x + 0.5) * across)] < _DARK for x in range(count)]
        for y in range(count)
    ]


def test_the_printed_code_leads_to_the_page_that_checks_the_paper() -> None:
    pdf = extract_pdf(DOCUMENT, check_address=ADDRESS)
    expected = [[bool(cell) for cell in row] for row in segno.make(f"https://{ADDRESS}", error="m").matrix]
    assert [modules(pdf, page) == expected for page in (0, 1)] == [True, True]


def test_minutes_carry_it_and_a_draft_does_not() -> None:
    assert "@bottom-right" in minutes_html(make_minutes(), check_address=ADDRESS)
    assert "@bottom-right" not in extract_html(DRAFT, check_address=ADDRESS)

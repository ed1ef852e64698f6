"""WeasyPrint by itself on the extract's HTML, as a ten-line program would use it. Prints seconds as JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import django
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration


def main(page: Path, times: int) -> None:
    """Render the page several times, the first left out."""
    django.setup()
    from protocols.extracts import press  # noqa: PLC0415 -- for its style sheet, which needs the settings

    html, sheet = page.read_text(encoding="utf-8"), press.style_sheet()
    taken = []
    for _render in range(times + 1):
        start = time.perf_counter()
        fonts = FontConfiguration()
        HTML(string=html).write_pdf(
            stylesheets=[CSS(string=sheet, font_config=fonts)],
            font_config=fonts,
            pdf_variant=press.PDF_VARIANT,
        )
        taken.append(time.perf_counter() - start)
    print(json.dumps(taken[1:]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

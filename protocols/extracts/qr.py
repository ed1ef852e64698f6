"""The code in the foot by which a phone finds the page that checks a paper (ISO/IEC 18004).

It is drawn on the ground of the page and says nothing to a screen reader: the address stands beside it.
"""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe

#: Millimetres, with the quiet zone that a reader needs around it.
_SIDE = 17.0
_GAP = 1.5


def check_code_style(address: str) -> SafeString:
    """The rule that puts the code for `https://address` into the foot of each page; '' without an address."""
    if not address:
        return SafeString()
    code = segno.make(f"https://{address}", error="m", micro=False)
    written = BytesIO()
    code.save(written, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None, omitsize=True)
    data = f"data:image/svg+xml;base64,{b64encode(written.getvalue()).decode()}"
    rules = [
        "box-sizing: border-box; width: 52%",
        f"padding-right: {_SIDE - _GAP:g}mm",
        f'background: url("{data}") no-repeat right -{_GAP:g}mm top .6mm / {_SIDE:g}mm {_SIDE:g}mm',
    ]
    boxes = f"@bottom-left {{ width: 48%; }} @bottom-right {{ {'; '.join(rules)} }}"
    return mark_safe(f"@page {{ {boxes} }}")  # noqa: S308 -- base64

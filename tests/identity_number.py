"""Looking for the test certificate's identity number in whatever a page or a file could hide it."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf

from tests.certificates import IDENTITY_NUMBER

#: The ways in which people and programs write the number, with and without century and hyphen.
_SPELLINGS = ("1212121212", "121212-1212", "121212 1212")


def holds_identity_number(content: bytes) -> bool:
    """Whether the number stands in the bytes, or in an object, text or file of the PDF they are."""
    assert IDENTITY_NUMBER.endswith(_SPELLINGS[0])
    pieces = [content, *_pieces(content)] if content.startswith(b"%PDF") else [content]
    return any(_stands_in(piece) for piece in pieces)


def _pieces(content: bytes) -> list[bytes]:
    with pikepdf.open(BytesIO(content)) as pdf:
        return [
            found
            for item in pdf.objects
            for found in (
                [item.read_bytes()] if isinstance(item, pikepdf.Stream) else [item.unparse(resolved=True)]
            )
        ]


def _stands_in(piece: bytes) -> bool:
    wanted = [
        form
        for spelling in _SPELLINGS
        for form in (
            spelling.encode(),
            spelling.encode("utf-16-be"),
            spelling.encode("utf-16-le"),
        )
    ]
    hexed = [form.hex().encode() for form in wanted]
    without_spaces = re.sub(rb"\s", b"", piece).lower()
    return any(form in piece for form in wanted) or any(form in without_spaces for form in hexed)

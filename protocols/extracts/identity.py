"""The code that a paper says of itself, also when the paper has been changed or saved anew by somebody."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Name

#: As `metadata.py` writes it, and as others write it anew: what identifies the paper ends with its code.
_IDENTIFIER = re.compile(
    rb"identifier>(?:\s*<[^<>]{1,60}>){0,3}\s*[^<>]{0,300}?([0-9A-Z]{4}-[0-9A-Z]{4})/?\s*<"
)
#: Bytes of metadata that are looked through: ours are a few thousand, a hostile file's could fill the memory.
_MOST = 1_000_000


def code_inside(content: bytes) -> str:
    """The code in the metadata of a PDF, '' where there is none or the file cannot be read."""
    found = _IDENTIFIER.search(content) or _IDENTIFIER.search(_packed_metadata(content))
    return found[1].decode() if found else ""


def _packed_metadata(content: bytes) -> bytes:
    """The metadata where another program has compressed them."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            stream: Any = pdf.Root.Metadata
            raw = bytes(stream.read_raw_bytes())
            if stream.get(Name.Filter) != Name.FlateDecode:
                return raw[:_MOST]
            return zlib.decompressobj().decompress(raw, _MOST)
    except (pikepdf.PdfError, AttributeError, KeyError, ValueError, TypeError, zlib.error):
        return b""

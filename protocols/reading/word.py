"""A Word document as a web page: headings, lists, tables and footnotes, for the reader of web pages.

A .docx is a ZIP of XML. It is looked at before it is opened: one with macros, one that is locked and one that
unpacks to more than a document holds are refused.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.parsers.expat import ExpatError
from xml.sax import SAXParseException

import mammoth

from protocols.reading.refusals import Reason, UnreadableError

MOST_UNPACKED = 200 * 1024 * 1024
MOST_TIMES = 200  # text packs ten times, XML twenty; a bomb a thousand
SMALL = 1024 * 1024  # below this nothing is a bomb
LOCKED = b"\xd0\xcf\x11\xe0"  # Word puts a document with a password into a container of its old kind
MACROS = "vbaproject.bin"
BODY = "word/document.xml"


def html(content: bytes) -> str:
    """The document as HTML. Raises UnreadableError."""
    if content.startswith(LOCKED):
        raise UnreadableError(Reason.ENCRYPTED)
    try:
        _check(content)
        # No picture is taken over: minutes are read for their words.
        result = mammoth.convert_to_html(
            io.BytesIO(content), convert_image=mammoth.images.img_element(lambda _image: {})
        )
    # A broken ZIP or stream, XML that is none, a part that the others name and that is not there.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise UnreadableError(Reason.BROKEN) from error
    except (ExpatError, SAXParseException, KeyError, AttributeError, IndexError, ValueError) as error:
        raise UnreadableError(Reason.BROKEN) from error
    return str(result.value)


def _check(content: bytes) -> None:
    """Refuses what is not to be opened. Sizes are those that are unpacked, not those that are told."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [one.filename.casefold() for one in archive.infolist()]
        if any(name.rsplit("/", 1)[-1] == MACROS for name in names):
            raise UnreadableError(Reason.MACROS)
        if BODY not in names:
            raise UnreadableError(Reason.BROKEN)
        left = min(MOST_UNPACKED, max(len(content) * MOST_TIMES, SMALL))
        for one in archive.infolist():
            if one.flag_bits & 1:
                raise UnreadableError(Reason.ENCRYPTED)
            with archive.open(one) as part:
                while piece := part.read(SMALL):
                    left -= len(piece)
                    if left < 0:
                        raise UnreadableError(Reason.TOO_LARGE)

"""A PDF written from front to back: what is written leaves the memory, but for eight bytes that say where."""

from __future__ import annotations

import hashlib
import zlib
from typing import BinaryIO

_HEADER = b"%PDF-1.7\n%\xe5\xe4\xf6\xd6\n"
_PLACE = 8  # bytes an object: how it is kept, the offset or its package, its place in the package
_ALONE, _PACKED = 1, 2
_IN_A_PACKAGE = 200  # objects; a reader unpacks all of them for one


class PdfWriter:
    """Objects get their numbers by `reserve`, and are put in any order, each once (ISO 32000-1, 7.5)."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = 0
        self._digest = hashlib.md5(usedforsecurity=False)
        self._places = bytearray(_PLACE)  # of object 0, which there is not
        self._package: list[tuple[int, bytes]] = []
        self._write(_HEADER)

    def reserve(self) -> int:
        """The number of an object that is put later."""
        self._places.extend(bytes(_PLACE))
        return len(self._places) // _PLACE - 1

    def add(self, body: bytes) -> int:
        """Put an object where only its number matters."""
        number = self.reserve()
        self.put(number, body)
        return number

    def put(self, number: int, body: bytes) -> None:
        """Put an object that is no stream: it is packed with others."""
        self._package.append((number, body))
        if len(self._package) == _IN_A_PACKAGE:
            self._pack()

    def put_stream(self, number: int, dictionary: bytes, data: bytes) -> None:
        """Put a stream, whose dictionary says its length and how `data` is packed."""
        self._place(number, _ALONE, self._at, 0)
        self._write(b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, dictionary, data))

    def close(self, root: int, info: int) -> None:
        """Write what is left and where everything is; the numbers are the catalog's and the information's."""
        self._pack()
        number, start = self.reserve(), self._at
        self._place(number, _ALONE, start, 0)
        data = zlib.compress(bytes(self._places))
        name = self._digest.hexdigest().encode()
        entries = b"/Type /XRef /W [1 5 2] /Size %d /Root %d 0 R /Info %d 0 R /ID [<%b> <%b>]" % (
            len(self._places) // _PLACE,
            root,
            info,
            name,
            name,
        )
        self.put_stream(number, _packed(entries, data), data)
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _pack(self) -> None:
        if not self._package:
            return
        package = self.reserve()
        heads, bodies, length = [], [], 0
        for index, (number, body) in enumerate(self._package):
            self._place(number, _PACKED, package, index)
            heads.append(b"%d %d" % (number, length))
            bodies.append(body)
            length += len(body) + 1
        head = b" ".join(heads) + b"\n"
        data = zlib.compress(head + b"\n".join(bodies))
        entries = b"/Type /ObjStm /N %d /First %d" % (len(heads), len(head))
        self._package = []
        self.put_stream(package, _packed(entries, data), data)

    def _place(self, number: int, how: int, where: int, index: int) -> None:
        place = how.to_bytes(1) + where.to_bytes(5) + index.to_bytes(2)
        self._places[number * _PLACE : (number + 1) * _PLACE] = place

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._at += len(data)


def _packed(entries: bytes, data: bytes) -> bytes:
    return b"<< %b /Filter /FlateDecode /Length %d >>" % (entries, len(data))

"""Handing out stored files: as the same bytes, in parts where a reader asks for them, and inert."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

#: A PDF needs nothing from anywhere, may run nothing, and no page may frame it.
POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"

#: What is verified never changes, nor does its paper; a correction is another paper beside it.
FOR_EVER = "public, max-age=31536000, immutable"

_MOST_KEPT = 20_000  # addresses a process remembers: some megabytes
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def pdf_response(
    request: HttpRequest, file: File[bytes], *, name: str, sha256: str, cache: str = "private, no-cache"
) -> HttpResponse | FileResponse:
    """The PDF, shown by the browser as `name`; else as below."""
    return file_response(
        request, file, name=name, sha256=sha256, content_type="application/pdf", cache=cache, is_shown=True
    )


def file_response(
    request: HttpRequest,
    file: File[bytes],
    *,
    name: str,
    sha256: str,
    content_type: str,
    cache: str = "private, no-cache",
    is_shown: bool = False,
) -> HttpResponse | FileResponse:
    """The file, saved by the browser as `name`. `sha256` names its content: who has it already gets 304.

    The file is closed with the answer, or at once where its content is not sent.
    """
    etag = quote_etag(sha256)
    answer: Any = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = _content(request, file, etag, content_type)
        answer.headers["Content-Disposition"] = content_disposition_header(not is_shown, name)
    else:
        file.close()
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = cache
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = POLICY
    return answer  # type: ignore[no-any-return]  # the stubs know no type for a conditional answer


@dataclass(frozen=True)
class Kept:
    """A PDF that an address gives for ever."""

    path: Path
    name: str
    sha256: str


_kept: dict[str, Kept] = {}


def keep(address: str, paper: Kept) -> None:
    """Hand the paper out under the address from now on without asking anybody what it is.

    Only for what is public and never changes: the database refuses to change an issued paper.
    """
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    _kept[address] = paper


def forget_kept() -> None:
    """For tests, where another database begins."""
    _kept.clear()


class KeptMiddleware:
    """Answers with a kept paper at once, before session, policy or database: as quick as a static file."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Called by Django."""
        paper = _kept.get(request.path_info) if request.method in {"GET", "HEAD"} else None
        if paper is None:
            return self.get_response(request)
        try:
            file = File(paper.path.open("rb"))
        except OSError:  # the view says so in words
            return self.get_response(request)
        return pdf_response(request, file, name=paper.name, sha256=paper.sha256, cache=FOR_EVER)


class _Part(io.RawIOBase):
    """A stretch of a file, read as it is sent: a part of a large file needs no memory of its own."""

    def __init__(self, file: File[bytes], first: int, length: int) -> None:
        self._file, self._left = file, length
        file.seek(first)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Called by read()."""
        found = self._file.read(min(len(buffer), self._left))
        buffer[: len(found)] = found
        self._left -= len(found)
        return len(found)

    def close(self) -> None:
        self._file.close()
        super().close()


def _content(
    request: HttpRequest, file: File[bytes], etag: str, content_type: str
) -> HttpResponse | FileResponse:
    size = file.size
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if not asked or not any(asked.groups()) or request.headers.get("If-Range", etag) != etag:
        return FileResponse(file, content_type=content_type)
    first, last = _bounds(*asked.groups(), size=size)
    if first >= size or last < first:
        file.close()
        status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        return HttpResponse(status=status, headers={"Content-Range": f"bytes */{size}"})
    headers = {"Content-Range": f"bytes {first}-{last}/{size}", "Content-Length": str(last - first + 1)}
    part = _Part(file, first, last - first + 1)
    return FileResponse(part, status=HTTPStatus.PARTIAL_CONTENT, content_type=content_type, headers=headers)


def _bounds(first: str, last: str, *, size: int) -> tuple[int, int]:
    """The first and last byte; "-500" asks for the last 500."""
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1

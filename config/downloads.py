"""Handing out stored PDFs: as the same bytes, in parts where a reader asks for them, and inert."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

#: A PDF needs nothing from anywhere, may run nothing, and no page may frame it.
POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def pdf_response(
    request: HttpRequest, file: File[bytes], *, name: str, sha256: str, cache: str = "private, no-cache"
) -> HttpResponse | FileResponse:
    """The PDF, shown by the browser as `name`. `sha256` names its content: who has it already gets 304.

    The file is closed with the answer, or at once where its content is not sent.
    """
    etag = quote_etag(sha256)
    answer: Any = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = _content(request, file, etag)
        answer.headers["Content-Disposition"] = content_disposition_header(False, name)  # inline
    else:
        file.close()
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = cache
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = POLICY
    return answer  # type: ignore[no-any-return]  # the stubs know no type for a conditional answer


def _content(request: HttpRequest, file: File[bytes], etag: str) -> HttpResponse | FileResponse:
    size = file.size
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if not asked or not any(asked.groups()) or request.headers.get("If-Range", etag) != etag:
        return FileResponse(file, content_type="application/pdf")
    first, last = _bounds(*asked.groups(), size=size)
    with file:
        if first >= size or last < first:
            status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
            return HttpResponse(status=status, headers={"Content-Range": f"bytes */{size}"})
        file.seek(first)
        return HttpResponse(
            file.read(last - first + 1),
            status=HTTPStatus.PARTIAL_CONTENT,
            content_type="application/pdf",
            headers={"Content-Range": f"bytes {first}-{last}/{size}"},
        )


def _bounds(first: str, last: str, *, size: int) -> tuple[int, int]:
    """The first and last byte; "-500" asks for the last 500."""
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1

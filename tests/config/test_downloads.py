from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import File
from django.test import RequestFactory

from config.downloads import pdf_response

CONTENT = b"%PDF-0123456789"
SHA256 = "ab" * 32


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File[bytes]]:
    path = tmp_path / "a.pdf"
    path.write_bytes(CONTENT)
    with path.open("rb") as opened:
        yield File(opened)


@pytest.mark.django_db  # an answer that is closed looks after the connections of its thread
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("bytes=0-3", (206, b"%PDF", "bytes 0-3/15")),
        ("bytes=5-", (206, b"0123456789", "bytes 5-14/15")),
        ("bytes=-2", (206, b"89", "bytes 13-14/15")),
        ("bytes=-99", (206, CONTENT, "bytes 0-14/15")),
        ("bytes=10-99999999999", (206, b"56789", "bytes 10-14/15")),
        ("bytes=15-", (416, b"", "bytes */15")),
        ("bytes=9-3", (416, b"", "bytes */15")),
        ("bytes=-0", (416, b"", "bytes */15")),
    ],
)
def test_a_part_is_sent_where_one_is_asked_for(
    file: File[bytes], asked: str, expected: tuple[int, bytes, str]
) -> None:
    request = RequestFactory().get("/", headers={"Range": asked})
    response = pdf_response(request, file, name="a.pdf", sha256=SHA256)
    content = response.getvalue()
    assert (response.status_code, content, response["Content-Range"]) == expected
    response.close()
    assert file.closed


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Range": "bytes=-"},
        {"Range": "bytes=0-1,3-4"},
        {"Range": "lines=0-1"},
        {"Range": "bytes=0-3", "If-Range": '"another"'},
        {"If-None-Match": '"another"'},
    ],
)
def test_else_all_of_it(file: File[bytes], headers: dict[str, str]) -> None:
    request = RequestFactory().get("/", headers=headers)
    response = pdf_response(request, file, name="å.pdf", sha256=SHA256)
    assert (response.status_code, response.getvalue()) == (200, CONTENT)
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Disposition"] == "inline; filename*=utf-8''%C3%A5.pdf"


def test_who_has_it_gets_no_bytes(file: File[bytes]) -> None:
    request = RequestFactory().get("/", headers={"If-None-Match": f'"{SHA256}"'})
    response = pdf_response(request, file, name="a.pdf", sha256=SHA256)
    assert (response.status_code, response.content, response["ETag"]) == (304, b"", f'"{SHA256}"')
    assert file.closed

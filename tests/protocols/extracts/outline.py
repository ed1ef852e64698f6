"""The bookmarks of a PDF."""

from __future__ import annotations

from typing import Any

from tests.protocols.extracts.samples import on_one_line, read


def outline(pdf: bytes) -> list[tuple[int, str, int]]:
    """Depth, title and page of every bookmark."""
    reader = read(pdf)

    def walk(entries: Any, depth: int) -> list[tuple[int, str, int]]:
        found = []
        for entry in entries:
            if isinstance(entry, list):
                found += walk(entry, depth + 1)
            else:
                page = reader.get_destination_page_number(entry)
                assert page is not None
                found.append((depth, on_one_line(entry.title), page + 1))
        return found

    return walk(reader.outline, 0)

"""Why a file is not read."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a file was not read."""

    UNKNOWN_KIND = "unknown_kind"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_FILES = "too_many_files"
    NO_TEXT = "no_text"
    NOT_TEXT = "not_text"
    NOT_SWEDISH = "not_swedish"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    NO_PARAGRAPHS = "no_paragraphs"
    MISSING = "missing"
    CLOSED = "closed"


class UnreadableError(Exception):
    """A file that is not read, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason

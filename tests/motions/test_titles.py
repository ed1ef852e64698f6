"""The title of a motion as one line of an agenda."""

from __future__ import annotations

import pytest

from motions.models import Motion


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Fler cykelvägar", "Motion 3-2026 om fler cykelvägar"),
        ("Om fler cykelvägar", "Motion 3-2026 om fler cykelvägar"),
        ("om BB i norr", "Motion 3-2026 om BB i norr"),
        ("BB i norr", "Motion 3-2026 om BB i norr"),
    ],
)
def test_full_title_is_one_phrase(title: str, line: str) -> None:
    assert Motion(number="3-2026", title=title).full_title == line

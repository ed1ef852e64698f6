"""Numbers as they are typed."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from protocols.forms.numbers import NumbersField


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", []),
        ("2", [2]),
        ("3, 1", [1, 3]),
        ("1 3", [1, 3]),
        ("2-4", [2, 3, 4]),
        ("1, 3 – 5", [1, 3, 4, 5]),
        ("2,2", [2]),
    ],
)
def test_numbers_are_read(typed: str, found: list[int]) -> None:
    assert NumbersField().clean(typed) == found


@pytest.mark.parametrize("typed", ["två", "0", "4-2", "10000", "1;x", "-3"])
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="Ange nummer, till exempel 2 eller 1, 3"):
        NumbersField().clean(typed)

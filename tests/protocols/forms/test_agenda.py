"""The order that a posted agenda asks for."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from protocols.forms.agenda import wanted_order


@pytest.mark.parametrize(
    ("posted", "wanted"),
    [
        ("order=3&order=1&order=2", [3, 1, 2]),
        ("move=2:up", [2, 1, 3]),
        ("move=2:down", [1, 3, 2]),
        ("move=1:up", [1, 2, 3]),
        ("move=3:down", [1, 2, 3]),
        ("move=9:down", [1, 2, 3]),
        ("move=2:sideways", []),
        ("move=x:up&order=2", [2]),
        ("order=x&order=2", [2]),
        ("", []),
    ],
)
def test_wanted_order(posted: str, wanted: list[int]) -> None:
    assert wanted_order(QueryDict(posted), [1, 2, 3]) == wanted

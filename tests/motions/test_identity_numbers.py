from __future__ import annotations

import pytest

from motions.errors import DomainError
from motions.identity_numbers import contains_identity_number, refuse_identity_numbers

# Made of a date and a computed check digit; they belong to nobody in particular.
VALID = "811218-9876"


@pytest.mark.parametrize(
    "text",
    [
        VALID,
        "8112189876",
        "19811218-9876",
        "198112189876",
        f"Enligt {VALID} ska",
        "811278-9873",
    ],
)
def test_identity_numbers_are_found(text: str) -> None:
    assert contains_identity_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "811218-9875",
        "811318-9876",
        "dnr 1213-2021",
        "070-123 45 67",
        "0920-28 40 00",
        "2026-11-22",
        "1 811218-98765",
        "",
    ],
)
def test_other_numbers_are_let_through(text: str) -> None:
    assert not contains_identity_number(text)


def test_refusal_names_law_and_field() -> None:
    with pytest.raises(DomainError) as refused:
        refuse_identity_numbers(VALID, "title")
    assert refused.value.field == "title"
    assert refused.value.law == "dataskyddslagen 3 kap. 10 §"

from __future__ import annotations

import pytest

from protocols.queries.fate import Fate, in_words

CARRIED, FELL, UNTRIED = Fate.CARRIED, Fate.FELL, Fate.UNTRIED


@pytest.mark.parametrize(
    ("fates", "words"),
    [
        ([], ""),
        ([CARRIED], "Ditt yrkande bifölls."),
        ([FELL], "Ditt yrkande föll."),
        ([UNTRIED], "Ditt yrkande prövades inte."),
        ([CARRIED, CARRIED], "Dina yrkanden bifölls."),
        ([FELL, UNTRIED], "Dina yrkanden föll."),
        ([CARRIED, FELL, UNTRIED], "1 av dina 3 yrkanden bifölls."),
    ],
)
def test_the_fate_in_words(fates: list[Fate], words: str) -> None:
    assert in_words(fates) == words

from __future__ import annotations

import pytest

from protocols.wording import text
from tests.protocols.wording.examples import NBSP


@pytest.mark.parametrize(
    ("items", "joined"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a och b"),
        (["a", "b", "c"], "a, b och c"),
    ],
)
def test_enumerate_with_any_number_of_items(items: list[str], joined: str) -> None:
    assert text.enumerate_with(items) == joined


@pytest.mark.parametrize(
    ("raw", "bound"),
    [
        ("  två\n ord ", "två ord"),
        ("Ulf Rönn (-) och Tora  (V)", f"Ulf Rönn{NBSP}(-) och Tora{NBSP}(V)"),
        ("Ida Ek (SJVP)", f"Ida Ek{NBSP}(SJVP)"),
        ("budgeten (2026) antas", "budgeten (2026) antas"),
        ("hörande (se nedan)", "hörande (se nedan)"),
        ("enligt § 14", f"enligt §{NBSP}14"),
        ("§§ 14 och 15", f"§§{NBSP}14 och 15"),
        ("5 kap. 50 § kommunallagen", f"5 kap. 50{NBSP}§ kommunallagen"),
        (f"två {NBSP} blanka", f"två{NBSP}blanka"),
    ],
)
def test_bind_keeps_together_what_must_not_be_parted(raw: str, bound: str) -> None:
    assert text.bind(raw) == bound


@pytest.mark.parametrize(
    ("raw", "ended"),
    [("klart", "klart."), ("klart.", "klart."), ("Ulf m.fl.", "Ulf m.fl."), ("klart?", "klart?"), ("", "")],
)
def test_sentence_ends_once(raw: str, ended: str) -> None:
    assert text.sentence(raw) == ended


@pytest.mark.parametrize(
    ("raw", "clause"),
    [
        ("att saken utreds.", "saken utreds"),
        ("Att  saken\nutreds", "saken utreds"),
        ("saken utreds,", "saken utreds"),
        ("buss, tåg m.m.", "buss, tåg m.m."),
        ("attestrutinen ses över", "attestrutinen ses över"),
        ("med mera ...", "med mera ..."),
        (" ", ""),
    ],
)
def test_clause_follows_att(raw: str, clause: str) -> None:
    assert text.clause(raw) == clause


def test_paragraphs_of_several_lines() -> None:
    assert text.paragraphs("först detta\n\n sedan detta. \n") == ("Först detta.", "Sedan detta.")


@pytest.mark.parametrize(
    ("raw", "goes_on"),
    [
        ("för att kostnaden ska utredas", True),
        ("eftersom underlag saknas", True),
        ("För att få tid", False),
        ("kostnaden är oklar", False),
        ("", False),
    ],
)
def test_continues_only_in_lower_case(raw: str, *, goes_on: bool) -> None:
    assert text.continues(raw) is goes_on

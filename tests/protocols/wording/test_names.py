from __future__ import annotations

import pytest

from protocols.facts import PersonFact
from protocols.wording import names
from tests.protocols.wording.examples import ALEX, FIVE, JONAS, LOOSE, NBSP, TORA


def test_person_is_bound_to_party() -> None:
    assert names.person(TORA) == f"Tora Hedlund{NBSP}(V)"


def test_person_without_party() -> None:
    assert names.person(LOOSE) == f"Ulf Rönn{NBSP}(-)"


def test_person_with_untidy_name() -> None:
    assert names.person(PersonFact(" Tora  Hedlund ", " V ")) == f"Tora Hedlund{NBSP}(V)"


@pytest.mark.parametrize(
    ("count", "line"),
    [
        (0, ""),
        (1, "Tora Hedlund (V)"),
        (2, "Tora Hedlund (V) och Jonas Lindfors (MP)"),
        (3, "Tora Hedlund (V), Jonas Lindfors (MP) och Birgitta Sand (M)"),
        (
            5,
            "Tora Hedlund (V), Jonas Lindfors (MP), Birgitta Sand (M), Alex Prytz (L) och Ester Max (KD)",
        ),
    ],
)
def test_people_of_any_number(count: int, line: str) -> None:
    assert names.people(FIVE[:count]).replace(NBSP, " ") == line


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("Tora Hedlund", "Tora Hedlunds"),
        ("Jonas Lindfors", "Jonas Lindfors"),
        ("Alex Prytz", "Alex Prytz"),
        ("Ester Max", "Ester Max"),
        ("Ida Linné", "Ida Linnés"),
        ("Regionstyrelsen", "Regionstyrelsens"),
        ("Regionfullmäktige", "Regionfullmäktiges"),
        ("Beredningen för Norsjö och Bjurås", "Beredningen för Norsjö och Bjurås"),
        ("Ulf Rönn jr.", "Ulf Rönn jr.:s"),
        ("", ""),
    ],
)
def test_genitive_by_the_last_letter(name: str, genitive: str) -> None:
    assert names.genitive(name) == genitive


@pytest.mark.parametrize(
    ("person", "with_party", "owner"),
    [
        (TORA, False, "Tora Hedlunds"),
        (TORA, True, f"Tora Hedlunds{NBSP}(V)"),
        (JONAS, True, f"Jonas Lindfors{NBSP}(MP)"),
        (ALEX, False, "Alex Prytz"),
    ],
)
def test_person_genitive(person: PersonFact, *, with_party: bool, owner: str) -> None:
    assert names.person_genitive(person, with_party=with_party) == owner

"""Layouts are data: how they are recognised, and how a new one is added."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from protocols.reading import headings, profiles, protocol
from protocols.reading.facts import SectionKind
from protocols.reading.lines import split
from tests.protocols.reading.minutes import CITY, COUNTY, UNKNOWN


@pytest.mark.parametrize(
    ("text", "name"), [(CITY, "Göteborg"), (COUNTY, "Norrbotten"), (UNKNOWN, "svenska protokoll")]
)
def test_layout_is_recognised_by_its_signs(text: str, name: str) -> None:
    assert profiles.recognised(text).name == name


def test_every_layout_compiles_and_the_general_one_is_last() -> None:
    assert profiles.names()[-1] == profiles.GENERAL
    for name in profiles.names():
        assert profiles.load(name).headings["beslut"] is SectionKind.DECISION


def test_layout_is_added_by_a_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "swedish.toml").write_text(
        (profiles.FOLDER / "swedish.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (tmp_path / "bänkstad.toml").write_text(
        'name = "Bänkstad"\n[layout]\nrecognise = ["Bänkstads"]\n[headings]\ndecision = ["så blev det"]\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(profiles, "FOLDER", tmp_path)
    profiles.load.cache_clear()
    try:
        read = protocol.read("Bänkstads protokoll\n\n§ 1 Bänkar\n\nSå blev det\n\nMotionen bifalls.", "x")
    finally:
        profiles.load.cache_clear()
    assert read.profile == "Bänkstad"
    assert [clause.text for clause in read.paragraphs[0].decision] == ["Motionen bifalls."]


def test_layout_adds_to_the_general_data() -> None:
    merged = profiles.merged({"a": ["x"], "b": {"c": ["y"], "d": 1}}, {"a": ["z"], "b": {"c": ["w"], "d": 2}})
    assert merged == {"a": ["z", "x"], "b": {"c": ["w", "y"], "d": 2}}


def test_phrases_are_in_small_letters_so_that_they_are_found() -> None:
    for file in profiles.FOLDER.glob("*.toml"):
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        for phrases in data.get("headings", {}).values():
            assert all(phrase == phrase.casefold() for phrase in phrases)


def test_free_heading_is_not_sought_in_lists() -> None:
    lines = split(
        "Parknämnden\n\nMiljönämnden\n\nDen här meningen är lång nog för att vara vanlig text i ett stycke."
    )
    assert not headings.free(lines, 1, SectionKind.RECIPIENTS)
    assert headings.free(lines, 1, SectionKind.MATTER)

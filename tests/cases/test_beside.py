"""The document of the wording is what the cases say, and real texts are found where it points."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases.beside import DOCUMENT, both, document, real_text
from tests.cases.told import all_told

TEXT = "Protokoll\n\f§ 7 Dnr 1\nBeslut\nBifall som\n§ 3, den 1 maj.\n\n§ 8\nBeslut\nAvslag.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for meeting in {meeting for told in all_told() for meeting, _number in told.beside} | {"kf"}:
        (tmp_path / f"{meeting}.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_document_is_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(all_told())


def test_there_are_twelve_cases_each_judged() -> None:
    cases = all_told()
    assert len(cases) == 12
    assert all(case.judgement and case.differs and case.lines for case in cases)


def test_real_text_is_one_paragraph(folder: Path) -> None:
    assert real_text("kf", "7", folder) == "§ 7 Dnr 1\nBeslut\nBifall som\n§ 3, den 1 maj."
    assert real_text("kf", "8", folder).endswith("Avslag.")
    with pytest.raises(LookupError, match="kf has no § 9"):
        real_text("kf", "9", folder)


def test_both_stand_side_by_side(folder: Path) -> None:
    told = next(case for case in all_told() if case.key == "12-remittal")
    assert " | (none)" in both(told, folder)
    assert "Regionfullmäktige beslutar att remittera motionerna" in both(told, folder)

"""The command that reads protocols: what it writes, what it says, what it refuses."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from protocols.models import ImportedMeeting, ImportedParagraph
from tests.protocols.reading import papers, test_word
from tests.protocols.reading.minutes import CITY, COUNTY

pytestmark = pytest.mark.django_db


class Terminal(io.StringIO):
    """Takes what is told while it goes on."""

    def isatty(self) -> bool:
        """A terminal it is."""
        return True


def folder(tmp_path: Path) -> Path:
    (tmp_path / "kf-2031-06-03.txt").write_text(CITY, encoding="utf-8")
    (tmp_path / "rs-2031-05-06.txt").write_text(COUNTY, encoding="utf-8")
    return tmp_path


def test_command_writes_one_object_a_paragraph(tmp_path: Path) -> None:
    said, target = io.StringIO(), tmp_path / "out" / "read.jsonl"
    target.parent.mkdir()
    call_command("read_protocol", folder(tmp_path), "--json", target, stdout=said)
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [(row["meeting"], row["number"]) for row in rows] == [
        ("kf-2031-06-03", 11),
        ("kf-2031-06-03", 12),
        ("rs-2031-05-06", 21),
    ]
    assert rows[0]["votes"][0]["yes"] == 2
    assert rows[0]["earlier"][0] == {"date": "2031-03-04", "number": "7"}
    start, end, page = rows[0]["places"]["recipients"][0]
    assert (CITY[start:end], page) == ("Parknämnden", 2)
    assert "Omröstningar: 1 med lika många röster" in said.getvalue()


def test_what_is_read_waits_in_the_register_and_the_same_again_changes_nothing(tmp_path: Path) -> None:
    said = io.StringIO()
    call_command("read_protocol", folder(tmp_path), stdout=said)
    assert "Lagrade: 2 nya, 0 nyare versioner; 0 fanns redan" in said.getvalue()
    assert ImportedParagraph.objects.filter(accepted_at=None).count() == 3
    call_command("read_protocol", tmp_path, stdout=said)
    assert "Lagrade: 0 nya, 0 nyare versioner; 2 fanns redan" in said.getvalue()
    assert ImportedMeeting.objects.count() == 2


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    said, target = io.StringIO(), tmp_path / "read.jsonl"
    call_command("read_protocol", folder(tmp_path), "--json", target, "--dry-run", stdout=said)
    assert not target.exists()
    assert not ImportedMeeting.objects.exists()
    assert "2 filer" in said.getvalue()


def test_pdf_and_word_are_read_and_refused_like_text(tmp_path: Path) -> None:
    said, target = io.StringIO(), tmp_path / "read.jsonl"
    (tmp_path / "bn-2033-02-08.pdf").write_bytes(papers.village())
    (tmp_path / "ks-2031-01-08.docx").write_bytes(test_word.docx(test_word.MINUTES))
    (tmp_path / "makron.docm").write_bytes(test_word.docx(test_word.MINUTES, vbaProject=b"Sub AutoOpen()"))
    with pytest.raises(CommandError, match=r"makron\.docm: Filen innehåller makron"):
        call_command("read_protocol", tmp_path, "--json", target, stdout=said)
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    told = [(row["meeting"], row["number"], row["title"]) for row in rows]
    assert told == [
        ("bn-2033-02-08", 7, "Tillbyggnad av bystugan på Lerum 3:12"),
        ("bn-2033-02-08", 8, "Ansökan om skylt vid torget"),
        ("ks-2031-01-08", 9, "Motion 3-2031 om bänkar i parken"),
    ]
    assert rows[0]["places"]["recipients"][0][2] == 3


def test_file_that_is_refused_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    said = io.StringIO()
    (tmp_path / "a.txt").write_text("Bara en lapp om och för att minnas mjölken.", encoding="utf-8")
    with pytest.raises(CommandError, match=r"a\.txt: Texten har inga paragrafer"):
        call_command("read_protocol", folder(tmp_path), tmp_path / "gone.txt", stdout=said)
    assert "2 filer" in said.getvalue()


def test_layout_can_be_given(tmp_path: Path) -> None:
    said = io.StringIO()
    call_command("read_protocol", folder(tmp_path), "--layout", "swedish", stdout=said)
    assert "svenska protokoll 2" in said.getvalue()


def test_target_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="kan inte skrivas"):
        call_command("read_protocol", folder(tmp_path), "--json", tmp_path / "no" / "where.jsonl")


def test_progress_is_told_on_a_terminal_alone(tmp_path: Path) -> None:
    terminal, log = Terminal(), io.StringIO()
    call_command("read_protocol", folder(tmp_path), stdout=io.StringIO(), stderr=terminal, no_color=True)
    call_command("read_protocol", folder(tmp_path), stdout=io.StringIO(), stderr=log)
    first, last = terminal.getvalue().split("\r")[1:]
    assert first.startswith("█" * 12 + "░" * 12 + " 1/2  kf-2031-06-03")
    assert last.startswith("█" * 24 + " 2/2  rs-2031-05-06")
    assert log.getvalue() == ""

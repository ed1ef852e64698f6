"""What can be opened, and what is refused with which reason."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from protocols.reading import sources
from protocols.reading.sources import Reason, Source, UnreadableError


def source(content: bytes, suffix: str = ".txt") -> Source:
    return Source("x", "x", suffix, content)


def refusal(path: Path) -> UnreadableError:
    """Why the only thing of a path is refused."""
    (one,) = sources.open_all(path)
    assert isinstance(one, tuple)
    return one[1]


def told_of(one: Source | tuple[str, UnreadableError]) -> tuple[str, Reason]:
    """Which file is refused, and why."""
    assert isinstance(one, tuple)
    return Path(one[0]).name, one[1].reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_that_are_about(encoding: str) -> None:
    assert source("§ 1 Åtgärder för älgar".encode(encoding)).text() == "§ 1 Åtgärder för älgar"


def test_web_page_is_read_as_lines() -> None:
    page = (
        "<head><title>x</title></head><h2>§ 1 Bänkar</h2><p>Dnr\n "
        "12/31</p><ul><li>en</li><li>två</li></ul><script>x()</script>"
    )
    assert source(page.encode(), ".html").text() == "§ 1 Bänkar\n\nDnr 12/31\n\n• en\n• två"


def test_web_page_with_loose_ends_loses_no_word() -> None:
    page = "<head><title>x</title><body></script><p>§ 1 Bänkar</p>"
    assert source(page.encode(), ".html").text() == "§ 1 Bänkar"


def test_web_page_with_a_declaration_that_is_none_is_broken() -> None:
    with pytest.raises(UnreadableError) as refused:
        source("<p>§ 1 Bänkar</p><![x[ y ]]>".encode(), ".html").text()
    assert refused.value.reason is Reason.BROKEN


def test_markdown_loses_the_signs_of_headings() -> None:
    assert source("# § 1 Bänkar\n\n## Beslut\n".encode(), ".md").text() == "§ 1 Bänkar\n\nBeslut\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.NO_TEXT),
        (b"\f\f 12 \f", Reason.NO_TEXT),
        (b"%PDF\0\0", Reason.NOT_TEXT),
        (b"\xff\xfeabc", Reason.BROKEN),
        (b"the council decided to adopt the minutes of the last meeting " * 20, Reason.NOT_SWEDISH),
        (b"och beslut\f" * sources.MOST_PAGES, Reason.TOO_MANY_PAGES),
    ],
)
def test_what_is_no_protocol_is_refused_with_its_reason(content: bytes, reason: Reason) -> None:
    with pytest.raises(UnreadableError) as refused:
        source(content).text()
    assert refused.value.reason is reason


def test_folder_gives_its_files_by_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c.exe"):
        (tmp_path / name).write_text("§ 1", encoding="utf-8")
    assert [one.name for one in sources.open_all(tmp_path) if isinstance(one, Source)] == ["a", "b"]
    assert sources.count(tmp_path) == 2


def test_zip_gives_its_files_and_stops_at_what_is_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("in/a.txt", "§ 1")
        archive.writestr("b.exe", "x")
        archive.writestr("bomb.txt", "0" * 3000)
        archive.writestr("z.txt", "§ 2")
    monkeypatch.setattr(sources, "MOST_UNPACKED", 2000)
    first, *others = sources.open_all(path)
    assert isinstance(first, Source)
    assert first.name == "a"
    assert [told_of(one) for one in others] == [("bomb.txt", Reason.TOO_LARGE), ("z.txt", Reason.TOO_LARGE)]
    monkeypatch.setattr(sources, "MOST_FILES", 1)
    refused = refusal(path)
    assert refused.reason is Reason.TOO_MANY_FILES


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.exe", b"x", Reason.UNKNOWN_KIND),
        ("a.zip", b"PK\3\4 half", Reason.BROKEN),
        ("gone.txt", None, Reason.MISSING),
    ],
)
def test_file_that_cannot_be_opened_is_told(
    tmp_path: Path, name: str, content: bytes | None, reason: Reason
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    refused = refusal(path)
    assert refused.reason is reason


def test_damaged_file_of_a_zip_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "§ 1 " + "bänkar " * 99)
        archive.writestr("b.txt", "§ 2")
    content = bytearray(path.read_bytes())
    start = 30 + len("a.txt")  # the local header and the name, then the stream
    content[start : start + 20] = b"\xff" * 20
    path.write_bytes(content)
    first, second = sources.open_all(path)
    assert told_of(first) == ("a.txt", Reason.BROKEN)
    assert isinstance(second, Source)
    assert second.name == "b"


def test_folder_named_as_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    assert [told_of(one) for one in sources.open_all(tmp_path)] == [("a.txt", Reason.CLOSED)]

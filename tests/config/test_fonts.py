"""The web fonts that are cut at install time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from config.fonts import FACES, cut_faces


def _cut(folder: Path) -> list[int]:
    """Who finds the faces there; the number of a file is another when it is written anew."""
    cut_faces(folder)
    return [(folder / path).stat().st_ino for path in FACES]


def test_servers_that_start_at_once_cut_each_face_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as servers:
        found = list(servers.map(_cut, [tmp_path] * 4))
    assert [found[0]] * 4 == found
    assert found[0] == _cut(tmp_path)

"""The told cases: what each § says line by line, and which real paragraphs stand beside it.

One TOML file a case in `told/`. Nothing of the real paragraphs is in it but where they are, and a judgement.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "told"


@dataclass(frozen=True)
class Told:
    """A case: its §, heading by heading; `beside` are files and numbers of real §§ of the kind."""

    key: str
    title: str
    section: str
    beside: Sequence[tuple[str, str]]
    differs: str
    judgement: str
    lines: Mapping[str, Sequence[str]]


def read_told(path: Path) -> Told:
    """One case from its file."""
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return Told(
        key=path.stem,
        title=found["title"],
        section=found["section"],
        beside=[(meeting, number) for meeting, number in found["beside"]],
        differs=one_line(found["differs"]),
        judgement=one_line(found["judgement"]),
        lines=found["lines"],
    )


def all_told() -> list[Told]:
    """Every case in the order of the files' names."""
    return [read_told(path) for path in sorted(FOLDER.glob("*.toml"))]


def one_line(text: str) -> str:
    """Single spaces, and no word parted at a line's end."""
    text = re.sub(r"[\u2010\u00ad]\s*\n?\s*", "", text.replace("\u2011", "-"))
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()

"""Minutes of made-up municipalities and a region, in layouts of no profile: the general grammar reads them.

Beside each text lies what it says, checked by reading it. `FACTS` are the keys that a § may leave out there.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from protocols.reading import profiles, protocol, rows
from protocols.reading.facts import MarkKind, ReadProtocol

FOLDER = Path(__file__).with_name("layouts")
TEXTS = [path for path in sorted(FOLDER.iterdir()) if path.suffix != ".json"]
FACTS: dict[str, Any] = {
    "registry_number": None, "is_motion": False, "movers": [], "decision": [], "decision_source": None,
    "earlier": [], "documents": [], "proposals": [], "votes": [], "recusals": [], "reservations": [],
    "notes": [], "recipients": [], "immediately_verified": False, "marks": [],
}  # fmt: skip
WORD = re.compile(r"\w+")


@pytest.fixture(params=TEXTS, ids=lambda path: path.stem)
def text(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_layout_is_read_to_its_last_fact(text: Path) -> None:
    wanted = json.loads(text.with_suffix(".json").read_text(encoding="utf-8"))
    read = protocol.read(text.read_text(encoding="utf-8"), text.stem)
    assert read.profile == profiles.load(profiles.GENERAL).name
    assert front(read) == wanted["front"]
    for number, (row, one) in enumerate(
        zip(rows.of_protocol(read), wanted["paragraphs"], strict=True), start=1
    ):
        found = {key: value for key, value in row.items() if key not in ("meeting", "sections", "places")}
        found["marks"] = [each["kind"] for each in row["marks"]]
        assert found == FACTS | one, f"paragraph {number}"


def test_no_word_of_it_is_lost(text: Path) -> None:
    source = text.read_text(encoding="utf-8")
    read = protocol.read(source, text.stem)
    kept = [f"{one.heading}\n{one.text}" for each in read.paragraphs for one in each.sections]
    assert Counter(WORD.findall("\n".join(kept))) == Counter(WORD.findall(source))


def test_it_is_told_that_the_layout_is_unknown(text: Path) -> None:
    read = protocol.read(text.read_text(encoding="utf-8"), text.stem)
    assert MarkKind.UNKNOWN_LAYOUT in {one.kind for one in read.marks}


def front(read: ReadProtocol) -> dict[str, Any]:
    """The front page with the keys of its file."""
    page = read.front
    return {
        "body": page.body,
        "day": page.day.isoformat() if page.day else None,
        "venue": page.venue,
        "attendance": [
            [one.person.name, one.person.party, one.role, one.instead_of] for one in page.attendance
        ],
        "verifiers": [f"{one.name} ({one.party})" for one in page.verifiers],
    }

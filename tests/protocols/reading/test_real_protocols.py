"""The reader against real protocols that lie beside the project, scored by the program that lies there, too.

The files name real people and are never copied into the project; where they are missing there is nothing
to score.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from protocols.reading import cases, checks, protocol, rows
from protocols.reading.facts import MarkKind, ReadProtocol

SHARED = Path(__file__).resolve().parents[4] / "shared"
PROTOCOLS, SEED, SCORER = SHARED / "protocols", SHARED / "seed", SHARED / "tools" / "score_import.py"
HIGH = ("votes", "ballots", "outcome", "movers", "earlier", "registry_number")

pytestmark = pytest.mark.skipif(
    not PROTOCOLS.is_dir(), reason="the real protocols are not beside the project"
)


@pytest.fixture(scope="module")
def read() -> list[ReadProtocol]:
    files = sorted(PROTOCOLS.glob("*.txt"))
    return [protocol.read(file.read_text(encoding="utf-8"), file.stem) for file in files]


def test_scores_are_what_is_aimed_at(read: list[ReadProtocol], tmp_path: Path) -> None:
    target = tmp_path / "read.jsonl"
    with target.open("w", encoding="utf-8") as out:
        out.writelines(
            json.dumps(row, ensure_ascii=False) + "\n" for one in read for row in rows.of_protocol(one)
        )
    run = subprocess.run([sys.executable, SCORER, target], capture_output=True, text=True, check=True)
    scores = {
        name: float(value)
        for name, value in re.findall(r"(?m)^(.+?)(?:, F1)?\s+(\d\.\d{4})\s+n=", run.stdout)
    }
    assert scores.pop("paragraphs found") >= 0.998
    assert scores.pop("words kept") == 1
    # The index was made by another program: about eighty of its titles are cut or run on into the text.
    assert scores.pop("titles right, of those listed") >= 0.95
    assert {name: value for name, value in scores.items() if value < (0.98 if name in HIGH else 0.95)} == {}


def test_counts_are_the_ballots_or_the_paragraph_is_marked(read: list[ReadProtocol]) -> None:
    counted: Counter[checks.Counted] = Counter()
    for one in (paragraph for each in read for paragraph in each.paragraphs):
        marked = {mark.kind for mark in one.marks}
        for vote in one.votes:
            how = checks.counted(vote)
            counted[how] += 1
            assert how is not checks.Counted.DIFFERS or MarkKind.COUNT_DIFFERS in marked
            assert how is not checks.Counted.NO_LIST or not vote.appendix or MarkKind.LIST_MISSING in marked
    assert counted[checks.Counted.EQUAL] >= 230


def test_timelines_are_the_earlier_paragraphs_that_the_last_one_tells(read: list[ReadProtocol]) -> None:
    share = cases.share(cases.gather(step for one in read for step in cases.steps(one)))
    assert share.cases >= 100
    assert share.agree >= 0.98 * share.cases


def test_seed_is_read_with_every_part_in_place() -> None:
    (file,) = SEED.glob("*.txt")
    text = file.read_text(encoding="utf-8")
    (paragraph,) = protocol.read(text, file.stem).paragraphs
    assert (paragraph.number, paragraph.registry_number, paragraph.is_motion) == ("237", "1213-2021", True)
    assert paragraph.outcome.value == "recommends_rejecting"
    assert (
        len(paragraph.decision)
        == len(paragraph.reservations)
        == len(paragraph.proposals)
        == len(paragraph.recipients)
        == 1
    )
    assert paragraph.reservations[0].by == paragraph.proposals[0].by
    assert paragraph.marks == ()
    # A heading stands alone between blank lines; each is a heading here, in the source's order.
    alone = re.findall(r"(?m)^(?<=\n\n)([A-ZÅÄÖ][^.\n]{5,75}:?)\n\n(?=[A-ZÅÄÖ])", text)
    headings = [one.heading for one in paragraph.sections if one.heading and not one.heading.startswith("§")]
    assert headings == [line for line in alone if not line.startswith(("Dnr", "Motion"))]
    whole = "\n".join(f"{one.heading}\n{one.text}" for one in paragraph.sections)
    assert re.findall(r"\w+", whole) == re.findall(r"\w+", text)
    assert re.search(r"\]\(#\)", whole)

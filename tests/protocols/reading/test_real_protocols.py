"""The reader against real protocols that lie beside the project, scored by the program that lies there, too.

The files name real people and are never copied into the project; where they are missing there is nothing
to score.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from difflib import SequenceMatcher
from enum import StrEnum
from html import escape
from pathlib import Path

import pytest
from pypdf import PdfReader

from protocols.document import DocumentSection, ParagraphDocument
from protocols.enums import SectionKind as Kind
from protocols.extracts.render import extract_pdf
from protocols.reading import cases, checks, profiles, protocol, rows
from protocols.reading.facts import MarkKind, ReadParagraph, ReadProtocol, SectionKind
from protocols.reading.lines import Passage, split
from tests.paper import blocks
from tests.protocols.reading.return_trip import read_back

SHARED = Path(__file__).resolve().parents[4] / "shared"
PROTOCOLS, SEED, SCORER = SHARED / "protocols", SHARED / "seed", SHARED / "tools" / "score_import.py"
SAME = 0.95  # as alike must two titles be, as in the scorer
MOST_INDEXED = 200  # characters of a title in the index
WIDTH_OF_A_TITLE = 60  # characters of a title's line, which is set larger than the text
HIGH = ("votes", "ballots", "outcome", "movers", "earlier", "registry_number")

pytestmark = pytest.mark.skipif(
    not PROTOCOLS.is_dir(), reason="the real protocols are not beside the project"
)


@pytest.fixture(scope="module")
def read() -> list[ReadProtocol]:
    files = sorted(PROTOCOLS.glob("*.txt"))
    return [protocol.read(file.read_text(encoding="utf-8"), file.stem) for file in files]


@pytest.fixture(scope="module")
def read_by_the_general_grammar() -> list[ReadProtocol]:
    files, general = sorted(PROTOCOLS.glob("*.txt")), profiles.load(profiles.GENERAL)
    return [protocol.read(file.read_text(encoding="utf-8"), file.stem, general) for file in files]


@pytest.mark.parametrize("those", ["read", "read_by_the_general_grammar"])
def test_scores_are_what_is_aimed_at(those: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    read: list[ReadProtocol] = request.getfixturevalue(those)
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


class Differs(StrEnum):
    """How a title of the index is another than that which stands in the source, as the source shows."""

    EMPTY = "is empty"
    HEAD = "begins with a running head"
    STOPS = "stops at the end of a line, in the middle of a sentence"
    TOO_LONG = "stops after 200 characters"
    RUNS_ON = "runs on over a blank line or a sentence into the text"
    ELSEWHERE = "is not in the source's paragraph"


def how_it_differs(listed: str, title: str, source: str) -> Differs | None:
    """None for a difference that only reading can judge; `source` is the paragraph's own text."""
    one, other, lines = folded(listed), folded(title), [folded(line) for line in source.splitlines()]
    if not one:
        return Differs.EMPTY
    if re.match(r"protokoll nr|sammanträdesdatum", one):
        return Differs.HEAD
    if other.startswith(one) and one != other:
        if len(listed) >= MOST_INDEXED:
            return Differs.TOO_LONG
        return Differs.STOPS if any(one.endswith(line) for line in lines[1:3] if line) else None
    if one.startswith(other):
        # Our title ended at a blank line, where the next word had had room, or where the smaller type begins.
        end = next(index for index, line in enumerate(lines) if line and other.endswith(line))
        after = next((line for line in lines[end + 1 :] if line), "")
        had_room = len(lines[end]) + len(after.split(" ")[0]) < WIDTH_OF_A_TITLE
        is_smaller = len(after) > WIDTH_OF_A_TITLE * 1.2
        return Differs.RUNS_ON if not lines[end + 1] or had_room or is_smaller else None
    return Differs.ELSEWHERE if one not in folded(source) else None


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()


def test_titles_are_those_of_the_index_or_the_index_is_seen_to_be_wrong(read: list[ReadProtocol]) -> None:
    sources = {one.name: (PROTOCOLS / f"{one.name}.txt").read_text(encoding="utf-8") for one in read}
    found = {(one.name, each.number): each for one in read for each in one.paragraphs}
    count: Counter[Differs | None] = Counter()
    rows_ = [
        json.loads(line) for line in (PROTOCOLS / "index.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    same = 0
    for row in rows_:
        paragraph = found[row["meeting"], str(row["number"])]
        one, other = folded(row["title"]), folded(paragraph.title)
        if SequenceMatcher(None, one, other, autojunk=False).ratio() >= SAME:
            same += 1
            continue
        text = sources[row["meeting"]][paragraph.place.start : paragraph.place.end]
        how = how_it_differs(row["title"], paragraph.title, text)
        count[how] += 1
    print(f"{same} titles of {len(rows_)} are those of the index. Of the others the index")
    for how, number in count.most_common():
        print(f"  {number:2} times {how or 'differs in another way'}")
    assert count[None] == 0
    assert same + count.total() - count[Differs.ELSEWHERE] >= 0.99 * len(rows_)


def test_counts_are_the_ballots_or_the_paragraph_is_marked(read: list[ReadProtocol]) -> None:
    counted: Counter[checks.Counted] = Counter()
    for one in (paragraph for each in read for paragraph in each.paragraphs):
        marked = {mark.kind for mark in one.marks}
        for vote in one.votes:
            how = checks.counted(vote)
            counted[how] += 1
            assert how is not checks.Counted.DIFFERS or MarkKind.COUNT_DIFFERS in marked
            assert how is not checks.Counted.NO_LIST or not vote.appendix or MarkKind.LIST_MISSING in marked
    print(
        ", ".join(f"{how.value}: {number}" for how, number in counted.most_common()), "of the votes' counts"
    )
    assert counted[checks.Counted.EQUAL] >= 230
    assert counted[checks.Counted.DIFFERS] == 0


def test_timelines_are_the_earlier_paragraphs_that_the_last_one_tells(read: list[ReadProtocol]) -> None:
    found = cases.gather(step for one in read for step in cases.steps(one))
    share = cases.share(found)
    both = [case for case in found if len(case.bodies) > 1]
    days = {step.day for case in found for step in case.steps}
    lines = [(case, key) for case in both for key in case.steps[-1].earlier if key[0] in days]
    listed = [key for case, key in lines if key in {step.key for step in case.steps}]
    print(f"{share.agree} of {share.cases} cases of both bodies agree with what their last § tells")
    print(f"{share.telling} of them tell, or have a postponement to tell: {share.telling_agree} agree")
    print(f"{len(listed)} of {len(lines)} §§ that they tell of, of meetings read, are in the timeline")
    assert share.cases >= 100
    assert share.agree >= 0.98 * share.cases
    # The one that differs prints the number of another §: no timeline can hold it.
    assert share.telling - share.telling_agree <= 1
    assert share.telling >= 30
    assert len(lines) - len(listed) <= 1


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


def test_seed_made_into_an_extract_again_has_every_word_in_order() -> None:
    (file,) = SEED.glob("*.txt")
    text = file.read_text(encoding="utf-8")
    (paragraph,) = protocol.read(text, file.stem).paragraphs
    document = as_document(paragraph, body="Regionstyrelsen", on=dt.date(2022, 11, 23))
    pdf = extract_pdf(document)
    (again,) = read_back(pdf).paragraphs
    linked_words = [block.linked for block in blocks(PdfReader(io.BytesIO(pdf))) if block.linked]
    assert linked_words == re.findall(r"\[(.+?)\]\(#\)", text)
    kept = [one for one in again.sections if one.kind not in (SectionKind.FRONT, SectionKind.FURNITURE)]
    words = " ".join(Passage(split(f"{one.heading}\n{one.text}")).text for one in kept)
    assert re.sub(r"[\W_]", "", words) == re.sub(r"[\W_]", "", text)
    first, second = rows.of_paragraph(paragraph), rows.of_paragraph(again)
    assert [key for key in first if first[key] != second[key] and key not in ("sections", "places")] == []


def as_document(paragraph: ReadParagraph, *, body: str, on: dt.date) -> ParagraphDocument:
    """The § as this program would print it: its sections, with the parts of the background under subheads."""
    sections: list[DocumentSection] = []
    for one in paragraph.sections[1:]:
        html = "".join(f"<p>{linked(part)}</p>" for part in one.text.split("\n\n") if part.strip())
        if one.kind is SectionKind.MATTER and sections and sections[-1].kind is Kind.MATTER:
            sections[-1] = replace(sections[-1], html=f"{sections[-1].html}<h3>{one.heading}</h3>{html}")
        else:
            kind = Kind.MATTER if one.kind is SectionKind.MATTER else Kind.SUMMARY
            sections.append(DocumentSection(kind, one.heading, html))
    return ParagraphDocument(
        organisation="Regionen", body=body, held_on=on, number=int(paragraph.number), title=paragraph.title,
        registry_number=paragraph.registry_number or "", sections=tuple(sections), verified_on=on,
    )  # fmt: skip


def linked(text: str) -> str:
    """Links and emphasis as tags."""
    text = re.sub(r"\[(.+?)\]\(#\)", r'<a href="#top">\1</a>', escape(text.strip(), quote=False))
    return re.sub(r"\*(.+?)\*", r"<em>\1</em>", text)

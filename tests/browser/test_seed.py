"""A whole § typed in by hand: what the secretary enters through the pages is what the extract's paper says.

The first case is a real paragraph that lies beside the project and is read when the test runs; the project
holds neither its text nor a name of it. The second is made up and always there. Both have the same form:
`§ 12**Title**`, `Dnr …`, then headings and paragraphs parted by empty lines, `[words](#)` for a link and
`*words*` for emphasis.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from motions.enums import MembershipRole, Outcome
from motions.models import Membership, NumberSeries
from protocols.actions.agenda import place_motion
from protocols.actions.meetings import close_meeting, open_meeting
from protocols.actions.taking_up import series_key, take_up
from protocols.enums import SectionKind
from protocols.models import Paragraph
from protocols.wording.headings import DEFAULT_PROFILE
from protocols.wording.names import genitive
from tests.browser.walk import (
    NewContext,
    complaints_of,
    fetch_pdf,
    let_in,
    let_settle,
    pick,
    press_key,
    saved,
    sit_down,
    take_hold,
)
from tests.factories import (
    START,
    Region,
    make_meeting,
    make_person,
    make_prepared_motion,
    make_region,
    verify,
)
from tests.paper import Block, blocks, loose

pytestmark = pytest.mark.django_db(transaction=True)

HERE = Path(__file__).parent
SEEDS = HERE.parents[2] / "shared" / "seed"
ABSENT = pytest.mark.skip(reason="the real paragraph lies beside the project, in a folder that is not here")
CASES = [
    *(pytest.param(path, id="seed") for path in sorted(SEEDS.glob("*.txt"))),
    *([] if SEEDS.is_dir() else [pytest.param(HERE, id="seed", marks=ABSENT)]),
    pytest.param(HERE / "own_case.txt", id="own"),
]
ADDRESS = "https://exempel.example/"  # the case's own addresses are lost: it has "#"

BODY = "Regionstyrelsen"
ROWS = {SectionKind.APPENDICES: "appendices", SectionKind.RECIPIENTS: "recipients"}
OUTCOMES = {"avslås": Outcome.REJECTED, "bifalls": Outcome.GRANTED, "anses besvarad": Outcome.DEEMED_ANSWERED}
WORDS = re.compile(r"\[(?P<link>[^\]]+)\]\([^)]*\)|\*(?P<italic>[^*]+)\*|(?P<plain>[^\[*]+)")
SOMEBODY = re.compile(r"(?P<name>\w[\w .-]+?) \((?P<party>\w+)\)")


# --- The case ----------------------------------------------------------------------------------------------


@dataclass
class Part:
    """One section: its heading, and its lines (subheads begin with "# ")."""

    kind: SectionKind
    heading: str
    lines: list[str] = field(default_factory=list)


@dataclass
class Case:
    """A § as it is to be typed, and as it must come out."""

    number: int
    title: str
    registry_number: str
    parts: list[Part]

    def lines(self, kind: SectionKind) -> list[str]:
        """The lines of one section; none where it has none."""
        return [line for part in self.parts if part.kind == kind for line in part.lines]


def read_case(text: str) -> Case:
    """The case, from its text."""
    head, number, *lines = [line.strip() for line in text.split("\n") if line.strip()]
    found = re.fullmatch(r"§\s*(\d+)\s*\*\*(.+)\*\*", head)
    assert found
    kinds = {
        pattern.split("|")[0].replace("{body_genitive}", genitive(BODY)): kind
        for kind, pattern in DEFAULT_PROFILE
    }
    parts: list[Part] = []
    for line in lines:
        if line in kinds:
            parts.append(Part(kinds[line], line))
        elif line[0].islower() and parts[-1].lines:
            parts[-1].lines[-1] += f" {line}"  # a page of the old paper ended here
        elif parts[-1].kind in SectionKind.written and len(line) < 80 and not line.endswith("."):
            parts[-1].lines.append(f"# {line}")
        else:
            parts[-1].lines.append(line)
    return Case(int(found[1]), found[2], number.removeprefix("Dnr "), parts)


def pieces(line: str) -> list[tuple[str, str]]:
    """The line's words with their kind: plain, link, italic."""
    return [(str(match.lastgroup), str(match[str(match.lastgroup)])) for match in WORDS.finditer(line)]


def bare(line: str) -> str:
    """The line's words alone."""
    return "".join(words for _kind, words in pieces(line.removeprefix("# ")))


def expected(case: Case) -> list[tuple[str, str, str, str]]:
    """Each block of the paper: heading level or "", text, what is emphasised, what is linked."""
    rows = [("H1", f"§ {case.number} {case.title}", "", ""), ("", f"Dnr {case.registry_number}", "", "")]
    for part in case.parts:
        rows.append(("H2", part.heading, "", ""))
        for line in part.lines:
            words = {kind: "".join(w for k, w in pieces(line) if k == kind) for kind in ("italic", "link")}
            level = "H3" if line.startswith("# ") else ""
            rows.append((level, bare(line), words["italic"], words["link"]))
    return [(level, loose(text), loose(italic), loose(linked)) for level, text, italic, linked in rows]


def printed(block: Block) -> tuple[str, str, str, str]:
    """A block of the paper in the same form."""
    level = block.tag if block.tag.startswith("H") else ""
    return (level, loose(block.text), loose(block.italic), loose(block.linked))


# --- What is there before ----------------------------------------------------------------------------------


def people_of(case: Case) -> dict[str, str]:
    """Everybody that the case names with a party."""
    lines = [*case.lines(SectionKind.DELIBERATION), *case.lines(SectionKind.RESERVATION)]
    return {
        match["name"].removeprefix("och "): match["party"]
        for line in lines
        for match in SOMEBODY.finditer(line)
    }


def set_up(case: Case) -> tuple[Region, Paragraph]:
    """The case's people on the board, its motion prepared, and its § taken up under a working title."""
    region = make_region()
    for body in (region.assembly, region.board):
        body.seats = 15
        body.save()
    for position, (name, party) in enumerate(people_of(case).items(), start=20):
        given, _space, family = name.partition(" ")
        region.people[name] = person = make_person(given, family, party)
        for body in (region.assembly, region.board):
            Membership.objects.create(
                body=body, person=person, role=MembershipRole.MEMBER, position=position, starts_on=START
            )
    verdict = " ".join(case.lines(SectionKind.DECISION))
    outcome = next(outcome for words, outcome in OUTCOMES.items() if words in verdict)
    motion = make_prepared_motion(
        region, title="Arbetsrubrik", movers=tuple(people_of(case))[:1], outcome=outcome
    )
    meeting = make_meeting(region, region.board, held_on=timezone.localdate())
    paragraph = place_motion(meeting, by=region.secretary, motion=motion)
    NumberSeries.objects.create(key=series_key(paragraph), year=paragraph.year, last=case.number - 1)
    open_meeting(meeting, by=region.secretary)
    return region, take_up(paragraph, by=region.secretary)


# --- What the secretary types ------------------------------------------------------------------------------


def note_facts(page: Page, case: Case, paragraph: Paragraph) -> None:
    """The live view: proposals, the chair's finding, reservations."""
    page.goto(f"/paragrafer/{paragraph.pk}/live/")
    for line in case.lines(SectionKind.DELIBERATION):
        who, _verb, what = line.partition(" föreslår ")
        press_key(page, "y")
        for match in SOMEBODY.finditer(who):
            name = match["name"].removeprefix("och ")
            pick(page, "Vem yrkar", name, chosen=f"{name} ({match['party']})")
        page.get_by_label("Yrkar", exact=True).select_option(label="Bifall till motionen")
        page.get_by_label(re.compile(r"^Lydelse \(")).fill(what.rstrip("."))
        page.locator("#adder-proposal").get_by_role("button", name="Lägg till").press("Enter")
        desk = page.get_by_role("region", name="Så blir paragrafen")
        expect(desk).to_contain_text(f"{who} föreslår")
    press_key(page, "a")
    expect(page.get_by_role("button", name=re.compile("Anteckna reservation"))).to_be_visible()
    for line in case.lines(SectionKind.RESERVATION):
        for match in SOMEBODY.finditer(line):
            name = match["name"].removeprefix("och ")
            pick(page, "Vem reserverar sig", name, chosen=f"{name} ({match['party']})")
        page.get_by_role("button", name=re.compile("Anteckna reservation")).press("Enter")
        expect(page.locator("#reservation-list").get_by_text("anmäld")).to_be_visible()


def write_texts(page: Page, case: Case, paragraph: Paragraph) -> None:
    """The texts page: heading, sections, rows; of the made sections those that the case words otherwise."""
    page.goto(f"/paragrafer/{paragraph.pk}/texter/")
    page.get_by_label("Rubrik", exact=True).fill(case.title)
    page.get_by_label("Diarienummer").fill(case.registry_number)
    expect(saved(page, "heading")).to_contain_text("Sparat")
    for part in case.parts:
        if part.kind in ROWS:
            write_rows(page, ROWS[part.kind], [bare(line) for line in part.lines])
        elif part.kind in SectionKind.written:
            write_section(page, part.kind, part.lines)
        elif made(page, part.kind) != [bare(line) for line in part.lines]:
            page.get_by_role("button", name=f"Omformulera: {part.heading}").press("Enter")
            write_section(page, part.kind, part.lines)


def made(page: Page, kind: SectionKind) -> list[str]:
    """The paragraphs of a section as the program words it."""
    texts = page.locator(f"#{kind} .version p").all_inner_texts()
    return [" ".join(text.replace("\N{NO-BREAK SPACE}", " ").split()) for text in texts]


def write_rows(page: Page, name: str, rows: list[str]) -> None:
    """The lines of one list, as typed."""
    label = {"appendices": "Bilaga", "recipients": "Mottagare"}[name]
    section = page.locator(f"#{name}")
    fields = section.get_by_label(label)
    for number, row in enumerate(rows):
        while fields.count() <= number:
            section.get_by_role("button", name="Lägg till rad").press("Enter")
        fields.nth(number).fill(row)
    expect(saved(page, name)).to_contain_text("Sparat")


def write_section(page: Page, kind: SectionKind, lines: list[str]) -> None:
    """One section in the editor: subheads, links and emphasis by their keys."""
    text = page.locator(f"#{kind} [role=textbox]")
    take_hold(text)
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    for number, line in enumerate(lines):
        if number:
            page.keyboard.press("Enter")
        if line.startswith("# "):
            page.keyboard.press("Control+Alt+3")
        for what, words in pieces(line.removeprefix("# ")):
            type_words(page, kind, what, words)
    expect(text).to_contain_text(bare(lines[-1]))
    expect(saved(page, kind)).to_contain_text("Sparat")
    expect(page.locator(f"#{kind} textarea")).to_have_value(re.compile(re.escape(bare(lines[-1])[-20:])))


def type_words(page: Page, kind: SectionKind, what: str, words: str) -> None:
    if what == "italic":
        page.keyboard.press("Control+i")
    page.keyboard.insert_text(words)
    if what == "italic":
        page.keyboard.press("Control+i")
    if what == "link":
        for _letter in words:
            page.keyboard.press("Shift+ArrowLeft")
        page.wait_for_function("words => getSelection().toString() === words", arg=words)
        let_settle(page)
        page.keyboard.press("Control+k")
        address = page.locator(f"#{kind}").get_by_label("Länkens adress")
        expect(address).to_be_focused()
        page.keyboard.insert_text(ADDRESS)
        page.keyboard.press("Enter")
        expect(address).to_be_hidden()
        let_settle(page)
        page.keyboard.press("ArrowRight")


@pytest.mark.parametrize("case_file", CASES)
def test_typed_paragraph_comes_out_word_for_word(case_file: Path, new_context: NewContext) -> None:
    case = read_case(case_file.read_text(encoding="utf-8"))
    region, paragraph = set_up(case)
    assert paragraph.number == case.number
    page = sit_down(new_context)
    complaints = complaints_of(page)
    let_in(page, region.secretary)
    note_facts(page, case, paragraph)
    write_texts(page, case, paragraph)
    assert complaints == []

    paragraph.refresh_from_db()
    close_meeting(paragraph.meeting, by=region.secretary)
    verify(region, paragraph.meeting)
    paper = blocks(fetch_pdf(page, f"/paragrafer/{paragraph.pk}/protokollsutdrag.pdf"))
    wanted = expected(case)
    for block, row in zip(paper, wanted, strict=False):
        assert printed(block) == row
    assert paper[len(wanted)].text == "Vid protokollet"

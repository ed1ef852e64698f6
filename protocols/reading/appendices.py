"""Voting lists and attendance lists: tables that came out of a PDF as a run of cells.

A cell is told by its shape: a party is one to four capitals, a seat a number, a result Ja or Nej. Rows are
not always whole (a page break shuffles cells), but each column keeps its order: a voting list is read column
by column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from protocols.reading.facts import Attendee, Ballot, Choice, Person, Place, VotingList
from protocols.reading.lines import Line, Passage
from protocols.reading.names import INSTEAD, PERSON, turned
from protocols.reading.paragraphs import APPENDIX, CELLS

PARTY = r"[A-ZÅÄÖ]{1,4}|-"
FUNCTION = (
    r"(?:Tjg\.?\s*)?(?:Ledamot|Ersättare|Suppleant|Ordförande|"
    r"(?:[1-3]:?[ea]\.?\s*)?v(?:ice|\.)?\s*[Oo]rd(?:f\.?|förande))"
)
RESULT = r"Ja|Nej|Avstår|Avstod|Frånvarande|Frånv\.?|Kvittad"
NAME = r"[A-ZÅÄÖÉ][\w\-’'´. ]*\w"
ROW = re.compile(
    rf"(?P<name>{NAME}?)(?:\s+(?P<party>{PARTY}))(?:\s+(?P<seat>\d{{1,3}}))?(?:\s+(?P<function>{FUNCTION}))?(?:\s+(?P<result>{RESULT}))?"
)
CHOICES = {"ja": Choice.YES, "nej": Choice.NO, "avstår": Choice.ABSTAIN, "avstod": Choice.ABSTAIN}
COUNT = re.compile(r"Antal\s+(Ja|Nej|Avstår|Frånv\w*|Kvitt\w*)\.?\s*:\s*(\d+)", re.IGNORECASE)
# A list whose votes are crosses under the heads of columns.
COLUMNS = {
    "ja": Choice.YES,
    "nej": Choice.NO,
    "avstår": Choice.ABSTAIN,
    "avstod": Choice.ABSTAIN,
    "avst.": Choice.ABSTAIN,
    "avst": Choice.ABSTAIN,
    "frånvarande": Choice.ABSENT,
    "frånv.": Choice.ABSENT,
    "frånv": Choice.ABSENT,
}
CELL = re.compile(r"\S+(?: \S+)*")
CROSS = re.compile("[XxΧ×✓✔✗✘●]")
CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")
# Two names of a row on one line, the given name of the first a single word.
TWO = re.compile(r"([^,]+),\s*([^\s,]+)\s+([^\s,]+)\s*,\s*([^,]+)")
HEADS = {"namn", "parti", "plats", "funktion", "resultat", "ledamot", "ersättare", "ankom", "utgick", "nr"}


def number(lines: Sequence[Line]) -> str:
    """The number or letter of an appendix: "2" of "Bilaga 2"."""
    match = APPENDIX.fullmatch(lines[0].text) if lines else None
    return match[1] if match else ""


def is_voting_list(lines: Sequence[Line]) -> bool:
    """Whether an appendix lists how each member voted."""
    head = " ".join(line.text for line in lines[:40])
    return bool(re.search(r"\bResultat\b|Antal Ja\b|\b[Oo]mröstning|\b[Vv]otering", head)) and bool(
        re.search(r"\b(?:Ja|Nej)\b", head)
    )


def is_attendance(lines: Sequence[Line]) -> bool:
    """Whether an appendix lists who was there, from when to when."""
    cells = {cell.casefold() for line in lines[:40] for cell in CELLS.split(line.text)}
    return len(cells & {"ledamot", "ersättare", "ankom", "utgick", "parti", "uppdrag", "tjänstgöring"}) >= 3


def voting_list(lines: Sequence[Line]) -> VotingList:
    """The list's counts and ballots. Ballots are empty where the columns are of unequal length."""
    start = next(
        (index + 1 for index, line in enumerate(lines) if line.text.casefold() in ("namn", "resultat")), 1
    )
    head = Passage(lines[1:start]).text
    counts = {match[1].casefold()[:4]: int(match[2]) for match in COUNT.finditer(head)}
    matter = re.search(r"Ärende:\s*([\d:.]+)", head)
    title = re.search(r"Ärendemening:\s*(.*?)\s*(?:Antal|Namn|$)", head)
    ballots = next(iter(_marked(lines)), None) or _ballots(lines[start:])
    whole = Passage(lines)
    return VotingList(
        number(lines), matter[1] if matter else "", title[1] if title else "",
        counts.get("ja"), counts.get("nej"), counts.get("avst"), counts.get("från"),
        tuple(ballots), whole.place(),
    )  # fmt: skip


def tables(lines: Sequence[Line]) -> list[tuple[Ballot, ...]]:
    """The ballots of each voting list that stands in a §, a row a line: name, party and vote."""
    found: list[list[Ballot]] = []
    told = True
    for line in lines:
        cells = CELLS.split(line.text)
        if [cell.casefold() for cell in cells][:2] == ["namn", "parti"]:
            if told:  # a head without words before it is that of a page on which its table goes on
                found.append([])
            told = False
        elif len(cells) == 1 and " " in line.text:
            told = True
        elif found and len(cells) == 3 and re.fullmatch(RESULT, cells[2]):
            party = "" if cells[1] in "–-" else cells[1]
            choice = CHOICES.get(cells[2].casefold(), Choice.ABSENT)
            found[-1].append(Ballot(Person(turned(cells[0]), party), choice, line.place))
    return [tuple(one) for one in (*found, *_marked(lines)) if one]


def _marked(lines: Sequence[Line]) -> list[list[Ballot]]:
    """The ballots of lists whose votes are crosses in columns, a list for each.

    A cross belongs to the column whose head is nearest; a line with more or fewer crosses than one is no row.
    """
    found: list[list[Ballot]] = []
    columns: dict[Choice, float] = {}
    begins_anew = True  # else the same list goes on on the next page
    for line in lines:
        cells = [(_middle(line, cell), cell.group()) for cell in CELL.finditer(line.text)]
        if heads := {COLUMNS[text.casefold()]: at for at, text in cells if text.casefold() in COLUMNS}:
            columns = heads if len(heads) > 1 else columns
            if begins_anew and len(heads) > 1:
                found.append([])
                begins_anew = False
            continue
        crosses = [at for at, text in cells if CROSS.fullmatch(text)]
        if columns and found and len(crosses) == 1 and len(cells) > 1:
            choice = min(columns, key=lambda one: abs(columns[one] - crosses[0]))
            found[-1].append(Ballot(_person([text for _, text in cells]), choice, line.place))
        elif len(cells) == 1 and " " in line.text:
            begins_anew = True
    return [one for one in found if one]


def _middle(line: Line, cell: re.Match[str]) -> float:
    return line.indent + (cell.start() + cell.end()) / 2


def _person(cells: Sequence[str]) -> Person:
    """Somebody in a row: a seat's number before the name, the party after it or in a cell of its own."""
    named = cells[1:] if cells[0].rstrip(".").isdigit() else cells
    whole = PERSON.fullmatch(named[0])
    if whole:
        return Person(turned(whole["name"]), whole[2])
    party = next((one for one in named[1:] if re.fullmatch(PARTY, one) and not CROSS.fullmatch(one)), "")
    return Person(turned(named[0]), "" if party in "–-" else party)


def _ballots(lines: Sequence[Line]) -> list[Ballot]:
    people: list[tuple[str, Line]] = []
    parties: list[str] = []
    results: list[str] = []
    before: Line | None = None
    for line in lines:
        text = line.text
        if re.fullmatch(RESULT, text):
            results.append(text)
        elif re.fullmatch(PARTY, text):
            parties.append(text)
        elif (
            re.fullmatch(rf"\d{{1,3}}|(?:\d{{1,3}}\s+)?{FUNCTION}", text)
            or text.casefold() in HEADS
            or COUNT.fullmatch(text)
        ):
            pass
        elif cell := re.fullmatch(rf"(?:\d{{1,3}}\s+)?(?:{FUNCTION}\s+)?({RESULT})", text):
            results.append(cell[1])
        elif row := ROW.fullmatch(text):
            people.append((row["name"], line))
            parties.append(row["party"])
            results += [row["result"]] if row["result"] else []
        elif before is not None and not line.gap and people and people[-1][1] is before:
            people[-1] = (f"{people[-1][0]} {text}", line)
        else:
            people.append((text, line))
        before = line
    if not len(people) == len(parties) == len(results):
        return []
    return [
        Ballot(
            Person(turned(name), party),
            CHOICES.get(result.casefold(), Choice.ABSENT),
            line.place,
        )
        for (name, line), party, result in zip(people, parties, results, strict=True)
    ]


def attendance(lines: Iterable[Line]) -> tuple[list[Attendee], list[Line]]:
    """The whole rows of an attendance list, and the lines that belong to none.

    A row has seat, member, perhaps a substitute, party, and when they came and left. Where a page break tore
    rows apart, a substitute may be missing from a row that looks whole: no row of that page is `sure`.
    """
    lines = list(lines)
    head = next((index for index, line in enumerate(lines) if _is_head(line)), None)
    if head is not None:
        return _told_by_row(lines[head + 1 :]), []
    runs: list[list[Line]] = []
    for line in lines:
        if line.text.casefold() in HEADS or APPENDIX.fullmatch(line.text):
            continue
        if not runs or re.fullmatch(r"\d{1,3}", line.text):
            runs.append([])
        runs[-1].append(line)
    rows = [_attendee(run) for run in runs]
    unread = [line for _row, rest in rows for line in rest]
    torn = {line.page for line in unread}
    return [replace(row, sure=row.place.page not in torn) for row, _ in rows if row is not None], unread


def _is_head(line: Line) -> bool:
    """The head of a table whose rows are lines: name, party, and what they were and did."""
    return [cell.casefold() for cell in CELLS.split(line.text)][:3] == ["namn", "parti", "uppdrag"]


def _told_by_row(lines: Sequence[Line]) -> list[Attendee]:
    """A row a line; a line of fewer cells only goes on with the row before it."""
    rows: list[tuple[list[str], Line]] = []
    for line in lines:
        cells = CELLS.split(line.text)
        if len(cells) >= 3 and re.fullmatch(rf"{PARTY}|–", cells[1]):
            rows.append((cells, line))
        elif rows and len(cells) == 1 and not line.gap:
            rows[-1][0][-1] += f" {line.text}"
    return [_row_told(cells, line.place) for cells, line in rows]


def _row_told(cells: Sequence[str], place: Place) -> Attendee:
    person = Person(cells[0], "" if cells[1] in "–-" else cells[1])
    instead = INSTEAD.search(" ".join(cells[3:]))
    return Attendee(person, cells[2], instead["name"] if instead else "", "", "", place)


def _attendee(cells: Sequence[Line]) -> tuple[Attendee | None, list[Line]]:
    """A row of cells and those that are none of it: a name after the party was torn from another row."""
    at = next((index for index, cell in enumerate(cells) if re.fullmatch(PARTY, cell.text)), len(cells))
    clocks = [cell.text for cell in cells if CLOCK.fullmatch(cell.text)]
    people = _members(cells[:at])
    if len(clocks) != 2 or at == len(cells) or not 1 <= len(people) <= 2:
        return None, list(cells)
    strays = [cell for cell in cells[at + 1 :] if not CLOCK.fullmatch(cell.text)]
    row = [cell for cell in cells if cell not in strays]
    party, place = cells[at].text, Place(row[0].start, row[-1].end, row[0].page)
    if len(people) == 2:
        return Attendee(Person(people[1], party), "ersättare", people[0], clocks[0], clocks[1], place), strays
    return Attendee(Person(people[0], party), "ledamot", "", clocks[0], clocks[1], place), strays


def _members(cells: Sequence[Line]) -> list[str]:
    """The names of a row: a member, perhaps a substitute. None where two of them cannot be told apart.

    A name may be wrapped before or after its comma, and two may stand on one line ("Ek, Bo Sol, Cia").
    """
    people: list[str] = []
    for cell in cells:
        if re.fullmatch(r"\d{1,3}", cell.text) or CLOCK.fullmatch(cell.text):
            continue
        if people and not cell.gap and not ("," in people[-1] and "," in cell.text):
            people[-1] += " " + cell.text
        else:
            people.append(cell.text)
    both = TWO.fullmatch(people[0]) if len(people) == 1 else None
    told = [f"{both[1]}, {both[2]}", f"{both[3]}, {both[4]}"] if both else people
    return [] if any(one.count(",") > 1 for one in told) else [turned(one) for one in told]

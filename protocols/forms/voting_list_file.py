"""Reading a voting list that a voting system, or a hand, wrote: name, party and vote on each line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from protocols.enums import BallotChoice
from protocols.models import Attendance

_WORDS = {
    BallotChoice.YES: ("ja", "j", "yes"),
    BallotChoice.NO: ("nej", "n", "no"),
    BallotChoice.ABSTAIN: ("avstår", "avstar", "avstått", "avst", "a", "abstain"),
    BallotChoice.ABSENT: ("frånvarande", "franvarande", "frånv", "fr", "f", "kvittad", "absent"),
}
_CHOICES = {word: choice for choice, words in _WORDS.items() for word in words}
_HEAD = frozenset({"namn", "parti", "röst", "ledamot", "val", "svar", "förnamn", "efternamn", "plats", "nr"})


@dataclass
class VotingListFile:
    """What a list says: each person's vote, and a sentence for every line that says nothing certain."""

    ballots: dict[int, BallotChoice] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_voting_list(text: str, voters: Sequence[Attendance]) -> VotingListFile:
    """Match the lines to those who vote. The columns may come in any order, with or without a heading."""
    found = VotingListFile()
    by_name: dict[tuple[str, ...], list[Attendance]] = {}
    for row in voters:
        by_name.setdefault(_key(row.person.name), []).append(row)
    parties = {row.party.code.casefold() for row in voters if row.party}
    text = text.lstrip("\ufeff")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), skipinitialspace=True)
    for cells in lines:
        kept = [cell.strip() for cell in cells if cell.strip()]
        if not kept or (lines.line_num == 1 and _is_head(kept)):
            continue
        problem = _take(kept, found.ballots, by_name, parties)
        if problem:
            said = "; ".join(kept)
            found.problems.append(
                _("Rad %(line)s, ”%(said)s”: %(problem)s.")
                % {"line": lines.line_num, "said": said[:80], "problem": problem}
            )
    return found


def _take(
    cells: Sequence[str],
    ballots: dict[int, BallotChoice],
    by_name: dict[tuple[str, ...], list[Attendance]],
    parties: set[str],
) -> str:
    """Note the vote of one line; else say what is wrong with it."""
    at = _vote_at(cells)
    if at is None:
        return _("ingen röst (ja, nej, avstår eller frånvarande)")
    rest = [cell for place, cell in enumerate(cells) if place != at]
    party = next((cell for cell in rest if cell.strip("()").casefold() in parties), "")
    names = [cell for cell in rest if cell is not party and not cell.isdecimal()]
    rows = by_name.get(_key(" ".join(names)), [])
    code = party.strip("()").casefold()
    if len(rows) > 1 or (rows and party):
        rows = [row for row in rows if row.party and row.party.code.casefold() == code]
        if not rows:
            return _("partiet stämmer inte med närvarolistan")
    if len(rows) != 1:
        return _("ingen som deltar i beslutet heter så") if not rows else _("flera heter så")
    person = rows[0].person_id
    if person in ballots:
        return _("personen står två gånger")
    ballots[person] = _CHOICES[cells[at].casefold()]
    return ""


def _vote_at(cells: Sequence[str]) -> int | None:
    """The place of the vote: a whole word before a single letter, which could be a party's."""
    places = [place for place, cell in enumerate(cells) if cell.casefold() in _CHOICES]
    words = [place for place in places if len(cells[place]) > 1]
    found = words or places
    return found[-1] if found else None


def _is_head(cells: Sequence[str]) -> bool:
    return any(cell.casefold() in _HEAD for cell in cells) and _vote_at(cells) is None


def _key(name: str) -> tuple[str, ...]:
    """A name in any order of its parts, without a party in brackets."""
    return tuple(sorted(re.sub(r"\([^)]*\)|,", " ", name).casefold().split()))


def _delimiter(text: str) -> str:
    first = text.splitlines()[:20]
    return max(";\t,", key=lambda sign: sum(sign in line for line in first))

"""What a person should look at.

Counts that do not fit their ballots, and what the reader did not understand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

from protocols.reading.facts import Ballot, Choice, Mark, MarkKind, Place, ReadParagraph, SectionKind, Vote
from protocols.reading.titles import figure


class Counted(StrEnum):
    """How a printed count stands to the ballots that were read."""

    EQUAL = "equal"
    DIFFERS = "differs"
    NO_LIST = "no_list"  # neither names nor a list are in the source


def counted(vote: Vote) -> Counted:
    """Compares each printed count with the ballots named in the §, or else with those of its appendix."""
    ballots = vote.named or vote.listed
    if not ballots:
        return Counted.NO_LIST
    read = Counter(ballot.choice for ballot in ballots)
    printed = {Choice.YES: vote.yes, Choice.NO: vote.no, Choice.ABSTAIN: vote.abstain}
    same = all(count is None or read[choice] == count for choice, count in printed.items())
    doubled = len({ballot.person for ballot in ballots}) < len(ballots)
    return Counted.EQUAL if same and not doubled else Counted.DIFFERS


def of_paragraph(paragraph: ReadParagraph) -> Iterable[Mark]:
    """The marks of a §, in the order of its parts."""
    if not paragraph.title:
        yield Mark(MarkKind.NO_TITLE, f"§ {paragraph.number}", paragraph.place)
    decision = [section for section in paragraph.sections if section.kind is SectionKind.DECISION]
    if decision and not paragraph.decision:
        yield Mark(MarkKind.NO_DECISION, decision[0].heading, decision[0].place)
    for section in paragraph.sections:
        if section.kind is SectionKind.OTHER:
            yield Mark(MarkKind.UNKNOWN_HEADING, section.heading, section.place)
    for vote in paragraph.votes:
        yield from _of_vote(vote)
    yield from _of_people(paragraph)


def _of_vote(vote: Vote) -> Iterable[Mark]:
    if vote.yes is None and vote.no is None and not vote.named:
        yield Mark(MarkKind.VOTE_WITHOUT_COUNT, vote.question or "", vote.place)
    how = counted(vote)
    if how is Counted.DIFFERS:
        yield Mark(MarkKind.COUNT_DIFFERS, _sum(vote.named or vote.listed), vote.place)
    elif how is Counted.NO_LIST and vote.appendix:
        yield Mark(MarkKind.LIST_MISSING, vote.appendix, vote.place)


def _sum(ballots: Sequence[Ballot]) -> str:
    read = Counter(ballot.choice for ballot in ballots)
    return f"{read[Choice.YES]}–{read[Choice.NO]}–{read[Choice.ABSTAIN]}"


def _of_people(paragraph: ReadParagraph) -> Iterable[Mark]:
    for proposal in paragraph.proposals:
        if not (proposal.by or proposal.parties):
            yield Mark(MarkKind.UNREAD_SENTENCE, proposal.text, proposal.place)
    for reservation in paragraph.reservations:
        if not reservation.by and not reservation.parties:
            yield Mark(MarkKind.UNREAD_SENTENCE, reservation.text or "", reservation.place)
    reserved = [section for section in paragraph.sections if section.kind is SectionKind.RESERVATION]
    if reserved and not paragraph.reservations:
        yield Mark(MarkKind.UNREAD_SENTENCE, reserved[0].text[:200], reserved[0].place)


def of_protocol(paragraphs: Sequence[ReadParagraph], profile: str, general: str, text: str) -> list[Mark]:
    """The marks of a whole file.

    An unknown layout, numbers that repeat or are skipped, a text that was cut off.
    """
    marks: list[Mark] = []
    if profile == general:
        marks.append(Mark(MarkKind.UNKNOWN_LAYOUT, "", Place(0, 0)))
    seen: set[str] = set()
    before: int | None = None
    for paragraph in paragraphs:
        number = figure(paragraph.number)
        if paragraph.number in seen:
            marks.append(Mark(MarkKind.NUMBER_REPEATED, paragraph.number, paragraph.place))
        elif before is not None and number not in (before, before + 1):
            marks.append(Mark(MarkKind.NUMBER_SKIPPED, paragraph.number, paragraph.place))
        seen.add(paragraph.number)
        before = number
    end = text.rstrip()
    if paragraphs and re.search(r"[,\-]$|\b(?:och|att|av|den|som|till)$", end):
        marks.append(Mark(MarkKind.CUT_OFF, end[-60:], Place(len(end) - 1, len(end))))
    return marks

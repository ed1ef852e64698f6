"""What was read as JSON: one object a §, for `read_protocol --json` and whoever compares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from protocols.reading.facts import Attendee, Ballot, Mark, Person, Place, ReadParagraph, ReadProtocol, Vote

Row = dict[str, Any]


def of_protocol(protocol: ReadProtocol) -> Iterable[Row]:
    """The rows of a protocol. `meeting` is the name of its file; `places` leads from a fact to its source."""
    for paragraph in protocol.paragraphs:
        yield {"meeting": protocol.name, **of_paragraph(paragraph)}


def of_meeting(protocol: ReadProtocol) -> Row:
    """Who was there: `attendance` as the front page tells it, `listed` in lists of its own, `verifiers`."""
    return {
        "attendance": [_attendee(one) for one in protocol.front.attendance],
        "listed": [_attendee(one) for one in protocol.attendance],
        "verifiers": people(protocol.front.verifiers),
    }


def of_paragraph(paragraph: ReadParagraph) -> Row:
    """A § with the keys of its facts. A bare number is a number, one with a suffix a string."""
    number = paragraph.number
    return {
        "number": int(number) if number.isdigit() else number,
        "registry_number": paragraph.registry_number,
        "title": paragraph.title,
        "is_motion": paragraph.is_motion,
        "movers": people(paragraph.movers),
        "decision": [clause.text for clause in paragraph.decision],
        "decision_source": paragraph.decision_source,
        "outcome": paragraph.outcome.value,
        "earlier": [{"date": one.day.isoformat(), "number": one.number} for one in paragraph.earlier],
        "documents": [one.text for one in paragraph.documents],
        "proposals": [{"by": people(one.by), "text": one.text} for one in paragraph.proposals],
        "votes": [_vote(vote) for vote in paragraph.votes],
        "recusals": people(paragraph.recusals),
        "reservations": [
            {"by": people(r.by), "parties": list(r.parties), "text": r.text} for r in paragraph.reservations
        ],
        "notes": [
            {"by": people(note.by), "parties": list(note.parties), "text": note.text}
            for note in paragraph.notes
        ],
        "recipients": [one.text for one in paragraph.recipients],
        "immediately_verified": paragraph.immediately_verified,
        "sections": [
            {"kind": one.kind.value, "heading": one.heading, "text": one.text, "place": place(one.place)}
            for one in paragraph.sections
        ],
        "places": _places(paragraph),
        "marks": [mark(one) for one in paragraph.marks],
    }


def people(those: Iterable[Person]) -> list[Row]:
    """People with the keys of the annotations."""
    return [{"name": one.name, "party": one.party} for one in those]


def place(where: Place) -> list[int | None]:
    """A place as [start, end, page]."""
    return [where.start, where.end, where.page]


def mark(one: Mark) -> Row:
    """A mark with its kind, what it quotes and where."""
    return {"kind": one.kind.value, "detail": one.detail, "place": place(one.place)}


def _places(paragraph: ReadParagraph) -> Row:
    """The places of the facts, list by list in the order of the facts themselves."""
    lists = ("decision", "earlier", "documents", "proposals", "votes", "reservations", "notes", "recipients")
    return {"paragraph": place(paragraph.place)} | {
        key: [place(fact.place) for fact in getattr(paragraph, key)] for key in lists
    }


def _attendee(one: Attendee) -> Row:
    return {
        "name": one.person.name,
        "party": one.person.party,
        "role": one.role,
        "instead_of": one.instead_of,
        "came": one.came,
        "left": one.left,
        "sure": one.sure,
        "place": place(one.place),
    }


def _vote(vote: Vote) -> Row:
    return {
        "question": vote.question,
        "yes": vote.yes,
        "no": vote.no,
        "abstain": vote.abstain,
        "absent": vote.absent,
        "named": [_ballot(one) for one in vote.named],
        "appendix": vote.appendix,
        "listed": [_ballot(one) for one in vote.listed],
    }


def _ballot(ballot: Ballot) -> Row:
    return {"name": ballot.person.name, "party": ballot.person.party, "choice": ballot.choice.value}

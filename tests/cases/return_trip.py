"""The minutes of a case, as the public gets them, read back: the facts are those that they were made from."""

from __future__ import annotations

from collections.abc import Sequence

from motions.enums import Outcome
from protocols.document import ParagraphDocument
from protocols.enums import BallotChoice, DecisionKind
from protocols.facts import ParagraphFacts, PersonFact, VoteFact
from protocols.models import Paragraph
from protocols.queries.facts import facts_of
from protocols.reading import protocol
from protocols.reading.facts import Choice, Person, Vote
from protocols.reading.facts import Outcome as ReadOutcome
from protocols.reading.sources import Source

CHOICES = {
    BallotChoice.YES: Choice.YES,
    BallotChoice.NO: Choice.NO,
    BallotChoice.ABSTAIN: Choice.ABSTAIN,
}
VERDICTS = {
    Outcome.GRANTED: (ReadOutcome.GRANTED, ReadOutcome.RECOMMENDS_GRANTING),
    Outcome.REJECTED: (ReadOutcome.REJECTED, ReadOutcome.RECOMMENDS_REJECTING),
    Outcome.DEEMED_ANSWERED: (ReadOutcome.DEEMED_ANSWERED, ReadOutcome.RECOMMENDS_ANSWERED),
}


def comes_back(pdf: bytes, paragraph: Paragraph) -> None:
    """Every fact of the § is read from the minutes as it was recorded."""
    read = protocol.read(Source("protokoll", "protokoll.pdf", ".pdf", pdf).text(), "protokoll")
    (one,) = (each for each in read.paragraphs if each.number == str(paragraph.number))
    facts = facts_of(paragraph)
    assert one.title == paragraph.title
    document = ParagraphDocument.from_json(paragraph.frozen_document)
    assert (one.registry_number or "") == document.registry_number
    assert one.marks == ()
    assert _outcomes(facts) <= {one.outcome}
    assert [(each.by, _letters(each.parties, facts)) for each in one.proposals] == _moved(facts)
    assert [_told(vote) for vote in one.votes] == [
        _recorded(question.vote) for question in facts.questions if question.vote
    ]
    assert [(each.by, each.parties) for each in one.reservations] == [
        _people(each.persons) for each in facts.reservations
    ]
    assert [each.text for each in one.recipients] == list(facts.recipients)
    assert one.immediately_verified == facts.is_immediate


def _people(persons: Sequence[PersonFact]) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    """Persons as they are read, and the parties of the groups among them."""
    single = tuple(Person(one.name, one.party or "") for one in persons if not one.is_group)
    return single, tuple(one.party or "" for one in persons if one.is_group)


def _letters(parties: Sequence[str], facts: ParagraphFacts) -> tuple[str, ...]:
    """The parties by their letters; a local party's group is called by its name alone."""
    groups = {one.name: one.party for each in facts.proposals for one in each.movers if one.is_group}
    return tuple(groups.get(one) or one for one in parties)


def _moved(facts: ParagraphFacts) -> list[tuple[tuple[Person, ...], tuple[str, ...]]]:
    """Who moved each proposal that the minutes tell: one that was taken back is not told."""
    return [_people(one.movers) for one in facts.proposals if one.movers and not one.is_withdrawn]


def _told(vote: Vote) -> tuple[list[int], set[tuple[Person, Choice]]]:
    counts = [vote.yes or 0, vote.no or 0, vote.abstain or 0]
    return counts, {(one.person, one.choice) for one in vote.named or vote.listed}


def _recorded(vote: VoteFact) -> tuple[list[int], set[tuple[Person, Choice]]]:
    ballots = {(Person(one.person.name, one.person.party or ""), CHOICES[one.choice]) for one in vote.ballots}
    return [vote.counts[choice] for choice in CHOICES], ballots


def _outcomes(facts: ParagraphFacts) -> set[ReadOutcome]:
    """What may be read as the outcome; empty where the § has none of a motion's."""
    decision = facts.decision
    if decision is None:
        return set()
    if decision.kind is DecisionKind.REFERS_BACK:
        return {ReadOutcome.REFERRED_BACK}
    recommends = decision.kind is DecisionKind.PROPOSES
    verdicts = {VERDICTS[one.outcome][recommends] for one in decision.clauses if one.outcome in VERDICTS}
    partly = ReadOutcome.RECOMMENDS_PARTLY if recommends else ReadOutcome.PARTLY_GRANTED
    return {partly} if len(verdicts) > 1 else verdicts

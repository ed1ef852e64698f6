"""Votes clause by clause in fullmäktige: the lists say which clause each is about."""

from __future__ import annotations

from motions.enums import Outcome
from protocols.enums import BallotChoice, ProposalKind, QuestionKind
from protocols.facts import (
    BallotFact,
    ClauseFact,
    ParagraphFacts,
    PersonFact,
    ProposalFact,
    QuestionFact,
    VoteFact,
)
from protocols.wording.blocks import Table
from protocols.wording.procedure import procedure
from protocols.wording.proposals import deliberation
from protocols.wording.votes import voting_list
from tests.protocols.wording.examples import ASSEMBLY, BIRGITTA, TORA, facts, proposal, spaced

MATTER = ProposalFact(
    1, ProposalKind.TABLED, clauses=(ClauseFact(text="a införs"), ClauseFact(text="b höjs"))
)


def voted(clause: int, yes: int, *persons: PersonFact) -> QuestionFact:
    """A vote on the clause: yes for what is before the meeting."""
    ballots = [BallotFact(person, BallotChoice.YES) for person in persons[:yes]]
    ballots += [BallotFact(person, BallotChoice.NO) for person in persons[yes:]]
    counts = {BallotChoice.YES: yes, BallotChoice.NO: len(persons) - yes}
    winner = 1 if yes > len(persons) - yes else 2
    vote = VoteFact(1, 2, counts, ballots)
    return QuestionFact(QuestionKind.MAIN, (1, 2), winner, vote=vote, clause=clause)


def item(*questions: QuestionFact, **more: object) -> ParagraphFacts:
    against = proposal(2, ProposalKind.REJECT, TORA, **more)
    return facts(body=ASSEMBLY, motion=None, proposals=[MATTER, against], questions=questions)


def test_each_list_names_its_clause() -> None:
    found = voting_list(item(voted(1, 2, BIRGITTA, TORA, TORA), voted(2, 0, BIRGITTA, TORA)))
    captions = spaced([table.caption for table in found if isinstance(table, Table)])
    assert captions == (
        (
            "Voteringslista 1. Beträffande första beslutssatsen ja för bifall till det liggande förslaget, "
            "nej för bifall till Tora Hedlunds förslag. Omröstningen ger 2 ja-röster och 1 nej-röst."
        ),
        (
            "Voteringslista 2. Beträffande andra beslutssatsen ja för bifall till det liggande förslaget, "
            "nej för bifall till Tora Hedlunds förslag. Omröstningen ger 0 ja-röster och 2 nej-röster."
        ),
    )


def test_result_is_that_of_the_clause() -> None:
    told = spaced(procedure(item(voted(1, 2, BIRGITTA, TORA, TORA), voted(2, 0, BIRGITTA, TORA))))
    assert told[0].startswith(
        "Beträffande första beslutssatsen ställer ordföranden det liggande förslaget mot"
    )
    assert told[3] == (
        "Omröstningen ger 0 ja-röster och 2 nej-röster. Hur var och en har röstat framgår av "
        "voteringslista 2. Därmed bifaller regionfullmäktige Tora Hedlunds förslag i andra beslutssatsen."
    )


def test_rejection_of_some_clauses_is_proposed() -> None:
    against = proposal(2, ProposalKind.REJECT, TORA, clauses=(ClauseFact(Outcome.REJECTED, (2,)),))
    found = facts(motion=None, proposals=[MATTER, against])
    assert spaced(deliberation(found)) == (
        "Tora Hedlund (V) föreslår avslag på det liggande förslagets andra beslutssats.",
    )

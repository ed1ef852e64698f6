"""Recused, or staying out, in one clause of the decision alone: who serves, votes and reserves there."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from protocols.actions.agenda import add_matter
from protocols.actions.decisions import refine_decision
from protocols.actions.meetings import open_meeting
from protocols.actions.participation import note_non_participation
from protocols.actions.procedure import record_finding
from protocols.actions.proposals import add_proposal
from protocols.actions.reservations import announce_reservation
from protocols.actions.taking_up import take_up
from protocols.enums import NonParticipationKind as Kind
from protocols.enums import ProposalKind
from protocols.facts import ClauseFact
from protocols.models import NonParticipation, Paragraph
from protocols.queries.completeness import shortcomings
from protocols.queries.facts import facts_of
from protocols.queries.service import acting_in, lowest_presence, presence_in, serving_in, voters_in
from protocols.queries.service_spans import service_spans
from protocols.queries.votes import voters_of
from protocols.wording.reservations import reservations
from protocols.wording.service import service
from tests.factories import Region, clock, decide, make_meeting, make_region, vote_on
from tests.protocols.actions.refusals import refusal
from tests.protocols.wording.examples import spaced


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    """A matter with three clauses before the board."""
    meeting = make_meeting(region, region.board)
    item = add_matter(meeting, by=region.secretary, title="Taxor", proposal="a\nb\nc")
    open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))
    return take_up(item, by=region.secretary, at=clock(meeting, 9, 10))


def stay_out(
    region: Region,
    paragraph: Paragraph,
    name: str,
    clauses: Sequence[int],
    *,
    kind: Kind = Kind.RECUSAL,
    substitute: str = "",
) -> NonParticipation:
    return note_non_participation(
        paragraph,
        by=region.secretary,
        person=region.people[name],
        kind=kind,
        clauses=clauses,
        substitute=region.people[substitute] if substitute else None,
    )


def names(rows: Sequence[object]) -> set[str]:
    return {str(row).split()[0] for row in rows}


def test_recused_in_one_clause_takes_part_in_the_others(region: Region, paragraph: Paragraph) -> None:
    noted = stay_out(region, paragraph, "Asta", [2], substitute="Hugo")
    assert (noted.clauses, noted.noted_by) == ([2], region.secretary)
    assert "Asta" in names(serving_in(paragraph))
    assert "Hugo" not in names(serving_in(paragraph))
    assert {"Asta", "Hugo"} <= names(acting_in(paragraph))
    in_clause = names(voters_in(paragraph, clause=2))
    assert "Hugo" in in_clause
    assert "Asta" not in in_clause
    assert "Asta" in names(voters_in(paragraph, clause=1))


def test_all_clauses_are_the_whole_paragraph(region: Region, paragraph: Paragraph) -> None:
    assert stay_out(region, paragraph, "Asta", [1, 2, 3]).clauses == []


@pytest.mark.parametrize("clauses", [[4], [0]])
def test_clause_that_is_not_there_is_refused(
    region: Region, paragraph: Paragraph, clauses: list[int]
) -> None:
    error = refusal(lambda: stay_out(region, paragraph, "Asta", clauses))
    assert (error.message, error.field) == ("Beslutet har 3 beslutssatser", "clauses")


def test_vote_on_all_clauses_is_refused_while_somebody_is_out_of_one(
    region: Region, paragraph: Paragraph
) -> None:
    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.REJECT, movers=[region.people["Elsa"]])
    stay_out(region, paragraph, "Asta", [2])
    error = refusal(lambda: vote_on(region, paragraph, "jjjjjjj"))
    assert (
        error.message == "Asta Björk deltar inte i andra beslutssatsen, men omröstningen gäller hela beslutet"
    )
    assert (error.law, error.field) == ("KL 6 kap. 30 §", "meaning")


def test_addition_is_voted_on_by_those_who_take_part_in_its_clause(
    region: Region, paragraph: Paragraph
) -> None:
    add_proposal(
        paragraph, by=region.secretary, kind=ProposalKind.ADD, movers=[region.people["Elsa"]], text="d"
    )
    stay_out(region, paragraph, "Asta", [4], substitute="Hugo")
    main, addition = paragraph.questions.all()
    record_finding(main, by=region.secretary, winner=main.proposals.get())
    voters = [row.person.given_name for row in voters_of(paragraph, addition)]
    assert voters == ["Hugo", "Bo", "Cilla", "Didrik", "Elsa", "Farid", "Greta"]
    decided = vote_on(region, paragraph, "jjjjnnn", question=addition)
    assert decided.decision.clauses.count() == 4


def test_one_who_voted_in_the_clause_took_part_in_it(region: Region, paragraph: Paragraph) -> None:
    add_proposal(
        paragraph, by=region.secretary, kind=ProposalKind.ADD, movers=[region.people["Elsa"]], text="d"
    )
    main, addition = paragraph.questions.all()
    record_finding(main, by=region.secretary, winner=main.proposals.get())
    vote_on(region, paragraph, "jjjjnnn", question=addition)
    assert refusal(lambda: stay_out(region, paragraph, "Asta", [4])).law == "KL 4 kap. 25 §"
    assert stay_out(region, paragraph, "Asta", [1]).clauses == [1]


def test_reservation_is_against_the_clauses_one_took_part_in(region: Region, paragraph: Paragraph) -> None:
    stay_out(region, paragraph, "Asta", [2], substitute="Hugo")
    paragraph = decide(region, paragraph)
    asta, hugo, elsa = (region.people[name] for name in ("Asta", "Hugo", "Elsa"))
    announce_reservation(paragraph, by=region.secretary, persons=[asta, hugo, elsa])
    assert spaced([str(line) for line in reservations(facts_of(paragraph))]) == (
        "Asta Björk (V) reserverar sig mot första och tredje beslutssatserna.",
        "Hugo Alm (V) reserverar sig mot andra beslutssatsen.",
        "Elsa Öhman (C) reserverar sig mot beslutet.",
    )


def test_cover_tells_the_clause_and_who_served_there(region: Region, paragraph: Paragraph) -> None:
    stay_out(region, paragraph, "Asta", [2], substitute="Hugo")
    decide(region, paragraph)
    told = {fact.person.name: service(fact) for fact in service_spans(paragraph.meeting)}
    assert spaced([told["Asta Björk"], told["Hugo Alm"]]) == (
        "deltar inte i § 1, andra beslutssatsen, på grund av jäv",
        "ersätter Asta Björk (V) § 1, andra beslutssatsen",
    )


def test_quorum_is_asked_of_every_clause(region: Region, paragraph: Paragraph) -> None:
    for name in ("Asta", "Cilla", "Didrik", "Elsa"):
        stay_out(region, paragraph, name, [2])
    rows = paragraph.meeting.attendance.all()
    assert [presence_in(paragraph, rows, clause=clause).serving for clause in (None, 2)] == [7, 3]
    assert lowest_presence(paragraph, rows).serving == 3
    (question,) = paragraph.questions.all()
    winner = question.proposals.get()
    error = refusal(lambda: record_finding(question, by=region.secretary, winner=winner))
    assert error.law == "KL 6 kap. 27 §"


def test_clause_that_the_decision_lost_is_missing_in_the_check(region: Region, paragraph: Paragraph) -> None:
    stay_out(region, paragraph, "Asta", [3])
    paragraph = decide(region, paragraph)
    assert shortcomings(paragraph.meeting) == []
    refine_decision(paragraph, by=region.secretary, clauses=[ClauseFact(text="a"), ClauseFact(text="b")])
    (lacking,) = shortcomings(paragraph.meeting)
    (point,) = lacking.points
    assert point.anchor == "participation"
    assert point.missing == "Jäv eller ej deltagande gäller tredje beslutssatsen, som beslutet inte har."

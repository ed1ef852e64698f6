"""Deciding and voting clause by clause, with somebody out of one clause alone."""

from __future__ import annotations

import pytest

from motions.enums import Outcome
from motions.models import Person
from protocols.actions.agenda import add_matter
from protocols.actions.clause_by_clause import decide_as_one, part_by_clause
from protocols.actions.meetings import open_meeting
from protocols.actions.participation import note_non_participation
from protocols.actions.procedure import record_finding
from protocols.actions.proposals import Wish, add_proposal, add_proposals
from protocols.actions.taking_up import take_up
from protocols.actions.undoing import undo
from protocols.actions.voting_order import arrange_main_vote
from protocols.enums import BallotChoice, ProposalKind, QuestionKind
from protocols.enums import NonParticipationKind as Kind
from protocols.models import Paragraph, Proposal, ProposalClause, Question
from protocols.queries.completeness import shortcomings
from protocols.queries.facts import facts_of
from protocols.queries.fate import fates_of_proposals
from protocols.queries.last_step import last_step
from protocols.queries.votes import voters_of
from protocols.wording.decision import decision
from protocols.wording.procedure import procedure
from tests.factories import (
    Region,
    clock,
    make_meeting,
    make_prepared_motion,
    make_region,
    open_with,
    vote_on,
)
from tests.protocols.actions.refusals import refusal
from tests.protocols.wording.examples import NBSP, spaced


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    """A matter with three clauses before the board."""
    meeting = make_meeting(region, region.board)
    item = add_matter(meeting, by=region.secretary, title="Taxor", proposal="a införs\nb höjs\nc utreds")
    open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))
    return take_up(item, by=region.secretary, at=clock(meeting, 9, 10))


def move(region: Region, paragraph: Paragraph, kind: ProposalKind, name: str, **more: object) -> Proposal:
    return add_proposal(paragraph, by=region.secretary, kind=kind, movers=[region.people[name]], **more)  # type: ignore[arg-type]  # handed on as they are


def part(region: Region, paragraph: Paragraph) -> list[Question]:
    part_by_clause(paragraph.questions.get(kind=QuestionKind.MAIN), by=region.secretary)
    return list(paragraph.questions.all())


def stay_out(
    region: Region, paragraph: Paragraph, name: str, *, kind: Kind = Kind.RECUSAL, substitute: str = ""
) -> None:
    note_non_participation(
        paragraph,
        by=region.secretary,
        person=region.people[name],
        kind=kind,
        clauses=[2],
        substitute=region.people[substitute] if substitute else None,
    )


def find(region: Region, question: Question, place: int = 0) -> None:
    options = [option.proposal for option in question.options.select_related("proposal")]
    record_finding(question, by=region.secretary, winner=options[place])


def lines(blocks: object) -> tuple[str, ...]:
    assert isinstance(blocks, tuple)
    return spaced(blocks)


def test_each_clause_is_put_with_what_is_proposed_to_it(region: Region, paragraph: Paragraph) -> None:
    tabled = paragraph.proposals.get()
    against = move(region, paragraph, ProposalKind.REJECT, "Elsa")
    change = move(region, paragraph, ProposalKind.AMEND, "Asta", text="b sänks", concerns=[2])
    partly = move(region, paragraph, ProposalKind.REJECT, "Greta", concerns=[3])
    move(region, paragraph, ProposalKind.ADD, "Bo", text="d prövas")
    questions = part(region, paragraph)
    assert [(q.kind, q.clause) for q in questions] == [
        ("main", 1),
        ("main", 2),
        ("main", 3),
        ("addition", None),
    ]
    put = [[option.proposal for option in question.options.all()] for question in questions[:3]]
    assert put == [[tabled, against], [tabled, against, change], [tabled, against]]
    assert partly not in put[2]  # it wants the same as the other there


def test_those_who_serve_in_the_clause_vote_on_it(region: Region, paragraph: Paragraph) -> None:
    move(region, paragraph, ProposalKind.REJECT, "Elsa")
    stay_out(region, paragraph, "Asta", substitute="Hugo")
    first, second, third = part(region, paragraph)
    called = [[row.person.given_name for row in voters_of(paragraph, q)] for q in (first, second, third)]
    assert called[0] == called[2] == ["Asta", "Bo", "Cilla", "Didrik", "Elsa", "Farid", "Greta"]
    assert called[1] == ["Hugo", "Bo", "Cilla", "Didrik", "Elsa", "Farid", "Greta"]
    vote_on(region, paragraph, "jjjjnnn", question=first)
    vote_on(region, paragraph, "nnjjnnn", question=second)
    decided = vote_on(region, paragraph, "jjjjnnn", question=third)
    assert [(c.text, c.outcome, c.settles) for c in decided.decision.clauses.all()] == [
        ("a införs", "", []),
        ("", Outcome.REJECTED, [2]),
        ("c utreds", "", []),
    ]
    ballots = decided.questions.all()[1].vote.ballots
    assert [str(ballot.person) for ballot in ballots.all()][:2] == ["Hugo Alm", "Bo Cederlund"]
    assert shortcomings(decided.meeting) == []
    facts = facts_of(decided)
    _lead, clauses = decision(facts)
    assert clauses.items == (  # type: ignore[union-attr]  # a list of clauses
        "att a införs",
        "att förslagets andra beslutssats avslås",
        "att c utreds.",
    )
    told = lines(procedure(facts))
    assert told[4] == (
        "Beträffande andra beslutssatsen ställer ordföranden det liggande förslaget mot Elsa Öhmans förslag. "
        "Omröstning begärs. Regionstyrelsen godkänner följande voteringsproposition: beträffande andra "
        "beslutssatsen ja för bifall till det liggande förslaget, nej för bifall till Elsa Öhmans förslag."
    )
    assert told[5].startswith("Ja röstar Cilla Dahl (M)")
    assert told[6].startswith("Nej röstar Hugo Alm (V), Bo Cederlund (S)")
    assert told[7] == (
        "Omröstningen ger 2 ja-röster och 5 nej-röster. Därmed bifaller regionstyrelsen Elsa Öhmans förslag "
        "i andra beslutssatsen."
    )


def test_acclamation_clause_by_clause_is_told(region: Region, paragraph: Paragraph) -> None:
    move(region, paragraph, ProposalKind.AMEND, "Asta", text="b sänks", concerns=[2])
    for place, question in zip((0, 1, 0), part(region, paragraph), strict=True):
        find(region, question, place)
    assert lines(procedure(facts_of(Paragraph.objects.get()))) == (
        (
            "Beträffande första beslutssatsen frågar ordföranden om det liggande förslaget kan bifallas och "
            "finner att regionstyrelsen bifaller det."
        ),
        (
            "Beträffande andra beslutssatsen ställer ordföranden det liggande förslaget mot Asta Björks "
            "ändringsförslag och finner att regionstyrelsen bifaller Asta Björks ändringsförslag."
        ),
        (
            "Beträffande tredje beslutssatsen frågar ordföranden om det liggande förslaget kan bifallas och "
            "finner att regionstyrelsen bifaller det."
        ),
    )


def test_casting_vote_is_that_of_the_clause(region: Region, paragraph: Paragraph) -> None:
    move(region, paragraph, ProposalKind.REJECT, "Elsa")
    stay_out(region, paragraph, "Asta")
    first, second, _third = part(region, paragraph)
    find(region, first)
    error = refusal(lambda: vote_on(region, paragraph, "jjjnnn", question=second))
    assert (error.law, error.field) == ("KL 5 kap. 56 §", "casting_vote")
    vote_on(region, paragraph, "jjjnnn", question=second, casting_vote=BallotChoice.NO)
    told = lines(procedure(facts_of(Paragraph.objects.get())))
    assert told[-1] == (
        "Omröstningen ger 3 ja-röster och 3 nej-röster. Med ordförandens utslagsröst bifaller "
        "regionstyrelsen Elsa Öhmans förslag i andra beslutssatsen."
    )


def test_chair_must_vote_in_a_clause_only_where_not_out_of_it(region: Region, paragraph: Paragraph) -> None:
    move(region, paragraph, ProposalKind.REJECT, "Elsa")
    stay_out(region, paragraph, "Bo", kind=Kind.NOT_PARTICIPATING)
    first, second, _third = part(region, paragraph)
    vote_on(region, paragraph, "jjjjnnn", question=first)
    error = refusal(
        lambda: vote_on(region, paragraph, "jjjnnn", question=second, casting_vote=BallotChoice.YES)
    )
    assert error.message == "Det blev lika röstetal, och då är ordföranden Bo Cederlund skyldig att rösta"
    assert error.law == "KL 4 kap. 25 §"


def test_quorum_is_asked_of_the_clause_that_is_decided(region: Region, paragraph: Paragraph) -> None:
    move(region, paragraph, ProposalKind.REJECT, "Elsa")
    for name in ("Asta", "Cilla", "Didrik", "Farid"):
        stay_out(region, paragraph, name)
    first, second, _third = part(region, paragraph)
    find(region, first)
    error = refusal(lambda: find(region, second))
    assert error.message.replace(NBSP, " ") == (
        "Regionstyrelsen är inte beslutsför i § 1, andra beslutssatsen: 3 av 7 tjänstgör, minst 4 behövs"
    )
    assert error.law == "KL 6 kap. 27 §"


def test_formal_question_is_not_for_those_recused_in_a_clause(region: Region, paragraph: Paragraph) -> None:
    move(region, paragraph, ProposalKind.POSTPONE, "Elsa")
    stay_out(region, paragraph, "Asta", substitute="Hugo")
    stay_out(region, paragraph, "Farid", kind=Kind.NOT_PARTICIPATING)
    formal = paragraph.questions.get(kind=QuestionKind.FORMAL)
    called = [row.person.given_name for row in voters_of(paragraph, formal)]
    assert called == ["Hugo", "Bo", "Cilla", "Didrik", "Elsa", "Farid", "Greta"]
    assert vote_on(region, paragraph, "jjjjnnn", question=formal).is_decided


def test_findings_of_clauses_are_undone_one_by_one(region: Region, paragraph: Paragraph) -> None:
    move(region, paragraph, ProposalKind.REJECT, "Elsa")
    questions = part(region, paragraph)
    for question in questions:
        find(region, question)
    for left in (2, 1, 0):
        step = last_step(Paragraph.objects.get())
        assert step
        undo(paragraph, by=region.secretary, step=step.name)
        assert paragraph.questions.filter(found_at__isnull=False).count() == left
    decide_as_one(paragraph, by=region.secretary)
    assert [(q.kind, q.clause, q.options.count()) for q in paragraph.questions.all()] == [("main", None, 2)]


def test_parting_is_not_taken_back_once_a_clause_is_settled(region: Region, paragraph: Paragraph) -> None:
    first, *_rest = part(region, paragraph)
    find(region, first)
    assert refusal(lambda: decide_as_one(paragraph, by=region.secretary)).instead == (
        "Ångra först svaren på frågorna om beslutssatserna."
    )


def test_motforslag_is_found_within_a_clause(region: Region, paragraph: Paragraph) -> None:
    tabled = paragraph.proposals.get()
    against = move(region, paragraph, ProposalKind.REJECT, "Elsa")
    change = move(region, paragraph, ProposalKind.AMEND, "Asta", text="b sänks", concerns=[2])
    first, second, _third = part(region, paragraph)
    find(region, first)
    arrange_main_vote(second, by=region.secretary, main=tabled, others=[against, change])
    kinds = [(q.kind, q.clause) for q in paragraph.questions.all()]
    assert kinds == [("main", 1), ("counter", 2), ("main", 2), ("main", 3)]
    vote_on(region, paragraph, "jjjnnnn")
    vote_on(region, paragraph, "nnnnjjj")
    find(region, paragraph.questions.get(clause=3))
    told = lines(procedure(facts_of(Paragraph.objects.get())))
    assert told[1].startswith(
        "Regionstyrelsen godkänner att det liggande förslaget är huvudförslag i andra beslutssatsen. "
        "Beträffande andra beslutssatsen ställer ordföranden Elsa Öhmans förslag mot Asta Björks "
        "ändringsförslag för att utse motförslag."
    )
    assert [c.text for c in Paragraph.objects.get().decision.clauses.all()] == [
        "a införs",
        "b sänks",
        "c utreds",
    ]


def test_motion_is_decided_clause_by_clause_and_keeps_their_numbers(region: Region) -> None:
    motion = make_prepared_motion(region, clauses=("att a", "att b", "att c"))
    item = open_with(region, make_meeting(region, region.board), motion)
    tabled = item.proposals.get()
    tabled.clauses.all().delete()
    for position, (outcome, settles) in enumerate(
        [(Outcome.REJECTED, [1]), (Outcome.DEEMED_ANSWERED, [2]), (Outcome.REJECTED, [3])], start=1
    ):
        ProposalClause.objects.create(proposal=tabled, position=position, outcome=outcome, settles=settles)
    move(region, item, ProposalKind.GRANT, "Asta", concerns=[2])
    questions = part(region, item)
    assert [q.options.count() for q in questions] == [1, 2, 1]
    for place, question in zip((0, 1, 0), questions, strict=True):
        find(region, question, place)
    _lead, clauses = decision(facts_of(Paragraph.objects.get()))
    assert clauses.items == (  # type: ignore[union-attr]  # a list of clauses
        "att motionens första att-sats avslås",
        "att motionens andra att-sats bifalls",
        "att motionens tredje att-sats avslås.",
    )


@pytest.mark.parametrize("concerns", [[], [1, 2]])
def test_proposal_that_replaces_more_than_one_clause_is_not_parted(
    region: Region, paragraph: Paragraph, concerns: list[int]
) -> None:
    move(region, paragraph, ProposalKind.AMEND, "Asta", text="allt utreds", concerns=concerns)
    error = refusal(lambda: part(region, paragraph))
    assert error.message == (
        "Yrkandet från Asta Björk (V) gäller inte hela beslutssatser var för sig, och kan inte delas upp"
    )
    assert error.law == "KL 5 kap. 53 §"


def test_one_clause_is_not_parted(region: Region) -> None:
    item = open_with(region, make_meeting(region, region.board), make_prepared_motion(region))
    error = refusal(lambda: part(region, item))
    assert error.message == "Förslaget har bara en beslutssats, och inget att pröva var för sig"


def test_second_hand_is_not_parted(region: Region, paragraph: Paragraph) -> None:
    wishes = [Wish(ProposalKind.REJECT), Wish(ProposalKind.AMEND, "b sänks", (2,))]
    add_proposals(paragraph, by=region.secretary, movers=[region.people["Elsa"]], wishes=wishes)
    main = paragraph.questions.filter(kind=QuestionKind.MAIN)[0]
    error = refusal(lambda: part_by_clause(main, by=region.secretary))
    assert error.message.startswith("Yrkanden i andra hand prövas när hela första handen har fallit")


def test_rejection_of_one_clause_alone_is_proposed_and_carried(region: Region, paragraph: Paragraph) -> None:
    reject = move(region, paragraph, ProposalKind.REJECT, "Elsa", concerns=[2])
    record_finding(paragraph.questions.get(), by=region.secretary, winner=reject)
    _lead, clauses = decision(facts_of(Paragraph.objects.get()))
    assert clauses.items[1] == "att förslagets andra beslutssats avslås"  # type: ignore[union-attr]  # a list


def test_proposal_is_carried_where_it_was_in_one_clause(region: Region, paragraph: Paragraph) -> None:
    move(region, paragraph, ProposalKind.REJECT, "Elsa")
    move(region, paragraph, ProposalKind.AMEND, "Asta", text="b sänks", concerns=[2])
    for place, question in zip((1, 0, 0), part(region, paragraph), strict=True):
        find(region, question, place)
    found = Paragraph.objects.get()
    assert _fate(found, region.people["Elsa"]) == "Ditt yrkande bifölls."
    assert _fate(found, region.people["Asta"]) == "Ditt yrkande föll."


def _fate(paragraph: Paragraph, person: Person) -> str:
    return fates_of_proposals(paragraph, [person.pk])[person.pk]

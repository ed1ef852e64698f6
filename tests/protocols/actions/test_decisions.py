"""The gavel, the decision's clauses, and taking the last step back."""

from __future__ import annotations

from datetime import date

import pytest

from motions.enums import Outcome
from motions.errors import Conflict
from motions.models import Motion
from protocols.actions.agenda import add_block, add_matter
from protocols.actions.decisions import refine_decision, undo_last_step
from protocols.actions.meetings import open_meeting
from protocols.actions.procedure import record_finding
from protocols.actions.proposals import add_proposal
from protocols.actions.reservations import announce_reservation
from protocols.actions.taking_up import take_up
from protocols.enums import DecisionKind, ParagraphKind, ProposalKind
from protocols.facts import ClauseFact
from protocols.models import Decision, Meeting, Paragraph, Proposal
from protocols.queries.facts import clause_facts
from tests.factories import (
    Region,
    clock,
    close,
    decide,
    make_meeting,
    make_motion,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)
from tests.protocols.actions.refusals import fails, refusal

TWO = ("att bygga", "att berätta")


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def board(region: Region) -> Meeting:
    return make_meeting(region, region.board)


@pytest.fixture
def paragraph(region: Region, board: Meeting) -> Paragraph:
    return open_with(region, board, make_prepared_motion(region, clauses=TWO))


def move(region: Region, paragraph: Paragraph, kind: ProposalKind, text: str = "") -> Proposal:
    movers = [region.people["Elsa"]]
    return add_proposal(paragraph, by=region.secretary, kind=kind, movers=movers, text=text)


def carry(region: Region, paragraph: Paragraph, *winners: Proposal | None) -> Decision:
    """Let the chair find so, question by question."""
    for winner in winners:
        question = paragraph.questions.filter(found_at__isnull=True)[0]
        record_finding(question, by=region.secretary, winner=winner, at=clock(paragraph.meeting, 9, 40))
    return Decision.objects.get(paragraph=paragraph)


def clauses(decision: Decision) -> list[ClauseFact]:
    return clause_facts(decision.clauses.all())


def take_up_matter(region: Region, meeting: Meeting, proposal: str) -> Paragraph:
    item = add_matter(meeting, by=region.secretary, title="Budget", proposal=proposal)
    open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))
    return take_up(item, by=region.secretary, at=clock(meeting, 9))


# --- From the findings -------------------------------------------------------------------------------------


def test_tabled_proposal_becomes_the_decision(region: Region, paragraph: Paragraph) -> None:
    decision = carry(region, paragraph, paragraph.proposals.get())
    assert clauses(decision) == [ClauseFact(Outcome.REJECTED, (1, 2))]


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [(ProposalKind.GRANT, Outcome.GRANTED), (ProposalKind.DEEM_ANSWERED, Outcome.DEEMED_ANSWERED)],
)
def test_carried_counter_proposal_settles_every_clause(
    region: Region, paragraph: Paragraph, kind: ProposalKind, outcome: Outcome
) -> None:
    decision = carry(region, paragraph, move(region, paragraph, kind))
    assert (decision.kind, clauses(decision)) == (DecisionKind.PROPOSES, [ClauseFact(outcome, (1, 2))])


def test_carried_amendment_is_the_decision_in_its_own_words(region: Region, paragraph: Paragraph) -> None:
    decision = carry(region, paragraph, move(region, paragraph, ProposalKind.AMEND, "att bygga hälften"))
    assert clauses(decision) == [ClauseFact(text="att bygga hälften")]


def test_carried_addition_follows_the_main_decision(region: Region, paragraph: Paragraph) -> None:
    add = move(region, paragraph, ProposalKind.ADD, "att följa upp")
    tabled = paragraph.proposals.get(kind=ProposalKind.TABLED)
    assert clauses(carry(region, paragraph, tabled, add)) == [
        ClauseFact(Outcome.REJECTED, (1, 2)),
        ClauseFact(text="att följa upp"),
    ]


def test_addition_turned_down_leaves_the_main_decision(region: Region, paragraph: Paragraph) -> None:
    move(region, paragraph, ProposalKind.ADD, "att följa upp")
    tabled = paragraph.proposals.get(kind=ProposalKind.TABLED)
    assert clauses(carry(region, paragraph, tabled, None)) == [ClauseFact(Outcome.REJECTED, (1, 2))]


def test_matter_is_decided_as_tabled_or_rejected(region: Region, board: Meeting) -> None:
    item = take_up_matter(region, board, "att anta budgeten\natt följa den")
    reject = move(region, item, ProposalKind.REJECT)
    decision = carry(region, item, item.proposals.get(kind=ProposalKind.TABLED))
    assert decision.kind == DecisionKind.DECIDES
    assert [fact.text for fact in clauses(decision)] == ["att anta budgeten", "att följa den"]
    undo_last_step(item, by=region.secretary)
    assert clauses(carry(region, item, reject)) == [ClauseFact(Outcome.REJECTED)]


def test_information_without_a_proposal_is_laid_to_the_documents(region: Region, board: Meeting) -> None:
    item = take_up_matter(region, board, "")
    decision = carry(region, item, item.proposals.get())
    assert (decision.kind, clauses(decision)) == (DecisionKind.NOTES, [])
    words = [ClauseFact(text="notera informationen")]
    assert refine_decision(item, by=region.secretary, clauses=words).kind == DecisionKind.DECIDES
    assert refine_decision(item, by=region.secretary, clauses=[]).kind == DecisionKind.NOTES


@pytest.mark.parametrize(
    ("kind", "decided"),
    [
        (ParagraphKind.REMITTAL, DecisionKind.DECIDES),
        (ParagraphKind.OUTSTANDING_REPORT, DecisionKind.NOTES),
    ],
)
def test_block_is_decided_for_all_its_motions(
    region: Region, kind: ParagraphKind, decided: DecisionKind
) -> None:
    meeting = make_meeting(region, region.assembly)
    motions = [make_motion(region), make_motion(region, title="Nattbuss")]
    item = add_block(meeting, by=region.secretary, kind=kind, motions=motions)
    open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))
    decision = carry(region, take_up(item, by=region.secretary), item.proposals.get())
    assert (decision.kind, clauses(decision)) == (decided, [])


# --- Refining ----------------------------------------------------------------------------------------------


def test_refine_gives_each_clause_its_outcome_and_words_of_its_own(
    region: Region, paragraph: Paragraph
) -> None:
    decide(region, paragraph)
    wanted = [
        ClauseFact(Outcome.GRANTED, (2,)),
        ClauseFact(Outcome.DEEMED_ANSWERED, (1,)),
        ClauseFact(text="utreda läget"),
    ]
    assert clauses(refine_decision(paragraph, by=region.secretary, clauses=wanted)) == wanted


@pytest.mark.parametrize(
    "wrong",
    [
        [ClauseFact(Outcome.GRANTED, (1, 2)), ClauseFact(Outcome.REJECTED, (2,))],
        [ClauseFact(Outcome.GRANTED, (1, 3))],
    ],
)
def test_refine_settles_each_clause_once(
    region: Region, paragraph: Paragraph, wrong: list[ClauseFact]
) -> None:
    before = clauses(decide(region, paragraph).decision)
    error = refusal(lambda: refine_decision(paragraph, by=region.secretary, clauses=wrong))
    assert (error.message, error.field) == ("Varje att-sats kan bara få ett utfall", "clauses")
    assert clauses(Decision.objects.get()) == before


def test_refine_to_nothing_is_refused_for_a_motion(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    error = refusal(lambda: refine_decision(paragraph, by=region.secretary, clauses=[]))
    assert (error.message, error.law) == ("Ett beslut behöver minst en beslutssats", "KL 5 kap. 67 §")


def test_refine_with_an_identity_number_is_refused(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    wrong = [ClauseFact(text="höra 850709-9805")]
    assert refusal(lambda: refine_decision(paragraph, by=region.secretary, clauses=wrong)).field == "clauses"


def test_refine_before_the_gavel_is_a_conflict(region: Region, paragraph: Paragraph) -> None:
    wanted = [ClauseFact(Outcome.GRANTED, (1, 2))]
    error = refusal(lambda: refine_decision(paragraph, by=region.secretary, clauses=wanted))
    assert (type(error), error.message) == (Conflict, "Beslutet är inte fattat ännu")


def test_refine_sets_the_day_of_a_postponed_item(region: Region, paragraph: Paragraph) -> None:
    carry(region, paragraph, move(region, paragraph, ProposalKind.POSTPONE))
    day = date(2026, 6, 17)
    assert refine_decision(paragraph, by=region.secretary, clauses=[], until=day).until == day
    error = refusal(
        lambda: refine_decision(paragraph, by=region.secretary, clauses=[], until=date(2026, 5, 20))
    )
    assert (error.message, error.law, error.field) == (
        "Ärendet bordläggs till en senare dag", "KL 5 kap. 51 §", "until",
    )  # fmt: skip


def test_refine_gives_no_day_to_what_is_not_postponed(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    wanted = [ClauseFact(Outcome.GRANTED, (1, 2))]
    decision = refine_decision(paragraph, by=region.secretary, clauses=wanted, until=date(2026, 6, 17))
    assert decision.until is None


def test_refine_whose_clause_fails_keeps_the_decision(region: Region, paragraph: Paragraph) -> None:
    before = clauses(decide(region, paragraph).decision)
    wanted = [ClauseFact(Outcome.GRANTED, (1, 2))]
    fails(
        lambda: refine_decision(paragraph, by=region.secretary, clauses=wanted),
        table="protocols_decisionclause",
    )
    assert clauses(Decision.objects.get()) == before


def test_refine_of_verified_minutes_is_refused(region: Region, board: Meeting, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    verify(region, close(region, board))
    wanted = [ClauseFact(Outcome.GRANTED, (1, 2))]
    error = refusal(lambda: refine_decision(paragraph, by=region.secretary, clauses=wanted))
    assert error.law == "KL 5 kap. 69 §"
    assert error.instead == "En rättelse görs som en ny, daterad version bredvid den gamla."


# --- Undoing -----------------------------------------------------------------------------------------------


def test_undo_takes_back_the_decision_and_then_each_finding(region: Region, paragraph: Paragraph) -> None:
    move(region, paragraph, ProposalKind.POSTPONE)
    carry(region, paragraph, None, paragraph.proposals.get(kind=ProposalKind.TABLED))
    back = undo_last_step(paragraph, by=region.secretary)
    assert back.is_taken_up
    assert not Decision.objects.exists()
    assert [question.found_at is None for question in paragraph.questions.all()] == [False, True]
    undo_last_step(paragraph, by=region.secretary)
    assert (
        refusal(lambda: undo_last_step(paragraph, by=region.secretary)).message == "Det finns inget att ångra"
    )


def test_undo_names_the_step_so_that_twice_is_once(region: Region, paragraph: Paragraph) -> None:
    move(region, paragraph, ProposalKind.POSTPONE)
    carry(region, paragraph, None, paragraph.proposals.get(kind=ProposalKind.TABLED))
    latest = paragraph.questions.last()
    assert latest
    undo_last_step(paragraph, by=region.secretary, question=latest.pk)
    error = refusal(lambda: undo_last_step(paragraph, by=region.secretary, question=latest.pk))
    assert error.message == "Det steget är redan ångrat"
    assert paragraph.questions.filter(found_at__isnull=False).count() == 1


def test_undo_after_a_reservation_is_refused(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    announce_reservation(paragraph, by=region.politician, persons=[region.people["Asta"]])
    error = refusal(lambda: undo_last_step(paragraph, by=region.secretary))
    assert (error.message, error.law) == ("Någon har redan reserverat sig mot beslutet", "KL 4 kap. 27 §")
    assert error.instead == "Ta först bort reservationen i samråd med den som anmälde den."


def test_undo_after_the_meeting_is_refused(region: Region, board: Meeting, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    close(region, board)
    error = refusal(lambda: undo_last_step(paragraph, by=region.secretary))
    assert error.message == "Sammanträdet är avslutat, och beslutet står fast"
    assert (error.law, error.instead) == ("KL 5 kap. 53 §", "Texten kan omformuleras fram till justeringen.")


def test_undo_that_fails_keeps_the_decision(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    fails(lambda: undo_last_step(paragraph, by=region.secretary), table="protocols_paragraph")
    assert Decision.objects.get().paragraph == paragraph
    assert paragraph.questions.get().found_at


def test_verdict_of_fullmaktige_stands_on_the_boards_clauses(region: Region, board: Meeting) -> None:
    motion = make_prepared_motion(region, clauses=TWO)
    item = open_with(region, board, motion)
    decide(region, item)
    refine_decision(
        item,
        by=region.secretary,
        clauses=[ClauseFact(Outcome.GRANTED, (1,)), ClauseFact(Outcome.REJECTED, (2,))],
    )
    verify(region, close(region, board))
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    verdict = decide(region, open_with(region, assembly, Motion.objects.get()))
    assert (verdict.decision.kind, clauses(verdict.decision)) == (
        DecisionKind.DECIDES,
        [ClauseFact(Outcome.GRANTED, (1,)), ClauseFact(Outcome.REJECTED, (2,))],
    )

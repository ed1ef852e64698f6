"""The chair's questions: in order, one finding each, and a minority's right in fullmäktige."""

from __future__ import annotations

from datetime import date

import pytest

from motions.errors import Conflict, Forbidden
from motions.models import Motion
from protocols.actions.attendance import set_present
from protocols.actions.procedure import record_finding
from protocols.actions.proposals import add_proposal
from protocols.enums import DecisionKind, ParagraphState, ProposalKind
from protocols.models import Decision, Paragraph, Proposal, Question
from tests.factories import (
    Region,
    clock,
    close,
    decide,
    make_meeting,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)
from tests.protocols.actions.refusals import fails, refusal


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def at_board(region: Region) -> Paragraph:
    return open_with(region, make_meeting(region, region.board), make_prepared_motion(region))


@pytest.fixture
def at_assembly(region: Region, at_board: Paragraph) -> Paragraph:
    decide(region, at_board)
    verify(region, close(region, at_board.meeting))
    return open_with(
        region, make_meeting(region, region.assembly, held_on=date(2026, 6, 10)), Motion.objects.get()
    )


def move(
    region: Region, paragraph: Paragraph, kind: ProposalKind, name: str = "Elsa", text: str = ""
) -> Proposal:
    return add_proposal(paragraph, by=region.secretary, kind=kind, movers=[region.people[name]], text=text)


def find(
    region: Region, paragraph: Paragraph, winner: Proposal | None, supporters: int | None = None
) -> Paragraph:
    """Answer the next question."""
    question = paragraph.questions.filter(found_at__isnull=True)[0]
    return record_finding(
        question,
        by=region.secretary,
        winner=winner,
        supporters=supporters,
        at=clock(paragraph.meeting, 9, 40),
    )


def tabled(paragraph: Paragraph) -> Proposal:
    return paragraph.proposals.get(kind=ProposalKind.TABLED)


# --- Findings in order -------------------------------------------------------------------------------------


def test_last_finding_decides(region: Region, at_board: Paragraph) -> None:
    paragraph = find(region, at_board, tabled(at_board))
    assert (paragraph.state, paragraph.decided_at) == (ParagraphState.DECIDED, clock(at_board.meeting, 9, 40))
    assert paragraph.decision.kind == DecisionKind.PROPOSES


def test_each_question_in_its_turn(region: Region, at_board: Paragraph) -> None:
    move(region, at_board, ProposalKind.POSTPONE)
    first, second = at_board.questions.all()
    error = refusal(lambda: record_finding(second, by=region.secretary, winner=tabled(at_board)))
    assert (type(error), error.message) == (
        Conflict, "Frågan är redan besvarad, eller en tidigare fråga återstår",
    )  # fmt: skip
    record_finding(first, by=region.secretary, winner=None)
    assert refusal(lambda: record_finding(first, by=region.secretary, winner=None)).message == error.message
    at_board.refresh_from_db()
    assert at_board.is_taken_up
    assert record_finding(second, by=region.secretary, winner=tabled(at_board)).is_decided


def test_carried_formal_question_ends_the_item(region: Region, at_board: Paragraph) -> None:
    postpone = move(region, at_board, ProposalKind.POSTPONE)
    paragraph = find(region, at_board, postpone)
    assert paragraph.decision.kind == DecisionKind.POSTPONES
    assert not paragraph.decision.by_minority


def test_main_question_needs_a_winner_among_its_options(region: Region, at_board: Paragraph) -> None:
    add = move(region, at_board, ProposalKind.ADD, text="att följa upp")
    error = refusal(lambda: find(region, at_board, None))
    assert (error.message, error.field) == ("Välj vilket förslag som bifalls", "winner")
    error = refusal(lambda: find(region, at_board, add))
    assert (error.message, error.field) == ("Förslaget hör inte till denna fråga", "winner")


def test_finding_without_quorum_is_refused(region: Region, at_board: Paragraph) -> None:
    for name in ("Asta", "Didrik", "Elsa", "Farid"):
        set_present(at_board.meeting, by=region.secretary, person=region.people[name], is_present=False)
    error = refusal(lambda: find(region, at_board, tabled(at_board)))
    assert error.law == "KL 6 kap. 27 §"


def test_finding_on_a_decided_paragraph_is_a_conflict(region: Region, at_board: Paragraph) -> None:
    question = at_board.questions.get()
    decide(region, at_board)
    error = refusal(lambda: record_finding(question, by=region.secretary, winner=None))
    assert isinstance(error, Conflict)


def test_finding_is_the_secretarys_to_note(region: Region, at_board: Paragraph) -> None:
    question = at_board.questions.get()
    error = refusal(lambda: record_finding(question, by=region.chair, winner=tabled(at_board)))
    assert isinstance(error, Forbidden)


@pytest.mark.parametrize("table", ["protocols_decision", "protocols_decisionclause", "protocols_paragraph"])
def test_finding_whose_decision_fails_is_not_noted(region: Region, at_board: Paragraph, table: str) -> None:
    fails(lambda: find(region, at_board, tabled(at_board)), table=table)
    assert Question.objects.get().found_at is None
    assert not Decision.objects.exists()
    at_board.refresh_from_db()
    assert at_board.is_taken_up


# --- A minority's demand (KL 5 kap. 50 §) ------------------------------------------------------------------


def test_a_third_of_those_present_refers_back_in_fullmaktige(region: Region, at_assembly: Paragraph) -> None:
    refer_back = move(region, at_assembly, ProposalKind.REFER_BACK, text="kostnaden belyses")
    error = refusal(lambda: find(region, at_assembly, refer_back, supporters=2))
    assert error.message == "Det krävs minst 3 av 7 närvarande, och 2 begärde det"
    assert (error.law, error.field) == ("KL 5 kap. 50 §", "supporters")
    decision = find(region, at_assembly, refer_back, supporters=3).decision
    assert (decision.kind, decision.by_minority) == (DecisionKind.REFERS_BACK, True)
    assert decision.motivation == "kostnaden belyses"
    question = at_assembly.questions.get(winner=refer_back)
    assert (question.supporters, question.present) == (3, 7)


def test_the_third_is_counted_of_those_present(region: Region, at_assembly: Paragraph) -> None:
    set_present(at_assembly.meeting, by=region.secretary, person=region.people["Greta"], is_present=False)
    postpone = move(region, at_assembly, ProposalKind.POSTPONE)
    assert find(region, at_assembly, postpone, supporters=2).decision.by_minority


def test_more_supporters_than_present_are_refused(region: Region, at_assembly: Paragraph) -> None:
    postpone = move(region, at_assembly, ProposalKind.POSTPONE)
    error = refusal(lambda: find(region, at_assembly, postpone, supporters=8))
    assert (error.message, error.field) == ("Bara 7 är närvarande", "supporters")


def test_a_board_defers_by_majority_only(region: Region, at_board: Paragraph) -> None:
    postpone = move(region, at_board, ProposalKind.POSTPONE)
    error = refusal(lambda: find(region, at_board, postpone, supporters=3))
    assert error.message == "I regionstyrelsen krävs enkel majoritet för bordläggning och återremiss"
    assert (error.law, error.instead) == ("KL 6 kap. 33 §", "Anteckna ordförandens finnande i stället.")


def test_the_minoritys_right_is_used_once_a_case(region: Region, at_assembly: Paragraph) -> None:
    postpone = move(region, at_assembly, ProposalKind.POSTPONE)
    find(region, at_assembly, postpone, supporters=3)
    verify(region, close(region, at_assembly.meeting))
    meeting = make_meeting(region, region.assembly, held_on=date(2026, 9, 9))
    again = open_with(region, meeting, Motion.objects.get())
    postpone = move(region, again, ProposalKind.POSTPONE)
    error = refusal(lambda: find(region, again, postpone, supporters=7))
    assert error.message == "Ärendet har redan bordlagts eller återremitterats på begäran av en minoritet"
    assert (error.law, error.instead) == ("KL 5 kap. 50 §", "Nu krävs enkel majoritet.")
    assert not find(region, again, postpone).decision.by_minority


def test_a_minority_decides_nothing_of_the_matter_itself(region: Region, at_assembly: Paragraph) -> None:
    error = refusal(lambda: find(region, at_assembly, tabled(at_assembly), supporters=3))
    assert error.message == "Bara återremiss och bordläggning kan begäras av en minoritet"
    assert error.law == "KL 5 kap. 50 §"

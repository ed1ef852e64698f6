"""Yrkanden: by those who serve, with their wording, until the chair begins to ask."""

from __future__ import annotations

from datetime import date

import pytest

from motions.enums import Outcome
from motions.errors import Conflict, Forbidden
from motions.models import Motion, Person
from protocols.actions.agenda import add_matter
from protocols.actions.attendance import serve_for, set_present
from protocols.actions.meetings import open_meeting
from protocols.actions.participation import note_non_participation
from protocols.actions.procedure import record_finding
from protocols.actions.proposals import add_proposal, remove_proposal, withdraw_proposal
from protocols.actions.taking_up import take_up
from protocols.enums import NonParticipationKind, ProposalKind, QuestionKind
from protocols.models import Paragraph, Proposal
from tests.factories import (
    Region,
    close,
    decide,
    make_meeting,
    make_person,
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
def paragraph(region: Region) -> Paragraph:
    """A motion that the board is about to reject."""
    return open_with(region, make_meeting(region, region.board), make_prepared_motion(region))


def move(region: Region, paragraph: Paragraph, kind: ProposalKind, *names: str, text: str = "") -> Proposal:
    movers = [region.people[name] for name in names]
    return add_proposal(paragraph, by=region.secretary, kind=kind, movers=movers, text=text)


def put(paragraph: Paragraph) -> list[tuple[str, list[str]]]:
    """The questions: each with the kinds of its options."""
    return [
        (question.kind, [option.proposal.kind for option in question.options.all()])
        for question in paragraph.questions.all()
    ]


# --- Who ---------------------------------------------------------------------------------------------------


def test_proposal_keeps_its_movers_in_order_with_the_party_of_the_day(
    region: Region, paragraph: Paragraph
) -> None:
    proposal = move(region, paragraph, ProposalKind.GRANT, "Elsa", "Asta", "Elsa")
    assert [str(row) for row in proposal.mover_rows.all()] == ["Elsa Öhman (C)", "Asta Björk (V)"]


def test_proposal_by_nobody_is_refused(region: Region, paragraph: Paragraph) -> None:
    error = refusal(lambda: move(region, paragraph, ProposalKind.GRANT))
    assert (error.message, error.field) == ("Ange vem som yrkar", "movers")


def test_proposal_by_one_who_does_not_serve_is_refused(region: Region, paragraph: Paragraph) -> None:
    error = refusal(lambda: move(region, paragraph, ProposalKind.GRANT, "Asta", "Hugo"))
    assert error.message == "Hugo Alm tjänstgör inte och kan inte yrka"
    assert (error.law, error.field) == ("KL 5 kap. 17 §", "movers")
    assert not paragraph.proposals.exclude(kind=ProposalKind.TABLED).exists()


def test_serving_substitute_may_move(region: Region, paragraph: Paragraph) -> None:
    meeting, asta, hugo = paragraph.meeting, region.people["Asta"], region.people["Hugo"]
    set_present(meeting, by=region.secretary, person=asta, is_present=False)
    serve_for(meeting, by=region.secretary, substitute=hugo, member=asta)
    move(region, paragraph, ProposalKind.GRANT, "Hugo")
    assert "Asta Björk" in refusal(lambda: move(region, paragraph, ProposalKind.GRANT, "Asta")).message


def test_recused_member_may_not_move(region: Region, paragraph: Paragraph) -> None:
    asta = region.people["Asta"]
    note_non_participation(paragraph, by=region.secretary, person=asta, kind=NonParticipationKind.RECUSAL)
    error = refusal(lambda: move(region, paragraph, ProposalKind.GRANT, "Asta"))
    assert (error.message, error.law) == ("Asta Björk är jävig och deltar inte i ärendet", "KL 6 kap. 30 §")


@pytest.mark.parametrize("who", ["registrar", "officer", "chair", "politician", "administrator"])
def test_proposals_are_noted_by_the_secretary(region: Region, paragraph: Paragraph, who: str) -> None:
    movers: list[Person] = [region.people["Asta"]]
    by = getattr(region, who)
    error = refusal(lambda: add_proposal(paragraph, by=by, kind=ProposalKind.GRANT, movers=movers))
    assert isinstance(error, Forbidden)


# --- What --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "message", "law"),
    [
        (ProposalKind.AMEND, "Skriv yrkandets lydelse", "KL 5 kap. 67 §"),
        (ProposalKind.ADD, "Skriv yrkandets lydelse", "KL 5 kap. 67 §"),
        (ProposalKind.REFER_BACK, "Skriv motiveringen", "KL 5 kap. 50 §"),
    ],
)
def test_proposal_that_needs_words_is_refused_without(
    region: Region, paragraph: Paragraph, kind: ProposalKind, message: str, law: str
) -> None:
    error = refusal(lambda: move(region, paragraph, kind, "Asta", text=" \n"))
    assert (error.message, error.law, error.field) == (message, law, "text")
    move(region, paragraph, kind, "Asta", text="att kostnaden belyses")


def test_proposal_with_an_identity_number_is_refused(region: Region, paragraph: Paragraph) -> None:
    error = refusal(lambda: move(region, paragraph, ProposalKind.ADD, "Asta", text="att 850709-9805 hörs"))
    assert error.field == "text"


def test_only_a_motion_can_be_deemed_answered(region: Region) -> None:
    item = open_matter(region, "att anta budgeten")
    error = refusal(lambda: move(region, item, ProposalKind.DEEM_ANSWERED, "Asta"))
    assert (error.message, error.field) == ("Bara en motion kan anses besvarad", "kind")


def open_matter(region: Region, proposal: str) -> Paragraph:
    meeting = make_meeting(region, region.board)
    item = add_matter(meeting, by=region.secretary, title="Budget", proposal=proposal)
    open_meeting(meeting, by=region.secretary)
    return take_up(item, by=region.secretary)


# --- Support of the proposal before the meeting ------------------------------------------------------------


def test_support_joins_the_tabled_proposal(region: Region, paragraph: Paragraph) -> None:
    tabled = move(region, paragraph, ProposalKind.TABLED, "Cilla")
    assert move(region, paragraph, ProposalKind.TABLED, "Cilla", "Didrik") == tabled
    assert [str(row) for row in tabled.mover_rows.all()] == ["Cilla Dahl (M)", "Didrik Åkesson (S)"]
    assert put(paragraph) == [(QuestionKind.MAIN, [ProposalKind.TABLED])]


def test_support_in_own_words_is_no_support(region: Region, paragraph: Paragraph) -> None:
    error = refusal(lambda: move(region, paragraph, ProposalKind.TABLED, "Cilla", text="att bygga"))
    assert (error.field, error.instead) == ("text", "Välj ändring eller tillägg om lydelsen är en annan.")


def test_removing_support_keeps_the_tabled_proposal(region: Region, paragraph: Paragraph) -> None:
    tabled = move(region, paragraph, ProposalKind.TABLED, "Cilla")
    remove_proposal(tabled, by=region.secretary)
    assert paragraph.proposals.get() == tabled
    assert not tabled.mover_rows.exists()
    assert put(paragraph) == [(QuestionKind.MAIN, [ProposalKind.TABLED])]


# --- The questions that follow -----------------------------------------------------------------------------


def test_opposite_proposal_is_put_against_the_tabled_one(region: Region, paragraph: Paragraph) -> None:
    move(region, paragraph, ProposalKind.GRANT, "Asta")
    assert put(paragraph) == [(QuestionKind.MAIN, [ProposalKind.TABLED, ProposalKind.GRANT])]


def test_same_alternative_stands_once_in_the_question(region: Region, paragraph: Paragraph) -> None:
    """The board is about to reject: two who want that are no counter-proposal, two who grant are one."""
    move(region, paragraph, ProposalKind.REJECT, "Cilla")
    assert put(paragraph) == [(QuestionKind.MAIN, [ProposalKind.TABLED])]
    move(region, paragraph, ProposalKind.GRANT, "Asta")
    move(region, paragraph, ProposalKind.GRANT, "Elsa")
    assert put(paragraph) == [(QuestionKind.MAIN, [ProposalKind.TABLED, ProposalKind.GRANT])]


def test_granting_is_the_tabled_alternative_when_the_draft_grants(region: Region) -> None:
    motion = make_prepared_motion(region, outcome=Outcome.GRANTED, clauses=("att bygga", "att berätta"))
    paragraph = open_with(region, make_meeting(region, region.board), motion)
    move(region, paragraph, ProposalKind.GRANT, "Asta")
    move(region, paragraph, ProposalKind.REJECT, "Cilla")
    assert put(paragraph) == [(QuestionKind.MAIN, [ProposalKind.TABLED, ProposalKind.REJECT])]


def test_same_alternative_in_fullmaktige_is_the_boards_proposal(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    verify(region, close(region, paragraph.meeting))
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    item = open_with(region, assembly, Motion.objects.get())
    move(region, item, ProposalKind.REJECT, "Cilla")
    move(region, item, ProposalKind.DEEM_ANSWERED, "Elsa")
    assert put(item) == [(QuestionKind.MAIN, [ProposalKind.TABLED, ProposalKind.DEEM_ANSWERED])]


def test_granting_a_matter_without_motion_is_its_tabled_proposal(region: Region) -> None:
    item = open_matter(region, "att anta budgeten")
    move(region, item, ProposalKind.GRANT, "Asta")
    move(region, item, ProposalKind.REJECT, "Cilla")
    assert put(item) == [(QuestionKind.MAIN, [ProposalKind.TABLED, ProposalKind.REJECT])]


def test_questions_come_formal_first_and_additions_last(region: Region, paragraph: Paragraph) -> None:
    move(region, paragraph, ProposalKind.ADD, "Asta", text="att följa upp")
    move(region, paragraph, ProposalKind.REFER_BACK, "Elsa", text="kostnaden")
    move(region, paragraph, ProposalKind.AMEND, "Greta", text="att bygga hälften")
    move(region, paragraph, ProposalKind.POSTPONE, "Farid")
    assert put(paragraph) == [
        (QuestionKind.FORMAL, [ProposalKind.POSTPONE]),
        (QuestionKind.FORMAL, [ProposalKind.REFER_BACK]),
        (QuestionKind.MAIN, [ProposalKind.TABLED, ProposalKind.AMEND]),
        (QuestionKind.ADDITION, [ProposalKind.ADD]),
    ]


# --- Taken back, removed, too late -------------------------------------------------------------------------


def test_withdrawn_proposal_is_put_no_more(region: Region, paragraph: Paragraph) -> None:
    grant = withdraw_proposal(move(region, paragraph, ProposalKind.GRANT, "Asta"), by=region.secretary)
    assert grant.withdrawn_at
    assert put(paragraph) == [(QuestionKind.MAIN, [ProposalKind.TABLED])]
    assert (
        refusal(lambda: withdraw_proposal(grant, by=region.secretary)).message == "Förslaget kan inte återtas"
    )


def test_tabled_proposal_cannot_be_withdrawn(region: Region, paragraph: Paragraph) -> None:
    tabled = paragraph.proposals.get()
    assert isinstance(refusal(lambda: withdraw_proposal(tabled, by=region.secretary)), Conflict)


def test_removed_proposal_leaves_no_trace(region: Region, paragraph: Paragraph) -> None:
    remove_proposal(move(region, paragraph, ProposalKind.GRANT, "Asta"), by=region.secretary)
    assert [proposal.kind for proposal in paragraph.proposals.all()] == [ProposalKind.TABLED]


def test_proposals_lie_fast_when_the_chair_has_begun_to_ask(region: Region, paragraph: Paragraph) -> None:
    grant = move(region, paragraph, ProposalKind.GRANT, "Asta")
    move(region, paragraph, ProposalKind.POSTPONE, "Elsa")
    record_finding(paragraph.questions.all()[0], by=region.secretary, winner=None)
    for act in (
        lambda: move(region, paragraph, ProposalKind.REJECT, "Cilla"),
        lambda: withdraw_proposal(grant, by=region.secretary),
        lambda: remove_proposal(grant, by=region.secretary),
    ):
        error = refusal(act)
        assert (type(error), error.message) == (
            Conflict, "Beslutsgången har börjat, och yrkandena ligger fast",
        )  # fmt: skip


def test_proposal_on_a_decided_paragraph_is_a_conflict(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    error = refusal(lambda: move(region, paragraph, ProposalKind.GRANT, "Asta"))
    assert error.instead == "Ta upp ärendet, eller ångra beslutet om det ska behandlas igen."


def test_proposal_without_its_movers_is_not_noted(region: Region, paragraph: Paragraph) -> None:
    before = put(paragraph)
    fails(lambda: move(region, paragraph, ProposalKind.GRANT, "Asta"), table="protocols_proposalmover")
    assert [proposal.kind for proposal in paragraph.proposals.all()] == [ProposalKind.TABLED]
    assert put(paragraph) == before


def test_proposal_by_a_stranger_is_refused(region: Region, paragraph: Paragraph) -> None:
    stranger = make_person("Ulf", "Rönn")
    error = refusal(
        lambda: add_proposal(paragraph, by=region.secretary, kind=ProposalKind.GRANT, movers=[stranger])
    )
    assert error.message == "Ulf Rönn tjänstgör inte och kan inte yrka"

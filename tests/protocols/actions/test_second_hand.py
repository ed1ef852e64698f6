"""Proposals in the first and in the second hand: noted together, put in turn, taken back one by one."""

from __future__ import annotations

import pytest

from motions.enums import Outcome
from protocols.actions.agenda import add_matter
from protocols.actions.decisions import undo_last_step
from protocols.actions.procedure import record_finding
from protocols.actions.proposals import (
    Wish,
    add_proposal,
    add_proposals,
    change_proposal,
    remove_proposal,
    withdraw_proposal,
)
from protocols.actions.second_hand import needed
from protocols.actions.taking_up import take_up
from protocols.actions.voting_order import arrange_main_vote, put_all_against_each_other
from protocols.enums import ProposalKind as Kind
from protocols.enums import QuestionKind
from protocols.models import Paragraph, Proposal
from protocols.queries.facts import facts_of
from tests.factories import Region, make_meeting, make_prepared_motion, make_region, open_with
from tests.protocols.actions.refusals import refusal


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    """A motion with three att-satser that the board is about to reject."""
    motion = make_prepared_motion(region, clauses=("att bygga", "att berätta", "att följa upp"))
    return open_with(region, make_meeting(region, region.board), motion)


def wish(region: Region, paragraph: Paragraph, names: str, *wishes: Wish) -> list[Proposal]:
    movers = [region.people[name] for name in names.split()]
    return add_proposals(paragraph, by=region.secretary, movers=movers, wishes=wishes)


def tabled(paragraph: Paragraph) -> Proposal:
    return paragraph.proposals.get(kind=Kind.TABLED, preference__isnull=True)


def find(region: Region, paragraph: Paragraph, winner: Proposal | None) -> Paragraph:
    """The chair finds the winner carried in the question whose turn it is."""
    questions = needed(paragraph, list(paragraph.questions.select_related("winner")))
    question = next(question for question in questions if question.found_at is None)
    record_finding(question, by=region.secretary, winner=winner)
    return Paragraph.objects.select_related("meeting", "body", "motion").get(pk=paragraph.pk)


def put(paragraph: Paragraph) -> list[list[int]]:
    return [[option.proposal_id for option in q.options.all()] for q in paragraph.questions.all()]


# --- Noting ------------------------------------------------------------------------------------------------


def test_both_hands_are_noted_for_all_movers_by_whom_and_when(region: Region, paragraph: Paragraph) -> None:
    both = wish(region, paragraph, "Asta Bo", Wish(Kind.GRANT), Wish(Kind.DEEM_ANSWERED))
    assert [(p.kind, p.preference) for p in both] == [(Kind.GRANT, 1), (Kind.DEEM_ANSWERED, 2)]
    rows = [row for p in both for row in p.mover_rows.all()]
    assert [str(row) for row in rows] == ["Asta Björk (V)", "Bo Cederlund (S)"] * 2
    assert {row.noted_by for row in rows} == {region.secretary}
    assert len({row.noted_at for row in rows}) == 1


def test_support_of_the_tabled_proposal_in_the_second_hand_is_told(
    region: Region, paragraph: Paragraph
) -> None:
    wish(region, paragraph, "Asta", Wish(Kind.GRANT), Wish(Kind.TABLED))
    assert not tabled(paragraph).mover_rows.exists()
    (question,) = put(paragraph)
    assert len(question) == 2


@pytest.mark.parametrize(
    ("second", "message", "field"),
    [
        (Wish(Kind.GRANT), "Det som föreslås i andra hand är detsamma som i första hand", "second_kind"),
        (Wish(Kind.AMEND), "Skriv yrkandets lydelse", "second_text"),
        (Wish(Kind.REJECT, concerns=(4,)), "Nummer 4 finns inte: det finns 3", "second_concerns"),
    ],
)
def test_wrong_second_hand_notes_nothing(
    region: Region, paragraph: Paragraph, second: Wish, message: str, field: str
) -> None:
    error = refusal(lambda: wish(region, paragraph, "Asta", Wish(Kind.GRANT), second))
    assert (error.message, error.field) == (message, field)
    assert paragraph.proposals.count() == 1


# --- Putting -----------------------------------------------------------------------------------------------


def test_second_hand_meets_what_carried_when_the_first_has_fallen(
    region: Region, paragraph: Paragraph
) -> None:
    first, second = wish(region, paragraph, "Asta", Wish(Kind.GRANT), Wish(Kind.DEEM_ANSWERED))
    assert put(paragraph) == [[tabled(paragraph).pk, first.pk], [second.pk]]
    paragraph = find(region, paragraph, tabled(paragraph))
    assert paragraph.is_taken_up
    assert put(paragraph)[1] == [tabled(paragraph).pk, second.pk]
    paragraph = find(region, paragraph, second)
    (clause,) = paragraph.decision.clauses.all()
    assert (clause.outcome, clause.settles) == (Outcome.DEEMED_ANSWERED, [1, 2, 3])


def test_second_hand_is_not_put_where_the_first_carried(region: Region, paragraph: Paragraph) -> None:
    first, second = wish(region, paragraph, "Asta", Wish(Kind.GRANT), Wish(Kind.DEEM_ANSWERED))
    paragraph = find(region, paragraph, first)
    assert paragraph.is_decided
    assert [q.found_at is None for q in paragraph.questions.all()] == [False, True]
    assert [q.winner for q in facts_of(paragraph).questions] == [first.pk]
    assert paragraph.proposals.filter(pk=second.pk).exists()


def test_second_hand_of_another_is_put_against_a_first_hand_that_carried(
    region: Region, paragraph: Paragraph
) -> None:
    first, mine = wish(region, paragraph, "Asta", Wish(Kind.GRANT), Wish(Kind.DEEM_ANSWERED))
    _lost, theirs = wish(
        region, paragraph, "Elsa", Wish(Kind.AMEND, "bygga hälften"), Wish(Kind.AMEND, "bygga en del")
    )
    assert put(paragraph)[1] == [mine.pk, theirs.pk]
    paragraph = find(region, paragraph, first)
    assert put(paragraph)[1] == [first.pk, theirs.pk]
    assert find(region, paragraph, first).is_decided


def test_undo_lays_the_second_round_out_again(region: Region, paragraph: Paragraph) -> None:
    first, second = wish(region, paragraph, "Asta", Wish(Kind.GRANT), Wish(Kind.DEEM_ANSWERED))
    before = put(paragraph)
    paragraph = find(region, paragraph, tabled(paragraph))
    undo_last_step(paragraph, by=region.secretary)
    assert put(paragraph) == before
    paragraph = find(region, paragraph, first)
    paragraph = undo_last_step(paragraph, by=region.secretary)
    assert paragraph.is_taken_up
    assert put(paragraph) == before
    assert second.pk in put(paragraph)[1]


def test_second_round_of_several_can_be_parted_and_put_together(region: Region, paragraph: Paragraph) -> None:
    _first, mine = wish(region, paragraph, "Asta", Wish(Kind.GRANT), Wish(Kind.DEEM_ANSWERED))
    _other, theirs = wish(
        region, paragraph, "Elsa", Wish(Kind.AMEND, "bygga hälften"), Wish(Kind.AMEND, "bygga en del")
    )
    paragraph = find(region, paragraph, tabled(paragraph))
    round_two = paragraph.questions.filter(kind=QuestionKind.MAIN)[1]
    together = put(paragraph)
    arrange_main_vote(round_two, by=region.secretary, main=tabled(paragraph), others=[mine, theirs])
    assert [q.kind for q in paragraph.questions.all()] == [
        QuestionKind.MAIN,
        QuestionKind.COUNTER,
        QuestionKind.MAIN,
    ]
    put_all_against_each_other(paragraph, by=region.secretary)
    assert [sorted(options) for options in put(paragraph)] == [sorted(options) for options in together]
    arrange_main_vote(round_two, by=region.secretary, main=tabled(paragraph), others=[mine, theirs])
    paragraph = find(region, paragraph, theirs)
    paragraph = find(region, paragraph, theirs)
    assert [clause.text for clause in paragraph.decision.clauses.all()] == ["bygga en del"]


def test_formal_first_hand_and_the_matter_in_the_second(region: Region, paragraph: Paragraph) -> None:
    back, grant = wish(region, paragraph, "Asta", Wish(Kind.REFER_BACK, "Mer behövs."), Wish(Kind.GRANT))
    assert put(paragraph) == [[back.pk], [tabled(paragraph).pk, grant.pk]]


def test_first_hand_taken_back_leaves_the_second_in_its_place(region: Region, paragraph: Paragraph) -> None:
    first, second = wish(region, paragraph, "Asta", Wish(Kind.GRANT), Wish(Kind.DEEM_ANSWERED))
    withdraw_proposal(first, by=region.secretary)
    assert put(paragraph) == [[tabled(paragraph).pk, second.pk]]
    first.refresh_from_db()
    assert first.withdrawn_by == region.secretary


def test_support_in_the_second_hand_can_be_taken_back_and_removed(
    region: Region, paragraph: Paragraph
) -> None:
    first, support = wish(region, paragraph, "Asta", Wish(Kind.GRANT), Wish(Kind.TABLED))
    withdraw_proposal(support, by=region.secretary)
    remove_proposal(support, by=region.secretary)
    assert put(paragraph) == [[tabled(paragraph).pk, first.pk]]


# --- For what ----------------------------------------------------------------------------------------------


def test_addition_to_a_yrkande_is_put_only_where_that_was_carried(
    region: Region, paragraph: Paragraph
) -> None:
    (grant,) = wish(region, paragraph, "Asta", Wish(Kind.GRANT))
    wish(region, paragraph, "Elsa", Wish(Kind.ADD, "redovisa", target=grant))
    assert find(region, paragraph, tabled(paragraph)).is_decided


def test_grant_of_one_att_sats_leaves_the_others_as_proposed(region: Region, paragraph: Paragraph) -> None:
    (grant,) = wish(region, paragraph, "Asta", Wish(Kind.GRANT, concerns=(2,)))
    paragraph = find(region, paragraph, grant)
    assert [(c.outcome, c.settles) for c in paragraph.decision.clauses.all()] == [
        (Outcome.GRANTED, [2]),
        (Outcome.REJECTED, [1, 3]),
    ]


def test_change_of_one_clause_of_a_matter_keeps_its_place(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    other = open_with(region, meeting, make_prepared_motion(region))
    find(region, other, tabled(other))
    item = add_matter(meeting, by=region.secretary, title="Taxor", proposal="a\nb\nc")
    take_up(item, by=region.secretary)
    (change,) = wish(region, item, "Asta", Wish(Kind.AMEND, "b utökas", concerns=(2,)))
    item = find(region, item, change)
    assert [clause.text for clause in item.decision.clauses.all()] == ["a", "b utökas", "c"]


@pytest.mark.parametrize(
    ("kind", "field"),
    [(Kind.GRANT, "target"), (Kind.REFER_BACK, "target")],
)
def test_only_changes_and_additions_have_a_target(
    region: Region, paragraph: Paragraph, kind: Kind, field: str
) -> None:
    (grant,) = wish(region, paragraph, "Asta", Wish(Kind.GRANT))
    error = refusal(lambda: wish(region, paragraph, "Elsa", Wish(kind, "Mer behövs.", target=grant)))
    assert (error.message, error.field) == (
        "Bara en ändring eller ett tillägg görs till ett annat yrkande",
        field,
    )


def test_nothing_is_added_to_a_yrkande_taken_back(region: Region, paragraph: Paragraph) -> None:
    (grant,) = wish(region, paragraph, "Asta", Wish(Kind.GRANT))
    withdraw_proposal(grant, by=region.secretary)
    grant.refresh_from_db()
    error = refusal(lambda: wish(region, paragraph, "Elsa", Wish(Kind.ADD, "redovisa", target=grant)))
    assert error.field == "target"


# --- Correcting --------------------------------------------------------------------------------------------


def test_mover_is_added_and_taken_off(region: Region, paragraph: Paragraph) -> None:
    proposal = add_proposal(
        paragraph, by=region.secretary, kind=Kind.GRANT, movers=[region.people["Asta"], region.people["Bo"]]
    )
    noted = proposal.mover_rows.get(person=region.people["Bo"]).noted_at
    change_proposal(proposal, by=region.secretary, movers=[region.people["Elsa"], region.people["Bo"]])
    assert [str(row) for row in proposal.mover_rows.all()] == ["Elsa Öhman (C)", "Bo Cederlund (S)"]
    assert proposal.mover_rows.get(person=region.people["Bo"]).noted_at == noted


def test_correction_is_checked_as_what_is_new(region: Region, paragraph: Paragraph) -> None:
    (grant,) = wish(region, paragraph, "Asta", Wish(Kind.AMEND, "a"))
    elsa = [region.people["Elsa"]]
    error = refusal(lambda: change_proposal(grant, by=region.secretary, movers=elsa, wish=Wish(Kind.AMEND)))
    assert error.field == "text"
    error = refusal(lambda: change_proposal(grant, by=region.secretary, movers=[region.people["Hugo"]]))
    assert error.law == "KL 5 kap. 17 §"
    withdraw_proposal(grant, by=region.secretary)
    error = refusal(lambda: change_proposal(grant, by=region.secretary, movers=elsa))
    assert error.message == "Yrkandet är återtaget"

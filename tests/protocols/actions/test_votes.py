"""Votes: what Ja and Nej mean, who votes, ties, minorities, counter-proposals, and every rule broken."""

from __future__ import annotations

from datetime import date

import pytest

from motions.enums import Outcome
from motions.errors import Conflict, DomainError
from motions.models import Motion
from protocols.actions.attendance import serve_for, set_present
from protocols.actions.decisions import undo_last_step
from protocols.actions.participation import note_non_participation
from protocols.actions.procedure import record_finding
from protocols.actions.proposals import add_proposal
from protocols.actions.texts import reword
from protocols.actions.votes import name_voters, record_vote
from protocols.actions.voting_order import arrange_main_vote, put_all_against_each_other
from protocols.enums import (
    BallotChoice,
    DecisionKind,
    NonParticipationKind,
    ProposalKind,
    QuestionKind,
    SectionKind,
    VoteEntry,
)
from protocols.models import Meeting, Paragraph, Proposal, Question
from protocols.queries.votes import voters_of
from tests.factories import (
    Region,
    ballots_of,
    close,
    decide,
    make_meeting,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
    vote_on,
)

YES, NO = BallotChoice.YES, BallotChoice.NO


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def motion(region: Region) -> Motion:
    """The board has rejected it in its draft."""
    return make_prepared_motion(region)


@pytest.fixture
def board(region: Region) -> Meeting:
    return make_meeting(region, region.board)


@pytest.fixture
def paragraph(region: Region, board: Meeting, motion: Motion) -> Paragraph:
    """The board deals with it, and Asta wants it granted against the tabled rejection."""
    found = open_with(region, board, motion)
    propose(region, found, ProposalKind.GRANT, "Asta")
    return found


@pytest.fixture
def at_assembly(region: Region, board: Meeting, motion: Motion) -> Paragraph:
    """Fullmäktige deals with it, and Asta wants it back."""
    decide(region, open_with(region, board, motion))
    close(region, board)
    verify(region, board)
    motion.refresh_from_db()
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 16))
    found = open_with(region, assembly, motion)
    propose(region, found, ProposalKind.REFER_BACK, "Asta", text="underlaget behöver kompletteras")
    return found


def propose(
    region: Region, paragraph: Paragraph, kind: ProposalKind, name: str, *, text: str = ""
) -> Proposal:
    return add_proposal(paragraph, by=region.secretary, kind=kind, movers=[region.people[name]], text=text)


def question_of(paragraph: Paragraph) -> Question:
    found = paragraph.questions.filter(found_at__isnull=True).first()
    assert found is not None
    return found


def test_vote_decides_the_question_by_simple_majority(region: Region, paragraph: Paragraph) -> None:
    decided = vote_on(region, paragraph, "jjjjnnn")
    assert decided.is_decided
    question = paragraph.questions.get()
    assert question.winner
    assert question.winner.kind == ProposalKind.TABLED
    vote = question.vote
    assert (vote.yes_count, vote.no_count, vote.abstain_count, vote.absent_count) == (4, 3, 0, 0)
    assert [ballot.person.given_name for ballot in vote.ballots.all()][:2] == ["Asta", "Bo"]
    assert decided.decision.clauses.get().outcome == Outcome.REJECTED


def test_nej_wins_what_nej_means(region: Region, paragraph: Paragraph) -> None:
    """Ja may stand for the motion and Nej for the board's draft: nothing is inferred."""
    decided = vote_on(region, paragraph, "jjjnnnn", reverse=True)
    assert decided.questions.get().winner == paragraph.proposals.get(kind=ProposalKind.TABLED)


def test_tie_asks_for_the_casting_vote(region: Region, paragraph: Paragraph) -> None:
    with pytest.raises(DomainError) as refused:
        vote_on(region, paragraph, "jjjnnna")
    assert (refused.value.field, refused.value.law) == ("casting_vote", "KL 5 kap. 56 §")
    assert "lika röstetal, 3 mot 3" in str(refused.value)
    paragraph.refresh_from_db()
    assert paragraph.is_taken_up
    decided = vote_on(region, paragraph, "jjjnnna", casting_vote=NO)
    assert decided.decision.clauses.get().outcome == Outcome.GRANTED


def test_casting_vote_without_a_tie_is_refused(region: Region, paragraph: Paragraph) -> None:
    with pytest.raises(DomainError, match="bara vid lika röstetal"):
        vote_on(region, paragraph, "jjjjnnn", casting_vote=YES)


def test_voters_are_those_who_serve_and_take_part(region: Region, paragraph: Paragraph) -> None:
    people, by = region.people, region.secretary
    set_present(paragraph.meeting, by=by, person=people["Asta"], is_present=False)
    serve_for(paragraph.meeting, by=by, substitute=people["Hugo"], member=people["Asta"])
    note_non_participation(paragraph, by=by, person=people["Cilla"], kind=NonParticipationKind.RECUSAL)
    names = [row.person.given_name for row in voters_of(paragraph)]
    assert names == ["Hugo", "Bo", "Didrik", "Elsa", "Farid", "Greta"]


def test_one_who_does_not_serve_cannot_vote(region: Region, paragraph: Paragraph) -> None:
    ballots = ballots_of(paragraph, "jjjjnnn") | {region.people["Hugo"].pk: YES}
    with pytest.raises(DomainError, match="Hugo Alm tjänstgör inte") as refused:
        vote_on(region, paragraph, ballots=ballots)
    assert refused.value.law == "KL 4 kap. 24 §"


def test_everybody_who_serves_is_accounted_for(region: Region, paragraph: Paragraph) -> None:
    ballots = ballots_of(paragraph, "jjjjnnn")
    del ballots[region.people["Elsa"].pk]
    with pytest.raises(DomainError, match=r"Röst saknas för Elsa Öhman \(C\)") as refused:
        vote_on(region, paragraph, ballots=ballots)
    assert refused.value.law == "KL 5 kap. 67 §"


def test_counts_fit_those_who_serve(region: Region, paragraph: Paragraph) -> None:
    with pytest.raises(DomainError, match="Rösterna blir 6, men 7 tjänstgör") as refused:
        vote_on(region, paragraph, counts={YES: 4, NO: 2})
    assert refused.value.field == "yes_count"


def test_yes_and_no_are_the_two_answers(region: Region, paragraph: Paragraph) -> None:
    tabled = paragraph.proposals.get(kind=ProposalKind.TABLED)
    with pytest.raises(DomainError, match="frågans två svar") as refused:
        record_vote(
            question_of(paragraph),
            by=region.secretary,
            yes=tabled,
            no=None,
            entry=VoteEntry.BY_NAME,
            ballots=ballots_of(paragraph, "jjjjnnn"),
        )
    assert refused.value.law == "KL 5 kap. 53 §"


def test_a_single_proposal_is_nothing_to_vote_between(region: Region, board: Meeting, motion: Motion) -> None:
    paragraph = open_with(region, board, motion)
    with pytest.raises(DomainError, match="bara ett förslag"):
        vote_on(region, paragraph, "jjjjnnn")


def test_somebody_who_does_not_vote_cannot_ask_for_it(region: Region, paragraph: Paragraph) -> None:
    with pytest.raises(DomainError, match="Hugo Alm deltar inte i beslutet") as refused:
        vote_on(region, paragraph, "jjjjnnn", requested_by=region.people["Hugo"])
    assert refused.value.field == "requested_by"


def test_same_vote_twice_is_a_conflict(region: Region, paragraph: Paragraph) -> None:
    question = question_of(paragraph)
    vote_on(region, paragraph, "jjjjnnn")
    with pytest.raises(Conflict):
        vote_on(region, paragraph, "jjjjnnn", question=question)


def test_undo_takes_the_vote_back(region: Region, paragraph: Paragraph) -> None:
    vote_on(region, paragraph, "jjjjnnn")
    undone = undo_last_step(paragraph, by=region.secretary)
    assert undone.is_taken_up
    assert not hasattr(undone.questions.get(), "vote")
    assert vote_on(region, paragraph, "nnnnjjj").is_decided


def test_one_who_voted_took_part(region: Region, paragraph: Paragraph) -> None:
    vote_on(region, paragraph, "jjjjnnn")
    with pytest.raises(Conflict, match="har röstat"):
        note_non_participation(
            paragraph, by=region.secretary, person=region.people["Asta"], kind=NonParticipationKind.RECUSAL
        )


# --- Names after counts ------------------------------------------------------------------------------------


def test_names_follow_the_counts(region: Region, paragraph: Paragraph) -> None:
    vote_on(region, paragraph, counts={YES: 4, NO: 3})
    vote = paragraph.questions.get().vote
    with pytest.raises(DomainError, match="Namnen ger 5 ”Ja”, men omröstningen räknade 4"):
        name_voters(vote, by=region.secretary, ballots=ballots_of(paragraph, "jjjjjnn"), entry=VoteEntry.LIST)
    name_voters(vote, by=region.secretary, ballots=ballots_of(paragraph, "jjjjnnn"), entry=VoteEntry.LIST)
    assert vote.ballots.count() == 7
    with pytest.raises(Conflict, match="redan antecknat"):
        name_voters(vote, by=region.secretary, ballots=ballots_of(paragraph, "jjjjnnn"), entry=VoteEntry.LIST)


# --- Formal questions --------------------------------------------------------------------------------------


def test_board_rejects_a_referral_back_by_vote(region: Region, paragraph: Paragraph) -> None:
    propose(region, paragraph, ProposalKind.REFER_BACK, "Elsa", text="mer underlag")
    vote_on(region, paragraph, "jjjnnnn")
    first, second = paragraph.questions.all()
    assert (first.winner, first.supporters, second.found_at) == (None, None, None)


def test_a_third_in_fullmaktige_refers_back_though_the_vote_is_lost(
    region: Region, at_assembly: Paragraph
) -> None:
    decided = vote_on(region, at_assembly, "jjjnnnn")
    assert (decided.decision.kind, decided.decision.by_minority) == (DecisionKind.REFERS_BACK, True)
    question = decided.questions.first()
    assert question
    assert (question.supporters, question.present) == (3, 7)


def test_fewer_than_a_third_do_not(region: Region, at_assembly: Paragraph) -> None:
    assert vote_on(region, at_assembly, "jjnnnnn").is_taken_up


def test_a_third_may_be_told_not_to_be_a_demand(region: Region, at_assembly: Paragraph) -> None:
    assert vote_on(region, at_assembly, "jjjnnnn", third_is_enough=False).is_taken_up


# --- Counter-proposals -------------------------------------------------------------------------------------


@pytest.fixture
def four(region: Region, paragraph: Paragraph) -> dict[str, Proposal]:
    """Four answers to the matter, and an addition."""
    propose(region, paragraph, ProposalKind.ADD, "Farid", text="frågan följs upp")
    return {
        "tabled": paragraph.proposals.get(kind=ProposalKind.TABLED),
        "grant": paragraph.proposals.get(kind=ProposalKind.GRANT),
        "answered": propose(region, paragraph, ProposalKind.DEEM_ANSWERED, "Elsa"),
        "amend": propose(region, paragraph, ProposalKind.AMEND, "Greta", text="frågan utreds"),
    }


def test_several_proposals_cannot_meet_in_one_vote(
    region: Region, paragraph: Paragraph, four: dict[str, Proposal]
) -> None:
    with pytest.raises(DomainError, match="mellan två förslag, och här finns 4"):
        vote_on(region, paragraph, "jjjjnnn")


def test_counter_proposals_meet_until_one_is_left(
    region: Region, paragraph: Paragraph, four: dict[str, Proposal]
) -> None:
    others = [four["grant"], four["answered"], four["amend"]]
    arrange_main_vote(question_of(paragraph), by=region.secretary, main=four["tabled"], others=others)
    kinds = [question.kind for question in paragraph.questions.all()]
    assert kinds == [QuestionKind.COUNTER, QuestionKind.COUNTER, QuestionKind.MAIN, QuestionKind.ADDITION]
    vote_on(region, paragraph, "jjjjnnn")
    record_finding(question_of(paragraph), by=region.secretary, winner=four["amend"])
    last = question_of(paragraph)
    assert list(last.options.values_list("proposal", flat=True)) == [four["tabled"].pk, four["amend"].pk]
    undo_last_step(paragraph, by=region.secretary)
    assert question_of(paragraph).kind == QuestionKind.COUNTER
    assert list(last.options.values_list("proposal", flat=True)) == [four["tabled"].pk]
    record_finding(question_of(paragraph), by=region.secretary, winner=four["grant"])
    vote_on(region, paragraph, "nnnnjjj")
    decided = record_finding(question_of(paragraph), by=region.secretary, winner=None)
    assert decided.decision.clauses.get().outcome == Outcome.GRANTED


def test_order_can_be_taken_back_until_a_counter_proposal_is_settled(
    region: Region, paragraph: Paragraph, four: dict[str, Proposal]
) -> None:
    others = [four["grant"], four["answered"], four["amend"]]
    arrange_main_vote(question_of(paragraph), by=region.secretary, main=four["tabled"], others=others)
    put_all_against_each_other(paragraph, by=region.secretary)
    assert question_of(paragraph).options.count() == 4
    arrange_main_vote(
        question_of(paragraph),
        by=region.secretary,
        main=four["grant"],
        others=[four["tabled"], four["answered"], four["amend"]],
    )
    record_finding(question_of(paragraph), by=region.secretary, winner=four["tabled"])
    with pytest.raises(Conflict, match="Ordningen kan inte ändras"):
        put_all_against_each_other(paragraph, by=region.secretary)


def test_every_proposal_has_its_place_once(
    region: Region, paragraph: Paragraph, four: dict[str, Proposal]
) -> None:
    with pytest.raises(DomainError, match="sin plats en gång"):
        arrange_main_vote(
            question_of(paragraph), by=region.secretary, main=four["tabled"], others=[four["grant"]]
        )


def test_voting_list_is_not_put_in_own_words(region: Region, paragraph: Paragraph) -> None:
    with pytest.raises(DomainError, match="formuleras inte om"):
        reword(paragraph, by=region.secretary, kind=SectionKind.VOTING_LIST, html="<p>Nej</p>", made_html="")

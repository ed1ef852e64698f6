"""The chair must vote where the item cannot be settled without (KL 4 kap. 25 §); others may abstain."""

from __future__ import annotations

import pytest

from protocols.actions.chair import hand_over_chair
from protocols.actions.participation import note_non_participation
from protocols.actions.proposals import add_proposal
from protocols.enums import BallotChoice, NonParticipationKind, ProposalKind
from protocols.models import Paragraph
from tests.factories import Region, make_meeting, make_prepared_motion, make_region, open_with, vote_on
from tests.protocols.actions.refusals import refusal


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    """Two proposals to vote between; the seats are those of Asta, Bo (the chair), Cilla and four more."""
    paragraph = open_with(region, make_meeting(region, region.board), make_prepared_motion(region))
    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.GRANT, movers=[region.people["Elsa"]])
    return paragraph


def test_chair_who_abstains_while_the_votes_are_equal_is_refused(
    region: Region, paragraph: Paragraph
) -> None:
    error = refusal(lambda: vote_on(region, paragraph, "jajjnnn", casting_vote=BallotChoice.YES))
    assert error.message == "Det blev lika röstetal, och då är ordföranden Bo Cederlund skyldig att rösta"
    assert (error.law, error.field) == ("KL 4 kap. 25 §", "ballots")
    assert error.instead == "Anteckna ordförandens röst som ja eller nej."
    assert paragraph.questions.get().found_at is None


def test_chair_who_stays_out_while_the_votes_are_equal_is_refused(
    region: Region, paragraph: Paragraph
) -> None:
    note_non_participation(
        paragraph,
        by=region.secretary,
        person=region.people["Bo"],
        kind=NonParticipationKind.NOT_PARTICIPATING,
    )
    error = refusal(lambda: vote_on(region, paragraph, "jjjnnn", casting_vote=BallotChoice.YES))
    assert error.law == "KL 4 kap. 25 §"
    assert error.instead == "Ta bort anteckningen om att ordföranden inte deltar, och anteckna rösten."


@pytest.mark.parametrize("letters", ["jajjjnn", "ajjjnnn"])
def test_chair_may_abstain_where_it_is_settled_and_others_always(
    region: Region, paragraph: Paragraph, letters: str
) -> None:
    is_equal = letters.count("j") == letters.count("n")
    casting_vote = BallotChoice.YES if is_equal else None
    assert vote_on(region, paragraph, letters, casting_vote=casting_vote).is_decided


def test_recused_chair_has_no_duty_to_vote(region: Region, paragraph: Paragraph) -> None:
    bo, kind = region.people["Bo"], NonParticipationKind.RECUSAL
    note_non_participation(paragraph, by=region.secretary, person=bo, kind=kind)
    hand_over_chair(paragraph, by=region.secretary, chair=region.people["Didrik"])
    paragraph.refresh_from_db()
    assert vote_on(region, paragraph, "jjjnnn", casting_vote=BallotChoice.YES).is_decided

"""Referrals back with several motivations: put as one, tried by the chair, voted on, undone."""

from __future__ import annotations

import pytest

from motions.models import Motion, Person
from protocols.actions.agenda import add_matter
from protocols.actions.meetings import open_meeting
from protocols.actions.motivations import join_referrals, part_referrals
from protocols.actions.procedure import record_finding
from protocols.actions.proposals import add_proposal
from protocols.actions.taking_up import take_up
from protocols.actions.undoing import undo
from protocols.actions.votes import record_vote
from protocols.enums import BallotChoice, DecisionKind, ProposalKind, QuestionKind, VoteEntry
from protocols.models import Paragraph, Proposal, Question
from protocols.queries.facts import facts_of
from protocols.queries.fate import fates_of_proposals
from protocols.queries.last_step import last_step
from protocols.wording.decision import decision
from tests.factories import Region, clock, make_meeting, make_motion, make_region, vote_on
from tests.protocols.actions.refusals import refusal


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    """A matter that fullmäktige deals with; three of its seven are enough for a referral back."""
    return matter(region, "assembly")


def matter(region: Region, body: str) -> Paragraph:
    meeting = make_meeting(region, getattr(region, body))
    item = add_matter(meeting, by=region.secretary, title="Taxor", proposal="a införs")
    open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))
    return take_up(item, by=region.secretary, at=clock(meeting, 9, 10))


def refer(region: Region, paragraph: Paragraph, name: str, text: str) -> Proposal:
    kind, movers = ProposalKind.REFER_BACK, [region.people[name]]
    return add_proposal(paragraph, by=region.secretary, kind=kind, movers=movers, text=text)


def joined(region: Region, paragraph: Paragraph) -> tuple[Question, Proposal, Proposal]:
    """Elsa's and Asta's referrals in one question."""
    first = refer(region, paragraph, "Elsa", "Kostnaden är oklar.")
    second = refer(region, paragraph, "Asta", "Länet är stort.")
    join_referrals(paragraph, by=region.secretary)
    return paragraph.questions.all()[0], first, second


def fresh() -> Paragraph:
    return Paragraph.objects.select_related("decision", "body", "meeting").get()


def test_referrals_are_joined_and_parted(region: Region, paragraph: Paragraph) -> None:
    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.POSTPONE, movers=[region.people["Bo"]])
    _question, first, second = joined(region, paragraph)
    put = [[o.proposal_id for o in q.options.all()] for q in paragraph.questions.all()]
    assert put[1] == [first.pk, second.pk]
    assert [q.kind for q in paragraph.questions.all()] == ["formal", "formal", "main"]
    part_referrals(paragraph, by=region.secretary)
    put = [[o.proposal_id for o in q.options.all()] for q in paragraph.questions.all()]
    assert put[1:3] == [[first.pk], [second.pk]]
    assert [q.kind for q in paragraph.questions.all()] == ["formal", "formal", "formal", "main"]
    assert refusal(lambda: part_referrals(paragraph, by=region.secretary)).status == 409


def test_one_referral_cannot_be_joined(region: Region, paragraph: Paragraph) -> None:
    refer(region, paragraph, "Elsa", "Kostnaden är oklar.")
    error = refusal(lambda: join_referrals(paragraph, by=region.secretary))
    assert (error.status, error.law) == (409, "KL 5 kap. 50 §")


def test_same_movers_motivations_are_one_question_at_once(region: Region, paragraph: Paragraph) -> None:
    refer(region, paragraph, "Elsa", "Kostnaden är oklar.")
    refer(region, paragraph, "Elsa", "Länet är stort.")
    (formal,) = paragraph.questions.filter(kind=QuestionKind.FORMAL)
    assert formal.options.count() == 2


def test_minority_carries_both_motivations(region: Region, paragraph: Paragraph) -> None:
    question, first, second = joined(region, paragraph)
    record_finding(question, by=region.secretary, winner=first, supporters=3)
    found = fresh()
    assert (found.decision.kind, found.decision.by_minority) == (DecisionKind.REFERS_BACK, True)
    assert found.decision.motivation == "Kostnaden är oklar.\nLänet är stort."
    (fact,) = facts_of(found).questions
    assert fact.motivations == [first.pk, second.pk]
    assert decision(facts_of(found))[1].items == (  # type: ignore[union-attr]  # a list of motivations
        "Enligt Elsa Öhmans förslag: Kostnaden är oklar.",
        "Enligt Asta Björks förslag: Länet är stort.",
    )


def test_motivation_with_less_than_a_third_falls(region: Region, paragraph: Paragraph) -> None:
    question, first, second = joined(region, paragraph)
    backing = {first.pk: 2, second.pk: 3}
    record_finding(question, by=region.secretary, winner=first, supporters=5, backing=backing)
    found = fresh()
    assert found.decision.motivation == "Länet är stort."
    assert found.questions.all()[0].winner == second
    assert _fate(found, region.people["Asta"]) == "Ditt yrkande bifölls."
    assert _fate(found, region.people["Elsa"]) == "Ditt yrkande föll."
    assert [(o.supporters, o.has_fallen) for o in found.questions.all()[0].options.all()] == [
        (2, True),
        (3, False),
    ]


def test_referral_without_any_motivation_that_a_third_backs_is_refused(
    region: Region, paragraph: Paragraph
) -> None:
    question, first, second = joined(region, paragraph)
    backing = {first.pk: 2, second.pk: 2}
    error = refusal(
        lambda: record_finding(question, by=region.secretary, winner=first, supporters=4, backing=backing)
    )
    assert error.message == "Ingen motivering biträds av minst 3 av 7 närvarande"
    assert (error.law, error.field) == ("KL 5 kap. 50 §", f"backing_{first.pk}")
    assert question.options.filter(has_fallen=True).count() == 0


def test_more_than_are_present_cannot_back_a_motivation(region: Region, paragraph: Paragraph) -> None:
    question, first, second = joined(region, paragraph)
    error = refusal(
        lambda: record_finding(question, by=region.secretary, winner=first, backing={second.pk: 8})
    )
    assert (error.message, error.field) == ("Bara 7 är närvarande", f"backing_{second.pk}")


def test_board_does_not_try_motivations_by_a_third(region: Region) -> None:
    item = matter(region, "board")
    question, first, second = joined(region, item)
    error = refusal(
        lambda: record_finding(question, by=region.secretary, winner=first, backing={second.pk: 5})
    )
    assert error.law == "KL 5 kap. 50 §"
    record_finding(question, by=region.secretary, winner=first)
    assert fresh().decision.motivation == "Kostnaden är oklar.\nLänet är stort."


def test_vote_on_the_referral_is_between_it_and_today(region: Region, paragraph: Paragraph) -> None:
    question, first, second = joined(region, paragraph)
    counts = {BallotChoice.YES: 4, BallotChoice.NO: 3}
    error = refusal(
        lambda: record_vote(
            question, by=region.secretary, yes=first, no=second, entry=VoteEntry.COUNTS, counts=counts
        )
    )
    assert error.message == "Ja och nej ska betyda frågans två svar, var sitt"
    decided = vote_on(region, paragraph, "jjjnnnn", question=question, backing={first.pk: 3, second.pk: 1})
    assert (decided.decision.by_minority, decided.decision.motivation) == (True, "Kostnaden är oklar.")


def test_undone_referral_forgets_what_was_tried(region: Region, paragraph: Paragraph) -> None:
    question, first, second = joined(region, paragraph)
    record_finding(
        question, by=region.secretary, winner=first, supporters=5, backing={first.pk: 3, second.pk: 1}
    )
    step = last_step(fresh())
    assert step
    undo(paragraph, by=region.secretary, step=step.name)
    question = Question.objects.get(pk=question.pk)
    assert (question.winner, question.present, question.found_at) == (None, None, None)
    assert [(o.supporters, o.has_fallen) for o in question.options.all()] == [(None, False)] * 2


def test_minority_refers_back_once_a_case_whatever_its_motivations(
    region: Region, paragraph: Paragraph
) -> None:
    paragraph.motion = make_motion(region)
    Motion.objects.update(minority_deferral_used=True)
    paragraph.motion.refresh_from_db()
    Paragraph.objects.filter(pk=paragraph.pk).update(motion=paragraph.motion, kind="motion")
    question, first, _second = joined(region, paragraph)
    error = refusal(lambda: record_finding(question, by=region.secretary, winner=first, supporters=3))
    assert (error.law, error.instead) == ("KL 5 kap. 50 §", "Nu krävs enkel majoritet.")


def _fate(paragraph: Paragraph, person: Person) -> str:
    return fates_of_proposals(paragraph, [person.pk])[person.pk]

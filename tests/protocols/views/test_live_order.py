"""The order of the questions, changed by hand in the live view: clause by clause, or all in one."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import reverse

from protocols.actions.agenda import add_matter
from protocols.actions.meetings import open_meeting
from protocols.actions.participation import note_non_participation
from protocols.actions.proposals import add_proposal
from protocols.actions.taking_up import take_up
from protocols.enums import NonParticipationKind, ProposalKind
from protocols.models import Paragraph, Question
from tests.factories import Region, clock, make_meeting, make_region
from tests.protocols.views.desk import is_the_secretarys, part, read, signed_in


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    """Two clauses that Elsa turns down; Asta is recused in the second, where Hugo serves."""
    meeting = make_meeting(region, region.board)
    item = add_matter(meeting, by=region.secretary, title="Taxor", proposal="a införs\nb höjs")
    open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))
    item = take_up(item, by=region.secretary, at=clock(meeting, 9, 10))
    add_proposal(item, by=region.secretary, kind=ProposalKind.REJECT, movers=[region.people["Elsa"]])
    note_non_participation(
        item,
        by=region.secretary,
        person=region.people["Asta"],
        kind=NonParticipationKind.RECUSAL,
        substitute=region.people["Hugo"],
        clauses=[2],
    )
    return item


def address(paragraph: Paragraph, name: str) -> str:
    return reverse(f"protocols:{name}", args=[paragraph.pk])


def post(
    region: Region, paragraph: Paragraph, name: str, *, is_htmx: bool = False, **given: object
) -> HttpResponse:
    return signed_in(region.secretary).post(address(paragraph, name), given, is_htmx=is_htmx)


@pytest.mark.parametrize("name", ["live_part", "live_as_one"])
def test_order_is_the_secretarys(region: Region, paragraph: Paragraph, name: str) -> None:
    is_the_secretarys(region, address(paragraph, name), wrong="get")


def test_clauses_are_parted_voted_on_and_told(region: Region, paragraph: Paragraph) -> None:
    secretary = signed_in(region.secretary)
    page = secretary.get(address(paragraph, "live"))
    assert "Avgör beslutssats för beslutssats" in part(page, "procedure")
    question = paragraph.questions.get()
    page = secretary.follow(address(paragraph, "live_part"), {"question": question.pk})
    shown = part(page, "procedure")
    assert "Första beslutssatsen: Det liggande förslaget mot Elsa Öhmans förslag" in shown
    assert "Andra beslutssatsen: Det liggande förslaget mot Elsa Öhmans förslag" in shown
    assert "Avgör alla beslutssatser i en fråga" in shown
    first, second = paragraph.questions.all()
    tabled = paragraph.proposals.get(kind=ProposalKind.TABLED)
    secretary.post(address(paragraph, "live_find"), {"question": first.pk, "winner": tabled.pk})
    vote = reverse("protocols:vote", args=[paragraph.pk, second.pk])
    assert "Avgör alla" not in read(secretary.get(address(paragraph, "live")))
    page = secretary.get(vote)
    assert "Beträffande andra beslutssatsen ja för bifall till det liggande förslaget" in read(page)
    assert "Hugo Alm (V)" in read(page)
    assert "Asta Björk" not in part(page, "votes-title")
    names = ("Hugo", "Bo", "Cilla", "Didrik", "Elsa", "Farid", "Greta")
    choices = dict(zip(names, ("no", "no", "no", "no", "yes", "yes", "yes"), strict=True))
    typed = {f"vote-voter_{region.people[name].pk}": choices[name] for name in names}
    assert secretary.post(f"{vote}?satt=namn", {"vote-meaning": "0", **typed}).status_code == 302
    told = read(secretary.get(address(paragraph, "paragraph")))
    assert "att förslagets andra beslutssats avslås" in told
    assert "Nej röstar Hugo Alm (V), Bo Cederlund (S), Cilla Dahl (M) och Didrik Åkesson" in told


def test_all_clauses_stand_in_one_question_again(region: Region, paragraph: Paragraph) -> None:
    question = paragraph.questions.get()
    answer = post(region, paragraph, "live_part", is_htmx=True, question=question.pk)
    assert answer.status_code == 200
    answer = post(region, paragraph, "live_as_one", is_htmx=True)
    assert "Avgör beslutssats för beslutssats" in part(answer, "procedure")
    assert Question.objects.get().clause is None


def test_clauses_that_cannot_be_parted_are_told_with_the_law(region: Region, paragraph: Paragraph) -> None:
    asta = region.people["Asta"]
    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.AMEND, movers=[asta], text="allt utreds")
    answer = post(region, paragraph, "live_part", question=paragraph.questions.get().pk)
    assert answer.status_code == 422
    shown = part(answer, "procedure")
    assert "Yrkandet från Asta Björk (V) gäller inte hela beslutssatser var för sig" in shown
    assert "KL 5 kap. 53 §" in shown


def test_question_that_is_gone_is_a_conflict(region: Region, paragraph: Paragraph) -> None:
    answer = post(region, paragraph, "live_part", question=1)
    assert answer.status_code == 409
    assert "Beslutsgången har ändrats sedan sidan visades" in part(answer, "procedure")

"""Several motivations of a referral back in the live view and at a vote."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import reverse

from protocols.actions.agenda import add_matter
from protocols.actions.meetings import open_meeting
from protocols.actions.proposals import add_proposal
from protocols.actions.taking_up import take_up
from protocols.enums import ProposalKind
from protocols.models import Paragraph, Proposal, Question
from tests.factories import Region, clock, make_meeting, make_region
from tests.protocols.views.desk import is_the_secretarys, part, read, signed_in


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    """Elsa and Asta want the item referred back, each for a reason of her own."""
    meeting = make_meeting(region, region.assembly)
    item = add_matter(meeting, by=region.secretary, title="Taxor", proposal="a införs")
    open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))
    item = take_up(item, by=region.secretary, at=clock(meeting, 9, 10))
    for name, text in (("Elsa", "Kostnaden är oklar."), ("Asta", "Länet är stort.")):
        movers = [region.people[name]]
        add_proposal(item, by=region.secretary, kind=ProposalKind.REFER_BACK, movers=movers, text=text)
    return item


def post(region: Region, paragraph: Paragraph, name: str, **given: object) -> HttpResponse:
    return signed_in(region.secretary).post(reverse(f"protocols:{name}", args=[paragraph.pk]), given)


def join(region: Region, paragraph: Paragraph) -> tuple[Question, list[Proposal]]:
    assert post(region, paragraph, "live_join").status_code == 302
    question = paragraph.questions.all()[0]
    return question, list(question.proposals.order_by("position"))


def live(region: Region, paragraph: Paragraph) -> HttpResponse:
    return signed_in(region.secretary).get(reverse("protocols:live", args=[paragraph.pk]))


def test_joining_is_the_secretarys(region: Region, paragraph: Paragraph) -> None:
    is_the_secretarys(region, reverse("protocols:live_join", args=[paragraph.pk]), wrong="get")


def test_referrals_are_joined_and_parted_again(region: Region, paragraph: Paragraph) -> None:
    assert "Pröva återremissen i en fråga, med alla motiveringar" in part(
        live(region, paragraph), "procedure"
    )
    join(region, paragraph)
    shown = part(live(region, paragraph), "procedure")
    assert "Elsa Öhman (C): Kostnaden är oklar" in shown
    assert "Asta Björk (V): Länet är stort" in shown
    assert "Pröva varje återremissyrkande för sig" in shown
    assert post(region, paragraph, "live_join", isar="1").status_code == 302
    assert [q.options.count() for q in paragraph.questions.all()] == [1, 1, 1]


def test_minority_and_its_motivations_are_noted_in_one_form(region: Region, paragraph: Paragraph) -> None:
    question, (elsas, astas) = join(region, paragraph)
    given = {f"backing_{elsas.pk}": "3", f"backing_{astas.pk}": "4"}
    post(region, paragraph, "live_find", question=question.pk, winner=elsas.pk, supporters="4", **given)
    told = read(live(region, paragraph))
    assert "på begäran av 4 av de 7 närvarande ledamöterna" in told
    assert "Enligt Elsa Öhmans förslag: Kostnaden är oklar." in told
    assert "Enligt Asta Björks förslag: Länet är stort." in told
    assert "Motiveringen i Asta Björks förslag biträds av 4 ledamöter." in told


def test_motivations_that_nobody_backs_are_refused_beside_the_field(
    region: Region, paragraph: Paragraph
) -> None:
    question, (elsas, astas) = join(region, paragraph)
    given = {f"backing_{elsas.pk}": "1", f"backing_{astas.pk}": "2"}
    answer = post(
        region, paragraph, "live_find", question=question.pk, winner=elsas.pk, supporters="4", **given
    )
    assert answer.status_code == 422
    shown = part(answer, "procedure")
    assert "Ingen motivering biträds av minst 3 av 7 närvarande" in shown
    assert "KL 5 kap. 50 §" in shown
    markup = answer.content.decode()
    assert f'id="id_backing_{elsas.pk}_error"' in markup
    assert f'name="backing_{astas.pk}" value="2"' in markup
    assert 'name="supporters" min="1" max="7" value="4"' in markup


def test_vote_asks_for_the_motivations(region: Region, paragraph: Paragraph) -> None:
    question, (elsas, astas) = join(region, paragraph)
    address = reverse("protocols:vote", args=[paragraph.pk, question.pk]) + "?satt=antal"
    secretary = signed_in(region.secretary)
    page = read(secretary.get(address))
    assert "Ja för att ärendet ska återremitteras, nej för att ärendet ska avgöras i dag" in page
    assert "Elsa Öhman (C): Kostnaden är oklar" in page
    typed = {"vote-meaning": "1", "vote-yes_count": "4", "vote-no_count": "3", "vote-third_is_enough": "on"}
    wrong = secretary.post(address, typed | {f"vote-backing_{elsas.pk}": "9"})
    assert wrong.status_code == 422
    assert "Bara 7 är närvarande" in read(wrong)
    assert f'name="vote-backing_{elsas.pk}" value="9"' in wrong.content.decode()
    assert secretary.post(address, typed | {f"vote-backing_{astas.pk}": "1"}).status_code == 302
    told = read(live(region, paragraph))
    assert "Motiveringen i Asta Björks förslag biträds av 1 ledamot och faller." in told
    assert Paragraph.objects.get().decision.motivation == "Kostnaden är oklar."

"""Yrkanden in the live view: jointly, in two hands, for what; corrected on a page of their own."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from protocols.actions.proposals import Wish, add_proposal, add_proposals
from protocols.enums import NonParticipationKind, ProposalKind
from protocols.models import Paragraph, Proposal
from tests.factories import Region, decide, make_meeting, make_prepared_motion, make_region, open_with
from tests.protocols.views.desk import is_the_secretarys, part, read, signed_in


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    """A motion with two att-satser that the board is dealing with."""
    motion = make_prepared_motion(region, clauses=("att bygga", "att berätta"))
    return open_with(region, make_meeting(region, region.board), motion)


def ids(region: Region, *names: str) -> list[int]:
    return [region.people[name].pk for name in names]


def act(region: Region, paragraph: Paragraph, name: str, given: dict[str, Any]) -> HttpResponse:
    where = reverse(f"protocols:live_{name}", args=[paragraph.pk])
    return signed_in(region.secretary).post(where, given, is_htmx=True)


def propose(region: Region, paragraph: Paragraph, *names: str, **given: object) -> HttpResponse:
    typed = {"proposal-movers": ids(region, *names)} | {f"proposal-{key}": given[key] for key in given}
    return act(region, paragraph, "propose", typed)


def granted(region: Region, paragraph: Paragraph, *names: str) -> Proposal:
    movers = [region.people[name] for name in names]
    return add_proposal(paragraph, by=region.secretary, kind=ProposalKind.GRANT, movers=movers)


def address(proposal: Proposal) -> str:
    return reverse("protocols:live_correct", args=[proposal.paragraph_id, proposal.pk])


# --- Noting ------------------------------------------------------------------------------------------------


def test_joint_proposal_in_two_hands_is_noted_in_one_go(region: Region, paragraph: Paragraph) -> None:
    answer = propose(
        region, paragraph, "Asta", "Bo", "Cilla",
        kind="refer_back", text="för att kostnaden ska utredas", second_kind="grant",
    )  # fmt: skip
    assert answer.status_code == 200
    said = (
        "Asta Björk (V), Bo Cederlund (S) och Cilla Dahl (M) föreslår i första hand att ärendet "
        "återremitteras för att kostnaden ska utredas och i andra hand bifall till motionen."
    )
    assert said in read(answer)
    rows = part(answer, "proposals")
    assert "i första hand att ärendet återremitteras" in rows
    assert "i andra hand bifall till motionen" in rows


def test_wrong_second_hand_keeps_what_was_typed_beside_its_field(
    region: Region, paragraph: Paragraph
) -> None:
    answer = propose(
        region, paragraph, "Asta", "Bo", kind="grant", second_kind="amend", concerns="2", second_text=""
    )
    assert answer.status_code == 422
    markup = answer.content.decode()
    assert 'id="id_proposal-second_text_error"' in markup
    assert "Skriv yrkandets lydelse" in part(answer, "proposals")
    assert '<details class="adder-rest" open>' in markup
    assert 'value="2"' in markup
    assert paragraph.proposals.count() == 1


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"second_text": "att inget görs"}, "Välj vad som föreslås i andra hand."),
        ({"concerns": "två"}, "Ange nummer, till exempel 2 eller 1, 3."),
        ({"concerns": "3"}, "Nummer 3 finns inte: det finns 2"),
        ({"second_kind": "grant"}, "Det som föreslås i andra hand är detsamma som i första hand"),
    ],
)
def test_what_cannot_be_is_told(
    region: Region, paragraph: Paragraph, given: dict[str, str], error: str
) -> None:
    answer = propose(region, paragraph, "Asta", kind="grant", **given)
    assert answer.status_code == 422
    assert error in part(answer, "proposals")


def test_addition_is_made_to_another_yrkande(region: Region, paragraph: Paragraph) -> None:
    grant = granted(region, paragraph, "Asta")
    answer = propose(region, paragraph, "Elsa", kind="add", text="att resultatet redovisas", target=grant.pk)
    assert "Elsa Öhman (C) föreslår som tillägg till Asta Björks förslag att resultatet redovisas." in read(
        answer
    )


def test_second_hand_is_shown_as_not_needed_where_the_first_carried(
    region: Region, paragraph: Paragraph
) -> None:
    wishes = [Wish(ProposalKind.GRANT), Wish(ProposalKind.DEEM_ANSWERED)]
    first, _second = add_proposals(
        paragraph, by=region.secretary, movers=[region.people["Asta"]], wishes=wishes
    )
    page = signed_in(region.secretary).get(reverse("protocols:live", args=[paragraph.pk]))
    assert "Det som bifalls i första hand mot Asta Björks förslag" in part(page, "procedure")
    question = paragraph.questions.all()[0]
    answer = act(region, paragraph, "find", {"question": question.pk, "winner": first.pk})
    assert "behövs inte" in part(answer, "procedure")
    assert Paragraph.objects.get(pk=paragraph.pk).is_decided


def test_noting_is_undone_with_the_last_step(region: Region, paragraph: Paragraph) -> None:
    propose(region, paragraph, "Asta", "Bo", kind="grant", second_kind="deem_answered")
    page = signed_in(region.secretary).get(reverse("protocols:live", args=[paragraph.pk]))
    assert "Ångra senaste steget" in part(page, "procedure")
    step = page.content.decode().split('name="step" value="')[1].split('"')[0]
    assert act(region, paragraph, "undo", {"step": step}).status_code == 200
    assert paragraph.proposals.count() == 1
    assert act(region, paragraph, "undo", {"step": step}).status_code == 409
    assert act(region, paragraph, "undo", {"step": "noted-x"}).status_code == 422


# --- Recusal in one clause ---------------------------------------------------------------------------------


def test_recusal_in_one_clause_is_noted_with_its_substitute(region: Region, paragraph: Paragraph) -> None:
    propose(region, paragraph, "Elsa", kind="add", text="att resultatet redovisas")
    given = {
        "stay_out-person": ids(region, "Asta")[0],
        "stay_out-kind": NonParticipationKind.RECUSAL,
        "stay_out-clauses": "2",
        "stay_out-substitute": ids(region, "Hugo")[0],
    }
    answer = act(region, paragraph, "stay_out", given)
    assert "jäv, bara andra beslutssatsen, Hugo Alm (V) tjänstgör där" in part(answer, "participation")
    assert "av Stina Sekreterare" in part(answer, "participation")
    assert "deltar inte i handläggningen av andra beslutssatsen. I stället tjänstgör Hugo Alm (V)." in read(
        answer
    )
    answer = act(region, paragraph, "stay_out", given | {"stay_out-clauses": "3"})
    assert answer.status_code == 422
    assert "Beslutet har 2 beslutssatser" in part(answer, "participation")


def test_one_clause_is_not_asked_for_where_there_is_only_one(region: Region, paragraph: Paragraph) -> None:
    page = signed_in(region.secretary).get(reverse("protocols:live", args=[paragraph.pk]))
    assert "stay_out-clauses" not in page.content.decode()


# --- Correcting --------------------------------------------------------------------------------------------


def test_mover_is_added_and_taken_off(region: Region, paragraph: Paragraph) -> None:
    proposal = granted(region, paragraph, "Asta", "Bo")
    desk = signed_in(region.secretary)
    page = desk.get(address(proposal))
    assert "Asta Björk (V)" in read(page)
    assert "av Stina Sekreterare" in read(page)
    answer = desk.post(address(proposal), {"movers": ids(region, "Bo", "Elsa"), "text": "", "concerns": "2"})
    assert answer.status_code == 302
    assert [str(row) for row in proposal.mover_rows.all()] == ["Bo Cederlund (S)", "Elsa Öhman (C)"]
    page = desk.get(reverse("protocols:live", args=[paragraph.pk]))
    assert "Bo Cederlund (S) och Elsa Öhman (C) föreslår bifall till motionens andra att-sats." in read(page)


def test_correction_refused_keeps_what_was_typed(region: Region, paragraph: Paragraph) -> None:
    proposal = granted(region, paragraph, "Asta")
    desk = signed_in(region.secretary)
    answer = desk.post(address(proposal), {"movers": ids(region, "Hugo"), "text": "med tillägg"})
    assert answer.status_code == 422
    assert "Hugo Alm tjänstgör inte och kan inte yrka" in read(answer)
    assert "KL 5 kap. 17 §" in read(answer)
    assert "med tillägg" in read(answer)
    assert desk.post(address(proposal), {"text": ""}).status_code == 422
    decide(region, paragraph)
    assert desk.post(address(proposal), {"movers": ids(region, "Bo")}).status_code == 409


def test_of_support_only_the_names_are_asked(region: Region, paragraph: Paragraph) -> None:
    movers = [region.people["Asta"]]
    tabled = add_proposal(paragraph, by=region.secretary, kind=ProposalKind.TABLED, movers=movers)
    desk = signed_in(region.secretary)
    assert 'name="text"' not in desk.get(address(tabled)).content.decode()
    assert desk.post(address(tabled), {"movers": ids(region, "Bo")}).status_code == 302
    assert [str(row) for row in tabled.mover_rows.all()] == ["Bo Cederlund (S)"]


def test_correcting_is_the_secretarys(region: Region, paragraph: Paragraph) -> None:
    proposal = granted(region, paragraph, "Asta")
    is_the_secretarys(region, address(proposal), wrong="put")
    missing = reverse("protocols:live_correct", args=[paragraph.pk, 10**9])
    assert signed_in(region.secretary).get(missing).status_code == 404

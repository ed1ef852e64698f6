"""Parties' groups in the live view: chosen in the same field as people, without JavaScript too."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from motions.models import Party
from protocols.actions.proposals import add_proposal
from protocols.enums import ProposalKind
from protocols.forms.people import group_value
from protocols.models import Paragraph
from tests.factories import Region, decide, make_meeting, make_prepared_motion, make_region, open_with
from tests.protocols.views.desk import part, read, signed_in


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    return open_with(region, make_meeting(region, region.board), make_prepared_motion(region))


def act(region: Region, paragraph: Paragraph, name: str, given: dict[str, Any]) -> HttpResponse:
    return signed_in(region.secretary).post(reverse(f"protocols:live_{name}", args=[paragraph.pk]), given)


def test_group_is_offered_beside_people_and_proposes(region: Region, paragraph: Paragraph) -> None:
    left = Party.objects.get(code="V")
    live = reverse("protocols:live", args=[paragraph.pk])
    markup = signed_in(region.secretary).get(live).content.decode()
    assert '<optgroup label="Partigrupper">' in markup
    assert f'<option value="{group_value(left)}">Partiet V, partigruppen (V)</option>' in markup
    movers = [str(region.people["Elsa"].pk), group_value(left)]
    answer = act(region, paragraph, "propose", {"proposal-movers": movers, "proposal-kind": "grant"})
    assert answer.status_code == 302
    page = signed_in(region.secretary).get(live)
    assert "Elsa Öhman (C) och Partiet Vs partigrupp föreslår bifall till motionen." in read(page)


def test_wrong_group_is_told_beside_the_field_and_stays_chosen(region: Region, paragraph: Paragraph) -> None:
    left = Party.objects.get(code="V")
    paragraph.meeting.attendance.filter(party=left).update(is_present=False)
    given = {"proposal-movers": [group_value(left)], "proposal-kind": "amend", "proposal-text": "cyklar"}
    answer = act(region, paragraph, "propose", given)
    assert answer.status_code == 422
    assert "Ingen från Partiet V tjänstgör i § 1" in part(answer, "proposals")
    assert "KL 5 kap. 17 §" in part(answer, "proposals")
    markup = answer.content.decode()
    assert f'<option value="{group_value(left)}" selected>' in markup
    assert "cyklar" in markup


def test_group_that_is_not_on_the_list_is_refused(region: Region, paragraph: Paragraph) -> None:
    other = Party.objects.create(code="X", name="Partiet X")
    given = {"proposal-movers": [group_value(other)], "proposal-kind": "grant"}
    answer = act(region, paragraph, "propose", given)
    assert answer.status_code == 422
    assert "Välj någon ur närvarolistan." in part(answer, "proposals")


def test_group_stands_in_the_form_that_corrects(region: Region, paragraph: Paragraph) -> None:
    left = Party.objects.get(code="V")
    made = add_proposal(paragraph, by=region.secretary, kind=ProposalKind.GRANT, movers=[left])
    address = reverse("protocols:live_correct", args=[paragraph.pk, made.pk])
    secretary = signed_in(region.secretary)
    assert f'value="{group_value(left)}" selected' in secretary.get(address).content.decode()
    asta = str(region.people["Asta"].pk)
    assert secretary.post(address, {"movers": [asta], "text": ""}).status_code == 302
    assert [row.person for row in made.mover_rows.all()] == [region.people["Asta"]]


def test_members_of_a_group_reserve_in_one_go(region: Region, paragraph: Paragraph) -> None:
    left = Party.objects.get(code="V")
    paragraph.meeting.attendance.filter(person=region.people["Elsa"]).update(party=left)
    decide(region, paragraph)
    answer = act(region, paragraph, "reserve", {"reservation-persons": [group_value(left)]})
    assert answer.status_code == 302
    page = signed_in(region.secretary).get(reverse("protocols:live", args=[paragraph.pk]))
    assert "Ledamöterna från V anmäld" in part(page, "reservations")
    assert "Ledamöterna från V reserverar sig mot beslutet." in read(page)
    again = act(region, paragraph, "reserve", {"reservation-persons": [group_value(left)]})
    assert again.status_code == 409
    assert "har redan reserverat sig mot beslutet" in part(again, "reservations")

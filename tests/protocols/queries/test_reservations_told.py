"""A refusal speaks to the one who reads it: to the person, or about the person to the secretary."""

from __future__ import annotations

import pytest

from motions.models import User
from protocols.actions.attendance import set_present
from protocols.actions.participation import note_non_participation
from protocols.actions.reservations import announce_reservation
from protocols.enums import NonParticipationKind as Kind
from protocols.models import Paragraph
from protocols.queries.reservations import note_refusal, reservation_refusal
from tests.factories import (
    Region,
    decide,
    make_meeting,
    make_person,
    make_prepared_motion,
    make_region,
    open_with,
)


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    return decide(region, open_with(region, make_meeting(region, region.board), make_prepared_motion(region)))


def said(paragraph: Paragraph, region: Region, told: User | None, name: str = "Asta") -> str:
    refusal = reservation_refusal(paragraph, region.people[name], told=told)
    assert refusal is not None
    return str(refusal)


@pytest.mark.parametrize(
    ("kind", "mine", "theirs"),
    [
        (Kind.RECUSAL, "Du är jävig i ärendet", "Asta Björk är jävig i ärendet"),
        (Kind.NOT_PARTICIPATING, "Du har valt att inte delta", "Asta Björk har valt att inte delta"),
        (Kind.ABSTAINED, "Du avstod i beslutet", "Asta Björk avstod i beslutet"),
    ],
)
def test_refusal_of_one_who_took_no_part(
    region: Region, paragraph: Paragraph, kind: Kind, mine: str, theirs: str
) -> None:
    note_non_participation(paragraph, by=region.secretary, person=region.people["Asta"], kind=kind)
    assert said(paragraph, region, region.politician).startswith(mine)
    assert said(paragraph, region, None).startswith(mine)
    told = said(paragraph, region, region.secretary)
    assert told.startswith(theirs)
    assert told.endswith("(KL 4 kap. 27 §). En anteckning till protokollet kan lämnas i stället.")


def test_refusal_of_one_who_reserved_was_absent_or_is_a_stranger(
    region: Region,
) -> None:
    paragraph = open_with(region, make_meeting(region, region.board), make_prepared_motion(region))
    set_present(paragraph.meeting, by=region.secretary, person=region.people["Elsa"], is_present=False)
    decide(region, paragraph)
    announce_reservation(paragraph, by=region.secretary, persons=[region.people["Asta"]])
    assert said(paragraph, region, region.secretary).startswith("Asta Björk har redan reserverat sig")
    absent = said(paragraph, region, region.secretary, "Elsa")
    assert absent.startswith("Elsa Öhman är antecknad som frånvarande")
    assert absent.endswith("Rätta närvaron om den är fel.")
    assert said(paragraph, region, region.secretary, "Hugo").startswith("Hugo Alm är ersättare")
    region.people["Ulf"] = make_person("Ulf", "Rönn")
    assert said(paragraph, region, region.secretary, "Ulf").startswith("Ulf Rönn hör inte till organet")


def test_refusal_of_a_note_tells_the_secretary_what_to_mend(region: Region, paragraph: Paragraph) -> None:
    refusal = note_refusal(paragraph, region.people["Hugo"], told=region.secretary)
    assert refusal is not None
    assert refusal.instead == "Rätta närvaron om den är fel."

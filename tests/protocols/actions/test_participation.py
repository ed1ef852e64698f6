"""Jäv, staying out of the decision and abstaining: three facts, each of one who serves."""

from __future__ import annotations

import pytest

from motions.errors import Conflict, Forbidden
from protocols.actions.participation import note_non_participation, remove_non_participation
from protocols.actions.reservations import announce_reservation
from protocols.enums import NonParticipationKind as Kind
from protocols.models import NonParticipation, Paragraph
from tests.factories import (
    Region,
    close,
    decide,
    make_meeting,
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
    return open_with(region, make_meeting(region, region.board), make_prepared_motion(region))


def note(region: Region, paragraph: Paragraph, name: str, kind: Kind = Kind.RECUSAL) -> NonParticipation:
    return note_non_participation(paragraph, by=region.secretary, person=region.people[name], kind=kind)


def test_noted_with_the_party_of_the_day(region: Region, paragraph: Paragraph) -> None:
    row = note(region, paragraph, "Asta")
    assert (str(row.party), row.kind) == ("Partiet V (V)", Kind.RECUSAL)


def test_noted_again_changes_the_kind(region: Region, paragraph: Paragraph) -> None:
    note(region, paragraph, "Asta")
    note(region, paragraph, "Asta", Kind.ABSTAINED)
    assert paragraph.non_participations.get().kind == Kind.ABSTAINED


def test_one_who_does_not_serve_takes_no_part_anyway(region: Region, paragraph: Paragraph) -> None:
    error = refusal(lambda: note(region, paragraph, "Hugo"))
    assert (error.message, error.field) == (
        "Hugo Alm tjänstgör inte och deltar redan inte i beslutet",
        "person",
    )


def test_one_who_reserved_has_taken_part(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    announce_reservation(paragraph, by=region.politician, persons=[region.people["Asta"]])
    error = refusal(lambda: note(region, paragraph, "Asta", Kind.NOT_PARTICIPATING))
    assert (type(error), error.law) == (Conflict, "KL 4 kap. 27 §")


@pytest.mark.parametrize("kind", Kind)
def test_one_who_took_no_part_may_not_reserve(region: Region, paragraph: Paragraph, kind: Kind) -> None:
    note(region, paragraph, "Asta", kind)
    decide(region, paragraph)
    paragraph.refresh_from_db()
    error = refusal(
        lambda: announce_reservation(paragraph, by=region.politician, persons=[region.people["Asta"]])
    )
    assert (type(error), error.law) == (Forbidden, "KL 4 kap. 27 §")


def test_removed_when_noted_by_mistake(region: Region, paragraph: Paragraph) -> None:
    remove_non_participation(note(region, paragraph, "Asta"), by=region.secretary)
    assert not paragraph.non_participations.exists()


def test_noted_by_the_secretary_only(region: Region, paragraph: Paragraph) -> None:
    asta = region.people["Asta"]
    error = refusal(
        lambda: note_non_participation(paragraph, by=region.politician, person=asta, kind=Kind.RECUSAL)
    )
    assert isinstance(error, Forbidden)


def test_lies_fast_when_verified(region: Region, paragraph: Paragraph) -> None:
    row = note(region, paragraph, "Asta")
    decide(region, paragraph)
    verify(region, close(region, paragraph.meeting))
    for act in (
        lambda: note(region, paragraph, "Elsa"),
        lambda: remove_non_participation(row, by=region.secretary),
    ):
        assert refusal(act).law == "KL 5 kap. 69 §"


def test_change_of_kind_that_fails_keeps_the_first(region: Region, paragraph: Paragraph) -> None:
    note(region, paragraph, "Asta")
    fails(lambda: note(region, paragraph, "Asta", Kind.ABSTAINED), table="protocols_nonparticipation")
    assert paragraph.non_participations.get().kind == Kind.RECUSAL

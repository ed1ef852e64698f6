from __future__ import annotations

from datetime import date

import pytest

from motions.actions.remittal import remit_motions
from motions.enums import EventKind, Stage
from motions.errors import Conflict, DomainError, Forbidden
from motions.models import Motion, MotionEvent
from tests.factories import Region, make_motion, make_region

pytestmark = pytest.mark.django_db
ON = date(2026, 2, 9)


@pytest.fixture
def region() -> Region:
    return make_region()


@pytest.fixture
def motions(region: Region) -> list[Motion]:
    return [make_motion(region, title=title) for title in ("Bussar", "Solceller")]


def untouched(motions: list[Motion]) -> bool:
    stages = set(
        Motion.objects.filter(pk__in=[motion.pk for motion in motions]).values_list("stage", flat=True)
    )
    return stages == {Stage.REGISTERED} and not MotionEvent.objects.filter(kind=EventKind.REMITTED).exists()


def test_many_are_remitted_at_once(region: Region, motions: list[Motion]) -> None:
    remitted = remit_motions(motions, by=region.secretary, to=region.board, on=ON)
    assert [motion.stage for motion in remitted] == [Stage.REMITTED, Stage.REMITTED]
    facts = MotionEvent.objects.filter(kind=EventKind.REMITTED).values_list("facts", flat=True)
    assert list(facts) == [{"to": "Regionstyrelsen", "to_inline": "regionstyrelsen"}] * 2


def test_where_one_cannot_be_sent_none_is(region: Region, motions: list[Motion]) -> None:
    late = make_motion(region, title="Senare", handed_in_on=date(2026, 3, 1))
    with pytest.raises(DomainError, match="Motion 3-2026 lämnades in efter den dagen") as refused:
        remit_motions([*motions, late], by=region.registrar, to=region.board, on=ON)
    assert refused.value.field == "on"
    assert untouched(motions)


def test_one_that_has_moved_on_stops_all(region: Region, motions: list[Motion]) -> None:
    new = make_motion(region, title="Ny", is_registered=False)
    with pytest.raises(Conflict, match="Ny motion är i steget ”Inlämnad”"):
        remit_motions([*motions, new], by=region.registrar, to=region.board, on=ON)
    assert untouched(motions)


def test_a_choice_is_needed(region: Region) -> None:
    with pytest.raises(DomainError, match="Välj minst en motion") as refused:
        remit_motions([], by=region.registrar, to=region.board, on=ON)
    assert refused.value.field == "motions"


def test_others_may_not(region: Region, motions: list[Motion]) -> None:
    with pytest.raises(Forbidden):
        remit_motions(motions, by=region.officer, to=region.board, on=ON)
    assert untouched(motions)

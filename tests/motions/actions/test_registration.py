from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from motions.actions.registration import receive_and_register
from motions.enums import Stage
from motions.errors import DomainError
from motions.models import Motion, NumberSeries
from tests.factories import Region, make_motion, make_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    return make_region()


def enter(region: Region, **changes: Any) -> Motion:
    given: dict[str, Any] = {
        "by": region.registrar,
        "title": "Solceller på taken",
        "handed_in_on": date(2026, 2, 2),
        "movers": [region.people["Asta"]],
        "clauses": ["att regionen sätter upp solceller"],
        "text": "",
        "signed_motion": None,
        "on": date(2026, 2, 3),
    }
    return receive_and_register(**given | changes)


def test_a_motion_comes_in_and_gets_its_numbers_in_one_stroke(region: Region) -> None:
    motion = enter(region)
    assert (motion.stage, motion.number, motion.registry_number, motion.due_on) == (
        Stage.REGISTERED,
        "1-2026",
        "1-2026",
        date(2027, 2, 2),
    )
    events = [(event.kind, event.happened_on) for event in motion.events.all()]
    assert events == [("received", date(2026, 2, 2)), ("registered", date(2026, 2, 3))]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"registry_number": "1-2026"}, "registry_number"),
        ({"clauses": [" "]}, "clauses"),
        ({"movers": []}, "movers"),
    ],
)
def test_where_one_half_is_refused_nothing_is_left(
    region: Region, changes: dict[str, Any], field: str
) -> None:
    first = make_motion(region)
    with pytest.raises(DomainError) as refused:
        enter(region, **changes)
    assert refused.value.field == field
    assert list(Motion.objects.all()) == [first]
    assert set(NumberSeries.objects.values_list("last", flat=True)) == {1}

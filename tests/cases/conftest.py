"""What the cases share: the made-up region, and a clock that each meeting sets to its own day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from tests.cases.county import make_county
from tests.factories import Region

NEW_YEAR = datetime(2026, 1, 1, 8, tzinfo=UTC)


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:
    """The time of day; it stands still until it is moved."""
    with time_machine.travel(NEW_YEAR, tick=False) as clock:
        yield clock


@pytest.fixture
def county(clock: time_machine.Traveller) -> Region:
    return make_county()

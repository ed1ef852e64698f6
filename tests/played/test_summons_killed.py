"""A summons of hundreds of pages on the production server: nobody waits for it, and a kill loses nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from protocols.actions.agenda import place_motion
from protocols.models import AskedSummons, Meeting, Summons
from tests.factories import Region, make_meeting, make_prepared_motion, make_region
from tests.played.site import Site, wait_until
from tests.protocols.attaching import attach
from tests.protocols.extracts.samples import read
from tests.protocols.extracts.summons_samples import foreign
from tests.seventy_one import cookie_of

PAGES = 300


@pytest.fixture
def site(transactional_db: None) -> Iterator[Site]:
    site = Site()
    yield site
    site.kill()


@pytest.fixture
def region(transactional_db: None) -> Region:
    return make_region()


@pytest.fixture
def meeting(region: Region, settings: Settings) -> Meeting:
    """A meeting with a document of hundreds of pages, where the server finds it."""
    options = {"location": settings.DATA_DIR / "files", "base_url": None}
    settings.STORAGES = settings.STORAGES | {"default": settings.STORAGES["default"] | {"OPTIONS": options}}
    meeting, motion = make_meeting(region, region.board), make_prepared_motion(region)
    place_motion(meeting, by=region.secretary, motion=motion)
    pages = [f"Sida {number} av många" for number in range(1, PAGES + 1)]
    attach(region, motion, "i många sidor", content=foreign(*pages))
    return meeting


def is_begun() -> bool:
    return AskedSummons.objects.filter(attempts__gt=0).exists()


def test_nobody_waits_and_nothing_is_lost(
    site: Site, region: Region, meeting: Meeting, capsys: pytest.CaptureFixture[str]
) -> None:
    page, cookie = f"/sammantraden/{meeting.pk}/kallelse/", cookie_of(region.secretary)
    status, _body = site.ask(f"{page}utfarda/", cookie, {})
    assert status == 302
    wait_until(is_begun)
    assert not Summons.objects.exists()
    site.kill()
    assert not Summons.objects.exists()
    assert AskedSummons.objects.get().is_waiting
    site.start()
    slowest, began = 0.0, time.monotonic()
    while AskedSummons.objects.exists():
        asked_at = time.monotonic()
        assert site.ask(page, cookie)[0] == 200
        slowest = max(slowest, time.monotonic() - asked_at)
    with capsys.disabled():
        print(f"\na summons of {PAGES} pages: {time.monotonic() - began:.1f} s; slowest page {slowest:.2f} s")
    summons = Summons.objects.get()
    assert (summons.number, summons.left_out) == (1, [])
    assert summons.pages > PAGES
    with summons.file.open("rb") as file:
        assert "Sida 300 av många" in read(file.read()).pages[-1].extract_text()

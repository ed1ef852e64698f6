from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motions.enums import Stage
from motions.models import Motion
from tests.factories import Region, make_motion, make_region
from tests.motions.views.pages import html, signed_in, words

URL = "/motioner/remittera/"


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def motions(region: Region) -> list[Motion]:
    return [make_motion(region, title=title) for title in ("Bussar", "Solceller", "Tandvård")]


def stages() -> list[str]:
    return list(Motion.objects.order_by("pk").values_list("stage", flat=True))


def test_chosen_motions_are_remitted(region: Region, motions: list[Motion]) -> None:
    client = signed_in(region.registrar)
    chosen = [str(motion.pk) for motion in motions[:2]]
    response = client.post(URL, {"motions": chosen, "on": "2026-02-09"})
    assert (response.status_code, response["Location"]) == (302, "/motioner/")
    assert stages() == [Stage.REMITTED, Stage.REMITTED, Stage.REGISTERED]
    assert "2 motioner är remitterade till regionstyrelsen." in words(client.get("/motioner/"))


def test_page_offers_the_registered_ones(region: Region, motions: list[Motion]) -> None:
    make_motion(region, title="Inte registrerad", is_registered=False)
    response = signed_in(region.secretary).get(URL)
    assert response.status_code == 200
    text = words(response)
    assert all(str(motion) in text for motion in motions)
    assert "Inte registrerad" not in text


def test_page_without_motions_says_so(region: Region) -> None:
    assert "Inga motioner att remittera" in words(signed_in(region.registrar).get(URL))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"motions": []}, "Välj minst en motion."),
        ({"motions": ["0"]}, "Välj ett giltigt alternativ"),
        ({"motions": ["9" * 40]}, "Välj ett giltigt alternativ"),
        ({"motions": ["<script>"]}, "Välj ett giltigt alternativ"),
        ({"on": ""}, "Ange en dag."),
        ({"on": "1800-01-01"}, "Dagen är före 1 januari 1990."),
        ({"on": "2100-01-01"}, "Dagen ligger i framtiden."),
        ({"on": "2026-02-01"}, "Motion 1-2026 lämnades in efter den dagen"),
    ],
)
def test_wrong_input_is_told_and_kept_and_remits_none(
    region: Region, motions: list[Motion], changes: dict[str, Any], message: str
) -> None:
    data = {"motions": [str(motion.pk) for motion in motions], "on": "2026-02-09"} | changes
    response = signed_in(region.registrar).post(URL, data)
    assert response.status_code == 422
    assert message in words(response)
    assert f'value="{data["on"]}"' in html(response) or not data["on"]
    ticked = [motion for motion in motions if str(motion.pk) in data["motions"]]
    assert html(response).count(" checked") - 1 == len(ticked)  # beside the switch of the keys
    assert stages() == [Stage.REGISTERED] * 3


def test_all_or_none(region: Region, motions: list[Motion]) -> None:
    late = make_motion(region, title="Senare", handed_in_on=date(2026, 3, 1))
    chosen = [str(motion.pk) for motion in (*motions, late)]
    response = signed_in(region.registrar).post(URL, {"motions": chosen, "on": "2026-02-09"})
    assert response.status_code == 422
    assert "Motion 4-2026 lämnades in efter den dagen" in words(response)
    assert stages() == [Stage.REGISTERED] * 4


def test_who_may(region: Region, motions: list[Motion]) -> None:
    data = {"motions": [str(motions[0].pk)], "on": "2026-02-09"}
    for user, status in ((region.officer, 403), (region.politician, 403), (None, 302)):
        assert signed_in(user).get(URL).status_code == status
        assert signed_in(user).post(URL, data).status_code == status
    assert stages() == [Stage.REGISTERED] * 3
    assert signed_in(region.registrar).put(URL).status_code == 405


def test_queries_do_not_grow_with_the_motions_offered(region: Region, motions: list[Motion]) -> None:
    client = signed_in(region.registrar)
    with CaptureQueriesContext(connection) as three:
        client.get(URL)
    Motion.objects.filter(pk__in=[motion.pk for motion in motions[1:]]).update(stage=Stage.WITHDRAWN)
    with CaptureQueriesContext(connection) as one:
        client.get(URL)
    assert len(one) == len(three)

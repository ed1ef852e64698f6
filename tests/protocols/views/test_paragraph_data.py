from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from protocols.document import ParagraphDocument
from protocols.interchange.akoma_ntoso import paragraph_xml
from protocols.interchange.paragraph_json import paragraph_json
from protocols.models import Paragraph
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

NAMES = ["protocols:extract_json", "protocols:extract_xml"]


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def draft(region: Region) -> Paragraph:
    meeting = make_meeting(region, region.board)
    return decide(region, open_with(region, meeting, make_prepared_motion(region)))


def test_anybody_gets_a_verified_paragraph_as_its_paper_carries_it(
    client: Client, region: Region, draft: Paragraph
) -> None:
    verify(region, close(region, draft.meeting))
    draft.refresh_from_db()
    document = ParagraphDocument.from_json(draft.frozen_document)
    answers = [client.get(reverse(name, args=[draft.pk])) for name in NAMES]
    assert [(answer["Content-Type"], answer.content) for answer in answers] == [
        ("application/json", paragraph_json(document)),
        ("application/akn+xml", paragraph_xml(document)),
    ]
    for name, answer in zip(NAMES, answers, strict=True):
        assert answer["Cache-Control"] == "public, max-age=3600"
        again = client.get(reverse(name, args=[draft.pk]), headers={"if-none-match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.post(reverse(name, args=[draft.pk])).status_code == 405


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_is_given_to_nobody(client: Client, region: Region, draft: Paragraph, name: str) -> None:
    client.force_login(region.secretary)
    assert client.get(reverse(name, args=[draft.pk])).status_code == 404

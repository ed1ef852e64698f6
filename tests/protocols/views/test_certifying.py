"""Certified copies: issued by officials, checked by anybody, never changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motions.errors import Conflict, DomainError, Forbidden
from protocols.actions.certifying import certify_copy
from protocols.actions.corrections import correct_paragraph
from protocols.actions.extracts import issue_extract
from protocols.models import CertifiedCopy, Paragraph
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
from tests.protocols.extracts.samples import words
from tests.protocols.views.desk import Visitor, read, signed_in


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    """A verified § of the board."""
    meeting = make_meeting(region, region.board)
    paragraph = decide(region, open_with(region, meeting, make_prepared_motion(region)))
    verify(region, close(region, meeting))
    paragraph.refresh_from_db()
    return paragraph


def content_of(copy: CertifiedCopy) -> bytes:
    with copy.file.open("rb") as file:
        return bytes(file.read())


def url(paragraph: Paragraph) -> str:
    return reverse("protocols:certify", args=[paragraph.pk])


def certified(paragraph: Paragraph, region: Region, title: str = "nämndsekreterare") -> CertifiedCopy:
    return certify_copy(paragraph, by=region.secretary, title=title, check_address="prov.example/")


def test_copy_says_who_answers_for_it_and_is_checked_by_its_code(
    region: Region, paragraph: Paragraph
) -> None:
    page = read(signed_in(region.registrar).follow(url(paragraph), {"title": " förste  registrator "}))
    copy = CertifiedCopy.objects.get()
    assert f"kontrollkoden {copy.code}" in page
    said = f"Rätt utdraget intygas {region.registrar.name} förste registrator {timezone.localdate()}"
    assert said in words(content_of(copy))
    checked = read(Visitor().get(reverse("protocols:check_code", args=[copy.code])))
    assert "Koden hör till ett äkta protokollsutdrag" in checked
    assert f"{region.registrar.name}, förste registrator" in checked
    served: Any = Client().get(copy.get_absolute_url())  # a stream, which the client's type does not know
    assert b"".join(served.streaming_content) == content_of(copy)


def test_each_is_a_paper_of_its_own_and_the_office_is_remembered(
    region: Region, paragraph: Paragraph
) -> None:
    issued = issue_extract(paragraph, by=None, check_address="prov.example/")
    first, second = certified(paragraph, region), certified(paragraph, region)
    assert len({issued.code, first.code, second.code}) == 3
    form = signed_in(region.secretary).get(url(paragraph)).content.decode()
    assert 'value="nämndsekreterare"' in form
    assert first.code in form
    assert second.code in form


def test_copy_holds_the_corrections_and_is_superseded_by_later_ones(
    region: Region, paragraph: Paragraph
) -> None:
    before = certified(paragraph, region)
    correct_paragraph(
        paragraph,
        by=region.secretary,
        corrected_on=timezone.localdate(),
        text="Det ska vara 2026.",
        reason="Skrivfel",
        decided_by="Ordföranden",
        seen=0,
        check_address="prov.example/",
    )
    after = certified(paragraph, region)
    assert "Det ska vara 2026." in words(content_of(after))
    checked = [read(Visitor().get(reverse("protocols:check_code", args=[c.code]))) for c in (before, after)]
    assert ["Äkta, men ersatt" in page for page in checked] == [True, False]


def test_what_is_not_verified_is_not_certified(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    draft = decide(region, open_with(region, meeting, make_prepared_motion(region)))
    with pytest.raises(Conflict, match="inte justerad") as refused:
        certified(draft, region)
    assert refused.value.law == "KL 5 kap. 69 §"
    assert signed_in(region.secretary).get(url(draft)).status_code == 404


def test_office_is_no_identity_number_and_not_too_long(region: Region, paragraph: Paragraph) -> None:
    with pytest.raises(DomainError):
        certified(paragraph, region, "19121212-1212")
    visitor = signed_in(region.secretary)
    for title in ("19121212-1212", "x" * 101):
        answer = visitor.post(url(paragraph), {"title": title})
        assert answer.status_code == 422
        assert title in answer.content.decode()
    assert not CertifiedCopy.objects.exists()


def test_others_certify_nothing(region: Region, paragraph: Paragraph) -> None:
    with pytest.raises(Forbidden):
        certify_copy(paragraph, by=region.officer, title="", check_address="prov.example/")
    assert Visitor().get(url(paragraph)).status_code == 302
    for user in (region.officer, region.politician, region.administrator):
        assert signed_in(user).post(url(paragraph), {"title": ""}).status_code == 403
    assert "Bestyrkt utdrag" not in read(Visitor().get(paragraph.get_absolute_url()))
    assert "Bestyrkt utdrag" in read(signed_in(region.registrar).get(paragraph.get_absolute_url()))

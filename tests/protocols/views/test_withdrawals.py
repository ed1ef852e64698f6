"""Withdrawing an extract: it is kept, whoever checks it is told, and it goes out to nobody."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from motions.errors import Conflict
from protocols.actions.corrections import correct_paragraph
from protocols.actions.dispatch import dispatch_extracts, set_addresses
from protocols.actions.extracts import extract_name, issue_extract
from protocols.actions.outbox import send_again
from protocols.actions.sending import send_due
from protocols.actions.texts import set_recipients
from protocols.actions.withdrawals import withdraw_extract
from protocols.enums import DeliveryState
from protocols.models import Delivery, Extract, Paragraph, Withdrawal
from protocols.queries.dispatch import is_dispatched, stopped_letters
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
from tests.mail_server import MailServer
from tests.protocols.views.desk import Visitor, is_the_secretarys, read, signed_in

ADDRESS = "prov.example/verifiera/"


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    """A verified § of the board with a recipient, not issued yet."""
    meeting = make_meeting(region, region.board)
    paragraph = open_with(region, meeting, make_prepared_motion(region))
    set_recipients(paragraph, by=region.secretary, recipients=[("Regiondirektören", "")])
    decide(region, paragraph)
    verify(region, close(region, meeting))
    set_addresses({"Regiondirektören": "direktor@alvmark.example"}, by=region.secretary)
    return Paragraph.objects.get(pk=paragraph.pk)


def files(server: MailServer) -> list[list[str]]:
    """The names of what each letter carried."""
    return [
        [part.get_filename() or "" for part in message.iter_attachments()] for _to, message in server.taken
    ]


@pytest.fixture
def issued(paragraph: Paragraph) -> Extract:
    return issue_extract(paragraph, by=None, check_address=ADDRESS)


def url(paragraph: Paragraph) -> str:
    return reverse("protocols:withdraw_paper", args=[paragraph.pk])


def given(issued: Extract, **changes: str) -> dict[str, str]:
    return {"reason": "En bilaga saknades.", "code": issued.code} | changes


def check(code: str) -> str:
    return read(Visitor().get(reverse("protocols:check_code", args=[code])))


def correct(region: Region, paragraph: Paragraph) -> str:
    row = correct_paragraph(
        paragraph,
        by=region.secretary,
        corrected_on=timezone.localdate(),
        text="Det ska vara 2026.",
        reason="Skrivfel",
        decided_by="Ordföranden",
        seen=0,
        check_address=ADDRESS,
    )
    return row.code


def test_a_withdrawn_extract_says_so_and_stays(region: Region, paragraph: Paragraph, issued: Extract) -> None:
    assert "Återkallat" not in check(issued.code)
    page = read(signed_in(region.secretary).follow(url(paragraph), given(issued)))
    assert "Utdraget är återkallat." in page
    assert "Återkalla utdraget" not in page  # once is enough
    assert f"Återkallat {issued.code}" in page
    text = check(issued.code)
    assert "Koden hör till ett återkallat protokollsutdrag" in text
    assert "ska inte användas. Skäl: En bilaga saknades." in text
    by_hash = read(Visitor().get(reverse("protocols:check"), {"sha256": issued.sha256}))
    assert "Filen är ett återkallat protokollsutdrag" in by_hash
    kept: Any = Visitor().get(issued.get_absolute_url())
    assert hashlib.sha256(b"".join(kept)).hexdigest() == issued.sha256
    public = read(Visitor().get(paragraph.get_absolute_url()))
    assert "En bilaga saknades." in public


def test_it_goes_out_to_nobody_until_it_is_corrected(
    region: Region, paragraph: Paragraph, issued: Extract
) -> None:
    meeting = paragraph.meeting
    withdraw_extract(paragraph, by=region.secretary, reason="Fel.", code=issued.code)
    with pytest.raises(Conflict, match="återkallat"):
        dispatch_extracts(meeting, by=region.secretary, check_address=ADDRESS, only=paragraph)
    assert dispatch_extracts(meeting, by=region.secretary, check_address=ADDRESS) == 0
    page = read(signed_in(region.secretary).get(reverse("protocols:dispatch", args=[meeting.pk])))
    assert "Utdraget är återkallat" in page
    assert "Skickat på papper" not in page
    code = correct(region, paragraph)
    assert "återkallat" not in check(code)
    assert dispatch_extracts(meeting, by=region.secretary, check_address=ADDRESS) == 1


def test_a_letter_that_waits_with_it_does_not_go_out(
    region: Region, paragraph: Paragraph, issued: Extract, server: MailServer
) -> None:
    dispatch_extracts(paragraph.meeting, by=region.secretary, check_address=ADDRESS)
    withdraw_extract(paragraph, by=region.secretary, reason="Fel.", code=issued.code)
    assert send_due() == 1
    assert server.taken == []
    letter = Delivery.objects.get()
    assert (letter.state, letter.sent_at) == (DeliveryState.FAILED, None)
    assert letter.reason.startswith("Återkallat innan brevet hann skickas. Inför en rättelse")
    assert stopped_letters(paragraph.meeting) == 0
    page = read(signed_in(region.secretary).get(reverse("protocols:dispatch", args=[paragraph.meeting.pk])))
    assert "Utdraget är återkallat" in page
    code = correct(region, paragraph)
    dispatch_extracts(paragraph.meeting, by=region.secretary, check_address=ADDRESS)
    send_due()
    assert files(server) == [[extract_name(paragraph)]]
    assert Delivery.objects.get(enclosures__code=code).state == DeliveryState.SENT


def test_a_letter_with_another_extract_goes_out_without_it(region: Region, server: MailServer) -> None:
    meeting = make_meeting(region, region.board)
    for number in range(2):
        meeting.refresh_from_db()
        row = open_with(region, meeting, make_prepared_motion(region, title=f"Motion om {number}"))
        set_recipients(row, by=region.secretary, recipients=[("Regiondirektören", "")])
        decide(region, row)
    verify(region, close(region, meeting))
    set_addresses({"Regiondirektören": "direktor@alvmark.example"}, by=region.secretary)
    dispatch_extracts(meeting, by=region.secretary, check_address=ADDRESS)
    first, second = meeting.paragraphs.order_by("number")
    withdraw_extract(first, by=region.secretary, reason="Fel.", code=first.extract.code)
    Delivery.objects.update(state=DeliveryState.FAILED)
    send_again(Delivery.objects.get(), by=region.secretary)
    assert send_due() == 1
    assert files(server) == [[extract_name(second)]]
    ((_address, message),) = server.taken
    text = message.get_body().get_content()  # type: ignore[union-attr] # it has one
    assert text.startswith(f"Utdraget av {first.label} har återkallats och följer inte med.")
    assert Delivery.objects.get().state == DeliveryState.SENT
    assert (is_dispatched(first), is_dispatched(second)) == (False, True)
    page = read(signed_in(region.secretary).get(reverse("protocols:dispatch", args=[meeting.pk])))
    assert "Utdraget är återkallat" in page
    assert "1 av 2 utdrag har gått ut." in page
    code = correct(region, first)
    dispatch_extracts(meeting, by=region.secretary, check_address=ADDRESS)
    send_due()
    assert Delivery.objects.get(enclosures__code=code).state == DeliveryState.SENT
    assert is_dispatched(first)


def test_a_letter_with_it_is_not_sent_again(region: Region, paragraph: Paragraph, issued: Extract) -> None:
    dispatch_extracts(paragraph.meeting, by=region.secretary, check_address=ADDRESS)
    Delivery.objects.update(state=DeliveryState.FAILED)
    withdraw_extract(paragraph, by=region.secretary, reason="Fel.", code=issued.code)
    with pytest.raises(Conflict, match="är återkallat"):
        send_again(Delivery.objects.get(), by=region.secretary)


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"reason": " "}, 422, "Skäl"),
        ({"reason": "19811228-9874"}, 422, "personnummer"),
        ({"reason": "x" * 1001}, 422, "1000"),
        ({"code": "AAAA-AAAA"}, 409, "Ett annat utdrag"),
        ({"code": ""}, 409, "Ett annat utdrag"),
    ],
)
def test_wrong_input(
    region: Region, issued: Extract, changes: dict[str, str], status: int, sentence: str
) -> None:
    typed = given(issued, **changes)
    answer = signed_in(region.secretary).post(url(issued.paragraph), typed)
    assert answer.status_code == status
    assert sentence in read(answer)
    assert typed["reason"] in answer.content.decode()
    assert not Withdrawal.objects.exists()


def test_once_and_only_what_is_issued(region: Region, paragraph: Paragraph) -> None:
    secretary = signed_in(region.secretary)
    answer = secretary.post(url(paragraph), {"reason": "Fel.", "code": ""})
    assert answer.status_code == 409
    assert "är utfärdat" in read(answer)
    assert "Återkalla utdraget" not in read(secretary.get(paragraph.get_absolute_url()))
    issued = issue_extract(paragraph, by=None, check_address=ADDRESS)
    secretary.post(url(paragraph), given(issued))
    again = secretary.post(url(paragraph), given(issued))
    assert again.status_code == 409
    assert "redan återkallat" in read(again)
    correct(region, paragraph)
    assert "Återkalla utdraget" in read(secretary.get(paragraph.get_absolute_url()))
    assert Withdrawal.objects.get().at > timezone.now() - timedelta(hours=1)


def test_only_the_secretary_withdraws(region: Region, paragraph: Paragraph, issued: Extract) -> None:
    for user in (region.registrar, region.chair, region.politician):
        assert signed_in(user).post(url(paragraph), given(issued)).status_code == 403
    is_the_secretarys(region, url(paragraph), wrong="put")
    assert signed_in(region.secretary).get("/paragrafer/0/aterkalla/").status_code == 404

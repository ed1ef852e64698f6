from __future__ import annotations

import io
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from protocols.actions.bounces import Bounce, parse_bounce, record_bounce
from protocols.actions.outbox import Letter, queue_letters, send_again
from protocols.enums import DeliveryState, MailingKind
from protocols.models import Delivery
from tests.factories import make_meeting, make_region

HEADERS = (
    "From: Klubbslag <klubbslag@prov.example>\r\nTo: fel@b.example\r\nMessage-ID: {id}\r\nSubject: Utdrag\r\n"
)
REPORT = """\
From: MAILER-DAEMON@mx.b.example\r
To: klubbslag@prov.example\r
Subject: Undelivered Mail Returned to Sender\r
MIME-Version: 1.0\r
Content-Type: multipart/report; report-type=delivery-status; boundary="gräns"\r
\r
--gräns\r
Content-Type: text/plain; charset=us-ascii\r
\r
I'm sorry.\r
--gräns\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mx.b.example\r
Arrival-Date: Mon, 8 Jun 2026 08:00:00 +0200\r
\r
Final-Recipient: rfc822; fel@b.example\r
Action: {action}\r
Status: 5.1.1\r
{diagnostic}\r
--gräns\r
Content-Type: {kind}\r
\r
{headers}\r
{body}--gräns--\r
""".replace("gräns", "grans")
DIAGNOSTIC = "Diagnostic-Code: smtp; 550 5.1.1 <fel@b.example>:\r\n    Recipient unknown\r\n"


def report(
    message_id: str = "<a@prov.example>",
    *,
    action: str = "failed",
    diagnostic: str = DIAGNOSTIC,
    kind: str = "message/rfc822",
    body: str = "\r\nHej\r\n",
) -> bytes:
    headers = HEADERS.format(id=message_id)
    return REPORT.format(action=action, diagnostic=diagnostic, kind=kind, headers=headers, body=body).encode()


@pytest.fixture
def delivery(db: None) -> Delivery:
    region = make_region()
    meeting = make_meeting(region, region.board)
    letters = [Letter("Nämnden", "fel@b.example", "Utdrag", "Hej")]
    queue_letters(meeting, kind=MailingKind.EXTRACTS, letters=letters, by=region.secretary)
    delivery = Delivery.objects.get()
    delivery.state, delivery.sent_at = DeliveryState.SENT, delivery.changed_at
    delivery.save()
    return delivery


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_bounce_is_parsed_with_the_whole_letter_or_its_headers(kind: str) -> None:
    bounce = Bounce("<a@prov.example>", "550 5.1.1 <fel@b.example>: Recipient unknown")
    assert parse_bounce(report(kind=kind)) == bounce


def test_bounce_without_words_gives_its_status() -> None:
    assert parse_bounce(report(diagnostic="")) == Bounce("<a@prov.example>", "5.1.1")


@pytest.mark.parametrize(
    "content",
    [
        report(action="delayed"),
        report(action="delivered"),
        report().replace(b"Message-ID", b"X-Other"),
        b"From: a@b.example\r\nSubject: Hej\r\n\r\nMessage-ID: <a@prov.example>\r\n",
        b"",
        b"\xff\xfe\0",
        report()[:300],
        report().replace(b"Action: failed", b"Reaction: failed"),
    ],
)
def test_what_is_no_bounce_is_none(content: bytes) -> None:
    assert parse_bounce(content) is None


def test_bounce_marks_its_letter(
    delivery: Delivery, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = report(delivery.message_id)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    call_command("read_bounce")
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.BOUNCED
    assert delivery.reason == "550 5.1.1 <fel@b.example>: Recipient unknown"
    assert capsys.readouterr().out == "fel@b.example: 550 5.1.1 <fel@b.example>: Recipient unknown\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (report("<okand@annan.example>"), "No letter was sent from here with Message-ID"),
        (b"Subject: Hej\r\n\r\nTack!", "Not a bounce"),
    ],
)
def test_any_other_mail_changes_nothing(
    delivery: Delivery,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    content: bytes,
    said: str,
) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    call_command("read_bounce")
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENT
    assert said in capsys.readouterr().out


def test_late_bounce_of_a_letter_on_its_way_again_is_left(delivery: Delivery) -> None:
    bounce = Bounce(delivery.message_id, "550")
    record_bounce(bounce)
    send_again(delivery, by=delivery.mailing.by)
    record_bounce(bounce)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.WAITING

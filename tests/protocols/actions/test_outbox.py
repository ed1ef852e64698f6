from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone
from pytest_django import Settings

from motions.errors import Conflict, Forbidden
from protocols.actions.extracts import issue_extract
from protocols.actions.outbox import Attachment, Letter, queue_letters, send_again
from protocols.actions.sending import PAUSES, note_interrupted, send_due, send_next
from protocols.enums import DeliveryState, MailingKind
from protocols.models import Delivery, Enclosure, Extract, Mailing, Meeting
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
from tests.mail_server import BACKEND, MailServer, in_threads

PAPER = b"%PDF-1.7 ett papper"


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def meeting(region: Region) -> Meeting:
    return make_meeting(region, region.board)


def letter(address: str = "diariet@namnd.example", *papers: Attachment) -> Letter:
    papers = papers or (Attachment("RS 2026 § 1.pdf", PAPER),)
    return Letter("Nämnden, för kännedom", address, "Protokollsutdrag", "Hej,\n\nhär är det.", papers)


def queue(region: Region, meeting: Meeting, *letters: Letter) -> Mailing | None:
    return queue_letters(
        meeting, kind=MailingKind.EXTRACTS, letters=letters or [letter()], by=region.secretary
    )


def states() -> dict[str, str]:
    return dict(Delivery.objects.values_list("address", "state"))


def test_letter_arrives_whole(region: Region, meeting: Meeting, server: MailServer) -> None:
    queue(region, meeting)
    assert send_due() == 1
    ((address, message),) = server.taken
    assert address == "diariet@namnd.example"
    assert message["To"] == '"Nämnden, för kännedom" <diariet@namnd.example>'
    assert message["Reply-To"] == region.secretary.email
    assert message["Subject"] == "Protokollsutdrag"
    body, file = message.iter_parts()
    assert body.get_content().strip() == "Hej,\r\n\r\nhär är det."
    assert (file.get_filename(), file.get_content_type(), file.get_content()) == (
        "RS 2026 § 1.pdf",
        "application/pdf",
        PAPER,
    )
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.reason, delivery.attempts) == ("sent", "", 1)
    assert delivery.sent_at is not None
    assert message["Message-ID"] == delivery.message_id
    assert send_due() == 0


def test_issued_paper_is_sent_as_it_was_issued(region: Region, meeting: Meeting, server: MailServer) -> None:
    paragraph = decide(region, open_with(region, meeting, make_prepared_motion(region)))
    verify(region, close(region, meeting))
    paragraph.refresh_from_db()
    extract = issue_extract(paragraph, by=region.secretary, check_address="prov.example/")
    queue(region, meeting, letter("a@namnd.example", Attachment("§ 1.pdf", extract)))
    send_due()
    ((_address, message),) = server.taken
    _body, file = message.iter_parts()
    with Extract.objects.get().file.open("rb") as issued:
        assert file.get_content() == issued.read()
    row = Enclosure.objects.get()
    assert (row.paragraph, row.code, row.sha256) == (paragraph, extract.code, extract.sha256)


def test_pressed_twice_sends_once(region: Region, meeting: Meeting, server: MailServer) -> None:
    assert queue(region, meeting) is not None
    assert queue(region, meeting) is None
    assert queue(region, meeting, letter("Diariet@Namnd.example")) is None
    send_due()
    assert len(server.taken) == 1


def test_only_what_is_new_is_sent_to_an_address(region: Region, meeting: Meeting, server: MailServer) -> None:
    first, second = Attachment("1.pdf", PAPER), Attachment("2.pdf", b"%PDF-1.7 ett annat")
    calendar = Attachment("mote.ics", b"BEGIN:VCALENDAR", "text/calendar", is_once=False)
    queue(region, meeting, letter("a@b.example", first, calendar))
    queue(region, meeting, letter("a@b.example", first, second, calendar))
    assert queue(region, meeting, letter("a@b.example", second, calendar)) is None
    sent = [[row.filename for row in delivery.enclosures.all()] for delivery in Delivery.objects.all()]
    assert sent == [["1.pdf", "mote.ics"], ["2.pdf", "mote.ics"]]


def test_database_refuses_the_same_paper_twice(region: Region, meeting: Meeting) -> None:
    queue(region, meeting)
    row = Enclosure.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError, match="enclosure_once_an_address"), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Delivery.objects.update(address="nagon@annan.example")
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Mailing.objects.update(kind="summons")


def test_only_the_secretary_sends(region: Region, meeting: Meeting) -> None:
    for user in (region.registrar, region.chair, region.politician, region.administrator):
        with pytest.raises(Forbidden):
            queue_letters(meeting, kind=MailingKind.EXTRACTS, letters=[letter()], by=user)
    queue(region, meeting)
    with pytest.raises(Forbidden):
        send_again(Delivery.objects.get(), by=region.chair)


def test_what_is_no_address_queues_nothing(region: Region, meeting: Meeting) -> None:
    with pytest.raises(ValidationError):
        queue(region, meeting, letter("ok@b.example"), letter("ingen adress"))
    assert not Mailing.objects.exists()


def test_refused_address_is_a_bounce_at_once(region: Region, meeting: Meeting, server: MailServer) -> None:
    server.refuses["fel@b.example"] = "550 5.1.1 No such mailbox"
    queue(region, meeting, letter("fel@b.example"), letter("ratt@b.example"))
    assert send_due() == 2
    assert states() == {"fel@b.example": "bounced", "ratt@b.example": "sent"}
    bounced = Delivery.objects.get(state=DeliveryState.BOUNCED)
    assert bounced.reason == "550 5.1.1 No such mailbox"
    assert send_due() == 0
    server.refuses.clear()
    send_again(bounced, by=region.secretary)
    send_due()
    assert server.sent_to() == ["fel@b.example", "ratt@b.example"]
    with pytest.raises(Conflict, match="redan skickat"):
        send_again(bounced, by=region.secretary)


def test_what_may_go_better_later_is_tried_again(
    region: Region, meeting: Meeting, server: MailServer
) -> None:
    server.refuses["a@b.example"] = "451 4.7.1 Come back later"
    queue(region, meeting, letter("a@b.example"))
    now = timezone.now()
    assert send_next(now) is not None
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.reason) == ("waiting", "451 4.7.1 Come back later")
    assert send_next(now) is None
    server.refuses.clear()
    assert send_next(delivery.due_at) is not None
    assert states() == {"a@b.example": "sent"}
    assert Delivery.objects.get().attempts == 2


def test_no_contact_is_tried_some_times_and_has_then_failed(
    region: Region, meeting: Meeting, settings: Settings
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = BACKEND, "127.0.0.1", 1
    queue(region, meeting)
    now = timezone.now()
    tries = 0
    while send_next(now + timedelta(days=tries)):
        tries += 1
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("failed", len(PAUSES) + 1)
    assert "Ingen kontakt med e-postservern" in delivery.reason


def test_contact_lost_after_the_letter_was_handed_over_is_uncertain(
    region: Region, meeting: Meeting, server: MailServer
) -> None:
    server.hangs_up = True
    queue(region, meeting)
    send_due()
    delivery = Delivery.objects.get()
    assert delivery.state == "uncertain"
    assert delivery.reason.startswith("Kontakten bröts medan brevet lämnades; kanske gick det fram")
    assert send_due() == 0


def test_missing_file_fails_with_a_sentence(region: Region, meeting: Meeting, server: MailServer) -> None:
    queue(region, meeting)
    Path(Enclosure.objects.get().file.path).unlink()
    send_due()
    delivery = Delivery.objects.get()
    assert delivery.state == "failed"
    assert "Bilagan kan inte läsas" in delivery.reason
    assert server.taken == []


@pytest.mark.django_db(transaction=True)
def test_two_senders_and_two_presses_at_once_send_once(server: MailServer) -> None:
    region = make_region()
    meeting = make_meeting(region, region.board)
    letters = [letter(f"nr{n}@b.example") for n in range(12)]

    def press_and_send() -> None:
        try:
            queue(region, meeting, *letters)
            send_due()
        finally:
            connection.close()

    in_threads(press_and_send, 4)
    send_due()
    assert server.sent_to() == sorted(row.address for row in letters)
    assert set(states().values()) == {"sent"}


@pytest.mark.django_db(transaction=True)
def test_sender_killed_after_the_server_took_the_letter_leaves_it_uncertain(server: MailServer) -> None:
    region = make_region()
    meeting = make_meeting(region, region.board)
    queue(region, meeting)
    victim: list[subprocess.Popen[bytes]] = []
    server.before_answer = lambda: victim[0].kill()  # noqa: PLW0108 -- there is none yet
    command = [sys.executable, "-c", _SEND, str(connection.settings_dict["NAME"]), str(server.port)]
    folder = str(django_settings.MEDIA_ROOT)
    victim.append(subprocess.Popen([*command, folder], env={**os.environ}))
    victim[0].wait(60)
    assert len(server.taken) == 1
    assert states() == {"diariet@namnd.example": "sending"}
    _wait_until_unlocked()
    assert send_due() == 0
    delivery = Delivery.objects.get()
    assert delivery.state == "uncertain"
    assert delivery.reason == "Servern stannade medan brevet lämnades; kanske gick det fram."
    assert len(server.taken) == 1
    server.before_answer = lambda: None
    send_again(delivery, by=region.secretary)
    send_due()
    assert [message["Message-ID"] for _address, message in server.taken] == [delivery.message_id] * 2


def test_letter_that_is_being_sent_is_not_taken_for_interrupted(region: Region, meeting: Meeting) -> None:
    queue(region, meeting)
    Delivery.objects.update(state=DeliveryState.SENDING)
    assert note_interrupted() == 1
    assert note_interrupted() == 0


_SEND = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sys.argv[2])
settings.STORAGES["default"]["OPTIONS"]["location"] = sys.argv[3]
django.setup()
from protocols.actions.sending import send_due
send_due()
"""


def _wait_until_unlocked() -> None:
    """The database notices within moments that the killed sender is gone."""
    with connection.cursor() as cursor:
        for _try in range(100):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")
            if cursor.fetchone()[0] == 0:
                return
            cursor.execute("SELECT pg_sleep(0.05)")
    pytest.fail("the lock stays")

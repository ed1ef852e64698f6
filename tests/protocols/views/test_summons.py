"""The summons over HTTP: the secretary issues and sends it, those summoned read it, others do not find it."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from motions.enums import Role
from protocols.actions.agenda import add_matter, place_motion
from protocols.actions.sending import send_due
from protocols.actions.summons import issue_summons
from protocols.actions.summons_making import make_next
from protocols.enums import DeliveryState
from protocols.models import Delivery, Meeting, Summons
from tests.factories import Region, make_meeting, make_prepared_motion, make_region, make_user
from tests.mail_server import MailServer
from tests.protocols.extracts.samples import words
from tests.protocols.views.desk import Visitor, is_the_secretarys, read, signed_in


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def meeting(region: Region) -> Meeting:
    meeting = make_meeting(region, region.board)
    place_motion(meeting, by=region.secretary, motion=make_prepared_motion(region))
    return meeting


def page(meeting: Meeting) -> str:
    return reverse("protocols:meeting_summons", args=[meeting.pk])


def act(name: str, meeting: Meeting, *more: int) -> str:
    return reverse(f"protocols:summons_{name}", args=[meeting.pk, *more])


def issued(visitor: Visitor, meeting: Meeting) -> str:
    """Press the button, have it made, and read the page as it then is for one who followed it."""
    assert visitor.post(act("issue", meeting))["Location"] == page(meeting)
    assert make_next()
    return read(visitor.get(f"{page(meeting)}?vantar=1", is_htmx=True))


def content_of(answer: Any) -> bytes:
    return bytes(answer.getvalue())


def test_the_secretary_reviews_issues_and_reads(region: Region, meeting: Meeting) -> None:
    visitor = signed_in(region.secretary)
    text = read(visitor.get(page(meeting)))
    assert "Ingen kallelse är utfärdad" in text
    assert "Utfärda kallelsen" in text
    draft = visitor.get(act("draft", meeting))
    assert draft["Cache-Control"] == "private, no-store"
    assert "UTKAST – ej utfärdad" in words(content_of(draft))
    assert not Summons.objects.exists()
    text = issued(visitor, meeting)
    assert "Kallelse nr 1 är utfärdad." in text
    assert "Kallelse nr 1 stämmer med dagordningen" in text
    assert "Utfärda" not in text.replace("Utfärdad", "").replace("Utfärdade", "")
    summons = Summons.objects.get()
    answer = visitor.get(summons.get_absolute_url())
    assert answer["Content-Disposition"] == 'inline; filename="kallelse-1-regionstyrelsen-2026-05-20.pdf"'
    assert hashlib.sha256(content_of(answer)).hexdigest() == summons.sha256


def test_a_changed_agenda_asks_for_an_additional_one(region: Region, meeting: Meeting) -> None:
    visitor = signed_in(region.secretary)
    issued(visitor, meeting)
    add_matter(meeting, by=region.secretary, title="Val av ombud")
    assert "har ändrats sedan Kallelse nr 1" in read(visitor.get(page(meeting)))
    text = issued(visitor, meeting)
    assert "Tilläggskallelse nr 2 är utfärdad." in text
    assert text.index("Tilläggskallelse nr 2 (PDF)") < text.index("Kallelse nr 1 (PDF)")
    for summons in Summons.objects.all():
        assert "Regionstyrelsen" in words(content_of(visitor.get(summons.get_absolute_url())))


def test_what_is_refused_is_said_on_the_page(region: Region, meeting: Meeting) -> None:
    visitor = signed_in(region.secretary)
    issued(visitor, meeting)
    again = visitor.post(act("issue", meeting))
    assert again.status_code == 409
    assert "Kallelse nr 1 gäller fortfarande" in read(again)
    empty = make_meeting(region, region.board, held_on=date(2026, 6, 3))
    refused = visitor.post(act("issue", empty))
    assert refused.status_code == 422
    assert "KL 5 kap. 15 §" in read(refused)


def test_those_summoned_read_and_others_do_not_find_it(region: Region, meeting: Meeting) -> None:
    summons = issue_summons(meeting, by=region.secretary)
    file = summons.get_absolute_url()
    for user in (region.politician, region.registrar, region.officer):
        visitor = signed_in(user)
        text = read(visitor.get(page(meeting)))
        assert "Kallelse nr 1 (PDF)" in text
        assert "Mottagare" not in text
        assert "Utfärda " not in text
        assert content_of(visitor.get(file)).startswith(b"%PDF-")
    outsider = signed_in(make_user("Utanför Organet", Role.REPRESENTATIVE))
    for address in (page(meeting), file):
        assert outsider.get(address).status_code == 404
        assert Visitor().get(address)["Location"].startswith("/konto/logga-in/")
    assert signed_in(region.politician).get(f"{page(meeting)}9.pdf").status_code == 404


def test_issuing_and_sending_are_the_secretarys(region: Region, meeting: Meeting) -> None:
    is_the_secretarys(region, act("issue", meeting), wrong="get")
    issue_summons(meeting, by=region.secretary)
    is_the_secretarys(region, act("send", meeting, 1), wrong="get")
    is_the_secretarys(region, act("send_again", meeting, 1), wrong="get")
    is_the_secretarys(region, act("draft", meeting), wrong="post")


@pytest.mark.django_db(transaction=True)
def test_it_is_sent_and_the_fate_of_each_letter_is_seen(server: MailServer) -> None:
    region = make_region()
    meeting = make_meeting(region, region.board)
    add_matter(meeting, by=region.secretary, title="Val av ombud")
    issue_summons(meeting, by=region.secretary)
    server.refuses[region.politician.email] = "550 no such user"
    visitor = signed_in(region.secretary)
    text = read(visitor.get(page(meeting)))
    assert "Skicka till 3 personer" in text
    assert text.count("saknar adress") == 6
    assert "Kallelsen skickas till 3 personer." in read(visitor.follow(act("send", meeting, 1)))
    send_due()
    assert server.sent_to() == sorted([region.chair.email, region.verifier.email])
    [message] = [message for address, message in server.taken if address == region.chair.email]
    assert [part.get_content_type() for part in message.iter_attachments()] == [
        "application/pdf",
        "text/calendar",
    ]
    text = read(visitor.get(page(meeting)))
    assert text.count("Skickat") == 2
    assert "no such user" in text
    assert "Skicka igen till Asta Björk" in text
    assert visitor.post(act("send", meeting, 1)).status_code == 409
    stopped = Delivery.objects.get(address=region.politician.email)
    server.refuses.clear()
    assert "skickas igen" in read(visitor.follow(act("send_again", meeting, stopped.pk)))
    send_due()
    stopped.refresh_from_db()
    assert stopped.state == DeliveryState.SENT
    assert visitor.post(act("send_again", meeting, stopped.pk)).status_code == 409
    assert visitor.post(act("send_again", meeting, 999_999)).status_code == 404


def test_the_queries_of_the_page_do_not_grow(region: Region, meeting: Meeting) -> None:
    visitor = signed_in(region.secretary)
    issue_summons(meeting, by=region.secretary)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            visitor.get(page(meeting))
        return len(captured)

    few = queries()
    for number in range(3):
        add_matter(meeting, by=region.secretary, title=f"Ärende {number}")
        issue_summons(meeting, by=region.secretary)
    assert queries() == few


def test_the_page_tells_how_it_goes(region: Region, meeting: Meeting) -> None:
    visitor = signed_in(region.secretary)
    following = f"{page(meeting)}?vantar=1"
    text = read(visitor.follow(act("issue", meeting)))
    assert "Kallelsen görs i bakgrunden" in text
    assert "Ladda om sidan" in text  # where no script does it
    assert f'hx-get="{following}"' in visitor.get(page(meeting)).content.decode()
    assert visitor.get(following, is_htmx=True).status_code == 204
    assert "Ingen kallelse är utfärdad" in read(visitor.get(following))  # a reload
    assert visitor.post(act("issue", meeting)).status_code == 302  # pressed twice
    assert "görs i bakgrunden" not in read(signed_in(region.politician).get(page(meeting)))
    add_matter(meeting, by=region.secretary, title="Val av ombud")
    assert make_next()
    answer = visitor.get(following, is_htmx=True)
    assert "<html" not in answer.content.decode()
    assert "hx-get" not in answer.content.decode()
    text = read(answer)
    assert "Kallelsen kunde inte göras" in text
    assert "Dagordningen ändrades medan kallelsen gjordes. Utfärda kallelsen igen." in text
    assert "Kallelse nr 1 är utfärdad." in issued(visitor, meeting)
    assert Summons.objects.get().number == 1
    assert "kunde inte göras" not in read(visitor.get(page(meeting)))


def test_a_file_that_is_gone_gives_a_page(region: Region, meeting: Meeting) -> None:
    summons = issue_summons(meeting, by=region.secretary)
    summons.file.storage.delete(str(summons.file.name))
    assert signed_in(region.secretary).get(summons.get_absolute_url()).status_code == 503


# --- The days ----------------------------------------------------------------------------------------------


@time_machine.travel("2026-05-14 12:00")
def test_a_day_that_has_passed_warns_until_the_summons_is_out(region: Region, meeting: Meeting) -> None:
    visitor = signed_in(region.secretary)
    for address in (meeting.get_absolute_url(), page(meeting)):
        text = read(visitor.get(address))
        assert "onsdag 13 maj 2026 Dagen har passerat" in text
        assert "Organets egen regel: 7 dagar" in text
    issue_summons(meeting, by=region.secretary)
    text = read(visitor.get(meeting.get_absolute_url()))
    assert "Dagen har passerat" not in text


def test_a_body_has_its_own_rule_and_fullmaktige_the_laws(region: Region, meeting: Meeting) -> None:
    region.board.summons_days = 5
    region.board.full_clean()
    region.board.save()
    text = read(signed_in(region.secretary).get(meeting.get_absolute_url()))
    assert "fredag 15 maj 2026" in text
    assert "Organets egen regel: 5 dagar" in text
    assembly = make_meeting(region, region.assembly, held_on=timezone.localdate() + timedelta(days=30))
    text = read(signed_in(region.secretary).get(assembly.get_absolute_url()))
    assert "Tillkännagivande" in text
    assert "KL 5 kap. 13 och 15 §§" in text

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.conf import settings as site
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from pytest_django import Settings

from motions.enums import EventKind, Stage
from motions.models import Motion
from protocols.actions import dispatch as actions
from protocols.actions.bounces import Bounce, record_bounce
from protocols.actions.corrections import correct_paragraph
from protocols.actions.dispatch import set_addresses
from protocols.actions.extracts import issue_extract
from protocols.actions.sending import send_due
from protocols.actions.texts import set_recipients
from protocols.models import Addressee, Delivery, Extract, IssuedPaper, Meeting, Paragraph
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
from tests.mail_server import MailServer, in_threads
from tests.protocols.attaching import attach
from tests.protocols.extracts.summons_samples import foreign
from tests.protocols.views.desk import Visitor, is_the_secretarys, read, signed_in

NAMES = [("Vårdnämnden", "för verkställighet"), ("Ekonomidirektören", "")]
BOOK = {"Vårdnämnden": "vn@prov.example", "Ekonomidirektören": "ekonomi@prov.example"}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel("2026-06-15 08:00 +0200", tick=True):
        yield


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


def hold(
    region: Region,
    count: int = 1,
    *,
    recipients: list[tuple[str, str]] | None = None,
    is_verified: bool = True,
) -> Meeting:
    """Fullmäktige decides so many motions, that the board has proposed on; returns its meeting."""
    motions = [make_prepared_motion(region, title=f"Motion om {n}") for n in range(count)]
    days = timedelta(days=Meeting.objects.count())
    rows = NAMES if recipients is None else recipients
    _sit(region, make_meeting(region, region.board, held_on=date(2026, 5, 20) + days), motions, rows)
    meeting = make_meeting(region, region.assembly, held_on=date(2026, 6, 2) + days)
    _sit(region, meeting, motions, rows, is_verified=is_verified)
    return meeting


def _sit(
    region: Region,
    meeting: Meeting,
    motions: list[Motion],
    recipients: list[tuple[str, str]],
    *,
    is_verified: bool = True,
) -> None:
    for motion in motions:
        motion.refresh_from_db()
        meeting.refresh_from_db()
        paragraph = open_with(region, meeting, motion)
        set_recipients(paragraph, by=region.secretary, recipients=recipients)
        decide(region, paragraph)
    close(region, meeting)
    if is_verified:
        verify(region, meeting)


def know(region: Region, **book: str) -> None:
    set_addresses(book or BOOK, by=region.secretary)


def content(paper: IssuedPaper) -> bytes:
    with paper.file.open("rb") as file:
        return bytes(file.read())


def page_of(meeting: Meeting) -> str:
    return f"/sammantraden/{meeting.pk}/expediering/"


def test_only_secretaries_dispatch(region: Region) -> None:
    meeting = hold(region)
    page = page_of(meeting)
    is_the_secretarys(region, page, wrong="post")
    is_the_secretarys(region, f"{page}skicka/", wrong="get")
    is_the_secretarys(region, f"{page}adresser/", wrong="get")
    is_the_secretarys(region, f"/paragrafer/{meeting.paragraphs.get().pk}/inga-mottagare/", wrong="get")
    know(region)
    signed_in(region.secretary).post(f"{page}skicka/")
    again = f"/brev/{Delivery.objects.all()[0].pk}/skicka-igen/"
    is_the_secretarys(region, again, wrong="get")
    assert signed_in(region.secretary).get("/sammantraden/9999/expediering/").status_code == 404
    assert signed_in(region.secretary).post("/brev/9999/skicka-igen/").status_code == 404


def test_whole_meeting_goes_out_once_and_its_cases_are_done(region: Region, server: MailServer) -> None:
    meeting = hold(region, 2)
    know(region)
    desk = signed_in(region.secretary)
    first = read(desk.get(page_of(meeting)))
    assert "0 av 2 justerade paragrafer är klara" in first
    assert "2 brev, ett till varje adress" in first
    told = read(desk.follow(f"{page_of(meeting)}skicka/"))
    assert "2 brev skickas nu." in told
    assert "0 av 4 utdrag har gått ut." in told
    assert Motion.objects.filter(stage=Stage.DECIDED).count() == 2
    assert "Det finns inget nytt att skicka." in read(desk.follow(f"{page_of(meeting)}skicka/"))
    send_due()
    assert server.sent_to() == ["ekonomi@prov.example", "vn@prov.example"]
    for _address, message in server.taken:
        files = [part.get_content() for part in message.iter_attachments()]
        assert len(files) == 2
        issued = [content(extract) for extract in Extract.objects.order_by("paragraph__number")]
        assert files == issued
    text = dict(server.taken)["vn@prov.example"].get_body().get_content()  # type: ignore[union-attr] # it has one
    assert "om motion om 0 (dnr 1-2026, för verkställighet)\r\n§\u00a02" in text
    done = read(desk.get(page_of(meeting)))
    assert "2 av 2 justerade paragrafer är klara" in done
    assert "4 av 4 utdrag har gått ut." in done
    assert "Expediera alla" not in done
    motion = Motion.objects.all()[0]
    assert motion.stage == Stage.CLOSED
    event = motion.events.get(kind=EventKind.CLOSED)
    assert (event.by, event.facts["recipients"]) == (region.secretary, list(BOOK))
    words = read(desk.get(motion.get_absolute_url()))
    assert "Protokollsutdraget har skickats till Vårdnämnden och Ekonomidirektören." in words


def with_pages(region: Region, *, pages: int) -> Meeting:
    """Fullmäktige decides a motion whose document follows the extract as a file."""
    motion = make_prepared_motion(region, title="Motion om 0")
    attach(region, motion, "ett", content=foreign(*(f"Sida {number}" for number in range(pages))))
    _sit(region, make_meeting(region, region.board, held_on=date(2026, 5, 20)), [motion], NAMES)
    meeting = make_meeting(region, region.assembly, held_on=date(2026, 6, 2))
    _sit(region, meeting, [motion], NAMES)
    return meeting


def test_an_extract_goes_out_with_the_documents_that_follow_it(region: Region, server: MailServer) -> None:
    meeting = with_pages(region, pages=1)
    know(region)
    signed_in(region.secretary).post(f"{page_of(meeting)}skicka/")
    send_due()
    (_address, message), _other = server.taken
    (file,) = [part.get_content() for part in message.iter_attachments()]
    assert file == content(meeting.paragraphs.get().extract)
    assert any(name.startswith("bilaga-1-") for name in PdfReader(BytesIO(file)).attachments)


def test_what_no_mail_server_takes_is_linked_to(
    region: Region, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = hold(region, 2)
    know(region)
    small, large = meeting.paragraphs.order_by("number")
    for paragraph in (small, large):
        issue_extract(paragraph, by=None, check_address="prov.example/verifiera/")
    monkeypatch.setattr(actions, "MOST_MAIL_BYTES", max(p.extract.size for p in (small, large)))
    desk = signed_in(region.secretary)
    desk.post(f"{page_of(meeting)}skicka/")
    send_due()
    for _address, message in server.taken:
        (file,) = [part.get_content() for part in message.iter_attachments()]
        carried, linked = sorted((small, large), key=lambda p: content(p.extract) != file)
        assert file == content(carried.extract)
        text = message.get_body().get_content()  # type: ignore[union-attr] # it has one
        assert f"{linked.label}: {site.SITE_ADDRESS}/paragrafer/{linked.pk}/protokollsutdrag.pdf" in text
        assert f"/paragrafer/{carried.pk}/" not in text
    shown = read(desk.get(page_of(meeting)))
    assert "4 av 4 utdrag har gått ut." in shown
    assert shown.count("Utdraget är för stort för ett brev; mottagaren får en länk till det.") == 2
    assert desk.post(f"{page_of(meeting)}skicka/").status_code == 302
    assert Delivery.objects.count() == 2


def test_one_paragraph_alone(region: Region, server: MailServer) -> None:
    meeting = hold(region, 2)
    know(region)
    paragraph = meeting.paragraphs.order_by("number")[1]
    told = signed_in(region.secretary).follow(f"{page_of(meeting)}skicka/", {"paragraph": paragraph.pk})
    assert "2 brev skickas nu." in read(told)
    send_due()
    stages = dict(Motion.objects.values_list("title", "stage"))
    assert stages == {"Motion om 0": Stage.DECIDED, "Motion om 1": Stage.CLOSED}


@pytest.mark.django_db(transaction=True)
def test_two_senders_with_the_last_two_letters_close_the_case_once(server: MailServer) -> None:
    region = make_region()
    meeting = hold(region)
    know(region)
    signed_in(region.secretary).post(f"{page_of(meeting)}skicka/")

    def send() -> None:
        try:
            send_due()
        finally:
            connection.close()

    in_threads(send, 2)
    assert len(server.taken) == 2
    motion = Motion.objects.get()
    assert motion.stage == Stage.CLOSED
    assert motion.events.filter(kind=EventKind.CLOSED).count() == 1


def test_board_that_only_proposes_closes_nothing(region: Region, server: MailServer) -> None:
    hold(region)
    know(region)
    board = Meeting.objects.get(body=region.board)
    signed_in(region.secretary).post(f"{page_of(board)}skicka/")
    send_due()
    assert len(server.taken) == 2
    assert Motion.objects.get().stage == Stage.DECIDED


def test_unverified_is_refused_with_the_law(region: Region) -> None:
    meeting = hold(region, is_verified=False)
    know(region)
    desk = signed_in(region.secretary)
    answer = desk.post(f"{page_of(meeting)}skicka/")
    assert answer.status_code == 409
    assert "Ingen paragraf är justerad" in read(answer)
    paragraph = meeting.paragraphs.get()
    for address, data in (
        (f"{page_of(meeting)}skicka/", {"paragraph": paragraph.pk}),
        (f"/paragrafer/{paragraph.pk}/inga-mottagare/", {}),
    ):
        answer = desk.post(address, data)
        assert answer.status_code == 409
        assert "§ 1 är inte justerad och får inte expedieras" in read(answer)
        assert "KL 5 kap. 69 §" in read(answer)
    assert not Delivery.objects.exists()
    assert "1 paragraf väntar på justering" in read(desk.get(page_of(meeting)))


def test_recipient_without_address_is_named_and_given_one(region: Region, server: MailServer) -> None:
    meeting = hold(region)
    know(region, Vårdnämnden="vn@prov.example")
    desk = signed_in(region.secretary)
    assert "E-postadress saknas: Ekonomidirektören." in read(desk.get(page_of(meeting)))
    desk.post(f"{page_of(meeting)}skicka/")
    send_due()
    assert Motion.objects.get().stage == Stage.DECIDED
    refused = desk.post(f"{page_of(meeting)}skicka/")
    assert refused.status_code == 422
    assert "Dessa mottagare saknar e-postadress: Ekonomidirektören" in read(refused)
    fields = re.findall(r'name="(adress-\w+)"', desk.get(page_of(meeting)).content.decode())
    wrong = desk.post(f"{page_of(meeting)}adresser/", dict.fromkeys(fields, "ingen adress"))
    assert wrong.status_code == 422
    assert "Skriv en hel e-postadress" in read(wrong)
    assert wrong.content.decode().count('value="ingen adress"') == 2
    assert Addressee.objects.count() == 1
    given = dict(zip(fields, ("vn@prov.example", "Ekonomi@prov.example"), strict=True))
    assert "Adresserna är sparade." in read(desk.follow(f"{page_of(meeting)}adresser/", given))
    desk.post(f"{page_of(meeting)}skicka/")
    send_due()
    assert server.sent_to() == ["Ekonomi@prov.example", "vn@prov.example"]
    assert Motion.objects.get().stage == Stage.CLOSED


def test_sent_on_paper_counts_and_a_mistake_is_seen_in_the_case(region: Region, server: MailServer) -> None:
    meeting = hold(region, recipients=NAMES[1:])
    desk, motion = signed_in(region.secretary), Motion.objects.get()
    recipient = meeting.paragraphs.get().recipients.get()
    address, case = f"/mottagare/{recipient.pk}/papper/", f"/motioner/{motion.pk}/"
    is_the_secretarys(region, address, wrong="get")
    assert "är skickad på papper" in read(desk.follow(address, {"papper": "1"}))
    seen = read(desk.get(page_of(meeting)))
    assert "Skickat på papper 15 juni 08.00, antecknat av Stina Sekreterare" in seen
    assert "1 av 1 justerade paragrafer är klara" in seen
    motion.refresh_from_db()
    assert motion.stage == Stage.CLOSED
    assert desk.post(address, {"papper": "1"}).status_code == 409
    assert "Ej levererad" not in read(desk.get(case))
    desk.follow(address, {"papper": "0"})
    assert "0 av 1 justerade paragrafer är klara" in read(desk.get(page_of(meeting)))
    assert "Ej levererad: protokollsutdraget RF § 1 har inte nått Ekonomidirektören." in read(desk.get(case))
    assert desk.post(address, {"papper": "0"}).status_code == 409
    motion.refresh_from_db()
    assert motion.stage == Stage.CLOSED


def test_unverified_is_not_sent_on_paper(region: Region) -> None:
    paragraph = hold(region, is_verified=False).paragraphs.get()
    answer = signed_in(region.secretary).post(f"/mottagare/{paragraph.recipients.all()[0].pk}/papper/")
    assert answer.status_code == 409
    assert "KL 5 kap. 69 §" in read(answer)


def test_bounced_after_the_case_was_closed_is_seen_there_until_it_goes_on_paper(
    region: Region, server: MailServer
) -> None:
    meeting = hold(region)
    know(region)
    desk, motion = signed_in(region.secretary), Motion.objects.get()
    desk.post(f"{page_of(meeting)}skicka/")
    send_due()
    case = f"/motioner/{motion.pk}/"
    assert "Ej levererad" not in read(desk.get(case))
    letter = Delivery.objects.get(address="vn@prov.example")
    record_bounce(Bounce(letter.message_id, "550 5.1.1 No such mailbox"))
    told = "Ej levererad: protokollsutdraget RF § 1 har inte nått Vårdnämnden. Ärendet är avslutat, men"
    assert told in read(desk.get(case))
    assert told not in read(Visitor().get(case))
    assert "Ärendet är avslutat, men utdraget har inte nått alla." in read(desk.get(page_of(meeting)))
    assert "0 av 1 justerade paragrafer är klara" in read(desk.get(page_of(meeting)))
    recipient = meeting.paragraphs.get().recipients.get(name="Vårdnämnden")
    desk.follow(f"/mottagare/{recipient.pk}/papper/", {"papper": "1"})
    assert "Ej levererad" not in read(desk.get(case))
    assert "behöver ses över" not in read(desk.get(f"/sammantraden/{meeting.pk}/"))


def test_bounced_is_seen_and_sent_again_or_to_a_new_address(region: Region, server: MailServer) -> None:
    meeting = hold(region)
    know(region)
    server.refuses["vn@prov.example"] = "550 5.1.1 No such mailbox"
    desk = signed_in(region.secretary)
    desk.post(f"{page_of(meeting)}skicka/")
    send_due()
    seen = read(desk.get(page_of(meeting)))
    assert "Studsade" in seen
    assert "550 5.1.1 No such mailbox" in seen
    assert "1 utdrag behöver ses över" in seen
    assert "1 brev behöver ses över" in read(desk.get(f"/sammantraden/{meeting.pk}/"))
    assert Motion.objects.get().stage == Stage.DECIDED
    bounced = Delivery.objects.get(state="bounced")
    assert "skickas igen" in read(desk.follow(f"/brev/{bounced.pk}/skicka-igen/"))
    assert desk.post(f"/brev/{bounced.pk}/skicka-igen/").status_code == 409
    send_due()
    know(region, Vårdnämnden="ny@prov.example")
    assert "1 brev skickas nu." in read(desk.follow(f"{page_of(meeting)}skicka/"))
    send_due()
    assert server.sent_to() == ["ekonomi@prov.example", "ny@prov.example"]
    assert Motion.objects.get().stage == Stage.CLOSED


def test_new_address_in_the_book_does_not_send_again(region: Region, server: MailServer) -> None:
    meeting = hold(region)
    know(region)
    desk = signed_in(region.secretary)
    desk.post(f"{page_of(meeting)}skicka/")
    send_due()
    know(region, Vårdnämnden="ny@prov.example")
    assert "Det finns inget nytt att skicka." in read(desk.follow(f"{page_of(meeting)}skicka/"))
    assert Delivery.objects.count() == 2


def test_corrected_extract_goes_out_anew(region: Region, server: MailServer) -> None:
    meeting = hold(region)
    know(region)
    desk = signed_in(region.secretary)
    desk.post(f"{page_of(meeting)}skicka/")
    send_due()
    correction = correct_paragraph(
        meeting.paragraphs.get(),
        by=region.secretary,
        corrected_on=date(2026, 6, 12),
        text="”2025” ska vara ”2026”.",
        reason="Skrivfel",
        decided_by="Bo Cederlund",
        seen=0,
        check_address="prov.example/",
    )
    assert "Rättat, ej skickat" in read(desk.get(page_of(meeting)))
    desk.post(f"{page_of(meeting)}skicka/")
    send_due()
    assert len(server.taken) == 4
    (file,) = server.taken[-1][1].iter_attachments()
    assert file.get_content() == content(correction)
    assert Motion.objects.get().events.filter(kind=EventKind.CLOSED).count() == 1


def test_nobody_to_send_to_is_confirmed(region: Region) -> None:
    meeting = hold(region, recipients=[])
    desk = signed_in(region.secretary)
    assert "Ingen mottagare är angiven" in read(desk.get(page_of(meeting)))
    address = f"/paragrafer/{meeting.paragraphs.get().pk}/inga-mottagare/"
    assert "§ 1 är klar: den har inga mottagare." in read(desk.follow(address))
    assert Motion.objects.get().stage == Stage.CLOSED
    assert desk.post(address).status_code == 409


def test_paragraph_with_recipients_is_not_confirmed_to_have_none(region: Region) -> None:
    meeting = hold(region)
    answer = signed_in(region.secretary).post(f"/paragrafer/{meeting.paragraphs.get().pk}/inga-mottagare/")
    assert answer.status_code == 409
    assert "har mottagare" in read(answer)


def test_wrong_paragraph_is_not_found(region: Region) -> None:
    meeting = hold(region)
    other = Paragraph.objects.exclude(meeting=meeting)[0]
    for wanted in (other.pk, "x", "9" * 10, "²"):
        answer = signed_in(region.secretary).post(f"{page_of(meeting)}skicka/", {"paragraph": wanted})
        assert answer.status_code == 404, wanted


def test_page_follows_letters_by_itself_while_they_go(region: Region, server: MailServer) -> None:
    meeting = hold(region)
    know(region)
    desk = signed_in(region.secretary)
    desk.post(f"{page_of(meeting)}skicka/")
    part = desk.get(page_of(meeting), is_htmx=True).content.decode()
    assert part.strip().startswith('<div id="fates" hx-get=')
    assert "<html" not in part
    send_due()
    assert "hx-get" not in desk.get(page_of(meeting), is_htmx=True).content.decode()


def test_terminal_instead_of_a_mail_server_is_told(region: Region, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "config.terminal_mail.EmailBackend"
    meeting = hold(region)
    assert "når ingen" in read(signed_in(region.secretary).get(page_of(meeting)))


def test_page_takes_the_same_queries_for_one_and_for_three(region: Region) -> None:
    few, many = hold(region, 1), hold(region, 3)
    know(region)
    desk = signed_in(region.secretary)
    desk.get(page_of(few))
    counts = []
    for meeting in (few, many):
        desk.post(f"{page_of(meeting)}skicka/")
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(page_of(meeting)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1], counts

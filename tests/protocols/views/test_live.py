"""The live view of one §: the page for every state, its news, and taking items up."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motions.models import Motion
from protocols.actions.agenda import add_block, add_matter, place_motion
from protocols.actions.attendance import set_present
from protocols.actions.meetings import open_meeting
from protocols.actions.proposals import add_proposal
from protocols.actions.reservations import announce_reservation, leave_note, write_reservation
from protocols.actions.taking_up import take_up
from protocols.enums import ParagraphKind, ProposalKind
from protocols.models import Meeting, Paragraph
from protocols.queries.live import read_live
from tests.factories import (
    Region,
    clock,
    close,
    decide,
    make_meeting,
    make_motion,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)
from tests.protocols.views.desk import is_the_secretarys, part, read, signed_in


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def board(region: Region) -> Meeting:
    return make_meeting(region, region.board)


@pytest.fixture
def paragraph(region: Region, board: Meeting) -> Paragraph:
    """A motion that the board is dealing with, and a matter after it."""
    found = open_with(region, board, make_prepared_motion(region))
    add_matter(board, by=region.secretary, title="Budget", proposal="att anta")
    return found


def address(paragraph: Paragraph, name: str = "live") -> str:
    return reverse(f"protocols:{name}", args=[paragraph.pk])


def page(region: Region, paragraph: Paragraph) -> HttpResponse:
    answer = signed_in(region.secretary).get(address(paragraph))
    assert answer.status_code == 200
    return answer


# --- The page ----------------------------------------------------------------------------------------------


def test_page_has_strip_agenda_facts_and_paper(region: Region, paragraph: Paragraph) -> None:
    answer = page(region, paragraph)
    strip = part(answer, "strip")
    assert "Regionstyrelsen 20 maj § 1: 7 av 7 tjänstgör · beslutsför (4 behövs) öppnat 09.00 sparat" in strip
    text = read(answer)
    assert "Liggande förslag: avslag § 1 Motion 1-2026 om fler cykelvägar i länet" in text
    assert "Budget" in part(answer, "agenda")
    assert "UTKAST § 1 Motion 1-2026" in part(answer, "paper")


def test_page_before_anybody_moved_offers_one_answer(region: Region, paragraph: Paragraph) -> None:
    text = part(page(region, paragraph), "procedure")
    assert "Kan det liggande förslaget bifallas? Acklamation: liggande förslag A" in text
    assert "Motförslaget" not in text


def test_page_puts_two_proposals_against_each_other(region: Region, paragraph: Paragraph) -> None:
    move(region, paragraph, ProposalKind.GRANT, "Asta")
    text = part(page(region, paragraph), "procedure")
    assert "Det liggande förslaget mot Asta Björks förslag" in text
    assert "Acklamation: liggande förslag A Motförslaget: Asta Björks förslag M" in text


def test_page_has_a_key_for_each_of_three(region: Region, paragraph: Paragraph) -> None:
    move(region, paragraph, ProposalKind.GRANT, "Asta")
    move(region, paragraph, ProposalKind.AMEND, "Elsa", "att bygga hälften")
    text = part(page(region, paragraph), "procedure")
    assert "Acklamation: liggande förslag A Asta Björks förslag 2 Elsa Öhmans ändringsförslag 3" in text


def test_page_asks_formal_questions_with_yes_and_no(region: Region, paragraph: Paragraph) -> None:
    move(region, paragraph, ProposalKind.REFER_BACK, "Elsa", "kostnaden")
    text = part(page(region, paragraph), "procedure")
    assert "Ska ärendet avgöras i dag eller återremitteras?" in text
    assert "Nej, ärendet avgörs i dag N Ja, ärendet återremitteras A" in text
    assert "minoritet" not in text


def test_page_offers_a_minority_its_right_in_fullmaktige(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    budget = paragraph.meeting.paragraphs.get(title="Budget")
    decide(region, take_up(budget, by=region.secretary, at=clock(paragraph.meeting, 10)))
    verify(region, close(region, paragraph.meeting))
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    item = open_with(region, assembly, Motion.objects.get())
    move(region, item, ProposalKind.POSTPONE, "Elsa")
    answer = page(region, item)
    assert "Begärs av en minoritet Minst 3 av 7 närvarande (KL 5 kap. 50 §)." in part(answer, "procedure")
    assert "Regionstyrelsen föreslår: avslag" in read(answer)
    assert "Regionstyrelsen 2026-05-20, § 1 (föreslår avslag)" in read(answer)
    Motion.objects.update(minority_deferral_used=True)
    text = part(page(region, item), "procedure")
    assert (
        "redan bordlagts eller återremitterats på begäran av en minoritet. Nu krävs enkel majoritet" in text
    )
    assert "Anteckna begäran" not in text


def test_page_of_a_decided_paragraph_words_the_decision(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    answer = page(region, paragraph)
    text = part(answer, "decision")
    assert "Föreslår avslag" in text
    assert "Regionstyrelsen föreslår regionfullmäktige besluta att motionen avslås." in text
    assert "Ändra beslutet" in text
    assert "Nästa ärende J Budget" in read(answer)
    assert "Ångra senaste steget" in part(answer, "procedure")
    assert "öppet till sammanträdets slut" in part(answer, "reservations")


def test_page_lists_the_six_points(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    assert (
        "KL 5 kap. 67 §: yrkanden ordning – omröstning ej begärd beslut deltagande inga reservationer"
        in read(page(region, paragraph))
    )


def test_page_of_a_closed_meeting_takes_no_reservations(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    Paragraph.objects.filter(title="Budget").delete()
    close(region, paragraph.meeting)
    answer = page(region, paragraph)
    text = read(answer)
    assert "Paragrafen kan ändras tills den är justerad, senast 3 juni (KL 5 kap. 69 §)." in text
    assert "kan inte längre anmälas (KL 4 kap. 27 §)" in part(answer, "reservations")
    assert "Anteckna reservation" not in text
    assert "every 10s" not in answer.content.decode()
    assert "Ångra" not in part(answer, "procedure")


def test_verified_paragraph_is_read_elsewhere(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    Paragraph.objects.filter(title="Budget").delete()
    verify(region, close(region, paragraph.meeting))
    answer = signed_in(region.secretary).get(address(paragraph))
    assert (answer.status_code, answer["Location"]) == (302, paragraph.get_absolute_url())


def test_page_of_information_says_that_it_is_laid_to_the_documents(region: Region, board: Meeting) -> None:
    item = add_matter(board, by=region.secretary, title="Delegationsbeslut")
    open_meeting(board, by=region.secretary)
    take_up(item, by=region.secretary)
    assert "Liggande förslag: att ärendet läggs till handlingarna" in read(page(region, item))
    text = part(page(region, decide(region, item)), "decision")
    assert "Till handlingarna Regionstyrelsen lägger ärendet till handlingarna." in text


def test_page_of_a_block_lists_its_motions(region: Region) -> None:
    meeting = make_meeting(region, region.assembly)
    motions = [make_motion(region), make_motion(region, title="Nattbuss")]
    item = add_block(meeting, by=region.secretary, kind=ParagraphKind.REMITTAL, motions=motions)
    open_meeting(meeting, by=region.secretary)
    take_up(item, by=region.secretary)
    answer = page(region, item)
    assert "Liggande förslag: remittering till regionstyrelsen" in read(answer)
    assert "2 motioner Motion 1-2026 om fler cykelvägar i länet Motion 2-2026 om nattbuss" in read(answer)
    text = part(page(region, decide(region, item)), "decision")
    assert "Regionfullmäktige beslutar att remittera motionerna till regionstyrelsen för beredning." in text


def test_page_of_a_matter_offers_no_verdict_on_a_motion(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    budget = take_up(paragraph.meeting.paragraphs.get(title="Budget"), by=region.secretary)
    text = part(page(region, budget), "proposals")
    assert "Bifall till liggande förslag Avslag på förslaget Ändring: att … Tillägg: att …" in text
    assert "motionen" not in text


@pytest.mark.parametrize("is_htmx", [False, True])
def test_live_asks_as_much_of_a_full_paragraph_as_of_a_new_one(
    region: Region, paragraph: Paragraph, *, is_htmx: bool
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = signed_in(region.secretary).get(address(paragraph), is_htmx=is_htmx)
        assert answer.status_code == 200
        return len(queries)

    for name in ("Asta", "Elsa"):
        move(region, paragraph, ProposalKind.GRANT, name)
    decide(region, paragraph)
    reserve(region, paragraph, "Elsa")
    leave_note(paragraph, by=region.secretary, person=region.people["Bo"], html="<p>Nej.</p>")
    few = asked()
    for name in ("Greta", "Farid", "Didrik"):
        reserve(region, paragraph, name)
        leave_note(paragraph, by=region.secretary, person=region.people[name], html="<p>Nej.</p>")
    for number in range(9):
        add_matter(paragraph.meeting, by=region.secretary, title=f"Ärende {number}")
    assert asked() == few
    assert few < 55


def move(region: Region, paragraph: Paragraph, kind: ProposalKind, name: str, text: str = "") -> None:
    movers = [region.people[name]]
    add_proposal(paragraph, by=region.secretary, kind=kind, movers=movers, text=text)


def reserve(region: Region, paragraph: Paragraph, name: str) -> None:
    announce_reservation(
        paragraph, by=region.secretary, persons=[region.people[name]], at=clock(paragraph.meeting, 10)
    )


# --- Taking up ---------------------------------------------------------------------------------------------


def test_draft_says_how_it_is_taken_up(region: Region, board: Meeting) -> None:
    item = place_motion(board, by=region.secretary, motion=make_prepared_motion(region))
    assert "Sammanträdet är inte öppnat. Till dagordningen" in part(page(region, item), "take_up")
    open_meeting(board, by=region.secretary)
    assert "Ta upp ärendet J" in part(page(region, item), "take_up")


def test_draft_of_a_motion_is_read_as_its_officer_drafted_it(region: Region, board: Meeting) -> None:
    item = place_motion(board, by=region.secretary, motion=make_prepared_motion(region))
    text = part(page(region, item), "paper")
    assert "Regionstyrelsen föreslår regionfullmäktige besluta att motionen avslås." in text


def test_take_up_opens_the_live_view(region: Region, board: Meeting) -> None:
    item = add_matter(board, by=region.secretary, title="Budget")
    open_meeting(board, by=region.secretary)
    answer = signed_in(region.secretary).post(address(item, "take_up"))
    assert (answer.status_code, answer["Location"]) == (302, address(item))
    item.refresh_from_db()
    assert item.number == 1


def test_take_up_while_another_is_dealt_with_is_refused_in_place(
    region: Region, paragraph: Paragraph
) -> None:
    budget = paragraph.meeting.paragraphs.get(title="Budget")
    answer = signed_in(region.secretary).post(address(budget, "take_up"))
    assert answer.status_code == 409
    text = part(answer, "take_up")
    assert "§ 1 behandlas fortfarande Avgör den först." in text
    assert f'href="{address(paragraph)}"' in answer.content.decode()


def test_take_up_without_quorum_is_refused_with_the_law(region: Region, board: Meeting) -> None:
    item = add_matter(board, by=region.secretary, title="Budget")
    open_meeting(board, by=region.secretary)
    for name in ("Asta", "Didrik", "Elsa", "Farid"):
        set_present(board, by=region.secretary, person=region.people[name], is_present=False)
    answer = signed_in(region.secretary).post(address(item, "take_up"))
    assert answer.status_code == 422
    assert "KL 6 kap. 27 §" in part(answer, "take_up")


# --- News from phones --------------------------------------------------------------------------------------


def news(region: Region, paragraph: Paragraph, seen: str) -> HttpResponse:
    return signed_in(region.secretary).get(
        address(paragraph, "live_reservations"), {"sedd": seen}, is_htmx=True
    )


def test_news_are_none_while_nothing_came_in(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    reserve(region, paragraph, "Elsa")
    seen = read_live(paragraph).seen
    assert f"?sedd={seen}" in page(region, paragraph).content.decode()
    answer = news(region, paragraph, seen)
    assert (answer.status_code, answer.content) == (204, b"")


def test_news_bring_the_reservation_and_the_paper(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    seen = read_live(paragraph).seen
    announce_reservation(
        paragraph, by=region.politician, persons=[region.people["Asta"]], at=clock(paragraph.meeting, 10, 41)
    )
    answer = news(region, paragraph, seen)
    assert answer.status_code == 200
    assert "Asta Björk (V) anmäld 10.41 · utan text" in read(answer)
    assert "Asta Björk (V) reserverar sig mot beslutet." in read(answer)
    assert 'id="paper" hx-swap-oob="true"' in answer.content.decode()


def test_news_tell_of_a_text_and_of_a_note(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    reserve(region, paragraph, "Elsa")
    seen = read_live(paragraph).seen
    reservation = paragraph.reservations.get()
    write_reservation(reservation, by=region.secretary, html="<p>För dyrt.</p>", version=0)
    assert "För dyrt." in read(news(region, paragraph, seen))
    seen = read_live(paragraph).seen
    leave_note(paragraph, by=region.politician, person=region.people["Asta"], html="<p>Synd.</p>")
    assert "Asta Björk (V) protokollsanteckning" in read(news(region, paragraph, seen))


# --- Who ---------------------------------------------------------------------------------------------------


def test_live_is_the_secretarys(region: Region, paragraph: Paragraph) -> None:
    for name in ("live", "live_reservations"):
        is_the_secretarys(region, address(paragraph, name), wrong="post")
    is_the_secretarys(region, address(paragraph, "take_up"), wrong="get")
    client = signed_in(region.secretary)
    assert client.get("/paragrafer/999999/live/").status_code == 404
    assert client.post("/paragrafer/999999/ta-upp/").status_code == 404

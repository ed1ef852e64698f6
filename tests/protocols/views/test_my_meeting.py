"""My meeting: what one sees while it goes on, and that asking for news disturbs nobody."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from motions.enums import Role
from motions.models import User
from protocols.actions.agenda import add_matter
from protocols.actions.attendance import serve_for, set_present
from protocols.actions.participation import note_non_participation
from protocols.actions.procedure import record_finding
from protocols.actions.proposals import add_proposal
from protocols.actions.reservations import announce_reservation, write_reservation
from protocols.actions.taking_up import take_up
from protocols.enums import NonParticipationKind, ProposalKind
from protocols.models import Meeting, Paragraph
from tests.factories import (
    Region,
    clock,
    close,
    decide,
    make_meeting,
    make_prepared_motion,
    make_region,
    make_user,
    open_with,
    verify,
)

PAGE = "/mitt-sammantrade/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def taken_up(region: Region) -> Paragraph:
    """A § that the board is dealing with."""
    return open_with(region, make_meeting(region, region.board), make_prepared_motion(region))


@pytest.fixture
def decided(region: Region, taken_up: Paragraph) -> Paragraph:
    return decide(region, taken_up)


def look(client: Client, user: User, address: str = PAGE, **headers: str) -> str:
    client.force_login(user)
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def more_matters(region: Region, meeting: Meeting, count: int) -> None:
    """So many other items, decided."""
    for number in range(count):
        item = add_matter(meeting, by=region.secretary, title=f"Rapport {number}", proposal="den godkänns")
        decide(region, take_up(item, by=region.secretary, at=clock(meeting, 9, 40)))


def test_the_item_of_now_is_shown_before_the_gavel(
    client: Client, region: Region, taken_up: Paragraph
) -> None:
    text = look(client, region.politician)
    assert "Nu behandlas" in text
    assert "pågår sedan 09.00" in text
    assert "När klubban har fallit kan du reservera dig här." in text
    assert reverse("protocols:reserve", args=[taken_up.pk]) not in text


def test_after_the_gavel_one_may_reserve(client: Client, region: Region, decided: Paragraph) -> None:
    text = look(client, region.politician)
    assert "Föreslår avslag" in text
    assert "Klubbat 09.30." in text
    assert f'action="{reverse("protocols:reserve", args=[decided.pk])}"' in text
    assert "tills ordföranden avslutar sammanträdet" in text


@pytest.mark.parametrize(
    ("kind", "fate"),
    [(ProposalKind.GRANT, "Ditt yrkande föll."), (ProposalKind.TABLED, "Ditt yrkande bifölls.")],
)
def test_the_fate_of_the_own_proposal(
    client: Client, region: Region, taken_up: Paragraph, kind: ProposalKind, fate: str
) -> None:
    add_proposal(taken_up, by=region.secretary, kind=kind, movers=[region.people["Asta"]])
    decide(region, taken_up)
    assert fate in look(client, region.politician)
    assert "yrkande" not in look(client, region.verifier)


def test_a_proposal_that_was_never_put(client: Client, region: Region, taken_up: Paragraph) -> None:
    """The item was postponed before the matter itself was put."""
    add_proposal(taken_up, by=region.secretary, kind=ProposalKind.GRANT, movers=[region.people["Asta"]])
    add_proposal(taken_up, by=region.secretary, kind=ProposalKind.POSTPONE, movers=[region.people["Elsa"]])
    question = taken_up.questions.all()[0]
    record_finding(question, by=region.secretary, winner=question.proposals.get())
    assert "Ditt yrkande prövades inte." in look(client, region.politician)


def test_the_refusal_says_why_and_what_instead(client: Client, region: Region, decided: Paragraph) -> None:
    note_non_participation(
        decided, by=region.secretary, person=region.people["Asta"], kind=NonParticipationKind.RECUSAL
    )
    text = look(client, region.politician)
    assert "Du är jävig i ärendet och deltog inte i beslutet (KL 4 kap. 27 §)." in text
    assert "Du kan i stället lämna en anteckning till protokollet." in text
    assert reverse("protocols:note", args=[decided.pk]) in text
    assert reverse("protocols:reserve", args=[decided.pk]) not in text


def test_an_absent_member_is_offered_nothing(client: Client, region: Region, taken_up: Paragraph) -> None:
    set_present(taken_up.meeting, by=region.secretary, person=region.people["Asta"], is_present=False)
    decided = decide(region, taken_up)
    text = look(client, region.politician)
    assert "Du är antecknad som frånvarande" in text
    assert reverse("protocols:reserve", args=[decided.pk]) not in text
    assert reverse("protocols:note", args=[decided.pk]) not in text


def test_one_who_has_left_still_reserves_against_what_was_decided_before(
    client: Client, region: Region, decided: Paragraph
) -> None:
    set_present(decided.meeting, by=region.secretary, person=region.people["Asta"], is_present=False)
    text = look(client, region.politician)
    assert reverse("protocols:reserve", args=[decided.pk]) in text
    assert reverse("protocols:note", args=[decided.pk]) in text


def test_a_serving_substitute_sees_for_whom(client: Client, region: Region, taken_up: Paragraph) -> None:
    hugo = region.people["Hugo"]
    login = make_user("Hugo Alm", Role.REPRESENTATIVE, person=hugo)
    set_present(taken_up.meeting, by=region.secretary, person=region.people["Asta"], is_present=False)
    serve_for(taken_up.meeting, by=region.secretary, substitute=hugo, member=region.people["Asta"])
    decided = decide(region, taken_up)
    text = look(client, login)
    assert "Du tjänstgör för Asta Björk." in text
    assert reverse("protocols:reserve", args=[decided.pk]) in text


def test_earlier_paragraphs_can_still_be_reserved_against(
    client: Client, region: Region, decided: Paragraph
) -> None:
    more_matters(region, decided.meeting, 1)
    text = look(client, region.politician)
    assert "Du kan ännu reservera dig mot" in text
    assert text.count('action="/paragrafer/') == 2


def test_what_is_left_on_the_agenda(client: Client, region: Region, decided: Paragraph) -> None:
    add_matter(decided.meeting, by=region.secretary, title="Anmälningar", proposal="")
    text = look(client, region.politician)
    assert "Återstår" in text
    assert "Anmälningar" in text


def test_a_reservation_waits_for_its_text(client: Client, region: Region, decided: Paragraph) -> None:
    row = announce_reservation(decided, by=region.politician, persons=[region.people["Asta"]])
    text = look(client, region.politician)
    assert "Mina reservationer i dag" in text
    assert "Text saknas · senast vid justeringen 3 juni" in text
    assert reverse("protocols:reservation", args=[row.pk]) in text
    assert f'action="{reverse("protocols:reserve", args=[decided.pk])}"' not in text
    write_reservation(row, by=region.politician, html="<p>Nej.</p>", version=0, at=clock(decided.meeting, 10))
    assert "Text lämnad 20 maj 10.00" in look(client, region.politician)


def test_nothing_has_happened_yet(client: Client, region: Region) -> None:
    with time_machine.travel(datetime(2026, 5, 1, 8, 0, tzinfo=timezone.get_default_timezone()), tick=False):
        assert "Inget sammanträde är planerat" in look(client, region.politician)
        make_meeting(region, region.board)
        text = look(client, region.politician)
    assert "God morgon, Asta" in text
    assert "Nästa sammanträde" in text
    assert "onsdag 20 maj klockan 09.00" in text
    assert "hx-trigger" not in text


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [(6, "God morgon"), (10, "God förmiddag"), (15, "God eftermiddag"), (19, "God kväll"), (2, "God kväll")],
)
def test_greeting_by_the_hour(client: Client, region: Region, hour: int, greeting: str) -> None:
    with time_machine.travel(
        datetime(2026, 5, 1, hour, 30, tzinfo=timezone.get_default_timezone()), tick=False
    ):
        assert f"{greeting}, Asta" in look(client, region.politician)


def test_after_the_meeting_the_texts_wait(client: Client, region: Region, decided: Paragraph) -> None:
    announce_reservation(decided, by=region.politician, persons=[region.people["Asta"]])
    close(region, decided.meeting)
    text = look(client, region.politician)
    assert "Reservationer i protokoll som väntar på justering" in text
    assert "senast vid justeringen 3 juni" in text
    assert "hx-trigger" not in text
    closed = look(client, region.politician, f"{PAGE}?sammantrade={decided.meeting_id}")
    assert "avslutat 11.00" in closed
    assert "En reservation ska anmälas innan sammanträdet avslutas" in closed
    assert f'action="{reverse("protocols:reserve", args=[decided.pk])}"' not in closed


def test_verified_reservations_are_gone_from_the_list(
    client: Client, region: Region, decided: Paragraph
) -> None:
    announce_reservation(decided, by=region.politician, persons=[region.people["Asta"]])
    verify(region, close(region, decided.meeting))
    assert "väntar på justering" not in look(client, region.politician)


def test_verifiers_are_reminded_of_the_minutes(client: Client, region: Region, decided: Paragraph) -> None:
    assert "Att justera" not in look(client, region.verifier)
    close(region, decided.meeting)
    text = look(client, region.verifier)
    assert "Att justera" in text
    assert reverse("protocols:verify", args=[decided.meeting_id]) in text
    assert "Att justera" not in look(client, region.politician)


def test_one_chooses_among_two_meetings_at_once(client: Client, region: Region, decided: Paragraph) -> None:
    other = make_meeting(region, region.assembly)
    add_matter(other, by=region.secretary, title="Upprop", proposal="")
    Meeting.objects.filter(pk=other.pk).update(state="open", opened_at=clock(other, 8))
    text = look(client, region.politician)
    assert "Välj sammanträde" in text
    assert decided.title in text
    chosen = look(client, region.politician, f"{PAGE}?sammantrade={other.pk}")
    assert "Upprop" in chosen
    assert decided.title not in chosen


# --- News --------------------------------------------------------------------------------------------------


def news_address(text: str) -> str:
    """The address that the page asks for news."""
    return text.split('hx-get="')[1].split('"', maxsplit=1)[0].replace("&amp;", "&")


def test_no_news_is_an_empty_answer(client: Client, region: Region, taken_up: Paragraph) -> None:
    address = news_address(look(client, region.politician))
    response = client.get(address, headers=HTMX)
    assert (response.status_code, response.content) == (204, b"")


def test_news_replace_the_content_and_are_spoken(client: Client, region: Region, taken_up: Paragraph) -> None:
    address = news_address(look(client, region.politician))
    decide(region, taken_up)
    response = client.get(address, headers=HTMX)
    text = response.content.decode()
    assert response.status_code == 200
    assert text.lstrip().startswith('<div id="my-meeting"')
    assert 'hx-swap-oob="innerHTML:#announcer"' in text
    assert "Du kan reservera dig." in text
    assert "<html" not in text
    assert client.get(news_address(text), headers=HTMX).status_code == 204


def test_the_page_learns_that_the_meeting_is_closed(
    client: Client, region: Region, decided: Paragraph
) -> None:
    address = news_address(look(client, region.politician))
    close(region, decided.meeting)
    text = client.get(address, headers=HTMX).content.decode()
    assert "avslutat 11.00" in text
    assert "hx-trigger" not in text


def test_a_page_opened_before_the_meeting_finds_it(client: Client, region: Region) -> None:
    make_meeting(region, region.board)
    with time_machine.travel(
        datetime(2026, 5, 20, 8, 50, tzinfo=timezone.get_default_timezone()), tick=False
    ):
        assert 'every 30s"' in look(client, region.politician)


def test_queries_do_not_grow_with_the_agenda(client: Client, region: Region, decided: Paragraph) -> None:
    announce_reservation(decided, by=region.politician, persons=[region.people["Asta"]])
    client.force_login(region.politician)
    more_matters(region, decided.meeting, 1)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    more_matters(region, decided.meeting, 5)
    for row in Paragraph.objects.filter(motion__isnull=True)[:3]:
        announce_reservation(row, by=region.politician, persons=[region.people["Asta"]])
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(many) == len(few)
    assert len(few) <= 20


# --- Who ---------------------------------------------------------------------------------------------------


def test_a_login_without_a_person_is_told_what_to_do(client: Client, region: Region) -> None:
    login = make_user("Utan Person", Role.REPRESENTATIVE)
    assert "inte knuten till någon förtroendevald" in look(client, login)


@pytest.mark.parametrize("role", ["registrar", "officer", "secretary", "administrator"])
def test_other_roles_have_no_such_page(client: Client, region: Region, role: str) -> None:
    client.force_login(getattr(region, role))
    assert client.get(PAGE).status_code == 403


def test_the_public_is_asked_to_log_in(client: Client, db: None) -> None:
    response = client.get(PAGE)
    assert (response.status_code, response["Location"]) == (302, f"/konto/logga-in/?next={PAGE}")


def test_the_page_is_only_read(client: Client, region: Region) -> None:
    client.force_login(region.politician)
    assert client.post(PAGE).status_code == 405


@pytest.mark.parametrize("wanted", ["0", "999999", "abc", "-1", "9" * 40, "½", "<script>"])
def test_a_meeting_that_is_not_mine_is_not_found(client: Client, region: Region, wanted: str) -> None:
    client.force_login(region.politician)
    assert client.get(PAGE, {"sammantrade": wanted}).status_code == 404


def test_another_bodys_meeting_is_not_found(client: Client, region: Region) -> None:
    """Asta sits neither in the committee nor on its attendance list."""
    meeting = Meeting.objects.create(
        body=region.committee,
        held_on=date(2026, 5, 20),
        starts_at="09:00",
        place="Salen",
        secretary=region.secretary,
    )
    client.force_login(region.politician)
    assert client.get(PAGE, {"sammantrade": meeting.pk}).status_code == 404


def test_titles_are_escaped(client: Client, region: Region, decided: Paragraph) -> None:
    item = add_matter(
        decided.meeting, by=region.secretary, title="<script>alert(1)</script> 🌲", proposal="den godkänns"
    )
    take_up(item, by=region.secretary, at=clock(decided.meeting, 9) + timedelta(minutes=50))
    text = look(client, region.politician)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 🌲" in text
    assert "<script>alert" not in text

"""Verifying: what is read is what is verified, in two steps, by those who were chosen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from motions.actions.second_factor import new_secret, turn_on
from motions.enums import Role, WrittenSection
from motions.errors import DomainError
from motions.models import User
from protocols.actions.agenda import add_matter
from protocols.actions.decisions import refine_decision
from protocols.actions.taking_up import take_up
from protocols.actions.texts import save_section
from protocols.actions.verification import verify_paragraphs
from protocols.facts import ClauseFact
from protocols.models import Meeting, Paragraph, Verification
from protocols.queries.verification import verifying
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
from tests.protocols.views.desk import is_the_secretarys, part, signed_in


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def meeting(region: Region) -> Meeting:
    """A closed board meeting with three decided §§, the first about a motion."""
    meeting = make_meeting(region, region.board)
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    more_matters(region, meeting, 2)
    return close(region, meeting)


def more_matters(region: Region, meeting: Meeting, count: int) -> None:
    for number in range(count):
        item = add_matter(meeting, by=region.secretary, title=f"Rapport {number}", proposal="den godkänns")
        decide(region, take_up(item, by=region.secretary, at=clock(meeting, 9, 40)))


def url(meeting: Meeting) -> str:
    return reverse("protocols:verify", args=[meeting.pk])


def ticked(meeting: Meeting, *, confirmed: bool = False, leave: int = 0) -> dict[str, object]:
    """What the page posts: the §§ (without the last `leave`) with the hashes of the texts as they stand."""
    items = verifying(meeting, today=meeting.held_on).waiting
    items = items[: len(items) - leave]
    data: dict[str, object] = {"paragraphs": [item.paragraph.pk for item in items]}
    data |= {f"sha256-{item.paragraph.pk}": item.sha256 for item in items}
    return data | ({"confirmed": "1"} if confirmed else {})


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def main(response: Any) -> str:
    """The page without its frame."""
    text: str = response.content.decode()
    return text.split("<main", 1)[1].split("</main>", maxsplit=1)[0]


def log_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def test_every_text_is_read_as_paper_and_ticked(client: Client, region: Region, meeting: Meeting) -> None:
    text = main(log_in(client, region.chair).get(url(meeting)))
    assert text.count('<article class="sheet is-draft"') == 3
    assert text.count(" checked") == 3
    assert text.count('name="sha256-') == 3
    assert "3 paragrafer av 3 är inte justerade" in text
    assert [name in text for name in ("Bo Cederlund", "Cilla Dahl")] == [True, True]


def test_the_first_step_only_asks(client: Client, region: Region, meeting: Meeting) -> None:
    response = log_in(client, region.chair).post(url(meeting), ticked(meeting))
    text = main(response)
    assert response.status_code == 200
    assert "Justera 3 paragrafer?" in text
    assert text.count('name="sha256-') == 3
    assert not Verification.objects.exists()


def test_confirmed_is_verified(client: Client, region: Region, meeting: Meeting) -> None:
    response = log_in(client, region.chair).post(url(meeting), ticked(meeting, confirmed=True))
    assert (response.status_code, response["Location"]) == (302, url(meeting))
    assert said(response) == ["Du har justerat 3 paragrafer. Cilla Dahl återstår."]
    assert Verification.objects.filter(person=region.people["Bo"]).count() == 3
    text = main(client.get(url(meeting)))
    assert "Väntar på andra" in text
    assert "Cilla Dahl återstår" in text
    assert 'type="checkbox"' not in text


def test_the_last_verifier_gets_the_extracts(client: Client, region: Region, meeting: Meeting) -> None:
    log_in(client, region.chair).post(url(meeting), ticked(meeting, confirmed=True))
    response = log_in(client, region.verifier).post(url(meeting), ticked(meeting, confirmed=True))
    assert said(response)[-1] == (
        "Du har justerat 3 paragrafer. Protokollet är justerat, och utdragen kan hämtas."
    )
    text = main(client.get(url(meeting)))
    for paragraph in meeting.paragraphs.all():
        assert paragraph.is_verified
        assert reverse("protocols:extract", args=[paragraph.pk]) in text


def test_some_now_and_the_rest_later(client: Client, region: Region, meeting: Meeting) -> None:
    log_in(client, region.chair).post(url(meeting), ticked(meeting, confirmed=True, leave=2))
    assert Verification.objects.count() == 1
    text = main(client.get(url(meeting)))
    assert text.count('type="checkbox"') == 2
    assert "1 av 3, senast" in text


def test_a_second_tap_finds_it_done(client: Client, region: Region, meeting: Meeting) -> None:
    data = ticked(meeting, confirmed=True)
    for user in (region.chair, region.verifier):
        log_in(client, user).post(url(meeting), data)
    response = client.post(url(meeting), data)
    assert (response.status_code, said(response)[-1]) == (302, "Paragraferna är redan justerade.")


# --- Texts that change -------------------------------------------------------------------------------------


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_changed_text_is_named_and_shown_anew(
    client: Client, region: Region, meeting: Meeting, confirmed: bool
) -> None:
    data = ticked(meeting, confirmed=confirmed)
    first = meeting.paragraphs.order_by("number")[0]
    save_section(
        first, by=region.secretary, kind=WrittenSection.SUMMARY, html="<p>Helt ny lydelse.</p>", version=0
    )
    response = log_in(client, region.chair).post(url(meeting), data)
    text = main(response)
    assert response.status_code == 409
    assert "Texten i §\xa01 har ändrats sedan du läste den" in text
    assert "Helt ny lydelse." in text
    assert "Ändrad sedan du läste den" in text
    assert text.count(" checked") == 2
    assert not Verification.objects.exists()


def test_a_text_changed_after_my_verification_waits_for_me_again(
    client: Client, region: Region, meeting: Meeting
) -> None:
    log_in(client, region.chair).post(url(meeting), ticked(meeting, confirmed=True))
    first = meeting.paragraphs.order_by("number")[0]
    save_section(first, by=region.secretary, kind=WrittenSection.SUMMARY, html="<p>Ny.</p>", version=0)
    text = main(client.get(url(meeting)))
    assert "Ändrad sedan Bo Cederlund justerade den" in text
    assert text.count('type="checkbox"') == 1


def test_an_att_sats_without_outcome_is_refused_with_the_law(client: Client, region: Region) -> None:
    motion = make_prepared_motion(region)
    board = make_meeting(region, region.board)
    decide(region, open_with(region, board, motion))
    verify(region, close(region, board))
    assembly = make_meeting(region, region.assembly, held_on=board.held_on + timedelta(days=20))
    paragraph = decide(region, open_with(region, assembly, motion))
    refine_decision(paragraph, by=region.secretary, clauses=[ClauseFact(text="ärendet vilar")])
    assembly = close(region, assembly)
    response = log_in(client, region.chair).post(url(assembly), ticked(assembly, confirmed=True))
    assert response.status_code == 422
    assert "Ange utfallet för att-sats 1." in response.content.decode()
    assert "KL 5 kap. 67 §" in response.content.decode()


def test_what_lacks_something_cannot_be_ticked_and_leads_the_secretary_there(
    client: Client, region: Region
) -> None:
    motion = make_prepared_motion(region)
    board = make_meeting(region, region.board)
    decide(region, open_with(region, board, motion))
    verify(region, close(region, board))
    assembly = make_meeting(region, region.assembly, held_on=board.held_on + timedelta(days=20))
    paragraph = decide(region, open_with(region, assembly, motion))
    refine_decision(paragraph, by=region.secretary, clauses=[ClauseFact(text="ärendet vilar")])
    close(region, assembly)
    there = f'href="/paragrafer/{paragraph.pk}/live/#decision"'
    text = log_in(client, region.chair).get(url(assembly)).content.decode()
    assert "Kan inte justeras än" in text
    assert "Ange utfallet för att-sats 1." in text
    assert 'name="paragraphs"' not in text
    assert there not in text
    assert there in log_in(client, region.secretary).get(url(assembly)).content.decode()


# --- Wrong input -------------------------------------------------------------------------------------------


def test_nothing_ticked(client: Client, region: Region, meeting: Meeting) -> None:
    response = log_in(client, region.chair).post(url(meeting), {})
    text = main(response)
    assert response.status_code == 422
    assert "Kryssa för minst en paragraf." in text
    assert text.count(" checked") == 0


@pytest.mark.parametrize("wrong", ["x", "-1", "9" * 40, "<script>", "🌲", "1\u0000"])
def test_ids_that_are_none(client: Client, region: Region, meeting: Meeting, wrong: str) -> None:
    response = log_in(client, region.chair).post(url(meeting), {"paragraphs": [wrong], "confirmed": "1"})
    assert response.status_code == 422
    assert not Verification.objects.exists()


def test_a_paragraph_of_another_meeting(client: Client, region: Region, meeting: Meeting) -> None:
    other = make_meeting(region, region.assembly)
    foreign = add_matter(other, by=region.secretary, title="Annat", proposal="")
    data = {"paragraphs": [foreign.pk], f"sha256-{foreign.pk}": "0" * 64, "confirmed": "1"}
    response = log_in(client, region.chair).post(url(meeting), data)
    assert response.status_code == 422
    assert "hör inte till det här sammanträdet" in response.content.decode()


def test_a_missing_hash_counts_as_unread(client: Client, region: Region, meeting: Meeting) -> None:
    ids = list(meeting.paragraphs.values_list("pk", flat=True))
    response = log_in(client, region.chair).post(url(meeting), {"paragraphs": ids, "confirmed": "1"})
    assert response.status_code == 409
    assert not Verification.objects.exists()


# --- When and who ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "text"),
    [(0, "Senast 3 juni: 14 dagar kvar"), (13, "1 dag kvar"), (14, "I dag är sista dagen"),
     (15, "Skulle ha justerats senast 3 juni 2026")],
)  # fmt: skip
def test_the_days_that_are_left(
    client: Client, region: Region, meeting: Meeting, days: int, text: str
) -> None:
    noon = datetime(2026, 5, 20, 12, tzinfo=timezone.get_default_timezone()) + timedelta(days=days)
    with time_machine.travel(noon, tick=False):
        assert text in log_in(client, region.chair).get(url(meeting)).content.decode()


def test_an_open_meeting_is_not_verified(client: Client, region: Region) -> None:
    meeting = make_meeting(region, region.board)
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    text = main(log_in(client, region.chair).get(url(meeting)))
    assert "Sammanträdet är inte avslutat" in text
    assert 'type="checkbox"' not in text
    (item,) = meeting.paragraphs.all()
    response = client.post(url(meeting), {"paragraphs": [item.pk], "confirmed": "1"})
    assert response.status_code == 409
    assert "förklarar omedelbart justerat" in main(response)
    assert not Verification.objects.exists()


def test_a_paragraph_declared_verified_at_once(client: Client, region: Region) -> None:
    meeting = make_meeting(region, region.board)
    paragraph = decide(region, open_with(region, meeting, make_prepared_motion(region)))
    secretary = signed_in(region.secretary)
    declare = reverse("protocols:live_immediate", args=[paragraph.pk])
    assert "Se justeringen" in part(secretary.follow(declare, {"omedelbart": "1"}), "immediate")
    meeting.refresh_from_db()
    my = log_in(client, region.verifier).get(reverse("protocols:my_meeting")).content.decode()
    assert "Justeras omedelbart, under sammanträdet" in my
    text = main(client.get(url(meeting)))
    assert "Sammanträdet pågår. Här är bara de paragrafer" in text
    assert "Paragrafen förklaras omedelbart justerad." in text
    log_in(client, region.chair).post(url(meeting), ticked(meeting, confirmed=True))
    response = log_in(client, region.verifier).post(url(meeting), ticked(meeting, confirmed=True))
    assert said(response)[-1] == ("Du har justerat 1 paragraf. Texten ligger fast, och utdraget kan hämtas.")
    assert "Det som skulle justeras omedelbart är justerat" in main(client.get(url(meeting)))
    assert secretary.post(declare, {"omedelbart": "0"}).status_code == 409
    is_the_secretarys(region, declare, wrong="get")


def test_the_secretary_only_sees_who_remains(client: Client, region: Region, meeting: Meeting) -> None:
    log_in(client, region.secretary)
    text = main(client.get(url(meeting)))
    assert "Inte justerade" in text
    assert "Cilla Dahl återstår" in text
    assert 'type="checkbox"' not in text
    assert client.post(url(meeting), ticked(meeting, confirmed=True)).status_code == 403
    assert not Verification.objects.exists()


def test_one_who_was_not_chosen_is_refused(client: Client, region: Region, meeting: Meeting) -> None:
    elsa = make_user("Elsa Öhman", Role.VERIFIER, person=region.people["Elsa"])
    log_in(client, elsa)
    assert client.get(url(meeting)).status_code == 403
    assert client.post(url(meeting), ticked(meeting, confirmed=True)).status_code == 403


def test_a_verifier_of_another_body_does_not_find_it(
    client: Client, region: Region, meeting: Meeting
) -> None:
    log_in(client, make_user("Utan Organ", Role.VERIFIER))
    assert client.get(url(meeting)).status_code == 404


@pytest.mark.parametrize("role", ["registrar", "officer", "administrator", "politician"])
def test_other_roles_are_refused(client: Client, region: Region, meeting: Meeting, role: str) -> None:
    log_in(client, getattr(region, role))
    assert client.get(url(meeting)).status_code == 403
    assert client.post(url(meeting), ticked(meeting, confirmed=True)).status_code == 403


def test_the_public_is_asked_to_log_in(client: Client, meeting: Meeting) -> None:
    assert client.get(url(meeting))["Location"] == f"/konto/logga-in/?next={url(meeting)}"


def test_other_methods(client: Client, region: Region, meeting: Meeting) -> None:
    assert log_in(client, region.chair).delete(url(meeting)).status_code == 405


@pytest.mark.parametrize("pk", [0, 10**30])
def test_no_such_meeting(client: Client, region: Region, pk: int) -> None:
    assert log_in(client, region.chair).get(f"/sammantraden/{pk}/justera/").status_code == 404


def test_queries_do_not_grow_with_the_paragraphs(client: Client, region: Region) -> None:
    counts = []
    for count, days in ((1, 0), (4, 30)):
        meeting = make_meeting(region, region.board, held_on=date(2026, 5, 20) + timedelta(days=days))
        decide(region, open_with(region, meeting, make_prepared_motion(region, title=f"Om väg {count}")))
        more_matters(region, meeting, count)
        close(region, meeting)
        log_in(client, region.chair)
        with CaptureQueriesContext(connection) as queries:
            client.get(url(meeting))
        with CaptureQueriesContext(connection) as first_step:
            client.post(url(meeting), ticked(meeting))
        counts.append((len(queries), len(first_step)))
    assert counts[0] == counts[1]


def test_the_verified_text_is_the_one_that_was_read(client: Client, region: Region, meeting: Meeting) -> None:
    read = {item.paragraph.pk: item.sha256 for item in verifying(meeting, today=meeting.held_on).waiting}
    for user in (region.chair, region.verifier):
        log_in(client, user).post(url(meeting), ticked(meeting, confirmed=True))
    stored = {row.paragraph_id: row.sha256 for row in Verification.objects.all()}
    assert stored == read
    assert Paragraph.objects.verified().count() == 3


# --- One-time codes ----------------------------------------------------------------------------------------


@pytest.fixture
def strict(region: Region) -> Iterator[time_machine.Traveller]:
    """The organisation wants a code of whoever verifies."""
    region.organisation.requires_second_factor = True
    region.organisation.save()
    noon = datetime(2026, 5, 27, 12, tzinfo=timezone.get_default_timezone())
    with time_machine.travel(noon, tick=False) as traveller:
        yield traveller


def with_key(user: User) -> pyotp.TOTP:
    """The login's authenticator app."""
    totp = pyotp.TOTP(new_secret())
    turn_on(by=user, secret=totp.secret, code=totp.now())
    return totp


def test_without_a_second_factor_one_is_led_there_and_back(
    client: Client, region: Region, meeting: Meeting, strict: time_machine.Traveller
) -> None:
    log_in(client, region.chair)
    data = ticked(meeting, leave=1)
    response = client.post(url(meeting), data)
    wanted = parse_qs(urlsplit(response["Location"]).query)["next"][0]
    assert response["Location"].startswith("/konto/tvasteg/?next=")
    text = main(client.get(wanted))
    assert text.count('type="checkbox"') == 3
    assert text.count(" checked") == 2
    confirmed = client.post(url(meeting), data | {"confirmed": "1"})
    assert confirmed["Location"] == response["Location"]
    assert not Verification.objects.exists()


def test_verified_with_a_code(
    client: Client, region: Region, meeting: Meeting, strict: time_machine.Traveller
) -> None:
    app = with_key(region.chair)
    log_in(client, region.chair)
    assert 'name="code"' in main(client.post(url(meeting), ticked(meeting)))
    data = ticked(meeting, confirmed=True)
    for code, sentence in (("", "Skriv engångskoden."), ("x", "stämmer inte"), (app.now(), "redan använd")):
        response = client.post(url(meeting), data | {"code": code})
        assert response.status_code == 422
        assert sentence in main(response)
        assert main(response).count('name="sha256-') == 3
    assert not Verification.objects.exists()
    strict.shift(30)
    response = client.post(url(meeting), data | {"code": app.now()})
    assert said(response) == ["Du har justerat 3 paragrafer. Cilla Dahl återstår."]


def test_guessing_codes_is_slowed_down(
    client: Client, region: Region, meeting: Meeting, strict: time_machine.Traveller
) -> None:
    app = with_key(region.chair)
    strict.shift(30)
    log_in(client, region.chair)
    data = ticked(meeting, confirmed=True)
    for _try in range(5):
        assert client.post(url(meeting), data | {"code": "x"}).status_code == 422
    response = client.post(url(meeting), data | {"code": app.now()})
    assert response.status_code == 429
    assert "Vänta 15 minuter" in main(response)
    assert not Verification.objects.exists()


def test_who_has_turned_it_on_is_asked_though_nobody_requires_it(
    client: Client, region: Region, meeting: Meeting
) -> None:
    with_key(region.chair)
    response = log_in(client, region.chair).post(url(meeting), ticked(meeting, confirmed=True))
    assert response.status_code == 422
    assert "Skriv engångskoden." in main(response)


def test_the_action_itself_wants_the_code(
    region: Region, meeting: Meeting, strict: time_machine.Traveller
) -> None:
    seen = {item.paragraph.pk: item.sha256 for item in verifying(meeting, today=meeting.held_on).waiting}
    with pytest.raises(DomainError, match="inte slagit på"):
        verify_paragraphs(meeting, by=region.chair, seen=seen)
    assert not Verification.objects.exists()

"""The attendance page: one press a person, substitutes of the same party first, quorum in sight."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motions.enums import BodyKind, MembershipRole
from motions.models import Body, Membership
from protocols.actions.attendance import serve_for, set_present
from protocols.models import Meeting
from tests.factories import (
    START,
    Region,
    close,
    decide,
    make_body,
    make_meeting,
    make_person,
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
def meeting(region: Region) -> Meeting:
    return make_meeting(region, region.board)


def address(meeting: Meeting, name: str = "attendance") -> str:
    return reverse(f"protocols:{name}", args=[meeting.pk])


def toggle(
    region: Region, meeting: Meeting, name: str, *, is_present: bool, is_htmx: bool = False
) -> HttpResponse:
    given = {"person": region.people[name].pk, "is_present": int(is_present)}
    return signed_in(region.secretary).post(address(meeting, "attendance_present"), given, is_htmx=is_htmx)


def row_ids(answer: HttpResponse) -> list[int]:
    return [int(pk) for pk in re.findall(r'id="row-(\d+)"', answer.content.decode())]


def test_page_shows_everybody_by_party_with_the_quorum(region: Region, meeting: Meeting) -> None:
    text = read(signed_in(region.secretary).get(address(meeting)))
    assert "7 av 7 tjänstgör · beslutsför (4 behövs)" in text
    assert "Partiet S (S) 2 platser Bo Cederlund (S) Ordförande" in text
    assert "Ersättare Iris Brand (S)" in text
    assert "(KL 6 kap. 27 §)" in text


def test_page_shows_everybody_by_seat(region: Region, meeting: Meeting) -> None:
    answer = signed_in(region.secretary).get(address(meeting), {"ordning": "plats"})
    people = [
        region.people[name]
        for name in ("Asta", "Bo", "Cilla", "Didrik", "Elsa", "Farid", "Greta", "Hugo", "Iris")
    ]
    assert row_ids(answer) == [person.pk for person in people]
    assert "Partiet" not in part(answer, "main")


# --- Presence ----------------------------------------------------------------------------------------------


def test_press_without_script_leads_back_to_the_row(region: Region, meeting: Meeting) -> None:
    answer = toggle(region, meeting, "Asta", is_present=False)
    assert answer.status_code == 302
    assert answer["Location"] == f"{address(meeting)}#row-{region.people['Asta'].pk}"
    assert not meeting.attendance.get(person=region.people["Asta"]).is_present


def test_press_with_htmx_answers_with_the_rows_it_changed(region: Region, meeting: Meeting) -> None:
    asta, hugo = region.people["Asta"], region.people["Hugo"]
    answer = toggle(region, meeting, "Asta", is_present=False, is_htmx=True)
    assert row_ids(answer) == [asta.pk]
    assert "6 av 7 tjänstgör" in read(answer)
    assert "<!doctype" not in answer.content.decode()
    set_present(meeting, by=region.secretary, person=region.people["Elsa"], is_present=False)
    serve_for(meeting, by=region.secretary, substitute=hugo, member=asta)
    answer = toggle(region, meeting, "Asta", is_present=True, is_htmx=True)
    assert row_ids(answer) == [asta.pk, region.people["Elsa"].pk, hugo.pk]


def test_lost_quorum_is_said_at_once(region: Region, meeting: Meeting) -> None:
    for name in ("Asta", "Didrik", "Elsa"):
        toggle(region, meeting, name, is_present=False)
    assert "3 av 7 tjänstgör · inte beslutsför (4 behövs)" in read(
        toggle(region, meeting, "Farid", is_present=False, is_htmx=True)
    )


# --- Substitutes -------------------------------------------------------------------------------------------


def offered(answer: HttpResponse) -> list[str]:
    return re.findall(r"<option value=\"\d+\">([^<]+)</option>", answer.content.decode().split("</li>")[0])


def test_substitutes_of_the_same_party_are_offered_first(region: Region, meeting: Meeting) -> None:
    assert offered(toggle(region, meeting, "Asta", is_present=False, is_htmx=True)) == [
        "Hugo Alm (V)",
        "Iris Brand (S)",
    ]
    assert offered(toggle(region, meeting, "Didrik", is_present=False, is_htmx=True))[0] != ""
    markup = toggle(region, meeting, "Didrik", is_present=False, is_htmx=True).content.decode()
    row = next(li for li in markup.split("</li>") if "Ersättare för Didrik" in li)
    assert re.findall(r"<option value=\"\d+\">([^<]+)</option>", row) == ["Iris Brand (S)", "Hugo Alm (V)"]


def test_substitute_steps_in_and_is_offered_no_more(region: Region, meeting: Meeting) -> None:
    toggle(region, meeting, "Asta", is_present=False)
    toggle(region, meeting, "Elsa", is_present=False)
    given = {"member": region.people["Asta"].pk, "substitute": region.people["Hugo"].pk}
    answer = signed_in(region.secretary).post(address(meeting, "attendance_serve"), given, is_htmx=True)
    text = read(answer)
    assert "Hugo Alm (V) tjänstgör" in text
    assert "tjänstgör för Asta Björk" in text
    assert "6 av 7 tjänstgör" in text
    elsa = next(li for li in answer.content.decode().split("</li>") if "Ersättare för Elsa" in li)
    assert "Hugo" not in elsa


def test_substitute_for_one_who_is_present_is_refused(region: Region, meeting: Meeting) -> None:
    given = {"member": region.people["Asta"].pk, "substitute": region.people["Hugo"].pk}
    client = signed_in(region.secretary)
    answer = client.post(address(meeting, "attendance_serve"), given)
    assert answer.status_code == 422
    assert "Asta Björk är närvarande, så ingen ersättare träder in" in read(answer)
    assert "KL 5 kap. 17 §" in read(answer)
    answer = client.post(address(meeting, "attendance_serve"), given, is_htmx=True)
    assert (answer.status_code, answer["HX-Retarget"]) == (422, "#refusal")


@pytest.mark.parametrize("given", [{}, {"person": "x"}, {"person": "1", "is_present": "kanske"}])
def test_nonsense_is_not_found(region: Region, meeting: Meeting, given: dict[str, str]) -> None:
    client = signed_in(region.secretary)
    assert client.post(address(meeting, "attendance_present"), given).status_code == 404
    assert client.post(address(meeting, "attendance_serve"), given).status_code == 404


def test_people_of_elsewhere_are_not_found(region: Region, meeting: Meeting) -> None:
    stranger = make_person("Ulf", "Rönn").pk
    client = signed_in(region.secretary)
    given = {"person": stranger, "is_present": "1"}
    assert client.post(address(meeting, "attendance_present"), given).status_code == 404
    given = {"member": region.people["Asta"].pk, "substitute": stranger}
    assert client.post(address(meeting, "attendance_serve"), given).status_code == 404


# --- Chair and verifiers -----------------------------------------------------------------------------------


def test_offices_are_chosen_here(region: Region, meeting: Meeting) -> None:
    given = {
        "chair": region.people["Elsa"].pk,
        "verifiers": [region.people["Asta"].pk, region.people["Greta"].pk],
    }
    answer = signed_in(region.secretary).follow(address(meeting, "attendance_offices"), given)
    assert "Ordförande och justerare är valda." in read(answer)
    meeting.refresh_from_db()
    assert meeting.chair == region.people["Elsa"]
    assert {person.given_name for person in meeting.verifiers.all()} == {"Asta", "Greta"}


def test_offices_that_are_refused_keep_what_was_chosen(region: Region, meeting: Meeting) -> None:
    elsa, hugo = region.people["Elsa"].pk, region.people["Hugo"].pk
    given = {"chair": elsa, "verifiers": [elsa, hugo]}
    answer = signed_in(region.secretary).post(address(meeting, "attendance_offices"), given)
    assert answer.status_code == 422
    assert "Hugo Alm tjänstgör inte och kan inte justera. Välj en tjänstgörande ledamot" in read(answer)
    markup = answer.content.decode()
    assert f'<option value="{hugo}" selected>' in markup
    assert markup.count(f'<option value="{elsa}" selected>') == 2
    meeting.refresh_from_db()
    assert meeting.chair == region.people["Bo"]


@pytest.mark.parametrize("given", [{}, {"chair": "999999", "verifiers": "999999"}])
def test_offices_of_nobody_are_said_in_place(region: Region, meeting: Meeting, given: dict[str, str]) -> None:
    answer = signed_in(region.secretary).post(address(meeting, "attendance_offices"), given)
    assert answer.status_code == 422
    assert ("Välj någon ur närvarolistan." if given else "Detta fält måste fyllas i.") in read(answer)


# --- Others in the room ------------------------------------------------------------------------------------


def test_others_are_noted_and_removed_here(region: Region, meeting: Meeting) -> None:
    desk, place = signed_in(region.secretary), address(meeting, "attendance_other")
    is_the_secretarys(region, place, wrong="get")
    given = {"other-name": "Vera Sand", "other-function": "regiondirektör"}
    assert "Vera Sand , regiondirektör" in read(desk.follow(place, given))
    wrong = desk.post(place, {**given, "other-name": "Ivar Lo", "other-numbers": "§§ 7–8"})
    assert wrong.status_code == 422
    assert "§§ 7–8 hör inte till sammanträdet" in read(wrong).replace("\N{NO-BREAK SPACE}", " ")
    assert 'value="Ivar Lo"' in wrong.content.decode()
    away = f"{place}{meeting.others.get().pk}/ta-bort/"
    assert "Vera Sand" not in read(desk.follow(away))
    assert desk.post(away).status_code == 404


# --- After verification, and who ---------------------------------------------------------------------------


def test_verified_minutes_lock_the_list(region: Region, meeting: Meeting) -> None:
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    verify(region, close(region, meeting))
    answer = signed_in(region.secretary).get(address(meeting))
    assert "närvaron ligger fast (KL 5 kap. 66 §)" in read(answer)
    assert "is_present" not in answer.content.decode()
    answer = toggle(region, meeting, "Asta", is_present=False)
    assert answer.status_code == 409
    assert "KL 5 kap. 66 §" in read(answer)


def test_attendance_is_the_secretarys(region: Region, meeting: Meeting) -> None:
    is_the_secretarys(region, address(meeting), wrong="post")
    for name in ("attendance_present", "attendance_serve", "attendance_offices"):
        is_the_secretarys(region, address(meeting, name), wrong="get")
    assert signed_in(region.secretary).get("/sammantraden/999999/narvaro/").status_code == 404


def test_attendance_asks_as_much_of_seventy_one_seats_as_of_seven(region: Region, meeting: Meeting) -> None:
    big = make_body(BodyKind.COMMITTEE, "Stora nämnden", "SN", seats=71)
    seat(big, 71, MembershipRole.MEMBER)
    seat(big, 30, MembershipRole.SUBSTITUTE)
    large = make_meeting_of(region, big)
    client = signed_in(region.secretary)

    def asked(found: Meeting, absent: int) -> int:
        for row in found.attendance.filter(role=MembershipRole.MEMBER)[:absent]:
            set_present(found, by=region.secretary, person=row.person, is_present=False)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(found)).status_code == 200
        return len(queries)

    def asked_by_press(found: Meeting) -> int:
        row = found.attendance.filter(role=MembershipRole.MEMBER).last()
        assert row
        given = {"person": row.person_id, "is_present": "0"}
        with CaptureQueriesContext(connection) as queries:
            assert client.post(address(found, "attendance_present"), given, is_htmx=True).status_code == 200
        return len(queries)

    assert asked(large, 12) == asked(meeting, 1)
    assert asked_by_press(large) == asked_by_press(meeting)


def seat(body: Body, count: int, role: MembershipRole) -> None:
    for number in range(count):
        person = make_person(f"Nils {number}", f"Nilsson {role}", "SMCV"[number % 4])
        Membership.objects.create(body=body, person=person, role=role, position=number, starts_on=START)


def make_meeting_of(region: Region, body: Body) -> Meeting:
    member = body.memberships.filter(role=MembershipRole.MEMBER)[0].person
    region.people["Cilla"], cilla = member, region.people["Cilla"]
    found = make_meeting(region, body)
    region.people["Cilla"] = cilla
    return found


# --- Roll call ---------------------------------------------------------------------------------------------


def call(region: Region, meeting: Meeting, *, absent: tuple[str, ...] = (), **changes: str) -> dict[str, str]:
    """The filled-in roll: everybody here but those."""
    away = {region.people[name].pk for name in absent}
    rows = meeting.attendance.all()
    return {f"person-{row.person_id}": "f" if row.person_id in away else "n" for row in rows} | changes


def test_roll_call_lists_members_in_seat_order_then_substitutes(region: Region, meeting: Meeting) -> None:
    markup = signed_in(region.secretary).get(address(meeting, "roll_call")).content.decode()
    names = re.findall(r'<b id="call-\d+">(\w+)', markup)
    assert names == ["Asta", "Bo", "Cilla", "Didrik", "Elsa", "Farid", "Greta", "Hugo", "Iris"]
    assert len(re.findall(r'name="person-[^>]* checked', markup)) == 9
    assert "minst 4 ska tjänstgöra" in markup


def test_roll_call_is_noted_in_one_go(region: Region, meeting: Meeting) -> None:
    answer = signed_in(region.secretary).follow(
        address(meeting, "roll_call"), call(region, meeting, absent=("Asta", "Iris"))
    )
    assert "Närvaron har ändrats för 2 personer." in read(answer)
    assert "Det finns tomma platser, och ersättare på plats som inte tjänstgör." in read(answer)
    answer = signed_in(region.secretary).follow(address(meeting, "attendance_fill"))
    assert "1 ersättare har trätt in." in read(answer)
    assert "tjänstgör för Asta Björk" in read(answer)
    answer = signed_in(region.secretary).follow(
        address(meeting, "roll_call"), call(region, meeting, absent=("Asta", "Iris"))
    )
    assert "Ingen närvaro har ändrats." in read(answer)


@pytest.mark.parametrize("value", ["", "x"])
def test_roll_call_that_is_not_whole_keeps_the_answers(region: Region, meeting: Meeting, value: str) -> None:
    name = f"person-{region.people['Elsa'].pk}"
    given = call(region, meeting, absent=("Asta",)) | {name: value}
    answer = signed_in(region.secretary).post(address(meeting, "roll_call"), given)
    assert answer.status_code == 422
    assert f'id="id_{name}-error"' in answer.content.decode()
    asta = f'name="person-{region.people["Asta"].pk}" value="f" checked'
    assert asta in answer.content.decode()
    assert meeting.attendance.filter(is_present=False).count() == 2


def test_roll_call_of_verified_minutes_is_refused(region: Region, meeting: Meeting) -> None:
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    verify(region, close(region, meeting))
    assert "<form" not in part(signed_in(region.secretary).get(address(meeting, "roll_call")), "main")
    answer = signed_in(region.secretary).post(address(meeting, "roll_call"), call(region, meeting))
    assert answer.status_code == 409
    assert "KL 5 kap. 66 §" in read(answer)


def test_fill_without_anybody_free_says_why(region: Region, meeting: Meeting) -> None:
    answer = signed_in(region.secretary).post(address(meeting, "attendance_fill"))
    assert answer.status_code == 422
    assert "Anteckna först vilka ersättare som är här." in read(answer)


# --- Coming and going --------------------------------------------------------------------------------------


def moved(region: Region, who: str, *, came: bool, at: str = "", instead: str = "") -> dict[str, object]:
    return {
        "move-person": region.people[who].pk,
        "move-is_present": "1" if came else "0",
        "move-at": at,
        "move-substitute": region.people[instead].pk if instead else "",
    }


def test_going_is_noted_with_its_time_and_who_stepped_in(region: Region, meeting: Meeting) -> None:
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    client, given = signed_in(region.secretary), moved(region, "Asta", came=False, at="09:40", instead="Hugo")
    text = read(client.follow(address(meeting, "attendance_move"), given))
    assert "Asta Björk (V) lämnade 09.40, efter § 1" in text
    assert "Hugo Alm (V) trädde in för Asta Björk (V) 09.40" in text
    assert "Tjänstgöring per paragraf" not in text
    for _step in range(2):
        latest = meeting.moves.filter(because=None).last()
        assert latest
        back = reverse("protocols:attendance_take_back", args=[meeting.pk, latest.pk])
        text = read(client.follow(back))
    assert "Kom och gick" not in part(client.get(address(meeting)), "log")
    assert "7 av 7 tjänstgör" in text


def test_a_time_before_the_opening_is_said_beside_the_field(region: Region, meeting: Meeting) -> None:
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    close(region, meeting)
    given = moved(region, "Asta", came=False, at="07:15")
    answer = signed_in(region.secretary).post(address(meeting, "attendance_move"), given)
    assert answer.status_code == 422
    assert "Klockslaget ligger utanför sammanträdet, som öppnades 09.00 (KL 5 kap. 66 §)." in read(answer)
    assert 'value="07:15"' in answer.content.decode()
    assert not meeting.moves.exists()


def test_earlier_move_is_not_taken_back(region: Region, meeting: Meeting) -> None:
    open_with(region, meeting, make_prepared_motion(region))
    toggle(region, meeting, "Asta", is_present=False)
    toggle(region, meeting, "Elsa", is_present=False)
    first = meeting.moves.earliest("pk")
    back = reverse("protocols:attendance_take_back", args=[meeting.pk, first.pk])
    answer = signed_in(region.secretary).post(back)
    assert answer.status_code == 409
    assert "Bara den senaste anteckningen kan tas tillbaka" in read(answer)


def test_press_with_htmx_brings_the_log_along(region: Region, meeting: Meeting) -> None:
    open_with(region, meeting, make_prepared_motion(region))
    answer = toggle(region, meeting, "Asta", is_present=False, is_htmx=True)
    assert re.search(r"Asta Björk \(V\) lämnade \d\d\.\d\d, under § 1", part(answer, "log"))


def test_one_who_is_passed_over_is_named_quietly(region: Region, meeting: Meeting) -> None:
    for name in ("Hugo", "Iris"):
        toggle(region, meeting, name, is_present=True)
    toggle(region, meeting, "Asta", is_present=False)
    given = {"member": region.people["Asta"].pk, "substitute": region.people["Iris"].pk}
    answer = signed_in(region.secretary).post(address(meeting, "attendance_serve"), given, is_htmx=True)
    assert "avviker från turordningen, Hugo Alm stod före" in read(answer)


def test_the_new_acts_are_the_secretarys(region: Region, meeting: Meeting) -> None:
    open_with(region, meeting, make_prepared_motion(region))
    toggle(region, meeting, "Asta", is_present=False)
    move = meeting.moves.get()
    is_the_secretarys(region, address(meeting, "roll_call"), wrong="put")
    for name in ("attendance_fill", "attendance_move"):
        is_the_secretarys(region, address(meeting, name), wrong="get")
    back = reverse("protocols:attendance_take_back", args=[meeting.pk, move.pk])
    is_the_secretarys(region, back, wrong="get")


def test_the_log_asks_as_much_of_many_moves_as_of_one(region: Region, meeting: Meeting) -> None:
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    toggle(region, meeting, "Asta", is_present=False)
    client = signed_in(region.secretary)

    def asked(name: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(meeting, name)).status_code == 200
        return len(queries)

    few = asked("attendance"), asked("roll_call")
    for name in ("Elsa", "Farid"):
        toggle(region, meeting, name, is_present=False)
    serve_for(meeting, by=region.secretary, substitute=region.people["Hugo"], member=region.people["Elsa"])
    assert (asked("attendance"), asked("roll_call")) == few

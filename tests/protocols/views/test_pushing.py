"""The page that the stream brings is the one that is asked for, and is for nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.http import UserRequest
from motions.enums import Role
from motions.models import User
from protocols.actions.agenda import add_matter
from protocols.actions.meetings import open_meeting
from protocols.actions.participation import note_non_participation
from protocols.actions.reservations import announce_reservation, leave_note
from protocols.actions.taking_up import take_up
from protocols.enums import NonParticipationKind
from protocols.models import Paragraph
from protocols.views.pushing import page_of
from tests.factories import Region, decide, make_meeting, make_prepared_motion, make_region, open_with
from tests.hearing import to_be_told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def region(transactional_db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    meeting = make_meeting(region, region.board, held_on=timezone.localdate())
    return open_with(region, meeting, make_prepared_motion(region))


class Phone:
    """A login with its stream, of which the beginning has been read."""

    def __init__(self, user: User, paragraph: Paragraph, page: str = "mitt") -> None:
        self.client = Client()
        self.client.force_login(user)
        address = f"/sammantraden/{paragraph.meeting.pk}"
        self.page = (
            f"{address}/storbild/"
            if page == "storbild"
            else f"/mitt-sammantrade/?sammantrade={paragraph.meeting.pk}"
        )
        response: object = self.client.get(f"{address}/nyheter/?sida={page}")
        assert isinstance(response, StreamingHttpResponse)
        parts = response.streaming_content
        assert isinstance(parts, Iterator)  # not asynchronous
        self.parts: Iterator[bytes] = parts
        assert b"event: agenda\n" in next(self.parts)

    def told(self) -> str:
        """What comes next that tells something. It comes: something is always told before this is asked."""
        return next(part for part in self.parts if part.startswith(b"event: ")).decode()

    def brought(self) -> str:
        """The page of the newest state; listening may have begun just now, which tells everything."""
        asked = self.asked()
        while True:
            told = self.told()
            if fingerprint(asked) in told:
                return "\n".join(
                    line.removeprefix("data: ") for line in told.splitlines() if line.startswith("data: ")
                )

    def asked(self) -> str:
        """The page that a request is answered with."""
        html: str = self.client.get(self.page, headers={"HX-Request": "true"}).content.decode()
        return html


def fingerprint(html: str) -> str:
    """How the page names its looks."""
    found = re.search(r"laget=\w+", html)
    assert found
    return found[0]


def words(html: str) -> str:
    """The page without the tokens and the time of reading, which are other ones at each time."""
    html = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|data-read-at="[\d.]+"', "", html)
    return " ".join(html.split())


def logins(region: Region) -> list[User]:
    """One for each person of the region."""
    return [
        User.objects.filter(person=person).first()
        or User.objects.create_user(
            f"person{person.pk}@region.example", person.name, roles=[Role.REPRESENTATIVE], person=person
        )
        for person in region.people.values()
    ]


def test_brought_page_is_the_asked_one_for_each_of_the_list(region: Region, paragraph: Paragraph) -> None:
    secretary, people = region.secretary, region.people
    names = list(people)
    meeting = paragraph.meeting
    on_list = set(meeting.attendance.values_list("person_id", flat=True))
    item = add_matter(meeting, by=secretary, title="Anmälningar")
    add_matter(meeting, by=secretary, title="Rapporter")
    serving = [row.person for row in meeting.attendance.serving()]
    note_non_participation(
        paragraph, by=secretary, person=serving[-1], kind=NonParticipationKind.NOT_PARTICIPATING
    )
    decide(region, paragraph)
    announce_reservation(paragraph, by=secretary, persons=[people["Asta"]])
    leave_note(paragraph, by=secretary, person=serving[1], html="<p>Mer behövs.</p>")
    paragraph = take_up(item, by=secretary)
    phones = [Phone(user, paragraph) for user in logins(region) if user.person_id in on_list]
    assert len(phones) > 2, names
    decide(region, paragraph)
    for phone in phones:
        brought = phone.brought()
        assert words(brought) == words(phone.asked())
        assert not re.search(r"<(textarea|select)|<input(?! type=.?hidden)", brought), "nothing to type in"


def test_form_of_a_brought_page_is_accepted(region: Region, paragraph: Paragraph) -> None:
    phone = Phone(region.politician, paragraph)
    decide(region, paragraph)
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', phone.brought())[0]
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = phone.client.cookies
    assert strict.post(f"/paragrafer/{paragraph.pk}/reservera/").status_code == 403
    answer = strict.post(f"/paragrafer/{paragraph.pk}/reservera/", {"csrfmiddlewaretoken": token})
    assert answer.status_code == 302
    assert paragraph.reservations.count() == 1


def test_screen_is_brought_as_it_is_asked_for(region: Region, paragraph: Paragraph) -> None:
    walls = [Phone(user, paragraph, "storbild") for user in (region.secretary, region.politician)]
    decide(region, paragraph)
    for wall in walls:
        assert words(wall.brought()) == words(wall.asked())


@pytest.mark.parametrize("page", ["mitt", "storbild"])
def test_page_that_looks_the_same_is_not_answered_again(
    region: Region, paragraph: Paragraph, page: str
) -> None:
    phone = Phone(region.politician, paragraph, page)
    sign = "&" if "?" in phone.page else "?"
    same = f"{phone.page}{sign}{fingerprint(phone.asked())}"
    assert phone.client.get(same, headers={"HX-Request": "true"}).status_code == 204
    decide(region, paragraph)
    assert phone.client.get(same, headers={"HX-Request": "true"}).status_code == 200


def withhold(region: Region, how: str) -> None:
    """Let something happen by which the politician's page may not be brought any more."""
    user = region.politician
    match how:
        case "logged out":
            Session.objects.all().delete()
        case "closed":
            User.objects.filter(pk=user.pk).update(is_active=False)
        case "other password":
            user.set_password("ett-helt-annat-lösenord")
            user.save()
        case "no role":
            User.objects.filter(pk=user.pk).update(roles=[])
        case _:
            other = make_meeting(region, region.assembly, held_on=timezone.localdate())
            open_meeting(other, by=region.secretary, at=timezone.now())


@pytest.mark.parametrize("how", ["logged out", "closed", "other password", "no role", "busy elsewhere"])
def test_nothing_is_brought_in_doubt(region: Region, paragraph: Paragraph, how: str) -> None:
    bring = page_of(asking(region.politician), paragraph.meeting, "mitt")
    assert "laget=" in (bring() or "")
    withhold(region, how)
    told = to_be_told(paragraph.meeting)
    add_matter(paragraph.meeting, by=region.secretary, title="Anmälningar")
    told()
    assert bring() is None


def asking(user: User) -> UserRequest:
    """A request of somebody logged in, as the stream begins with one."""
    client = Client()
    client.force_login(user)
    request = client.get("/mitt-sammantrade/").wsgi_request
    assert request.user == user
    return request  # type: ignore[return-value]  # of somebody logged in, by the line before


def test_two_who_look_alike_are_read_and_made_once(region: Region, paragraph: Paragraph) -> None:
    to_be_told(paragraph.meeting)
    bring = [page_of(asking(region.chair), paragraph.meeting, "storbild") for _number in range(3)]
    bring[0]()
    with CaptureQueriesContext(connection) as queries:
        pages = [one() for one in bring]
    assert len(queries) == 0
    assert len(set(pages)) == 1

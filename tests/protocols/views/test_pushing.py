"""The own page that the stream brings is the one that is asked for, and is for nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.http import StreamingHttpResponse
from django.test import Client
from django.utils import timezone

from motions.enums import Role
from motions.models import User
from protocols.actions.agenda import add_matter
from protocols.actions.meetings import open_meeting
from protocols.actions.participation import note_non_participation
from protocols.actions.reservations import announce_reservation, leave_note
from protocols.actions.taking_up import take_up
from protocols.enums import NonParticipationKind
from protocols.models import Paragraph
from tests.factories import Region, decide, make_meeting, make_prepared_motion, make_region, open_with

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

    def __init__(self, user: User, paragraph: Paragraph) -> None:
        self.client = Client()
        self.client.force_login(user)
        self.address = f"/sammantraden/{paragraph.meeting.pk}"
        response: object = self.client.get(f"{self.address}/nyheter/?sida=mitt")
        assert isinstance(response, StreamingHttpResponse)
        parts = response.streaming_content
        assert isinstance(parts, Iterator)  # not asynchronous
        self.parts: Iterator[bytes] = parts
        assert b"event: agenda\n" in next(self.parts)

    def told(self) -> str:
        """What comes next that tells something."""
        part = next(part for part in self.parts if part.startswith(b"event: "))
        return part.decode()

    def page(self) -> str:
        """The page of the newest state; listening may have begun just now, which tells everything."""
        while True:
            told = self.told()
            if self.asked() in told:
                return told

    def asked(self) -> str:
        """The fingerprint of the page that a request is answered with."""
        html = self.client.get("/mitt-sammantrade/", headers={"HX-Request": "true"}).content.decode()
        return str(re.findall(r"laget=\w+", html)[0])


def words(html: str) -> str:
    """The page without the tokens, which are other ones at each time."""
    html = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)
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
        brought = "\n".join(
            line.removeprefix("data: ") for line in phone.page().splitlines() if line.startswith("data: ")
        )
        asked = phone.client.get("/mitt-sammantrade/", headers={"HX-Request": "true"}).content.decode()
        assert words(brought) == words(asked)


def test_form_of_a_brought_page_is_accepted(region: Region, paragraph: Paragraph) -> None:
    phone = Phone(region.politician, paragraph)
    decide(region, paragraph)
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', phone.page())[0]
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = phone.client.cookies
    assert strict.post(f"/paragrafer/{paragraph.pk}/reservera/").status_code == 403
    answer = strict.post(f"/paragrafer/{paragraph.pk}/reservera/", {"csrfmiddlewaretoken": token})
    assert answer.status_code == 302
    assert paragraph.reservations.count() == 1


@pytest.mark.parametrize("how", ["logged out", "closed", "other password", "no role", "occupied"])
def test_nothing_is_brought_in_doubt(region: Region, paragraph: Paragraph, how: str) -> None:
    phone = Phone(region.politician, paragraph)
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
    add_matter(paragraph.meeting, by=region.secretary, title="Anmälningar")
    for _number in range(2):
        told = phone.told()
        assert "event: page" not in told
        if "event: decision" not in told:  # this act alone, not the beginning of listening
            break

"""The pages that ask who the names of imported minutes are."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motions.models import Party, Person
from protocols.models import ReadName, ReadParty
from tests.factories import Region, make_region
from tests.protocols.actions.test_importing import kept
from tests.protocols.reading.minutes import CITY, COUNTY
from tests.protocols.views.desk import Visitor, read, signed_in

PAGE = "/inlasning/personer/"


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def registrar(region: Region) -> Visitor:
    return signed_in(region.registrar)


def named(name: str) -> ReadName:
    return ReadName.objects.get(name=name)


def test_names_and_parties_that_are_unknown_are_listed(region: Region, registrar: Visitor) -> None:
    assert "Alla namn är genomgångna" in read(registrar.get(PAGE))
    meeting = kept(CITY, region).meeting
    page = read(registrar.get(PAGE))
    assert "Ebba Väst-Holm" in page
    assert "Partier som inte finns i registret" in page
    assert "8 namn i protokollen finns inte i registret." in read(registrar.get("/inlasning/"))
    paragraph = read(registrar.get(meeting.paragraphs.get(number="11").get_absolute_url()))
    assert "finns inte i registret" in paragraph


def test_an_answer_leads_to_the_next_name_and_is_undone(region: Region, registrar: Visitor) -> None:
    kept(CITY, region)
    name = named("Ebba Väst-Holm")
    greta = region.people["Greta"]
    page = read(registrar.follow(name.get_absolute_url(), {"act": "same", "person": str(greta.pk)}))
    assert "Ebba Väst-Holm (M) är samma person som Greta Zetter." in page
    assert "Vem är det?" in page
    answered = read(registrar.get(f"{PAGE}?visa=avgjorda"))
    assert "Samma som: Greta Zetter" in answered
    page = read(registrar.follow(f"{name.get_absolute_url()}angra/"))
    assert "Svaret om Ebba Väst-Holm (M) är ångrat." in page
    assert named("Ebba Väst-Holm").is_waiting
    new = {"act": "new", "given_name": "Ebba", "family_name": "Väst-Holm"}
    assert "Ebba Väst-Holm är ny i registret." in read(registrar.follow(name.get_absolute_url(), new))
    left = named("Hans Å")
    page = read(registrar.follow(left.get_absolute_url(), {"act": "leave"}))
    assert "Hans Å (KD) lämnas utanför registret." in page


def test_skipping_goes_through_all_names_and_round(region: Region, registrar: Visitor) -> None:
    kept(CITY, region)
    seen, address = [], named("Cia ben Ek Lund").get_absolute_url()
    for _step in range(ReadName.objects.count()):
        seen.append(address)
        page = registrar.get(address).content.decode()
        found = re.search(r'href="([^"]+)" data-key="h"', page)
        assert found
        address = found[1]
    assert len(set(seen)) == len(seen)
    assert address == seen[0]
    answer = registrar.post(seen[2], {"act": "leave"})
    assert answer["Location"] == seen[3]


def test_somebody_else_is_searched_for(region: Region, registrar: Visitor) -> None:
    kept(CITY, region)
    address = named("Ebba Väst-Holm").get_absolute_url()
    assert "Greta Zetter (M)" in read(registrar.get(address, {"q": "zet"}))
    assert "Ingen i registret har ett namn som börjar på" in read(registrar.get(address, {"q": "xyz" * 90}))


def test_wrong_answers_keep_what_was_typed(region: Region, registrar: Visitor) -> None:
    kept(CITY, region)
    address = named("Hans Å").get_absolute_url()
    before = Person.objects.count()
    for typed, said in (
        ({"act": "same", "person": ""}, "Välj en person."),
        ({"act": "same", "person": "999999"}, "Personen finns inte i registret."),
        ({"act": "same", "person": "x"}, "Personen finns inte i registret."),
        ({"act": "new", "given_name": "Hans-Erik", "family_name": ""}, "Hans-Erik"),
        ({"act": "new", "given_name": "Hans-Erik", "family_name": "900101-0017"}, "personnummer"),
        ({"act": "new", "given_name": "H" * 61, "family_name": "Å"}, "Högst 60 tecken"),
        ({"act": "hittepå"}, "Säg vem det är"),
        ({}, "Säg vem det är"),
    ):
        answer = registrar.post(address, typed)
        assert answer.status_code == 422, typed
        assert said in answer.content.decode()
    assert (Person.objects.count(), named("Hans Å").is_waiting) == (before, True)
    gun = registrar.post(
        named("Gun Skog").get_absolute_url(), {"act": "new", "given_name": "Gun", "family_name": "Skog"}
    )
    assert gun.status_code == 422
    assert "Partiet MP finns inte i registret" in read(gun)


def test_two_who_answer_at_once(region: Region, registrar: Visitor) -> None:
    kept(CITY, region)
    address = named("Hans Å").get_absolute_url()
    signed_in(region.secretary).follow(address, {"act": "leave"})
    answer = registrar.post(address, {"act": "new", "given_name": "Hans", "family_name": "Å"})
    assert answer.status_code == 409
    assert "redan besvarad" in read(answer)


def test_letters_become_a_party(region: Region, registrar: Visitor) -> None:
    kept(CITY, region)
    party = ReadParty.objects.get(code="MP")
    address = party.get_absolute_url()
    for typed, said in (
        ({"act": "new", "name": ""}, "måste fyllas i"),
        ({"act": "new", "name": "Partiet S"}, "finns redan i registret"),
        ({"act": "same", "party": ""}, "Välj ett parti."),
        ({"act": "same", "party": "x"}, "Välj ett parti i listan."),
        ({"act": "?"}, "Säg vilket parti det är"),
    ):
        answer = registrar.post(address, typed)
        assert answer.status_code == 422, typed
        assert said in read(answer)
    page = read(registrar.follow(address, {"act": "new", "name": "Miljögruppen"}))
    assert "Miljögruppen (MP) är nytt i registret." in page
    assert registrar.post(address, {"act": "leave"}).status_code == 409
    assert "Ny i registret: Miljögruppen (MP)" in read(registrar.get(f"{PAGE}?visa=avgjorda"))
    registrar.follow(f"{address}angra/")
    assert not Party.objects.filter(code="MP").exists()
    same = {"act": "same", "party": str(Party.objects.get(code="C").pk)}
    assert "MP är Partiet C (C)." in read(registrar.follow(address, same))
    other = ReadParty.objects.get(code="D").get_absolute_url()
    assert "D lämnas utanför registret." in read(registrar.follow(other, {"act": "leave"}))


def test_all_at_once(region: Region, registrar: Visitor) -> None:
    kept(CITY, region)
    page = read(registrar.get(PAGE))
    assert "6 namn liknar ingen i registret" in page
    assert "6 personer är nya i registret." in read(registrar.follow(f"{PAGE}nya/"))
    assert "liknar ingen" not in read(registrar.get(PAGE))


def test_the_pages_are_for_those_who_read_protocols_in(region: Region) -> None:
    kept(CITY, region)
    name, party = named("Hans Å").get_absolute_url(), ReadParty.objects.get(code="D").get_absolute_url()
    for address in (PAGE, name, party):
        assert Visitor().get(address).status_code == 302
        assert signed_in(region.officer).get(address).status_code == 403
        assert signed_in(region.secretary).get(address).status_code == 200
    for address in (f"{PAGE}nya/", f"{name}angra/", f"{party}angra/"):
        assert signed_in(region.officer).post(address).status_code == 403
        assert signed_in(region.registrar).get(address).status_code == 405
    assert signed_in(region.registrar).get(f"{PAGE}999999/").status_code == 404


def test_the_list_asks_as_much_of_many_as_of_one(region: Region, client: Client) -> None:
    client.force_login(region.registrar)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    kept(COUNTY, region, "rs")
    kaj = ReadName.objects.get().get_absolute_url()
    client.post(f"{PAGE}nya/")
    client.post(f"{kaj}angra/")
    addresses = (PAGE, f"{PAGE}?visa=avgjorda", kaj, "/inlasning/")
    before = [asked(address) for address in addresses]
    kept(CITY, region)
    larger = [asked(address) for address in addresses]
    # Names that are like nobody's are counted where there are any: one question, whatever their number.
    assert all(now <= then + 1 for now, then in zip(larger, before, strict=True)), (before, larger)
    again = CITY.replace("2031-06-03", "2031-07-03")
    for first, second in (("Alva", "Beda"), ("Dag", "Egil"), ("Hans", "Ivar"), ("Finn", "Gösta")):
        again = again.replace(first, second)
    kept(again, region, "kf-2031-07-03")
    assert [asked(address) for address in addresses] == larger

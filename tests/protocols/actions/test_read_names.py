"""Who the names of imported minutes are: matched where it is plain, answered by a person, undone."""

from __future__ import annotations

from datetime import date

import pytest

from motions.errors import Conflict, DomainError, Forbidden
from motions.models import Membership, Party, PartyAffiliation, Person, User
from protocols.actions.read_names import name_is, name_is_left, name_is_new, names_are_new, undo_name
from protocols.actions.read_parties import letters_are, letters_are_left, letters_are_new, undo_letters
from protocols.enums import NameState
from protocols.models import ReadName, ReadParty
from protocols.queries.read_names import alike, named_there, near, parted, places, unlike, waiting
from protocols.reading.named import in_meeting, in_paragraph
from tests.factories import START, Region, make_region
from tests.protocols.actions.test_importing import kept
from tests.protocols.reading.minutes import CITY, FRONT, MATTER

DAY = date(2031, 6, 3)


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


def known(given_name: str, family_name: str, code: str) -> Person:
    person = Person.objects.create(given_name=given_name, family_name=family_name)
    PartyAffiliation.objects.create(person=person, party=Party.objects.get(code=code), starts_on=START)
    return person


def named(name: str) -> ReadName:
    return ReadName.objects.get(name=name)


def letters(code: str) -> ReadParty:
    return ReadParty.objects.get(code=code)


def new(name: str, by: User, **typed: str) -> ReadName:
    given_name, family_name = parted(name)
    return name_is_new(
        named(name),
        by=by,
        given_name=typed.get("given_name", given_name),
        family_name=typed.get("family_name", family_name),
    )


def test_everybody_a_paragraph_names_is_gathered_once(region: Region) -> None:
    paragraph = kept(CITY, region).meeting.paragraphs.get(number="11")
    names = [str(one.name) for one in paragraph.mentions.all()]
    assert names == [
        "Alva Norrgård (S)",
        "Bo von Sydvik (M)",
        "Cia ben Ek Lund (V)",
        "Dag Öst (C)",
        "Ebba Väst-Holm (M)",
        "Finn Mark (L)",
        "Gun Skog (MP)",
        "Hans Å (KD)",
    ]
    assert list(ReadParty.objects.filter(state="waiting").values_list("code", flat=True)) == ["D", "L", "MP"]


def test_who_is_plainly_somebody_of_the_register_is_matched(region: Region) -> None:
    ebba = known("Ebba", "Väst Holm", "M")
    known("Dag", "Öst", "V")  # of another party
    kept(CITY, region)
    assert (named("Ebba Väst-Holm").state, named("Ebba Väst-Holm").person) == ("matched", ebba)
    assert named("Dag Öst").is_waiting


def test_two_persons_of_one_name_and_party_are_left_to_a_person(region: Region) -> None:
    for _time in range(2):
        known("Ebba", "Väst-Holm", "M")
    kept(CITY, region)
    assert named("Ebba Väst-Holm").is_waiting


def test_a_name_without_its_party_is_no_second_one_in_the_same_paragraph(region: Region) -> None:
    facts = kept(CITY, region).meeting.paragraphs.get(number="11").facts
    again = facts | {"recusals": [*facts["recusals"], {"name": "Dag Öst", "party": ""}]}
    assert in_paragraph(again) == in_paragraph(facts)


def test_whom_the_meeting_names_is_gathered_matched_or_asked_about(region: Region) -> None:
    ebba = known("Ebba", "Väst-Holm", "M")
    meeting = kept(FRONT + MATTER, region, "gn-2031-06-05").meeting
    assert [(str(one.name), one.name.state) for one in named_there(meeting)] == [
        ("Åke Lund (S)", "waiting"),
        ("Ebba Väst-Holm (M)", "matched"),
        ("Stig Ny (V)", "waiting"),
        ("Siv Borta", "waiting"),
    ]
    assert named("Ebba Väst-Holm").person == ebba
    told = {one.name: (one.__dict__["meetings"], one.__dict__["count"]) for one in waiting()}
    assert told == {"Stig Ny": (1, 1), "Åke Lund": (1, 0), "Siv Borta": (1, 0)}
    assert next(one.name for one in waiting()) == "Stig Ny"
    assert [one.where for one in places(named("Stig Ny"))] == [meeting, meeting.paragraphs.get()]
    person = new("Åke Lund", region.registrar).person
    assert person
    assert person.affiliations.get().starts_on == date(2031, 6, 5)


def test_whom_somebody_stood_in_for_is_the_one_of_the_same_name_with_letters() -> None:
    rows = [
        {"name": "Stig Ny", "party": "V", "instead_of": "Siv Borta"},
        {"name": "Siv Borta", "party": "V", "instead_of": ""},
    ]
    facts = {"attendance": rows, "listed": [], "verifiers": [{"name": "Stig Ny", "party": ""}]}
    assert [(one.spelling, one.code) for one in in_meeting(facts)] == [("Stig Ny", "V"), ("Siv Borta", "V")]


def test_a_name_without_letters_is_the_one_with_letters_in_other_minutes(region: Region) -> None:
    first = kept(FRONT + MATTER, region, "gn-2031-06-05").meeting
    told = FRONT.replace("Stig Ny (V) ersätter Siv Borta", "Siv Borta (V)").replace("06-05", "07-05")
    kept(told + MATTER, region, "gn-2031-07-05")
    later = kept(FRONT.replace("06-05", "08-05") + MATTER, region, "gn-2031-08-05").meeting
    assert [str(one.name) for one in named_there(later)][-1] == "Siv Borta (V)"
    assert [str(one.name) for one in named_there(first)][-1] == "Siv Borta"
    assert {"Siv Borta (V)", "Stig Ny (V)"} <= {str(one) for one in unlike()}
    names_are_new(by=region.registrar)
    bare = ReadName.objects.get(name="Siv Borta", code="")
    assert (bare.state, bare.person) == ("matched", ReadName.objects.get(name="Siv Borta", code="V").person)


def test_another_spelling_is_the_same_name_and_an_answer_holds_for_later_minutes(region: Region) -> None:
    kept(CITY, region)
    person = new("Ebba Väst-Holm", region.registrar).person
    later = CITY.replace("2031-06-03", "2031-07-03").replace("Ebba Väst-Holm", "Ebba Väst Holm")
    kept(later, region, "kf-2031-07-03")
    name = named("Ebba Väst-Holm")
    assert (ReadName.objects.filter(key=name.key).count(), name.person) == (1, person)
    assert {one.spelling for one in places(name)} == {"Ebba Väst-Holm", "Ebba Väst Holm"}
    told = ReadName.objects.filter(pk=name.pk)
    undo_name(told.get(), by=region.registrar)
    row = next(one for one in waiting() if one.pk == name.pk)
    assert (row.__dict__["count"], row.__dict__["first"], row.__dict__["last"]) == (2, DAY, date(2031, 7, 3))


def test_a_new_person_has_the_party_from_the_first_day_seen(region: Region) -> None:
    kept(CITY, region)
    row = new("Alva Norrgård", region.registrar, given_name=" Alva ", family_name="Norrgård  Ek")
    assert row.person
    assert (row.state, row.person.name, row.answered_by) == ("new", "Alva Norrgård Ek", region.registrar)
    affiliation = row.person.affiliations.get()
    assert (affiliation.party.code, affiliation.starts_on, affiliation.ends_on) == ("S", DAY, None)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"given_name": " "}, "given_name"),
        ({"family_name": ""}, "family_name"),
        ({"family_name": "900101-0017"}, None),
    ],
)
def test_a_person_needs_two_names_and_no_number(
    region: Region, typed: dict[str, str], field: str | None
) -> None:
    kept(CITY, region)
    before = Person.objects.count()
    with pytest.raises(DomainError) as refused:
        new("Alva Norrgård", region.registrar, **typed)
    assert refused.value.field == field
    assert (Person.objects.count(), named("Alva Norrgård").is_waiting) == (before, True)


def test_a_person_of_an_unknown_party_waits_for_the_party(region: Region) -> None:
    kept(CITY, region)
    with pytest.raises(DomainError, match="Partiet MP finns inte i registret"):
        new("Gun Skog", region.registrar)
    letters_are_new(letters("MP"), by=region.registrar, name="Partiet MP")
    row = new("Gun Skog", region.registrar)
    assert row.person
    party = row.person.party_on(DAY)
    assert party
    assert party.code == "MP"
    letters_are_left(letters("L"), by=region.registrar)
    finn = new("Finn Mark", region.registrar).person
    assert finn
    assert not finn.affiliations.exists()


def test_the_same_as_somebody_and_left_alone(region: Region) -> None:
    kept(CITY, region)
    greta = region.people["Greta"]
    row = name_is(named("Ebba Väst-Holm"), by=region.secretary, person=greta)
    assert (row.state, row.person) == (NameState.SAME, greta)
    assert name_is_left(named("Hans Å"), by=region.registrar).state == NameState.LEFT
    with pytest.raises(Conflict, match="redan besvarad"):
        name_is(named("Hans Å"), by=region.registrar, person=greta)
    with pytest.raises(Conflict, match="redan besvarad"):
        name_is_left(named("Ebba Väst-Holm"), by=region.registrar)
    with pytest.raises(Conflict, match="redan besvarad"):
        new("Hans Å", region.registrar)


def test_older_letters_are_a_party_of_today(region: Region) -> None:
    gun = known("Gun", "Skog", "C")
    kept(CITY, region)
    row = letters_are(letters("MP"), by=region.registrar, party=Party.objects.get(code="C"))
    assert (row.state, row.party and row.party.code) == ("same", "C")
    assert (named("Gun Skog").state, named("Gun Skog").person) == ("matched", gun)
    with pytest.raises(Conflict, match="redan besvarad"):
        letters_are_new(letters("MP"), by=region.registrar, name="Skogspartiet")


def test_letters_are_undone_with_all_who_were_found_by_them(region: Region) -> None:
    known("Gun", "Skog", "C")
    kept(CITY, region)
    centre = Party.objects.get(code="C")
    letters_are(letters("MP"), by=region.registrar, party=centre)
    assert named("Gun Skog").state == "matched"
    assert undo_letters(letters("MP"), by=region.registrar).is_waiting
    assert (named("Gun Skog").state, named("Gun Skog").person) == ("waiting", None)
    letters_are(letters("L"), by=region.registrar, party=centre)
    new("Finn Mark", region.registrar)
    with pytest.raises(Conflict, match="används redan") as refused:
        undo_letters(letters("L"), by=region.registrar)
    assert refused.value.instead == "Ångra först svaren om dess personer."
    assert letters("L").party == centre


def test_a_party_has_a_name_of_its_own(region: Region) -> None:
    kept(CITY, region)
    for name in (" ", "partiet s"):
        with pytest.raises(DomainError) as refused:
            letters_are_new(letters("D"), by=region.registrar, name=name)
        assert refused.value.field == "name"
    row = letters_are_new(letters("D"), by=region.registrar, name=" Det  nya ")
    assert row.party
    assert (row.party.code, row.party.name) == ("D", "Det nya")


def test_an_answer_is_undone_and_the_person_leaves_the_register(region: Region) -> None:
    kept(CITY, region)
    other = CITY.replace("2031-06-03", "2031-07-03").replace("Alva Norrgård (S)", "Alva Norrgård (-)")
    kept(other, region, "kf-2031-07-03")
    row = name_is_new(
        ReadName.objects.get(name="Alva Norrgård", code="S"),
        by=region.registrar,
        given_name="Alva",
        family_name="Norrgård",
    )
    without = ReadName.objects.filter(key=row.key).exclude(pk=row.pk)
    assert {one.state for one in without} == {"matched"}
    before = Person.objects.count()
    undone = undo_name(row, by=region.registrar)
    assert (undone.state, undone.person, undone.answered_by) == ("waiting", None, None)
    assert {one.state for one in without.all()} == {"waiting"}
    assert Person.objects.count() == before - 1
    with pytest.raises(Conflict, match="redan ångrat"):
        undo_name(row, by=region.registrar)


def test_a_person_who_is_used_elsewhere_stays(region: Region) -> None:
    kept(CITY, region)
    row = new("Alva Norrgård", region.registrar)
    assert row.person
    Membership.objects.create(body=region.committee, person=row.person, role="member", starts_on=START)
    with pytest.raises(Conflict, match="används redan"):
        undo_name(row, by=region.registrar)
    assert named("Alva Norrgård").person == row.person


def test_a_party_with_somebody_in_it_stays(region: Region) -> None:
    kept(CITY, region)
    letters_are_new(letters("MP"), by=region.registrar, name="Partiet MP")
    new("Gun Skog", region.registrar)
    with pytest.raises(Conflict, match="används redan"):
        undo_letters(letters("MP"), by=region.registrar)
    undo_name(named("Gun Skog"), by=region.registrar)
    assert undo_letters(letters("MP"), by=region.registrar).is_waiting
    assert not Party.objects.filter(code="MP").exists()
    with pytest.raises(Conflict, match="redan ångrat"):
        undo_letters(letters("MP"), by=region.registrar)


def test_all_who_are_like_nobody_come_into_the_register_at_once(region: Region) -> None:
    known("Bo", "von Sydvick", "M")  # nearly somebody
    kept(CITY, region)
    kept(
        CITY.replace("2031-06-03", "2031-07-03").replace("Cia ben Ek Lund", "Cia ben Ek-Lundh"),
        region,
        "kf-2031-07-03",
    )
    unsure = {"Bo von Sydvik", "Cia ben Ek Lund", "Cia ben Ek-Lundh", "Finn Mark", "Gun Skog"}
    expected = {one.name for one in waiting()} - unsure
    assert {one.name for one in unlike()} == expected
    assert [one.name for one in alike(named("Cia ben Ek Lund"))] == ["Cia ben Ek-Lundh"]
    assert near(named("Bo von Sydvik"))[0].person.name == "Bo von Sydvick"
    assert names_are_new(by=region.registrar) == len(expected)
    assert {one.name for one in waiting()} == unsure
    hans = named("Hans Å").person
    assert hans
    assert (hans.given_name, hans.family_name, hans.affiliations.get().starts_on) == ("Hans", "Å", DAY)
    assert names_are_new(by=region.registrar) == 0


def test_a_name_of_an_older_version_alone_waits_for_nobody(region: Region) -> None:
    kept(CITY, region)
    kept(CITY.replace("Hans Å (KD)", "Hans Åberg (KD)"), region, "rattad")
    assert "Hans Å" not in {one.name for one in waiting()}
    assert "Hans Åberg" in {one.name for one in waiting()}


def test_others_answer_nothing(region: Region) -> None:
    kept(CITY, region)
    name, party = named("Hans Å"), letters("D")
    for act in (
        lambda: name_is(name, by=region.officer, person=region.people["Bo"]),
        lambda: new("Hans Å", region.officer),
        lambda: name_is_left(name, by=region.politician),
        lambda: names_are_new(by=region.officer),
        lambda: undo_name(name, by=region.administrator),
        lambda: letters_are(party, by=region.officer, party=Party.objects.all()[0]),
        lambda: letters_are_new(party, by=region.officer, name="D"),
        lambda: letters_are_left(party, by=region.officer),
        lambda: undo_letters(party, by=region.officer),
    ):
        with pytest.raises(Forbidden):
            act()

"""Who of the register the names of imported minutes are: matched where it is plain, else answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.identity_numbers import refuse_identity_numbers
from motions.models import Party, PartyAffiliation, Person, User
from motions.permissions import Permission, require
from protocols.actions.read_answers import answered_row, take_answer_back, waiting_row, write_answer
from protocols.enums import NameState
from protocols.models import ImportedMeeting, ImportedParagraph, Mention, ReadName, ReadParty
from protocols.queries.read_names import first_day, parted, unlike
from protocols.reading import named
from protocols.reading.names import key

_BATCH = 2000  # rows that are written at once


# --- By the program ----------------------------------------------------------------------------------------


def gather_names(meeting: ImportedMeeting, paragraphs: Sequence[ImportedParagraph]) -> None:
    """Keep whom the meeting and each § of it name, and match those who are plainly somebody of the register.

    Names are written in order, so that two files that are stored at once never wait for each other.
    """
    there = named.in_meeting(meeting.facts)
    places: list[tuple[ImportedParagraph | None, list[named.Spelt]]] = [(None, there)]
    codes = {one.code for one in there} - set(named.NO_PARTY)
    for paragraph in paragraphs:
        ones = named.in_paragraph(paragraph.facts)
        places.append((paragraph, ones))
        codes |= named.letters(paragraph.facts, ones)
    ReadParty.objects.bulk_create([ReadParty(code=code) for code in sorted(codes)], ignore_conflicts=True)
    match_parties()
    names = _names(one for _paragraph, ones in places for one in ones)
    Mention.objects.bulk_create(
        (
            Mention(
                meeting=meeting, paragraph=paragraph, name=names[one.key, one.code], spelling=one.spelling
            )
            for paragraph, ones in places
            for one in ones
        ),
        batch_size=_BATCH,
    )
    match_names(names.values())


def _names(spelt: Iterable[named.Spelt]) -> dict[tuple[str, str], ReadName]:
    """The rows of names by what tells them apart; those not seen before are made, as they are spelt first.

    A name without letters is the one of the same name with letters, here or in other minutes, where
    there is one alone.
    """
    first: dict[tuple[str, str], named.Spelt] = {}
    for one in spelt:
        first.setdefault((one.key, one.code), one)
    keys = {name for name, _code in first}
    bearers = defaultdict(set)
    seen = ReadName.objects.filter(key__in=keys).values_list("key", "code")
    for name, code in [*first, *seen]:
        bearers[name].add(code)
    letterless = {
        name: max(bearers[name]) for name, code in first if not code and len(bearers[name] - {""}) == 1
    }
    for name in letterless:
        del first[name, ""]
    ReadName.objects.bulk_create(
        [ReadName(key=one.key, code=one.code, name=one.spelling) for _who, one in sorted(first.items())],
        ignore_conflicts=True,
        batch_size=_BATCH,
    )
    rows = {(row.key, row.code): row for row in ReadName.objects.filter(key__in=keys)}
    return rows | {(name, ""): rows[name, code] for name, code in letterless.items()}


def match_parties() -> None:
    """Match the letters that wait to the parties of the register, whether large or small."""
    parties = {party.code.casefold(): party for party in Party.objects.all()}
    for row in ReadParty.objects.filter(state=NameState.WAITING):
        if party := parties.get(row.code.casefold()):
            row.state, row.party = NameState.MATCHED, party
            row.save(update_fields=["state", "party"])


def match_names(names: Iterable[ReadName]) -> None:
    """Match those who wait to the one person of that name who has ever had the party, where there is one."""
    those = [name.pk for name in names if name.is_waiting]
    if not those:
        return
    locked = ReadName.objects.select_for_update().filter(pk__in=those, state=NameState.WAITING)
    waiting = list(locked.order_by("key", "code"))
    people = defaultdict(list)
    for person in Person.objects.all():
        people[key(person.name)].append(person)
    parties = dict(ReadParty.objects.exclude(party=None).values_list("code", "party"))
    had = set(PartyAffiliation.objects.values_list("person", "party"))
    for name in waiting:
        found = people.get(name.key, [])
        if name.code not in named.NO_PARTY:
            found = [person for person in found if (person.pk, parties.get(name.code)) in had]
        if len(found) == 1:
            name.state, name.person = NameState.MATCHED, found[0]
    ReadName.objects.bulk_update(
        [name for name in waiting if not name.is_waiting], ["state", "person"], batch_size=_BATCH
    )


# --- By a person -------------------------------------------------------------------------------------------


@transaction.atomic
def name_is(name: ReadName, *, by: User, person: Person, at: datetime | None = None) -> ReadName:
    """Say that the name is the person's. Raises Conflict where it is answered already."""
    return _answer(waiting_row(name, by=by), NameState.SAME, by=by, at=at, person=person)


@transaction.atomic
def name_is_new(
    name: ReadName, *, by: User, given_name: str, family_name: str, at: datetime | None = None
) -> ReadName:
    """Take the person into the register, with the party from the first day on which the name is seen.

    Raises Conflict where the name is answered already; DomainError without both names, with an identity
    number in them, or while nobody has said which party the letters are.
    """
    row = waiting_row(name, by=by)
    person = _person(given_name, family_name)
    party = _party_of(row)
    person.save()
    _affiliate([(person, party, first_day(row))])
    return _answer(row, NameState.NEW, by=by, at=at, person=person)


@transaction.atomic
def name_is_left(name: ReadName, *, by: User, at: datetime | None = None) -> ReadName:
    """Leave the name out of the register: nobody's, or nobody whom it needs. Raises Conflict."""
    return _answer(waiting_row(name, by=by), NameState.LEFT, by=by, at=at, person=None)


@transaction.atomic
def names_are_new(*, by: User, at: datetime | None = None) -> int:
    """Take all into the register whose names are like nobody's; how many they were."""
    require(by, Permission.READ_PROTOCOLS)
    days = dict(unlike().values_list("pk", F("first")))
    locked = ReadName.objects.select_for_update().filter(pk__in=days, state=NameState.WAITING)
    rows = list(locked.order_by("pk"))
    people = Person.objects.bulk_create(_person(*parted(row.name)) for row in rows)
    parties = dict(ReadParty.objects.exclude(party=None).values_list("code", "party"))
    known = Party.objects.in_bulk()
    _affiliate(
        (person, known.get(parties.get(row.code, 0)), days[row.pk])
        for row, person in zip(rows, people, strict=True)
    )
    for row, person in zip(rows, people, strict=True):
        row.state, row.person = NameState.NEW, person
        row.answered_by, row.answered_at = by, at or timezone.now()
    ReadName.objects.bulk_update(rows, ["state", "person", "answered_by", "answered_at"], batch_size=_BATCH)
    match_names(ReadName.objects.filter(key__in={row.key for row in rows}, state=NameState.WAITING))
    return len(rows)


@transaction.atomic
def undo_name(name: ReadName, *, by: User) -> ReadName:
    """Have the name wait again. A person who came into the register by it leaves it.

    Raises Conflict where it waits already, and where that person is used elsewhere.
    """
    row = answered_row(name, by=by)
    was_new, person = row.state == NameState.NEW, row.person
    take_answer_back(row)
    if was_new and person:
        ReadName.objects.filter(person=person, state=NameState.MATCHED).update(
            state=NameState.WAITING, person=None
        )
        _remove(person)
    return row


def _answer(
    row: ReadName, state: NameState, *, by: User, at: datetime | None, person: Person | None
) -> ReadName:
    write_answer(row, state, person, by=by, at=at)
    if person:  # the same name without a party, or in a party of theirs, is plain now
        match_names(ReadName.objects.filter(key=row.key, state=NameState.WAITING))
    return row


def _person(given_name: str, family_name: str) -> Person:
    person = Person(given_name=" ".join(given_name.split()), family_name=" ".join(family_name.split()))
    refuse_identity_numbers(person.name)
    for field in ("given_name", "family_name"):
        if not getattr(person, field):
            raise DomainError(_("Skriv både förnamn och efternamn"), field=field)
    return person


def _party_of(row: ReadName) -> Party | None:
    """The party that the letters are; None without letters, or where somebody left them alone."""
    letters = ReadParty.objects.filter(code=row.code).select_related("party").first()
    if letters and letters.is_waiting:
        raise DomainError(
            _("Partiet %(code)s finns inte i registret") % {"code": row.code},
            instead=_("Säg först vilket parti det är, på sidan om personer i äldre protokoll."),
        )
    return letters.party if letters else None


def _affiliate(those: Iterable[tuple[Person, Party | None, date | None]]) -> None:
    PartyAffiliation.objects.bulk_create(
        PartyAffiliation(person=person, party=party, starts_on=day)
        for person, party, day in those
        if party and day
    )


def _remove(person: Person) -> None:
    try:
        person.delete()
    except ProtectedError as error:
        raise Conflict(
            _("%(name)s används redan på annat håll i registret") % {"name": person},
            instead=_("Rätta personen i administrationen i stället."),
        ) from error

"""The names of imported minutes: where they stand, who waits for an answer, and whom each may be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import (
    Count,
    Exists,
    F,
    FloatField,
    Func,
    Max,
    Min,
    OrderBy,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from motions.models import PartyAffiliation, Person
from protocols.enums import NameState
from protocols.models import ImportedMeeting, ImportedParagraph, Mention, ReadName, ReadParty
from protocols.reading.named import NO_PARTY

#: How many persons of the register are shown beside a name.
MOST_NEAR = 5
#: From here on two names may be one, misspelt (0 to 1, pg_trgm). Found by trying on names of several hundred.
ALIKE = 0.5
MOST_PLACES = 12


@dataclass(frozen=True)
class Near:
    """Somebody of the register whose name is near the one read; `parties` are all of the person's, by day."""

    person: Person
    parties: str


# --- Who is named ------------------------------------------------------------------------------------------


def named_in(paragraph: ImportedParagraph) -> list[Mention]:
    """Everybody whom the § names, in order, with who of the register that is."""
    return list(paragraph.mentions.select_related("name__person").order_by("pk"))


def named_there(meeting: ImportedMeeting) -> list[Mention]:
    """Everybody whom the front page and the lists of attendance name, in order; the same of each."""
    rows = meeting.mentions.filter(paragraph__isnull=True)
    return list(rows.select_related("name__person").order_by("pk"))


# --- Who waits ---------------------------------------------------------------------------------------------


def _current() -> QuerySet[Mention]:
    """Mentions in minutes of which no newer version is there."""
    return Mention.objects.filter(meeting__superseded_by__isnull=True)


def waiting() -> QuerySet[ReadName]:
    """The names that nobody is known by yet, those of the most meetings first.

    Each has `meetings` and `count`, of §§, and the `first` and `last` day.
    """
    return _told(ReadName.objects.filter(state=NameState.WAITING), "-meetings", "-count", "key", "code")


def answered() -> QuerySet[ReadName]:
    """The names that are somebody, or were left alone; the latest answers first, then the program's own."""
    rows = ReadName.objects.exclude(state=NameState.WAITING).select_related("person", "answered_by")
    return _told(rows, F("answered_at").desc(nulls_last=True), "key", "code")


def _told(names: QuerySet[ReadName], *order: str | OrderBy) -> QuerySet[ReadName]:
    current = Q(mentions__meeting__superseded_by__isnull=True)
    here = _current().filter(name=OuterRef("pk"))
    day = "mentions__meeting__held_on"
    told = names.filter(Exists(here)).annotate(
        count=Count("mentions__paragraph", filter=current),
        meetings=Count("mentions__meeting", filter=current, distinct=True),
        first=Min(day, filter=current),
        last=Max(day, filter=current),
        spellings=ArrayAgg("mentions__spelling", filter=current, distinct=True, default=[]),
    )
    return told.order_by(*order)


def waiting_parties() -> QuerySet[ReadParty]:
    """The letters that are no party of the register yet; each with `count`, the names that bear them."""
    bearers = ReadName.objects.filter(code=OuterRef("code")).order_by().values("code")
    count = Coalesce(Subquery(bearers.annotate(count=Count("pk")).values("count")), 0)
    return ReadParty.objects.filter(state=NameState.WAITING).annotate(count=count)


def answered_parties() -> list[ReadParty]:
    """The letters that somebody said something about."""
    rows = ReadParty.objects.exclude(state__in=[NameState.WAITING, NameState.MATCHED])
    return list(rows.select_related("party", "answered_by").order_by("-answered_at"))


def count_waiting() -> int:
    """How many names wait for an answer."""
    here = _current().filter(name=OuterRef("pk"))
    return ReadName.objects.filter(Exists(here), state=NameState.WAITING).count()


def after(name: ReadName) -> list[int]:
    """The ids of the other names that wait, those after this one first, then from the beginning."""
    pks = list(waiting().values_list("pk", flat=True))
    at = pks.index(name.pk) if name.pk in pks else len(pks)
    return pks[at + 1 :] + pks[:at]


def first_waiting(pks: Iterable[int]) -> ReadName | None:
    """The first of these names that still waits: an answer about one may be an answer about another."""
    still = ReadName.objects.filter(state=NameState.WAITING).in_bulk(list(pks))
    return next((still[pk] for pk in pks if pk in still), None)


def first_day(name: ReadName) -> date | None:
    """The first day on which the name is seen; None where no day is known."""
    day: date | None = _current().filter(name=name).aggregate(day=Min("meeting__held_on"))["day"]
    return day


def places(name: ReadName) -> list[Mention]:
    """The meetings and §§ that name them, the latest first, at most MOST_PLACES."""
    rows = _current().filter(name=name).select_related("paragraph", "meeting__source")
    rows = rows.defer("paragraph__facts", "paragraph__search", "meeting__facts", "meeting__source__text")
    day, turn = F("meeting__held_on").desc(nulls_last=True), F("paragraph__position").asc(nulls_first=True)
    return list(rows.order_by(day, "meeting", turn)[:MOST_PLACES])


# --- Whom they may be --------------------------------------------------------------------------------------


def near(name: ReadName, text: str = "") -> list[Near]:
    """The persons of the register with the most similar names; with a text, those whose name begins so."""
    if text.strip():
        people = Person.objects.named_like(text).order_by("sort_key")
    else:
        people = Person.objects.filter(search_name__trigram_similar=name.key)
        people = people.order_by(TrigramSimilarity("search_name", name.key).desc(), "sort_key")
    return with_parties(people[:MOST_NEAR])


def alike(name: ReadName) -> list[ReadName]:
    """The other names read that may be the same, misspelt or in another party; the most similar first."""
    rows = ReadName.objects.filter(key__trigram_similar=name.key).exclude(pk=name.pk)
    rows = rows.filter(Exists(_current().filter(name=OuterRef("pk")))).select_related("person")
    likeness = TrigramSimilarity("key", name.key)
    return list(rows.filter(GreaterThan(likeness, ALIKE)).order_by(likeness.desc(), "key")[:MOST_NEAR])


def with_parties(people: Iterable[Person]) -> list[Near]:
    """The persons with all their parties by day: "FP, L"."""
    those = list(people)
    rows = PartyAffiliation.objects.filter(person__in=those).select_related("party").order_by("starts_on")
    codes: dict[int, dict[str, None]] = {}
    for row in rows:
        codes.setdefault(row.person_id, {})[row.party.code] = None
    return [Near(person, ", ".join(codes.get(person.pk, ()))) for person in those]


def unlike() -> QuerySet[ReadName]:
    """The waiting names that are like nobody's, neither in the register nor among those read.

    Each has a given and a family name, and a party that is known, or none. They are found before they are
    counted: a name is compared once, not once a § that it stands in.
    """
    like = OuterRef("key")
    people = Person.objects.filter(search_name__trigram_similar=like)
    others = ReadName.objects.filter(key__trigram_similar=like).exclude(pk=OuterRef("pk"))
    others = others.exclude(key=like, code__in=NO_PARTY)  # themselves, named without a party elsewhere
    unknown = ReadParty.objects.filter(code=OuterRef("code"), state=NameState.WAITING)
    found = ReadName.objects.filter(
        ~Exists(people.filter(GreaterThan(_similarity("search_name"), ALIKE))),
        ~Exists(others.filter(GreaterThan(_similarity("key"), ALIKE))),
        ~Exists(unknown),
        state=NameState.WAITING,
    )
    return waiting().filter(pk__in=[name.pk for name in found if all(parted(name.name))])


def _similarity(field: str) -> Func:
    """How much the field is like the name outside, 0 to 1."""
    return Func(F(field), OuterRef("key"), function="SIMILARITY", output_field=FloatField())


def parted(name: str) -> tuple[str, str]:
    """Given and family name as one would guess: the first word, and the rest."""
    given, _blank, family = name.strip().partition(" ")
    return (given, family.strip()) if family else ("", given)

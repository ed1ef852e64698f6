"""Who served in which §§ of a meeting and for whom, and who came and went: what its cover and list tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from motions.enums import MembershipRole
from motions.models import Person
from protocols.enums import NonParticipationKind
from protocols.facts import ClauseSpanFact, MoveFact, PersonFact, ServiceFact, SpanFact
from protocols.models import Attendance, AttendanceMove, Meeting, NonParticipation, Service
from protocols.queries.facts import person_fact

#: (person, the member in whose place or None) → the numbers of the §§.
Served = dict[tuple[int, int | None], set[int]]


def service_spans(meeting: Meeting) -> list[ServiceFact]:
    """Everybody on the list with the §§ they served in and for whom, in the list's order (KL 5 kap. 66 §).

    In four queries. Only decided paragraphs count; one who did not serve at all has no spans.
    """
    numbers = dict(meeting.paragraphs.filter(decided_at__isnull=False).values_list("pk", "number"))
    everyone = {row.person_id: row for row in meeting.attendance.select_related("person", "party")}
    served: Served = {}
    for person, replaces, paragraph in Service.objects.filter(paragraph__in=numbers).values_list(
        "person", "replaces", "paragraph"
    ):
        served.setdefault((person, replaces), set()).add(numbers[paragraph] or 0)
    recused: dict[int, set[int]] = {}
    apart: dict[int, list[ClauseSpanFact]] = {}
    for row in NonParticipation.objects.filter(paragraph__in=numbers, kind=NonParticipationKind.RECUSAL):
        number = numbers[row.paragraph_id] or 0
        if row.clauses:
            _add_clauses(apart, row, number, everyone)
            continue
        recused.setdefault(row.person_id, set()).add(number)
        if row.substitute_id:
            served.setdefault((row.substitute_id, row.person_id), set()).add(number)
    for (person, _replaces), found in served.items():
        found.difference_update(recused.get(person, ()))
    return [
        replace(
            _service(row, served, recused.get(row.person_id, set()), everyone, count=len(numbers)),
            in_clauses=sorted(apart.get(row.person_id, []), key=lambda part: part.number),
        )
        for row in everyone.values()
    ]


def _add_clauses(
    apart: dict[int, list[ClauseSpanFact]],
    row: NonParticipation,
    number: int,
    everyone: dict[int, Attendance],
) -> None:
    apart.setdefault(row.person_id, []).append(ClauseSpanFact(number, tuple(row.clauses)))
    if row.substitute_id:
        seat = _named(everyone, row.person_id)
        apart.setdefault(row.substitute_id, []).append(ClauseSpanFact(number, tuple(row.clauses), seat))


def _service(
    row: Attendance, served: Served, recused: set[int], everyone: dict[int, Attendance], *, count: int
) -> ServiceFact:
    spans = [
        SpanFact(tuple(sorted(numbers)), _named(everyone, replaces) if replaces else None)
        for (person, replaces), numbers in served.items()
        if person == row.person_id and numbers
    ]
    spans.sort(key=lambda span: span.numbers[0])
    return ServiceFact(
        person=person_fact(row.person, row.party),
        role=MembershipRole(row.role),
        spans=spans,
        recused=sorted(recused),
        is_whole=len(spans) == 1 and len(spans[0].numbers) == count,
    )


def moves_of(meeting: Meeting) -> list[MoveFact]:
    """Who came, left, stepped in and gave a seat back while the meeting went on, in order; three queries."""
    everyone = {row.person_id: row for row in meeting.attendance.select_related("person", "party")}
    times = list(
        meeting.paragraphs.filter(taken_up_at__isnull=False)
        .order_by("number")
        .values_list("number", "taken_up_at", "decided_at")
    )
    return [
        MoveFact(
            _named(everyone, move.person_id),
            move.kind,
            move.at,
            _named(everyone, other) if (other := move.replaces_id or move.was_for_id) else None,
            during=_during(times, move.at),
            after=_after(times, move.at),
        )
        for move in AttendanceMove.objects.filter(meeting=meeting)
    ]


def _named(everyone: dict[int, Attendance], person: int) -> PersonFact:
    row = everyone.get(person)
    if row is None:  # nobody leaves the list, but the database does not forbid it
        return person_fact(Person.objects.get(pk=person), None)
    return person_fact(row.person, row.party)


Times = Sequence[tuple[int | None, datetime | None, datetime | None]]


def _during(times: Times, at: datetime) -> int | None:
    """The § that was taken up then and not decided."""
    found = (number for number, start, end in times if start and start <= at and (end is None or at < end))
    return next(found, None)


def _after(times: Times, at: datetime) -> int | None:
    """The § that was decided last before."""
    return max(((end, number) for number, _start, end in times if end and end <= at), default=(None, None))[1]

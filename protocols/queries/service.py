"""Who serves in a paragraph: those in the seats, now or at the gavel, with substitutes for the recused.

This is the one answer wherever service matters: proposals, votes, reservations, quorum, minority counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from motions.models import Party, Person
from protocols.enums import NonParticipationKind
from protocols.models import Attendance, Meeting, NonParticipation, Paragraph, Service
from protocols.queries.meetings import Presence

#: In place of a clause's number: the item with all its clauses, as a formal question is about it.
WHOLE = 0


@dataclass(frozen=True)
class Serving:
    """One who serves in a paragraph, with the party of the day and the member in whose place."""

    person: Person
    party: Party | None
    replaces: Person | None
    position: int

    def __str__(self) -> str:
        return f"{self.person.name} ({self.party.code})" if self.party else self.person.name


def serving_in(paragraph: Paragraph, *, clause: int | None = None) -> list[Serving]:
    """Who serves in the paragraph, in seat order: as recorded at the gavel, before it as things are now.

    The recused are not among them, their substitutes for the paragraph are (KL 5 kap. 47 §, 6 kap. 30 §).
    `clause` is the number of a clause of the decision: whoever is recused in that one alone is left out, too.
    """
    return _serving(_in_the_seats(paragraph), _stayed_out(paragraph, clause))


def acting_in(paragraph: Paragraph) -> list[Serving]:
    """Who may speak and propose in the paragraph: those who serve, be it in one clause alone."""
    found = {one.person.pk: one for one in serving_in(paragraph)}
    for row in _rows(paragraph):
        if row.clauses and row.substitute:
            stand_in = Serving(row.substitute, row.substitute_party, row.person, len(found))
            found.setdefault(row.substitute.pk, stand_in)
    return list(found.values())


def voters_in(paragraph: Paragraph, *, clause: int | None = None) -> list[Serving]:
    """Those of them who take part in the decision: not one who stays out of it (KL 4 kap. 25 §)."""
    stayed_out = _stayed_out(paragraph, clause)
    return _voters(_serving(_in_the_seats(paragraph), stayed_out), stayed_out)


def recusal_law(paragraph: Paragraph) -> str:
    """What rules jäv in the body: in fullmäktige it is narrower."""
    return "KL 5 kap. 47 §" if paragraph.body.is_assembly else "KL 6 kap. 30 §"


def law_of_staying_out(row: NonParticipation, paragraph: Paragraph) -> str:
    """What rules that somebody does not take part: jäv, or the right to abstain (KL 4 kap. 25 §)."""
    return recusal_law(paragraph) if row.kind == NonParticipationKind.RECUSAL else "KL 4 kap. 25 §"


def takes_part(paragraph: Paragraph, person: Person) -> bool:
    """Whether the person takes part in the paragraph's decision (KL 4 kap. 27 §)."""
    return any(one.person.pk == person.pk for one in voters_in(paragraph))


def voters_of_loaded(paragraph: Paragraph, rows: Sequence[Attendance]) -> list[Attendance]:
    """The rows of those who take part, of a paragraph whose service and stayed-out are loaded with it."""
    stayed_out = paragraph.non_participations.all()
    part = {seat.person_id for seat in _loaded_seats(paragraph, rows)}
    part |= {row.substitute_id for row in stayed_out if row.substitute_id}
    part -= {row.person_id for row in stayed_out if not row.clauses}
    return [row for row in rows if row.person_id in part]


def served_of_loaded(paragraph: Paragraph, rows: Sequence[Attendance]) -> list[Attendance]:
    """The rows of those who serve, though they may stay out of the decision; loaded as the former."""
    stayed_out = [row for row in paragraph.non_participations.all() if not row.clauses]
    part = {seat.person_id for seat in _loaded_seats(paragraph, rows)}
    part |= {row.substitute_id for row in stayed_out if row.substitute_id}
    part -= {row.person_id for row in stayed_out if row.kind == NonParticipationKind.RECUSAL}
    return [row for row in rows if row.person_id in part]


def presence_in(paragraph: Paragraph, rows: Iterable[Attendance], *, clause: int | None = None) -> Presence:
    """The quorum of the paragraph, or of one clause of its decision; `rows` are the meeting's attendance.

    In fullmäktige the recused do not break it (KL 5 kap. 46 §); a board or committee counts only those who
    may be there (KL 6 kap. 27 och 30 §§). One who stays out of the decision is present. Service and those who
    stay out are loaded with the paragraph, or asked for.
    """
    stayed_out = _about(paragraph.non_participations.all(), clause)
    return _presence(paragraph, _loaded_seats(paragraph, rows), stayed_out)


def lowest_presence(paragraph: Paragraph, rows: Iterable[Attendance]) -> Presence:
    """The same of that clause in which fewest take part."""
    apart = {number for row in paragraph.non_participations.all() for number in row.clauses}
    found = [presence_in(paragraph, rows, clause=clause) for clause in (None, *sorted(apart))]
    return min(found, key=lambda presence: presence.serving)


def served_by(
    meeting: Meeting, attendance: Mapping[int, Attendance], paragraphs: Iterable[Paragraph]
) -> dict[int, set[int]]:
    """The ids of the meeting's paragraphs in which each serves, by person as `attendance`; in two queries."""
    undecided = {paragraph.pk for paragraph in paragraphs if not paragraph.is_decided}
    found = {person: set(undecided if row.is_serving else ()) for person, row in attendance.items()}
    recorded = Service.objects.filter(paragraph__meeting=meeting, person__in=attendance)
    stepped_in = NonParticipation.objects.filter(paragraph__meeting=meeting, substitute__in=attendance)
    for person, paragraph in [
        *recorded.values_list("person_id", "paragraph_id"),
        *stepped_in.values_list("substitute_id", "paragraph_id"),
    ]:
        found[person].add(paragraph)
    return found


def _in_the_seats(paragraph: Paragraph) -> list[Attendance | Service]:
    """Who holds a seat, recused or not."""
    if paragraph.is_decided:
        return list(paragraph.service.select_related("person", "party", "replaces"))
    rows = paragraph.meeting.attendance.serving().select_related("person", "party", "replaces")
    return list(rows)


def _loaded_seats(paragraph: Paragraph, rows: Iterable[Attendance]) -> list[Attendance | Service]:
    return list(paragraph.service.all()) if paragraph.is_decided else [row for row in rows if row.is_serving]


def _stayed_out(paragraph: Paragraph, clause: int | None) -> list[NonParticipation]:
    return _about(_rows(paragraph), clause)


def _rows(paragraph: Paragraph) -> list[NonParticipation]:
    return list(
        paragraph.non_participations.select_related("person", "party", "substitute", "substitute_party")
    )


def _about(rows: Iterable[NonParticipation], clause: int | None) -> list[NonParticipation]:
    """What is noted for the whole paragraph, and for the one clause alone.

    Whoever is recused in one clause does not deal with the item as a whole either (KL 5:47, 6:30).
    """
    return [
        row
        for row in rows
        if not row.clauses
        or clause in row.clauses
        or (clause == WHOLE and row.kind == NonParticipationKind.RECUSAL)
    ]


def _serving(seats: Iterable[Attendance | Service], stayed_out: Iterable[NonParticipation]) -> list[Serving]:
    recused = {row.person_id: row for row in stayed_out if row.kind == NonParticipationKind.RECUSAL}
    found = [Serving(row.person, row.party, row.replaces, row.position) for row in seats]
    places = {one.person.pk: one.position for one in found}
    for row in recused.values():  # in the order noted: a substitute may be recused as well
        if row.substitute:
            position = places[row.substitute.pk] = places.get(row.person_id, 0)
            found.append(Serving(row.substitute, row.substitute_party, row.person, position))
    taking_part = [one for one in found if one.person.pk not in recused]
    return sorted(taking_part, key=lambda one: one.position)


def _voters(serving: Iterable[Serving], stayed_out: Iterable[NonParticipation]) -> list[Serving]:
    out = {row.person_id for row in stayed_out}
    return [one for one in serving if one.person.pk not in out]


def _presence(
    paragraph: Paragraph, seats: Iterable[Attendance | Service], stayed_out: Sequence[NonParticipation]
) -> Presence:
    present = {seat.person_id for seat in seats}
    if not paragraph.body.is_assembly:
        present |= {row.substitute_id for row in stayed_out if row.substitute_id}
        present -= {row.person_id for row in stayed_out if row.kind == NonParticipationKind.RECUSAL}
    return Presence(len(present), paragraph.body.seats, paragraph.body.quorum)

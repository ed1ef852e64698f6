"""The attendance list of a meeting: seats by party, who is absent, and who steps in for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from motions.enums import MembershipRole
from motions.models import Party, Person
from protocols.models import Attendance, Meeting
from protocols.queries.substitutes import Order


@dataclass(frozen=True)
class Seat:
    """A member's seat: who serves in it, and where it is empty who can step in, in the order set."""

    row: Attendance
    substitute: Attendance | None = None
    candidates: Sequence[Attendance] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nobody serves in it."""
        return not self.row.is_present and self.substitute is None


@dataclass(frozen=True)
class Substitute:
    """A substitute, with the member served for."""

    row: Attendance
    serves_for: Attendance | None = None


@dataclass
class Bench:
    """The seats and substitutes of one party (None: those without one), or of the whole body."""

    party: Party | None
    seats: list[Seat] = field(default_factory=list)
    substitutes: list[Substitute] = field(default_factory=list)

    @property
    def serving(self) -> int:
        """How many of the seats are served."""
        return sum(not seat.is_empty for seat in self.seats)


def attendance_list(meeting: Meeting) -> list[Attendance]:
    """Everybody on the list in seat order, in one query."""
    return list(meeting.attendance.select_related("person", "party", "replaces", "passed_over"))


def serving(rows: Sequence[Attendance]) -> list[Attendance]:
    """Those of the rows who serve."""
    return [row for row in rows if row.is_serving]


def present(rows: Sequence[Attendance]) -> list[Attendance]:
    """Those of the rows who are in the room, serving or not."""
    return [row for row in rows if row.is_present]


def likely_chairs(rows: Sequence[Attendance]) -> list[Attendance]:
    """Those of the presidium first, in their order: a vice chair leads in the chair's place."""
    presidium = list(MembershipRole.seated)[:3]
    return sorted(
        rows, key=lambda row: presidium.index(row.role) if row.role in presidium else len(presidium)
    )


def free_substitutes(rows: Sequence[Attendance], *, besides: Sequence[Attendance]) -> list[Attendance]:
    """The substitutes who do not serve, those in the room first."""
    taken = {row.person_id for row in besides}
    free = [row for row in rows if not (row.is_seated or row.is_serving or row.person_id in taken)]
    return sorted(free, key=lambda row: not row.is_present)


def seats(rows: Sequence[Attendance], order: Order) -> list[Seat]:
    """The members in seat order."""
    by_member = {row.replaces_id: row for row in rows if row.replaces_id}
    free = [row for row in rows if not row.is_seated and not row.replaces_id]
    found = []
    for row in rows:
        if row.is_seated:
            substitute = by_member.get(row.person_id)
            is_empty = substitute is None and not row.is_present
            found.append(Seat(row, substitute, order.candidates(row, free) if is_empty else ()))
    return found


def substitutes(rows: Sequence[Attendance]) -> list[Substitute]:
    """The substitutes in their order of stepping in (KL 5 kap. 18 §)."""
    members = {row.person_id: row for row in rows if row.is_seated}
    return [Substitute(row, members.get(row.replaces_id or 0)) for row in rows if not row.is_seated]


def benches(rows: Sequence[Attendance], order: Order) -> list[Bench]:
    """Seats and substitutes by party, in the parties' order; those without a party last."""
    parties = {row.party_id: row.party for row in rows}
    found = {party_id: Bench(party) for party_id, party in parties.items()}
    for seat in seats(rows, order):
        found[seat.row.party_id].seats.append(seat)
    for substitute in substitutes(rows):
        found[substitute.row.party_id].substitutes.append(substitute)
    return sorted(found.values(), key=_party_order)


def whole(rows: Sequence[Attendance], order: Order) -> Bench:
    """The body as one bench, in seat order, as at a roll call."""
    return Bench(None, seats(rows, order), substitutes(rows))


def changed(
    before: Sequence[Attendance], after: Sequence[Attendance], order: Order, *, focused: Person
) -> Bench:
    """The seats and substitutes that look otherwise than before, `focused` among them in any case.

    An empty seat changes with the substitutes who are free to step in.
    """
    was = {row.person_id: (row.is_present, row.replaces_id) for row in before}
    moved = {row.person_id for row in after if was.get(row.person_id) != (row.is_present, row.replaces_id)}
    moved |= {focused.pk}
    moved |= {was[pk][1] or pk for pk in moved if pk in was}
    found_seats = [seat for seat in seats(after, order) if seat.is_empty or seat.row.person_id in moved]
    found = [row for row in substitutes(after) if row.row.person_id in moved]
    return Bench(None, found_seats, found)


def _party_order(bench: Bench) -> tuple[bool, int, str]:
    if bench.party is None:
        return (True, 0, "")
    return (False, bench.party.position, bench.party.code)


def called(rows: Sequence[Attendance]) -> list[Attendance]:
    """Everybody in the order of a roll call: the members in seat order, then the substitutes."""
    return sorted(rows, key=lambda row: not row.is_seated)

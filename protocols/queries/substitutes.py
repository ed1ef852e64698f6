"""In which order substitutes step in for a member (KL 5 kap. 17 och 18 §§)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from motions.models import SubstituteOrder
from protocols.enums import NonParticipationKind
from protocols.models import Attendance, AttendanceMove, Meeting, NonParticipation, Paragraph
from protocols.wording.motion import decision_clauses


@dataclass(frozen=True)
class Order:
    """The order that is set: a party's own substitutes, those of the parties on its list, then the others.

    `begun` have served earlier in the meeting and go before all others (KL 5 kap. 18 §); in fullmäktige,
    where substitutes are elected with the party's list, before the others of their own party.
    """

    lists: Mapping[int, Sequence[int]] = field(default_factory=dict)
    begun: Collection[int] = ()
    is_assembly: bool = False

    def candidates(self, seat: Attendance, rows: Iterable[Attendance]) -> list[Attendance]:
        """The free substitutes for the seat: those in the room first, each group in the order."""
        free = [row for row in rows if not row.is_seated and not row.replaces_id]
        return sorted(free, key=lambda row: (not row.is_present, self._place(row, seat)))

    def passed_over(
        self, chosen: Attendance, seat: Attendance, rows: Iterable[Attendance]
    ) -> Attendance | None:
        """The substitute in the room who stands before the chosen one, None where there is none."""
        others = [row for row in rows if row.is_present and row.person_id != chosen.person_id]
        first = next(iter(self.candidates(seat, others)), None)
        return first if first and self._place(first, seat) < self._place(chosen, seat) else None

    def _place(self, row: Attendance, seat: Attendance) -> tuple[bool, int, bool, int, int]:
        rank = self._rank(row, seat)
        is_new = row.person_id not in self.begun
        goes_before = not is_new and (rank == 0 or not self.is_assembly)
        return (not goes_before, rank, is_new, row.position, row.pk)

    def _rank(self, row: Attendance, seat: Attendance) -> int:
        if row.party_id == seat.party_id:
            return 0
        then = self.lists.get(seat.party_id or 0, ())
        return 1 + (then.index(row.party_id) if row.party_id in then else len(then))


def order_of(meeting: Meeting) -> Order:
    """The order for a meeting as it is now, in two queries."""
    lists: dict[int, list[int]] = {}
    for party, then in SubstituteOrder.objects.values_list("party", "then"):
        lists.setdefault(party, []).append(then)
    begun = AttendanceMove.objects.filter(meeting=meeting, was_for__isnull=False)
    return Order(lists, set(begun.values_list("person", flat=True)), meeting.body.is_assembly)


@dataclass(frozen=True)
class RecusalRow:
    """Somebody who stays out of a paragraph, and who can step in for it: only for a recused one."""

    noted: NonParticipation
    candidates: Sequence[Attendance] = ()

    @property
    def part(self) -> str:
        """The clauses of the decision that it is about alone, '' for the whole paragraph."""
        return decision_clauses(self.noted.clauses) if self.noted.clauses else ""


def recusal_rows(paragraph: Paragraph, rows: Sequence[Attendance], order: Order) -> list[RecusalRow]:
    """Everybody who stays out of a paragraph whose rows are loaded with it, in the order noted."""
    stayed_out = list(paragraph.non_participations.all())
    taken = {one.substitute_id for one in stayed_out} | {one.person_id for one in stayed_out}
    free = [row for row in rows if row.person_id not in taken]
    seats = {row.person_id: row for row in rows}
    return [
        RecusalRow(
            one,
            order.candidates(seats[one.person_id], free)
            if one.kind == NonParticipationKind.RECUSAL and one.substitute is None and one.person_id in seats
            else (),
        )
        for one in stayed_out
    ]

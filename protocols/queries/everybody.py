"""An open meeting as the page of each who attends it shows it, read once for all of them.

What `queries.my_meeting` reads for one person is read here for the whole list, in as many queries as for one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from motions.models import Person
from protocols.enums import MeetingState, ParagraphState
from protocols.models import (
    Attendance,
    Meeting,
    MinutesNote,
    NonParticipation,
    Paragraph,
    Reservation,
    Service,
)
from protocols.queries.agenda import AgendaItem, agenda_items
from protocols.queries.fate import fates_of_proposals
from protocols.queries.my_meeting import MyMeeting, MyPage, my_items, now_of, reservants


@dataclass(frozen=True)
class Everybody:
    """All that the pages of those on the list show of this meeting.

    Rows are by person and then by paragraph. `occupied`: those whose page shows more than this meeting
    (another one that goes on, a reservation to write or minutes to verify) and is to be asked for by itself.
    """

    meeting: Meeting
    today: date
    items: Sequence[AgendaItem]
    attendance: Mapping[int, Attendance]
    serves: Mapping[int, set[int]]
    stayed_out: Mapping[int, Mapping[int, str]]
    reservations: Mapping[int, Mapping[int, Reservation]]
    notes: Mapping[int, Mapping[int, MinutesNote]]
    fates: Mapping[int, str]
    occupied: frozenset[int]

    def likeness(self, person: int) -> Hashable:
        """The same for two whose pages differ in nothing but the name."""
        row = self.attendance.get(person)
        return (
            row and (row.is_present, row.is_seated, row.is_serving, row.replaces_id),
            person in self.occupied,
            frozenset(self.serves.get(person, ())),
            frozenset(self.stayed_out.get(person, {}).items()),
            frozenset(found.pk for found in self.reservations.get(person, {}).values()),
            frozenset(found.pk for found in self.notes.get(person, {}).values()),
            self.fates.get(person, ""),
        )

    def page(self, person: int) -> MyPage | None:
        """The person's page; None where this is not all of it, or the person is not on the list."""
        attendance = self.attendance.get(person)
        if attendance is None or person in self.occupied or not self.meeting.is_open:
            return None
        items = my_items(
            self.items,
            attendance,
            serves=self.serves.get(person, set()),
            stayed_out=self.stayed_out.get(person, {}),
            reservations=self.reservations.get(person, {}),
            notes=self.notes.get(person, {}),
        )
        shown = MyMeeting(self.meeting, attendance, items, self.fates.get(person, ""))
        return MyPage(attendance.person, self.today, [self.meeting], shown, None, [], [])


def read_everybody(meeting: Meeting, *, today: date) -> Everybody:
    """The meeting as it is now; what the caller has of it may be older."""
    meeting = Meeting.objects.select_related("body").get(pk=meeting.pk)
    rows = meeting.attendance.select_related("person", "party", "replaces")
    attendance = {row.person_id: row for row in rows}
    items = agenda_items(meeting.paragraphs.all(), with_history=False)
    return Everybody(
        meeting,
        today,
        items,
        attendance,
        _serves(meeting, attendance, [item.paragraph for item in items]),
        _stayed_out(meeting),
        _reservations(meeting),
        _notes(meeting),
        _fates(items, [row.person for row in attendance.values()]),
        _occupied(meeting, set(attendance)),
    )


def _serves(
    meeting: Meeting, attendance: Mapping[int, Attendance], paragraphs: Sequence[Paragraph]
) -> dict[int, set[int]]:
    """As `queries.service.served_by` says it of one person."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    recorded = Service.objects.filter(paragraph__meeting=meeting).values_list("person_id", "paragraph_id")
    stepped_in = NonParticipation.objects.filter(paragraph__meeting=meeting, substitute__isnull=False)
    for person, paragraph in [*recorded, *stepped_in.values_list("substitute_id", "paragraph_id")]:
        if person is not None:
            found[person].add(paragraph)
    undecided = {paragraph.pk for paragraph in paragraphs if not paragraph.is_decided}
    for person, row in attendance.items():
        if row.is_serving:
            found[person] |= undecided
    return found


def _stayed_out(meeting: Meeting) -> dict[int, dict[int, str]]:
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    rows = NonParticipation.objects.filter(paragraph__meeting=meeting)
    for person, paragraph, kind in rows.values_list("person_id", "paragraph_id", "kind"):
        found[person][paragraph] = kind
    return found


def _reservations(meeting: Meeting) -> dict[int, dict[int, Reservation]]:
    found: defaultdict[int, dict[int, Reservation]] = defaultdict(dict)
    for row in Reservation.objects.filter(paragraph__meeting=meeting).prefetch_related(reservants()):
        for part in row.person_rows.all():
            found[part.person_id][row.paragraph_id] = row
    return found


def _notes(meeting: Meeting) -> dict[int, dict[int, MinutesNote]]:
    found: defaultdict[int, dict[int, MinutesNote]] = defaultdict(dict)
    for row in MinutesNote.objects.filter(paragraph__meeting=meeting):
        found[row.person_id][row.paragraph_id] = row
    return found


def _fates(items: Sequence[AgendaItem], persons: Sequence[Person]) -> dict[int, str]:
    paragraph = now_of(items)
    return fates_of_proposals(paragraph, persons) if paragraph and paragraph.is_decided else {}


def _occupied(meeting: Meeting, persons: set[int]) -> frozenset[int]:
    """Rather one too many than one too few: their pages only ask for themselves."""
    elsewhere = Attendance.objects.filter(meeting__state=MeetingState.OPEN).exclude(meeting=meeting)
    to_write = Reservation.objects.exclude(paragraph__meeting=meeting)
    to_write = to_write.exclude(paragraph__state=ParagraphState.VERIFIED)
    decided = Paragraph.objects.filter(
        Q(meeting__state=MeetingState.CLOSED) | Q(is_immediate=True), state=ParagraphState.DECIDED
    )
    to_verify = Meeting.objects.filter(paragraphs__in=decided)
    found = {
        *elsewhere.values_list("person_id", flat=True),
        *to_write.values_list("persons", flat=True),
        *to_verify.values_list("chair", flat=True),
        *to_verify.values_list("verifiers", flat=True),
    }
    return frozenset(found & persons)

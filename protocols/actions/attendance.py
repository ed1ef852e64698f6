"""Who is present and who serves for whom, from the roll call to the end of the meeting.

Before the meeting is opened the list is only set. While it goes on each change is a move with its time; after
it, until the minutes are verified, a change corrects what was recorded from a time on (KL 5 kap. 66 §).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.models import Person, User
from protocols.actions.locking import lock_meeting, refuse_settled
from protocols.actions.service import serve_since
from protocols.enums import MoveKind
from protocols.models import Attendance, AttendanceMove, Meeting
from protocols.queries.substitutes import order_of
from protocols.wording.service import clock


@transaction.atomic
def set_present(
    meeting: Meeting, *, by: User, person: Person, is_present: bool, at: datetime | None = None
) -> Attendance:
    """Note somebody as present or absent; a returning member takes the seat back (KL 5 kap. 19 §).

    The substitute who served stays in the room, but serves no more. `at` is when, between the opening and
    now: while the meeting goes on now where not told, after it from the opening on.
    Raises DomainError (KL 5 kap. 20 §) for a member of fullmäktige who left and would serve again that day.
    """
    meeting = lock_meeting(meeting, by=by)
    row = _row(meeting, person)
    if row.is_present == is_present:
        return row
    moment = _moment(meeting, at)
    seats = [row.replaces_id or person.pk]
    if is_present and row.is_seated:
        _refuse_second_service(meeting, row, moment)
    move = _move(meeting, row, by=by, at=moment, is_present=is_present)
    if is_present and row.is_seated:
        for other in meeting.attendance.select_related("person").filter(replaces=person):
            _move(meeting, other, by=by, at=moment, is_present=True, because=move)
    serve_since(meeting, seats, moment)
    return row


@transaction.atomic
def serve_for(
    meeting: Meeting, *, by: User, substitute: Person, member: Person, at: datetime | None = None
) -> Attendance:
    """Let a substitute serve in an absent member's place (KL 5 kap. 17 §).

    Whoever is in the room and stands before in the order is remembered as passed over (KL 5 kap. 18 §).
    """
    meeting = lock_meeting(meeting, by=by)
    row, seat = _row(meeting, substitute), _row(meeting, member)
    if row.is_seated:
        raise DomainError(_("%(name)s är inte ersättare") % {"name": substitute.name}, field="substitute")
    if not seat.is_seated or seat.is_present:
        raise DomainError(
            _("%(name)s är närvarande, så ingen ersättare träder in") % {"name": member.name},
            law="KL 5 kap. 17 §",
            instead=_("Anteckna först ledamoten som frånvarande."),
            field="substitute",
        )
    if meeting.attendance.filter(replaces=member).exclude(person=substitute).exists():
        raise DomainError(_("Platsen har redan en tjänstgörande ersättare"), field="substitute")
    if row.replaces_id == member.pk:
        return row
    rows = list(meeting.attendance.select_related("person"))
    passed_over = order_of(meeting).passed_over(row, seat, rows)
    _step_in(meeting, row, seat, by=by, at=at, passed_over=passed_over)
    return row


@transaction.atomic
def note_move(
    meeting: Meeting,
    *,
    by: User,
    person: Person,
    is_present: bool,
    at: time | None = None,
    substitute: Person | None = None,
) -> Attendance:
    """Note that somebody came or left at a time of the clock, and who stepped in at the same time.

    Raises DomainError for what is noted already, and for a substitute where nobody leaves a seat.
    """
    meeting = lock_meeting(meeting, by=by)
    moment = _on_the_day(meeting, at) if at else None
    row = _row(meeting, person)
    if row.is_present == is_present:
        state = _("närvarande") if is_present else _("frånvarande")
        raise DomainError(
            _("%(name)s är redan antecknad som %(state)s") % {"name": person.name, "state": state},
            field="person",
        )
    if substitute and (is_present or not (row.is_seated or row.replaces_id)):
        raise DomainError(
            _("En ersättare träder in när en ledamot lämnar sin plats"),
            law="KL 5 kap. 17 §",
            instead=_("Lämna ersättaren tom."),
            field="substitute",
        )
    member = row.replaces or person
    row = set_present(meeting, by=by, person=person, is_present=is_present, at=moment)
    if substitute:
        serve_for(meeting, by=by, substitute=substitute, member=member, at=moment)
    return row


@transaction.atomic
def fill_seats(meeting: Meeting, *, by: User, at: datetime | None = None) -> list[Attendance]:
    """Let the substitutes who are in the room step in for the absent, in their order (KL 5 kap. 18 §)."""
    meeting = lock_meeting(meeting, by=by)
    refuse_settled(meeting)
    rows = list(meeting.attendance.select_for_update(of=("self",)).select_related("person"))
    order, filled = order_of(meeting), []
    for seat in rows:
        taken = any(row.replaces_id == seat.person_id for row in rows)
        if not seat.is_seated or seat.is_present or taken:
            continue
        free = [row for row in order.candidates(seat, rows) if row.is_present]
        if free:
            _step_in(meeting, free[0], seat, by=by, at=at)
            filled.append(free[0])
    if not filled:
        raise DomainError(
            _("Det finns ingen ledig ersättare på plats, eller ingen tom plats"),
            law="KL 5 kap. 17 §",
            instead=_("Anteckna först vilka ersättare som är här."),
        )
    return filled


@transaction.atomic
def call_roll(
    meeting: Meeting, *, by: User, present: Collection[int], called: Iterable[int], at: datetime | None = None
) -> int:
    """Note a roll call: of those `called` (ids) exactly `present` are here. Returns how many changed."""
    meeting = lock_meeting(meeting, by=by)
    refuse_settled(meeting)
    asked = set(called)
    changed = [
        row
        for row in meeting.attendance.select_related("person")
        if row.person_id in asked and row.is_present != (row.person_id in present)
    ]
    for row in changed:
        set_present(meeting, by=by, person=row.person, is_present=not row.is_present, at=at)
    return len(changed)


@transaction.atomic
def take_back_move(move: AttendanceMove, *, by: User) -> Meeting:
    """Take the latest move back, with those that it brought about. Raises Conflict for an earlier one."""
    meeting = lock_meeting(move.meeting, by=by)
    refuse_settled(meeting)
    latest = meeting.moves.filter(because=None).order_by("-noted_at", "-pk").first()
    if latest is None or latest.pk != move.pk:
        raise Conflict(
            _("Bara den senaste anteckningen kan tas tillbaka"),
            instead=_("Ta tillbaka dem en i taget, den senaste först."),
        )
    moves = [*latest.led_to.all(), latest]
    rows = {row.person_id: row for row in meeting.attendance.filter(person__in=[m.person_id for m in moves])}
    seats = {pk for m in moves for pk in (m.person_id, m.replaces_id, m.was_for_id) if pk}
    for one in reversed(moves):  # the cause first: its seat is empty again before somebody gets it back
        row = rows[one.person_id]
        row.is_present, row.replaces_id, row.passed_over = one.was_present, one.was_for_id, None
        row.save(update_fields=["is_present", "replaces", "passed_over"])
    latest.delete()
    serve_since(meeting, seats, latest.at)
    return meeting


def _step_in(
    meeting: Meeting,
    row: Attendance,
    seat: Attendance,
    *,
    by: User,
    at: datetime | None,
    passed_over: Attendance | None = None,
) -> None:
    moment = _moment(meeting, at)
    left = row.replaces_id
    _move(meeting, row, by=by, at=moment, is_present=True, replaces=seat.person, passed_over=passed_over)
    serve_since(meeting, [*([left] if left else []), seat.person_id], moment)


def _move(
    meeting: Meeting,
    row: Attendance,
    *,
    by: User,
    at: datetime,
    is_present: bool,
    replaces: Person | None = None,
    passed_over: Attendance | None = None,
    because: AttendanceMove | None = None,
) -> AttendanceMove | None:
    """Change the row; once the meeting has been opened, as a move with its time."""
    move = AttendanceMove(
        meeting=meeting,
        person_id=row.person_id,
        at=at,
        is_present=is_present,
        replaces=replaces,
        was_present=row.is_present,
        was_for_id=row.replaces_id,
        because=because,
        noted_by=by,
    )
    row.is_present, row.replaces = is_present, replaces
    row.passed_over = passed_over.person if passed_over else None
    row.save(update_fields=["is_present", "replaces", "passed_over"])
    if meeting.is_planned:
        return None
    _refuse_disorder(meeting, move, row)
    move.save()
    return move


def _on_the_day(meeting: Meeting, at: time) -> datetime:
    """The time of the clock in the meeting: past midnight where it lies before the opening and can be so."""
    opened = timezone.localtime(meeting.opened_at)
    moment = opened.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    if moment >= opened.replace(second=0, microsecond=0):
        return max(moment, opened)  # the minute of the opening
    next_day = moment + timedelta(days=1)
    return next_day if next_day <= (meeting.closed_at or timezone.now()) else moment


def _moment(meeting: Meeting, at: datetime | None) -> datetime:
    """When it happened. Raises DomainError for a time outside the meeting."""
    now = timezone.now()
    if meeting.opened_at is None:
        return now
    moment = at or (meeting.opened_at if meeting.is_closed else now)
    latest = meeting.closed_at or now
    if not meeting.opened_at <= moment <= latest:
        raise DomainError(
            _("Klockslaget ligger utanför sammanträdet, som öppnades %(opened)s")
            % {"opened": clock(meeting.opened_at)}
            if moment < meeting.opened_at
            else _("Klockslaget ligger efter %(latest)s") % {"latest": clock(latest)},
            law="KL 5 kap. 66 §",
            instead=_("Ange ett klockslag mellan %(opened)s och %(latest)s.")
            % {"opened": clock(meeting.opened_at), "latest": clock(latest)},
            field="at",
        )
    return moment


def _refuse_disorder(meeting: Meeting, move: AttendanceMove, row: Attendance) -> None:
    """A person's moves come in the order of the clock."""
    later = meeting.moves.filter(person=move.person_id, at__gt=move.at).order_by("-at").first()
    if later:
        raise Conflict(
            _("%(name)s är antecknad %(at)s, efter det klockslaget")
            % {"name": row.person.name, "at": clock(later.at)},
            instead=_("Ange ett senare klockslag, eller ta först tillbaka den anteckningen."),
            field="at",
        )


def _refuse_second_service(meeting: Meeting, row: Attendance, at: datetime) -> None:
    if not meeting.body.is_assembly:
        return
    moves = meeting.moves.filter(person=row.person_id, at__lte=at)
    left = next((move for move in moves if move.kind == MoveKind.LEFT), None)
    if left:
        raise DomainError(
            _("%(name)s lämnade %(at)s och får inte tjänstgöra igen i dag")
            % {"name": row.person.name, "at": clock(left.at)},
            law="KL 5 kap. 20 §",
            instead=_("Ta tillbaka anteckningen i listan om den gjordes av misstag."),
            field="person",
        )


def _row(meeting: Meeting, person: Person) -> Attendance:
    refuse_settled(meeting)
    rows = meeting.attendance.select_for_update(of=("self",)).select_related("person", "replaces")
    row = rows.filter(person=person).first()
    if row is None:
        raise DomainError(_("%(name)s hör inte till organet den dagen") % {"name": person.name})
    return row

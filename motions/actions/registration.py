"""Receiving, registering and correcting motions: the registrar's acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.actions.documents import add_document
from motions.actions.events import check, lock, record
from motions.actions.numbering import take_motion_number, take_registry_number
from motions.enums import BodyKind, ClockStart, DocumentKind, EventKind, Stage
from motions.errors import Conflict, DomainError
from motions.identity_numbers import refuse_identity_numbers
from motions.models import Clause, Membership, Motion, MotionEvent, MotionMover, Organisation, Person, User
from motions.permissions import Permission, require
from motions.queries.people import mover_roles
from motions.texts import clean, plain


@transaction.atomic
def receive_motion(
    *,
    by: User,
    title: str,
    handed_in_on: date,
    movers: Sequence[Person],
    clauses: Sequence[str],
    text: str = "",
    signed_motion: UploadedFile[bytes] | None = None,
    at: datetime | None = None,
) -> Motion:
    """Enter a motion as handed in (public from now on, TF 2 kap. 9 §), before it has its numbers.

    Raises DomainError for a mover who is no member of fullmäktige that day (KL 5 kap. 22 §).
    """
    require(by, Permission.REGISTER_MOTION)
    check_movers(movers, handed_in_on)
    moment = at or timezone.now()
    motion = Motion(
        title=title.strip(),
        text=clean(text),
        handed_in_on=handed_in_on,
        due_on=a_year_after(handed_in_on),
        stage=Stage.HANDED_IN,
        created_at=moment,
    )
    refuse_identity_numbers(motion.title, "title")
    refuse_identity_numbers(plain(motion.text), "text")
    motion.full_clean(validate_constraints=False)
    motion.save()
    MotionEvent.objects.create(
        motion=motion, kind=EventKind.RECEIVED, happened_on=handed_in_on, recorded_at=moment, by=by
    )
    _set_movers(motion, movers)
    _set_clauses(motion, clauses)
    if signed_motion is not None:
        add_document(
            motion,
            by=by,
            kind=DocumentKind.SIGNED_MOTION,
            title=_("Motion: %(title)s") % {"title": motion.title[:180]},
            file=signed_motion,
            received_on=handed_in_on,
            at=moment,
        )
    return motion


@transaction.atomic
def register_motion(
    motion: Motion, *, by: User, on: date, registry_number: str = "", at: datetime | None = None
) -> Motion:
    """Give a received motion its number and registry number (a typed one where it already has one).

    Raises DomainError for a registry number that is taken, Conflict for a motion already registered.
    """
    require(by, Permission.REGISTER_MOTION)
    motion = lock(motion)
    check(motion, EventKind.REGISTERED)
    organisation = Organisation.objects.get()
    typed = registry_number.strip()
    if typed and Motion.objects.filter(registry_number=typed).exists():
        raise DomainError(
            _("Diarienumret %(number)s är redan taget") % {"number": typed},
            instead=_("Lämna fältet tomt så ges nästa nummer."),
            field="registry_number",
        )
    number = take_motion_number(organisation, on.year)
    record(
        motion,
        EventKind.REGISTERED,
        by=by,
        happened_on=on,
        facts={"number": number},
        changes={
            "number": number,
            "registry_number": typed or take_registry_number(organisation, on.year),
        },
        at=at,
    )
    return motion


@transaction.atomic
def receive_and_register(
    *,
    by: User,
    title: str,
    handed_in_on: date,
    movers: Sequence[Person],
    clauses: Sequence[str],
    text: str,
    signed_motion: UploadedFile[bytes] | None,
    on: date,
    registry_number: str = "",
) -> Motion:
    """Enter a motion and give it its numbers in one stroke: where one of them is refused, nothing is left."""
    motion = receive_motion(
        by=by,
        title=title,
        handed_in_on=handed_in_on,
        movers=movers,
        clauses=clauses,
        text=text,
        signed_motion=signed_motion,
    )
    return register_motion(motion, by=by, on=on, registry_number=registry_number)


@transaction.atomic
def correct_motion(
    motion: Motion,
    *,
    by: User,
    on: date,
    title: str,
    text: str,
    movers: Sequence[Person],
    clauses: Sequence[str],
    seen: int | None = None,
) -> Motion:
    """Correct what was registered; the att-satser stand from the remittal on.

    `seen` is how many corrections the person has read (`corrections`): Conflict where there are more.
    """
    require(by, Permission.REGISTER_MOTION)
    motion = lock(motion)
    check(motion, EventKind.CORRECTED)
    _refuse_unseen(motion, seen)
    check_movers(movers, motion.handed_in_on)
    before = {"title": motion.title}
    motion.title, motion.text = title.strip(), clean(text)
    refuse_identity_numbers(motion.title, "title")
    refuse_identity_numbers(plain(motion.text), "text")
    motion.full_clean(validate_constraints=False)
    if motion.clauses_locked and list(clauses) != [clause.text for clause in motion.clauses.all()]:
        raise Conflict(
            _("Motionen är remitterad, och dess att-satser kan inte längre ändras"),
            instead=_("Motionärerna kan återta motionen och lämna in en ny."),
            field="clauses",
        )
    motion.mover_rows.all().delete()
    _set_movers(motion, movers)
    if not motion.clauses_locked:
        motion.clauses.all().delete()
        _set_clauses(motion, clauses)
    record(
        motion,
        EventKind.CORRECTED,
        by=by,
        happened_on=on,
        facts={"before": before},
        changes={"title": motion.title, "text": motion.text},
    )
    return motion


def corrections(motion: Motion) -> int:
    """How many times the motion was corrected."""
    return motion.events.filter(kind=EventKind.CORRECTED).count()


def _refuse_unseen(motion: Motion, seen: int | None) -> None:
    if seen is None or seen == corrections(motion):
        return
    latest = motion.events.filter(kind=EventKind.CORRECTED).select_related("by").last()
    name = latest.by.name if latest and latest.by else _("Någon annan")
    raise Conflict(
        _("%(name)s har rättat uppgifterna medan du skrev") % {"name": name},
        instead=_(
            "Läs motionen som den är nu i ett nytt fönster. Spara sedan igen om det är ditt som ska gälla."
        ),
    )


def check_movers(movers: Sequence[Person], day: date) -> None:
    """Raise DomainError, naming the person, for a mover without the right to raise a motion on the day."""
    if not movers:
        raise DomainError(
            _("Ange minst en motionär"),
            law="KL 5 kap. 22 §",
            instead=_("En motion väcks av en ledamot, aldrig av ett parti."),
            field="movers",
        )
    entitled = set(
        Membership.objects.on(day)
        .filter(body__kind=BodyKind.ASSEMBLY, role__in=mover_roles(), person__in=movers)
        .values_list("person_id", flat=True)
    )
    outsiders = [person.name for person in movers if person.pk not in entitled]
    if outsiders:
        raise DomainError(
            _("%(names)s var inte ledamot i fullmäktige den %(day)s och får inte väcka motion")
            % {"names": ", ".join(outsiders), "day": day.isoformat()},
            law="KL 5 kap. 22 §",
            instead=_("Ta bort namnet, eller rätta inlämningsdagen."),
            field="movers",
        )


def clock_start(motion: Motion, organisation: Organisation) -> date:
    """The day from which the motion's year runs, by the organisation's rules."""
    if organisation.clock_start == ClockStart.RAISED and motion.raised_on:
        return motion.raised_on
    return motion.handed_in_on


def a_year_after(day: date) -> date:
    """The last day of the year of KL 5 kap. 35 §; 29 February ends on 28 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _set_movers(motion: Motion, movers: Sequence[Person]) -> None:
    MotionMover.objects.bulk_create(
        MotionMover(
            motion=motion, person=person, party=person.party_on(motion.handed_in_on), position=position
        )
        for position, person in enumerate(dict.fromkeys(movers), start=1)
    )


def _set_clauses(motion: Motion, clauses: Sequence[str]) -> None:
    texts = [text.strip() for text in clauses if text.strip()]
    if not texts:
        raise DomainError(
            _("Skriv minst en att-sats"),
            law="KL 5 kap. 23 §",
            instead=_("Fullmäktige beslutar om varje att-sats för sig."),
            field="clauses",
        )
    rows = [
        Clause(motion=motion, position=position, text=text) for position, text in enumerate(texts, start=1)
    ]
    for clause in rows:
        refuse_identity_numbers(clause.text, "clauses")
        clause.full_clean(exclude=["motion"], validate_constraints=False)
    Clause.objects.bulk_create(rows)

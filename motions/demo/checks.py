"""Finds what does not hold together in the demo region, before any of it reaches a database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import ceil

from motions.demo.data import REFERENCE_DAY, Region
from motions.demo.history import events_of
from motions.demo.shapes import Body, Item, Meeting, Motion, Preparation
from motions.enums import WrittenSection
from motions.workflow import stage_of

_STATES = ("planned", "open", "closed")
_VERIFICATION_DAYS = 14


def find_problems(region: Region) -> list[str]:
    """Every contradiction as a sentence; an empty list where the story holds together."""
    problems = [*_people(region), *_bodies(region), *_registry_numbers(region)]
    for motion in region.motions:
        problems += [f"{motion.key}: {problem}" for problem in _motion(region, motion)]
    for meeting in region.meetings:
        problems += [f"{meeting.key}: {problem}" for problem in _meeting(region, meeting)]
        for place, item in enumerate(meeting.items, start=1):
            found = [*_item(region, meeting, item), *_persons_of_item(region, meeting, item)]
            problems += [f"{meeting.key}, item {place}: {problem}" for problem in found]
    return problems


def serving(region: Region, meeting: Meeting, item: Item | None = None) -> set[str]:
    """Those who take part in the decisions when the item is dealt with (None: from the beginning).

    Members present and substitutes in their places, besides those who serve for one item alone.
    """
    places = meeting.items[: meeting.items.index(item) + 1] if item else ()
    absences = [*meeting.absences, *(absence for one in places for absence in one.leaving)]
    absent = {absence.member for absence in absences}
    substitutes = {absence.substitute for absence in absences if absence.substitute}
    return set(region.body(meeting.body).all_members) - absent | substitutes


def written_texts(region: Region) -> Iterator[tuple[str, str]]:
    """Every piece of written HTML with the place it stands at."""
    for motion in region.motions:
        for kind in WrittenSection.values if motion.preparation else ():
            yield f"{motion.key}.{kind}", getattr(motion.preparation, kind)
    for meeting in region.meetings:
        for place, item in enumerate(meeting.items, start=1):
            where = f"{meeting.key}, item {place}"
            yield from ((f"{where}, {kind}", html) for kind, html in item.sections.items())
            yield from ((f"{where}, reservation", one.html) for one in item.reservations)
            yield from ((f"{where}, note", note.html) for note in item.notes)


def _people(region: Region) -> Iterator[str]:
    names = [*region.persons, *(official.name for official in region.officials)]
    yield from (f"{name} is there twice" for name, count in Counter(names).items() if count > 1)
    yield from (f"the login {one.email} is nobody's" for one in region.logins if one.name not in names)
    codes = {party.code for party in region.parties}
    for change in region.party_changes:
        if change.person not in region.persons or not {change.old, change.new} <= codes:
            yield f"the change of party of {change.person} names somebody or something unknown"


def _bodies(region: Region) -> Iterator[str]:
    codes = {party.code for party in region.parties}
    for body in region.bodies:
        if len(body.all_members) != body.seats:
            yield f"{body.key}: {len(body.all_members)} members for {body.seats} seats"
        if not {*body.members, *body.substitutes} <= codes:
            yield f"{body.key}: an unknown party"
        yield from _members_of(region, body)
        presidium = {
            body.presidium.chair,
            body.presidium.first_vice_chair,
            body.presidium.second_vice_chair,
        }
        if len(presidium) != 3 or not presidium <= set(body.all_members):
            yield f"{body.key}: the presidium is not three of its members"


def _members_of(region: Region, body: Body) -> Iterator[str]:
    for lists in (body.members, body.substitutes):
        for code, names in lists.items():
            elected = (*region.assembly.members[code], *region.assembly.substitutes[code])
            strangers = [name for name in names if name not in elected]
            yield from (f"{body.key}: {name} was not elected for {code}" for name in strangers)
    yield from (f"{body.key}: {name} sits twice" for name in body.all_members if name in body.all_substitutes)


def _registry_numbers(region: Region) -> Iterator[str]:
    typed = [motion.registry_number for motion in region.motions]
    typed += [item.registry_number for meeting in region.meetings for item in meeting.items]
    counts = Counter(number for number in typed if number is not None)
    yield from (f"registry number {number} is taken twice" for number, count in counts.items() if count > 1)


def _motion(region: Region, motion: Motion) -> Iterator[str]:
    strangers = set(motion.movers) - set(region.assembly.all_members)
    if strangers or not motion.movers:
        yield f"not moved by members of fullmäktige: {sorted(strangers)}"
    if not motion.clauses or any(text.startswith("att ") or text[-1] in ".,;" for text in motion.clauses):
        yield "att-satser are written without att and stop"
    if (motion.registered_on is None) != (motion.registry_number is None):
        yield "a registered motion has its registry number"
    if motion.preparation:
        yield from _preparation(region, motion, motion.preparation)
    yield from _stage(region, motion)


def _preparation(region: Region, motion: Motion, preparation: Preparation) -> Iterator[str]:
    if preparation.officer not in {official.name for official in region.officials}:
        yield f"{preparation.officer} is no official"
    if preparation.finished_on and not (preparation.summary and preparation.statement and preparation.matter):
        yield "the preparation is finished without its texts"
    if preparation.finished_on and len(preparation.draft) != len(motion.clauses):
        yield f"{len(preparation.draft)} draft outcomes for {len(motion.clauses)} att-satser"
    for consultation in preparation.consultations:
        if not preparation.started_on <= consultation.asked_on < consultation.due_on:
            yield f"the consultation of {consultation.consulted} is out of order"
        if (consultation.answered_on is None) != (consultation.opinion == ""):
            yield f"{consultation.consulted} has an answer without a day, or a day without an answer"


def _stage(region: Region, motion: Motion) -> Iterator[str]:
    events = events_of(region, motion)
    try:
        stage = stage_of(kind for _day, kind in events)
    except KeyError as error:
        yield f"its events are impossible in this order: {[kind.value for _day, kind in events]} ({error})"
        return
    if stage != motion.stage:
        yield f"the story leads to {stage}, not {motion.stage}"
    if events[-1][0] > REFERENCE_DAY:
        yield "something has happened after the reference day"


def _meeting(region: Region, meeting: Meeting) -> Iterator[str]:
    body = region.body(meeting.body)
    present = serving(region, meeting)
    if meeting.state not in _STATES:
        yield f"the state {meeting.state} is unknown"
    if meeting.secretary not in {official.name for official in region.officials}:
        yield f"{meeting.secretary} is no official"
    for absence in meeting.absences:
        if absence.member not in body.all_members:
            yield f"{absence.member} cannot be absent: no member"
        if absence.substitute and absence.substitute not in body.all_substitutes:
            yield f"{absence.substitute} cannot serve: no substitute"
    idle = set(meeting.substitutes_present)
    if idle & present or not idle <= set(body.all_substitutes):
        yield "a substitute is present who serves, or who is none"
    if len(present) <= body.seats / 2:
        yield "there is no quorum"
    chair = meeting.chair or body.presidium.chair
    if chair not in present or chair in meeting.verifiers or not set(meeting.verifiers) <= present:
        yield "the chair and the verifiers are different persons who serve"
    yield from _meeting_days(meeting)


def _meeting_days(meeting: Meeting) -> Iterator[str]:
    if (meeting.state == "closed") != (meeting.ends is not None):
        yield "a closed meeting, and no other, has its end"
    if meeting.ends and meeting.ends <= meeting.starts:
        yield "it ends before it starts"
    if meeting.state == "planned" and meeting.held_on <= REFERENCE_DAY:
        yield "a planned meeting lies ahead"
    if meeting.state != "planned" and meeting.held_on > REFERENCE_DAY:
        yield "a meeting that lies ahead is planned"
    for item in meeting.items:
        verified_on = meeting.verification_day(item)
        if verified_on and not 0 <= (verified_on - meeting.held_on).days <= _VERIFICATION_DAYS:
            yield "verified before the meeting, or later than fourteen days after it"
        if verified_on and meeting.state != "closed":
            yield "only a closed meeting is verified"


def _item(region: Region, meeting: Meeting, item: Item) -> Iterator[str]:
    has = {"motion": item.motion, "matter": item.title and not item.motions, "remittal": item.motions}
    if not has.get(item.kind, item.motions) or (item.kind != "motion" and item.motion):
        yield "an item is about one motion, about several, or has a title of its own"
    known = {motion.key for motion in region.motions}
    yield from (f"there is no motion {key}" for key in {item.motion, *item.motions} - known - {""})
    if bool(item.state) != (meeting.state == "open"):
        yield "items of an open meeting, and no others, have a state"
    if not set(item.sections) <= set(WrittenSection.values):
        yield f"unknown sections {sorted(item.sections)}"
    if item.kind == "matter" and meeting.is_done(item) and not item.tabled:
        yield "a matter that is decided had a proposal before the meeting"
    if not meeting.is_done(item) and (item.findings or item.reservations or item.assignments):
        yield "nothing is found, reserved against or given to do before the gavel"
    yield from _assignments(region, meeting, item)
    yield from _findings(region, meeting, item)


def _assignments(region: Region, meeting: Meeting, item: Item) -> Iterator[str]:
    keys = {body.key for body in region.bodies}
    for one in item.assignments:
        if bool(one.body) == bool(one.addressee) or not {one.body} <= keys | {""}:
            yield "an assignment is given to a body or to another addressee"
        if one.due_on and one.due_on <= meeting.held_on:
            yield "an assignment is due after the meeting"
        verified_on = meeting.verification_day(item)
        if one.reported_on and not (verified_on and verified_on <= one.reported_on <= REFERENCE_DAY):
            yield "an assignment is reported back after its paragraph is verified, and not in time to come"


def _findings(region: Region, meeting: Meeting, item: Item) -> Iterator[str]:
    keys = [proposal.key for proposal in item.proposals]
    if len(keys) != len(set(keys)) or not set(item.findings) <= {*keys, "tabled", ""}:
        yield "findings name the item's own proposals"
    if item.proposals and meeting.is_done(item) and not item.findings:
        yield "proposals without findings"
    deferral = item.carried_formally
    if (item.until != "") != (deferral == "postpone"):
        yield "a postponed item, and no other, says where it returns"
    if item.until and not any(other.motion == item.motion for other in region.meeting(item.until).items):
        yield f"it does not return at {item.until}"
    if item.supporters is not None:
        present = len(serving(region, meeting, item))
        may_defer = deferral and meeting.body == region.assembly.key
        if not may_defer or not ceil(present / 3) <= item.supporters <= present:
            yield f"{item.supporters} of {present} cannot defer the item as a minority"


def _persons_of_item(region: Region, meeting: Meeting, item: Item) -> Iterator[str]:
    present = serving(region, meeting, item)
    recused = {one.person for one in item.non_participations}
    movers = {name for proposal in item.proposals for name in proposal.movers}
    reserving = [name for reservation in item.reservations for name in reservation.persons]
    stepping_in = {one.substitute for one in item.non_participations if one.substitute}
    stepping_in |= {absence.substitute for absence in item.leaving if absence.substitute}
    if not stepping_in <= set(region.body(meeting.body).all_substitutes):
        yield f"step in without being substitutes: {sorted(stepping_in)}"
    if not {one.member for one in item.leaving} <= serving(region, meeting):
        yield "somebody leaves who is not there"
    present = present | {one.substitute for one in item.non_participations if one.substitute}
    if not recused <= present:
        yield f"not serving, so not to be noted as staying out: {sorted(recused - present)}"
    if not movers <= present - recused:
        yield f"may not move: {sorted(movers - (present - recused))}"
    if not set(reserving) <= present - recused or len(reserving) != len(set(reserving)):
        yield f"may not reserve, or does so twice: {sorted(reserving)}"
    attending = present | set(meeting.substitutes_present)
    yield from (f"{note.person} is not there" for note in item.notes if note.person not in attending)

"""A meeting from its agenda to its close: what the secretary enters, item by item."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from motions.demo.shapes import Absence, Item
from motions.demo.shapes import Assignment as AssignmentData
from motions.demo.shapes import Meeting as MeetingData
from motions.demo.shapes import Vote as VoteData
from motions.enums import WrittenSection
from motions.models import Person, User
from protocols.actions.agenda import add_block, add_matter, place_motion
from protocols.actions.appendices import AppendixLine, line_of, set_appendices
from protocols.actions.assignments import give_assignment, report_assignment
from protocols.actions.attendance import serve_for, set_present
from protocols.actions.decisions import refine_decision
from protocols.actions.meetings import (
    change_meeting,
    choose_verifiers,
    close_meeting,
    open_meeting,
    plan_meeting,
)
from protocols.actions.participation import note_non_participation
from protocols.actions.procedure import record_finding
from protocols.actions.proposals import add_proposal
from protocols.actions.reservations import announce_reservation, leave_note
from protocols.actions.taking_up import take_up
from protocols.actions.texts import save_section, set_recipients
from protocols.actions.votes import record_vote
from protocols.demo.world import World, clock
from protocols.enums import (
    BallotChoice,
    NonParticipationKind,
    ParagraphKind,
    ProposalKind,
    QuestionKind,
    VoteEntry,
)
from protocols.facts import ClauseFact
from protocols.models import Meeting, Paragraph, Proposal, Question
from protocols.queries.votes import voters_of

_MINUTES_AN_ITEM = 12  # in a meeting that goes on, and so has no end yet


@dataclass(frozen=True)
class Sitting:
    """A meeting that is being held: its data, its row, and who writes its minutes."""

    world: World
    data: MeetingData
    meeting: Meeting
    secretary: User

    def people(self, names: Iterable[str]) -> list[Person]:
        """The persons of the names."""
        return [self.world.cast.people[name] for name in names]

    def moment(self, place: float) -> datetime:
        """When the meeting is `place` items into its agenda: its items take equally long."""
        starts = clock(self.data.held_on, self.data.starts)
        length = timedelta(minutes=_MINUTES_AN_ITEM)
        if self.data.ends:
            length = (clock(self.data.held_on, self.data.ends) - starts) / len(self.data.items)
        return self.world.past((starts + place * length).replace(second=0, microsecond=0))


def hold(world: World, data: MeetingData) -> None:
    """Plan the meeting and bring it as far as the files tell."""
    sitting = _plan(world, data)
    for place, item in enumerate(data.items):
        world.paragraphs[data.key, place] = _place(sitting, item)
    if data.state == "planned":
        return
    by, meeting = sitting.secretary, sitting.meeting
    open_meeting(meeting, by=by, at=sitting.moment(0))
    choose_verifiers(meeting, by=by, verifiers=sitting.people(data.verifiers))
    for place, item in enumerate(data.items):
        if item.state != "draft":
            _treat(sitting, item, world.paragraphs[data.key, place], place)
    if data.ends:
        close_meeting(meeting, by=by, at=world.past(clock(data.held_on, data.ends)))


def report(world: World, data: AssignmentData, by: str, *, at: datetime) -> None:
    """Note that the assignment was reported back on its day."""
    report_assignment(
        world.assignments[data],
        by=world.cast.users[by],
        happened_on=timezone.localdate(at),
        note=data.note,
        at=at,
    )


def _plan(world: World, data: MeetingData) -> Sitting:
    by = world.cast.users[data.secretary]
    meeting = plan_meeting(
        by=by,
        body=world.cast.bodies[data.body],
        held_on=data.held_on,
        starts_at=data.starts,
        place=data.place,
    )
    world.meetings[data.key] = meeting
    sitting = Sitting(world, data, meeting, by)
    people = world.cast.people
    for absence in data.absences:
        set_present(meeting, by=by, person=people[absence.member], is_present=False)
        if absence.substitute:
            serve_for(meeting, by=by, substitute=people[absence.substitute], member=people[absence.member])
    for name in data.substitutes_present:
        set_present(meeting, by=by, person=people[name], is_present=True)
    if data.chair:
        change_meeting(meeting, by=by, starts_at=data.starts, place=data.place, chair=people[data.chair])
    return sitting


def _place(sitting: Sitting, item: Item) -> Paragraph:
    world, by, meeting = sitting.world, sitting.secretary, sitting.meeting
    if item.motion:
        motion = world.motions[item.motion]
        motion.refresh_from_db()
        return place_motion(meeting, by=by, motion=motion)
    if item.motions:
        motions = [world.motions[key] for key in item.motions]
        return add_block(meeting, by=by, kind=ParagraphKind(item.kind), motions=motions, title=item.title)
    numbers = world.cast.organisation.registry_number_format
    return add_matter(
        meeting,
        by=by,
        title=item.title,
        registry_number=numbers.format(n=item.registry_number, year=meeting.held_on.year)
        if item.registry_number
        else "",
        proposal="\n".join(item.tabled),
    )


def _treat(sitting: Sitting, item: Item, paragraph: Paragraph, place: int) -> None:
    by, people = sitting.secretary, sitting.world.cast.people
    for absence in item.leaving:
        _leave(sitting, absence, at=sitting.moment(place))
    take_up(paragraph, by=by, at=sitting.moment(place))
    _write(sitting, item, paragraph, at=sitting.moment(place + 0.2))
    for one in item.non_participations:
        kind = NonParticipationKind(one.kind)
        instead = people[one.substitute] if one.substitute else None
        note_non_participation(paragraph, by=by, person=people[one.person], kind=kind, substitute=instead)
    made: dict[str, Proposal] = {}
    for proposal in item.proposals:
        made[proposal.key] = add_proposal(
            paragraph,
            by=by,
            kind=ProposalKind(proposal.kind),
            movers=sitting.people(proposal.movers),
            text=proposal.text,
        )
    if not sitting.data.is_done(item):
        return
    made["tabled"] = paragraph.proposals.get(kind=ProposalKind.TABLED)
    _find(sitting, item, paragraph, made, at=sitting.moment(place + 0.7))
    _assign(sitting, item, paragraph)
    _speak_against(sitting, item, paragraph, at=sitting.moment(place + 0.9))


def _assign(sitting: Sitting, item: Item, paragraph: Paragraph) -> None:
    for one in item.assignments:
        sitting.world.assignments[one] = give_assignment(
            paragraph,
            by=sitting.secretary,
            body=sitting.world.cast.bodies[one.body] if one.body else None,
            addressee=one.addressee,
            task=one.task,
            due_on=one.due_on,
        )


def _leave(sitting: Sitting, absence: Absence, *, at: datetime) -> None:
    """A member leaves while the meeting goes on, and the substitute steps in at the same time."""
    by, meeting, people = sitting.secretary, sitting.meeting, sitting.world.cast.people
    member = people[absence.member]
    set_present(meeting, by=by, person=member, is_present=False, at=at)
    if absence.substitute:
        serve_for(meeting, by=by, substitute=people[absence.substitute], member=member, at=at)


def _write(sitting: Sitting, item: Item, paragraph: Paragraph, *, at: datetime) -> None:
    by = sitting.secretary
    for kind, html in item.sections.items():
        save_section(paragraph, by=by, kind=WrittenSection(kind), html=html, version=0, at=at)
    prepared = sitting.world.region.motion(item.motion).preparation if item.motion else None
    lines = prepared or item
    if lines.appendices:
        brought = [line_of(row) for row in paragraph.appendices.select_related("document")]
        added = [AppendixLine(title) for title in lines.appendices]
        set_appendices(paragraph, by=by, lines=[*brought, *added])
    if lines.recipients:
        set_recipients(paragraph, by=by, recipients=[(name, "") for name in lines.recipients])


def _find(
    sitting: Sitting, item: Item, paragraph: Paragraph, made: dict[str, Proposal], *, at: datetime
) -> None:
    """Answer the chair's questions in their order, then set what the findings do not say."""
    by = sitting.secretary
    questions = list(paragraph.questions.all())
    for index, winner in enumerate(item.winners):
        is_last = index == len(item.winners) - 1
        if item.vote and questions[index].kind == QuestionKind.MAIN:
            _vote(sitting, item.vote, questions[index], at=at)
            continue
        record_finding(
            questions[index],
            by=by,
            winner=made.get(winner),
            supporters=item.supporters if is_last else None,
            at=at,
        )
    if item.until or item.clauses:
        refine_decision(
            paragraph,
            by=by,
            clauses=[ClauseFact(one.outcome, one.settles, one.text) for one in item.clauses],
            until=sitting.world.region.meeting(item.until).held_on if item.until else None,
        )


def _vote(sitting: Sitting, data: VoteData, question: Question, *, at: datetime) -> None:
    """Everybody votes as the party does, but for the exceptions."""
    people = sitting.world.cast.people
    voters = voters_of(question.paragraph)
    ballots = {row.person_id: BallotChoice(data.parties[row.party.code]) for row in voters if row.party}
    ballots |= {people[name].pk: BallotChoice(choice) for name, choice in data.exceptions.items()}
    yes, no = (option.proposal for option in question.options.select_related("proposal"))
    record_vote(
        question,
        by=sitting.secretary,
        yes=yes,
        no=no,
        entry=VoteEntry.BY_PARTY,
        ballots=ballots,
        casting_vote=BallotChoice(data.casting_vote) if data.casting_vote else None,
        requested_by=people[data.requested_by] if data.requested_by else None,
        at=at,
    )


def _speak_against(sitting: Sitting, item: Item, paragraph: Paragraph, *, at: datetime) -> None:
    by = sitting.secretary
    for reservation in item.reservations:
        persons = sitting.people(reservation.persons)
        announce_reservation(paragraph, by=by, persons=persons, html=reservation.html, at=at)
    for note in item.notes:
        leave_note(paragraph, by=by, person=sitting.world.cast.people[note.person], html=note.html, at=at)

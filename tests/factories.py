"""A small made-up region for tests: typed functions with telling defaults, free of surprises."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from motions.actions.preparation import finish_preparation, propose_outcomes, start_preparation
from motions.actions.registration import receive_motion, register_motion
from motions.actions.remittal import remit_motion
from motions.enums import BodyKind, MembershipRole, Outcome, Role
from motions.models import Body, Membership, Motion, Organisation, Party, PartyAffiliation, Person, User
from protocols.actions.agenda import place_motion
from protocols.actions.meetings import choose_verifiers, close_meeting, open_meeting, plan_meeting
from protocols.actions.procedure import record_finding
from protocols.actions.taking_up import take_up
from protocols.actions.verification import verify_paragraphs
from protocols.actions.votes import record_vote
from protocols.enums import BallotChoice, VoteEntry
from protocols.models import Meeting, Paragraph, Question
from protocols.queries.documents import draft_document
from protocols.queries.facts import with_facts
from protocols.queries.votes import voters_of

START = date(2026, 1, 1)
PASSWORD = "ett-prov-losenord-27"

_NAMES = (
    ("Asta", "Björk", "V"),
    ("Bo", "Cederlund", "S"),
    ("Cilla", "Dahl", "M"),
    ("Didrik", "Åkesson", "S"),
    ("Elsa", "Öhman", "C"),
    ("Farid", "Ängeby", "KD"),
    ("Greta", "Zetter", "M"),
    ("Hugo", "Alm", "V"),
    ("Iris", "Brand", "S"),
)
_BODIES = (
    (BodyKind.ASSEMBLY, "Regionfullmäktige", "RF"),
    (BodyKind.EXECUTIVE_BOARD, "Regionstyrelsen", "RS"),
    (BodyKind.COMMITTEE, "Vårdnämnden", "VN"),
)


@dataclass
class Region:
    """Everything a test needs: bodies, persons by given name, logins by role."""

    organisation: Organisation
    assembly: Body
    board: Body
    committee: Body
    people: dict[str, Person] = field(default_factory=dict)
    registrar: User = field(default_factory=User)
    officer: User = field(default_factory=User)
    secretary: User = field(default_factory=User)
    administrator: User = field(default_factory=User)
    chair: User = field(default_factory=User)
    verifier: User = field(default_factory=User)
    politician: User = field(default_factory=User)


def make_user(name: str, *roles: Role, person: Person | None = None) -> User:
    """A login whose address is made from the name; the password is PASSWORD."""
    user = _login(name, *roles, person=person)
    user.save()
    return user


def _login(name: str, *roles: Role, person: Person | None = None) -> User:
    address = name.lower().translate(str.maketrans("åäö ", "aao."))
    user = User(email=f"{address}@prov.example", name=name, roles=list(roles), person=person)
    user.set_password(PASSWORD)
    return user


def make_person(given_name: str, family_name: str, party: str | None = "S") -> Person:
    """A person, with a party since START."""
    person = Person.objects.create(given_name=given_name, family_name=family_name)
    if party:
        row, _created = Party.objects.get_or_create(code=party, defaults={"name": f"Partiet {party}"})
        PartyAffiliation.objects.create(person=person, party=row, starts_on=START)
    return person


def make_body(kind: BodyKind, name: str, abbreviation: str, seats: int = 7) -> Body:
    """A deciding body."""
    return Body.objects.create(
        kind=kind, name=name, inline_name=name.lower(), abbreviation=abbreviation, seats=seats
    )


def make_region() -> Region:
    """Seven members and two substitutes (Hugo, Iris) in fullmäktige as in the board; Bo is chair.

    Nearly every test begins with it: a table is filled by one question.
    """
    assembly, board, committee = Body.objects.bulk_create(
        Body(kind=kind, name=name, inline_name=name.lower(), abbreviation=abbreviation, seats=7)
        for kind, name, abbreviation in _BODIES
    )
    region = Region(
        Organisation.objects.create(name="Region Prov", short_name="Prov", requires_second_factor=False),
        assembly,
        board,
        committee,
        _make_people(),
        registrar=_login("Rita Registrator", Role.REGISTRAR),
        officer=_login("Hans Handläggare", Role.CASE_OFFICER),
        secretary=_login("Stina Sekreterare", Role.SECRETARY),
        administrator=_login("Ada Administratör", Role.ADMINISTRATOR),
    )
    Membership.objects.bulk_create(
        Membership(
            body=body, person=person, role=_role(person.given_name), position=position, starts_on=START
        )
        for position, person in enumerate(region.people.values(), start=1)
        for body in (region.assembly, region.board)
    )
    people = region.people
    region.chair = _login("Bo Cederlund", Role.VERIFIER, Role.REPRESENTATIVE, person=people["Bo"])
    region.verifier = _login("Cilla Dahl", Role.VERIFIER, Role.REPRESENTATIVE, person=people["Cilla"])
    region.politician = _login("Asta Björk", Role.REPRESENTATIVE, person=people["Asta"])
    officials = [region.registrar, region.officer, region.secretary, region.administrator]
    User.objects.bulk_create([*officials, region.chair, region.verifier, region.politician])
    return region


def _make_people() -> dict[str, Person]:
    """The persons by given name, each with a party since START."""
    codes = sorted({code for _given, _family, code in _NAMES})
    parties = Party.objects.bulk_create(Party(code=code, name=f"Partiet {code}") for code in codes)
    by_code = {party.code: party for party in parties}
    people = Person.objects.bulk_create(
        Person(given_name=given, family_name=family) for given, family, _code in _NAMES
    )
    PartyAffiliation.objects.bulk_create(
        PartyAffiliation(person=person, party=by_code[code], starts_on=START)
        for person, (_given, _family, code) in zip(people, _NAMES, strict=True)
    )
    return {person.given_name: person for person in people}


def _role(given_name: str) -> MembershipRole:
    if given_name in {"Hugo", "Iris"}:
        return MembershipRole.SUBSTITUTE
    return MembershipRole.CHAIR if given_name == "Bo" else MembershipRole.MEMBER


def make_motion(
    region: Region,
    *,
    title: str = "Fler cykelvägar i länet",
    handed_in_on: date = date(2026, 2, 2),
    movers: tuple[str, ...] = ("Asta",),
    clauses: tuple[str, ...] = ("att regionen bygger fler cykelvägar",),
    is_registered: bool = True,
) -> Motion:
    """A motion handed in and, unless told otherwise, registered the same day."""
    motion = receive_motion(
        by=region.registrar,
        title=title,
        handed_in_on=handed_in_on,
        movers=[region.people[name] for name in movers],
        clauses=clauses,
        text="<p>Länet behöver cykelvägar.</p>",
    )
    return register_motion(motion, by=region.registrar, on=handed_in_on) if is_registered else motion


def make_prepared_motion(region: Region, *, outcome: Outcome = Outcome.REJECTED, **changes: object) -> Motion:
    """A motion whose draft lies with the board: every att-sats proposed to get the outcome."""
    motion = make_motion(region, **changes)  # type: ignore[arg-type]  # handed on as they are
    on = motion.handed_in_on + timedelta(days=7)
    motion = remit_motion(motion, by=region.registrar, to=region.board, on=on)
    motion = start_preparation(motion, by=region.officer, on=on)
    propose_outcomes(
        motion, by=region.officer, outcomes={clause.position: outcome for clause in motion.clauses.all()}
    )
    return finish_preparation(motion, by=region.officer, on=on + timedelta(days=30))


def make_meeting(region: Region, body: Body, *, held_on: date = date(2026, 5, 20)) -> Meeting:
    """A planned meeting with Cilla as verifier beside the chair."""
    meeting = plan_meeting(
        by=region.secretary, body=body, held_on=held_on, starts_at=time(9, 0), place="Regionhuset"
    )
    return choose_verifiers(meeting, by=region.secretary, verifiers=[region.people["Cilla"]])


def clock(meeting: Meeting, hour: int, minute: int = 0) -> datetime:
    """A moment of the meeting's day."""
    return timezone.make_aware(datetime.combine(meeting.held_on, time(hour, minute)))


def open_with(region: Region, meeting: Meeting, motion: Motion) -> Paragraph:
    """Open the meeting and take the motion up as its next §."""
    paragraph = place_motion(meeting, by=region.secretary, motion=motion)
    if meeting.is_planned:
        open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))
    return take_up(paragraph, by=region.secretary, at=clock(meeting, 9, 10))


def decide(region: Region, paragraph: Paragraph) -> Paragraph:
    """Let the chair find the first proposal of every question carried."""
    for question in paragraph.questions.filter(found_at__isnull=True):
        paragraph.refresh_from_db()
        if paragraph.is_taken_up:
            winner = question.options.select_related("proposal")[0].proposal
            at = clock(paragraph.meeting, 9, 30)
            record_finding(question, by=region.secretary, winner=winner, at=at)
    paragraph.refresh_from_db()
    return paragraph


def ballots_of(
    paragraph: Paragraph, letters: str, question: Question | None = None
) -> dict[int, BallotChoice]:
    """The votes of those who vote, in seat order: j(a), n(ej), a(vstår), f(rånvarande)."""
    choices = dict(zip("jnaf", BallotChoice, strict=True))
    pairs = zip(voters_of(paragraph, question), letters, strict=True)
    return {row.person_id: choices[letter] for row, letter in pairs}


def vote_on(
    region: Region,
    paragraph: Paragraph,
    letters: str = "",
    *,
    question: Question | None = None,
    reverse: bool = False,
    **said: Any,
) -> Paragraph:
    """Vote on the question whose turn it is: Ja for its first answer, or `reverse`d for its second."""
    question = question or paragraph.questions.filter(found_at__isnull=True)[0]
    options = [option.proposal for option in question.options.select_related("proposal")]
    first, second = (*options, None)[:2]
    yes, no = (second, first) if reverse else (first, second)
    if letters:
        said["ballots"] = ballots_of(paragraph, letters, question)
    entry = VoteEntry.COUNTS if "counts" in said else VoteEntry.BY_NAME
    record_vote(question, by=region.secretary, yes=yes, no=no, entry=entry, **said)
    return Paragraph.objects.select_related("decision", "meeting").get(pk=paragraph.pk)


def close(region: Region, meeting: Meeting) -> Meeting:
    """Close the meeting at eleven."""
    return close_meeting(meeting, by=region.secretary, at=clock(meeting, 11))


def verify(region: Region, meeting: Meeting) -> None:
    """Let the chair and Cilla verify all decided paragraphs a week later."""
    at = clock(meeting, 12) + timedelta(days=7)
    for user in (region.chair, region.verifier):
        paragraphs = with_facts(meeting.paragraphs.unverified())
        seen = {p.pk: draft_document(p, region.organisation).sha256() for p in paragraphs}
        verify_paragraphs(meeting, by=user, seen=seen, at=at)

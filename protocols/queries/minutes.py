"""The minutes of a meeting, gathered from what is recorded; verified paragraphs as they were frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from motions.enums import MembershipRole
from motions.models import Organisation, Person
from protocols.document import ParagraphDocument
from protocols.minutes import Attendee, Minutes, Moment, NoticeProof, Other, Presiding, Signature
from protocols.models import Attendance, Meeting, Paragraph
from protocols.queries.attendance import attendance_list
from protocols.queries.corrections import verified_document
from protocols.queries.documents import draft_documents
from protocols.queries.facts import with_facts
from protocols.queries.service_spans import service_spans
from protocols.queries.verification import leaders_of, verifiers_of
from protocols.wording.service import service

_OFFICES = {
    MembershipRole.CHAIR: "ordförande",
    MembershipRole.FIRST_VICE_CHAIR: "förste vice ordförande",
    MembershipRole.SECOND_VICE_CHAIR: "andre vice ordförande",
}


def minutes_of(meeting: Meeting) -> Minutes:
    """The whole, in a fixed number of queries. Load the meeting with body, chair and secretary."""
    organisation = Organisation.objects.get()
    paragraphs = list(
        with_facts(meeting.paragraphs.numbered()).prefetch_related("verifications").order_by("number")
    )
    leaders = leaders_of(meeting)
    return Minutes(
        organisation=organisation.name,
        body=meeting.body.name,
        held_on=meeting.held_on,
        place=meeting.place,
        opened=_local(meeting.opened_at),
        closed=_local(meeting.closed_at),
        secretary=meeting.secretary.name,
        chairs=_chairs(leaders),
        verifiers=tuple(person.name for person in meeting.verifiers.all()),
        attendees=attendees_of(meeting),
        paragraphs=_documents(paragraphs, organisation),
        signatures=_signatures(meeting, leaders, paragraphs),
        appendices=tuple(
            (paragraph.number or 0, appendix.title)
            for paragraph in paragraphs
            for appendix in paragraph.appendices.all()
        ),
        notices=notices_of(meeting),
        others_present=tuple(
            Other(row.name, row.function, tuple(row.numbers)) for row in meeting.others.all()
        ),
        is_verified=meeting.is_closed and bool(paragraphs) and all(p.is_verified for p in paragraphs),
    )


def attendees_of(meeting: Meeting) -> tuple[Attendee, ...]:
    """Everybody on the list with the §§ they served in and for whom (KL 5 kap. 66 §)."""
    rows = attendance_list(meeting)
    return tuple(
        Attendee(
            name=fact.person.name,
            party=fact.person.party or "",
            office="ordförande" if row.person_id == meeting.chair_id else _office(row),
            is_seated=row.is_seated,
            is_present=row.is_present,
            served=bool(fact.spans),
            service=service(fact),
        )
        for row, fact in zip(rows, service_spans(meeting), strict=True)
    )


def notices_of(meeting: Meeting) -> tuple[NoticeProof, ...]:
    """The proofs of notice in the order they were posted, each with its §§; none before a § is verified."""
    notices = meeting.notices.order_by("posted_on").prefetch_related("rows__paragraph")
    return tuple(
        NoticeProof(
            tuple(sorted(row.paragraph.number or 0 for row in notice.rows.all())),
            notice.posted_on,
            notice.down_on,
            notice.kept_at,
        )
        for notice in notices
    )


def _documents(paragraphs: Sequence[Paragraph], organisation: Organisation) -> tuple[ParagraphDocument, ...]:
    drafts = [paragraph for paragraph in paragraphs if not paragraph.is_verified]
    made = draft_documents(drafts, organisation) if drafts else {}
    return tuple(made.get(paragraph.pk) or verified_document(paragraph) for paragraph in paragraphs)


def _chairs(leaders: Mapping[Person, Sequence[int]]) -> tuple[Presiding, ...]:
    """Who led, each with the §§ where they were several."""
    several = len(leaders) > 1
    return tuple(
        Presiding(person.name, tuple(numbers) if several else ()) for person, numbers in leaders.items()
    )


def _signatures(
    meeting: Meeting, leaders: Mapping[Person, Sequence[int]], paragraphs: Sequence[Paragraph]
) -> tuple[Signature, ...]:
    """The secretary, those who led with their §§, and the other verifiers."""
    chosen = list(meeting.verifiers.all())
    led = [
        Signature(
            "Ordförande och justerare" if person in chosen else "Ordförande",
            one.name,
            _moments(person, paragraphs, chosen),
            one.numbers,
        )
        for person, one in zip(leaders, _chairs(leaders), strict=True)
    ]
    others = [
        Signature("Justerare", person.name, _moments(person, paragraphs, chosen))
        for person in chosen
        if person not in leaders
    ]
    return (Signature("Sekreterare", meeting.secretary.name), *led, *others)


def _moments(person: Person, paragraphs: Sequence[Paragraph], chosen: Sequence[Person]) -> tuple[Moment, ...]:
    """When the person verified the §§ that are frozen; what is approved but can change is not told.

    Without numbers where all that is the person's was verified at one time.
    """
    found: dict[datetime, list[int]] = {}
    for paragraph in paragraphs:
        for row in paragraph.verifications.all():
            if row.person_id == person.pk and paragraph.is_verified:
                at = timezone.localtime(row.at).replace(second=0, microsecond=0)
                found.setdefault(at, []).append(paragraph.number or 0)
    own = sum(person in verifiers_of(paragraph, chosen) for paragraph in paragraphs)
    if len(found) == 1 and len(next(iter(found.values()))) == own:
        return (Moment(next(iter(found))),)
    return tuple(Moment(at, tuple(numbers)) for at, numbers in sorted(found.items()))


def _office(row: Attendance) -> str:
    return _OFFICES.get(MembershipRole(row.role), "")


def _local(at: datetime | None) -> datetime | None:
    return timezone.localtime(at) if at else None

"""The minutes of a meeting, gathered from what is recorded; verified paragraphs as they were frozen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from motions.enums import MembershipRole
from motions.models import Organisation, Person
from protocols.document import ParagraphDocument
from protocols.minutes import Attendee, Minutes, Moment, NoticeProof, Signature
from protocols.models import Attendance, Meeting, Paragraph
from protocols.queries.attendance import attendance_list
from protocols.queries.documents import draft_documents
from protocols.queries.facts import with_facts
from protocols.queries.service_spans import service_spans
from protocols.queries.verification import required_verifiers
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
    return Minutes(
        organisation=organisation.name,
        body=meeting.body.name,
        held_on=meeting.held_on,
        place=meeting.place,
        opened=_local(meeting.opened_at),
        closed=_local(meeting.closed_at),
        secretary=meeting.secretary.name,
        chair=meeting.chair.name if meeting.chair else "",
        verifiers=tuple(person.name for person in meeting.verifiers.all()),
        attendees=attendees_of(meeting),
        paragraphs=_documents(paragraphs, organisation),
        signatures=_signatures(meeting, paragraphs),
        appendices=tuple(
            (paragraph.number or 0, appendix.title)
            for paragraph in paragraphs
            for appendix in paragraph.appendices.all()
        ),
        notices=notices_of(meeting),
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
    return tuple(
        made.get(paragraph.pk) or ParagraphDocument.from_json(paragraph.frozen_document)
        for paragraph in paragraphs
    )


def _signatures(meeting: Meeting, paragraphs: Sequence[Paragraph]) -> tuple[Signature, ...]:
    verifiers = [
        Signature(
            "Ordförande" if person == meeting.chair else "Justerare",
            person.name,
            _moments(person, paragraphs),
        )
        for person in required_verifiers(meeting)
    ]
    return (Signature("Sekreterare", meeting.secretary.name), *verifiers)


def _moments(person: Person, paragraphs: Sequence[Paragraph]) -> tuple[Moment, ...]:
    """When the person verified the §§ that are frozen; what is approved but can change is not told."""
    found: dict[datetime, list[int]] = {}
    for paragraph in paragraphs:
        for row in paragraph.verifications.all():
            if row.person_id == person.pk and paragraph.is_verified:
                at = timezone.localtime(row.at).replace(second=0, microsecond=0)
                found.setdefault(at, []).append(paragraph.number or 0)
    if len(found) == 1 and len(next(iter(found.values()))) == len(paragraphs):
        return (Moment(next(iter(found))),)
    return tuple(Moment(at, tuple(numbers)) for at, numbers in sorted(found.items()))


def _office(row: Attendance) -> str:
    return _OFFICES.get(MembershipRole(row.role), "")


def _local(at: datetime | None) -> datetime | None:
    return timezone.localtime(at) if at else None

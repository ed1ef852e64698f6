"""How far the verification of a meeting's minutes has come, and what each verifier still has to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from motions.models import Organisation, Person
from protocols.document import ParagraphDocument
from protocols.enums import ParagraphState
from protocols.models import Comment, Meeting, Paragraph, Verification
from protocols.queries.completeness import Point, shortcomings_of
from protocols.queries.documents import draft_documents
from protocols.queries.facts import with_facts

_OPEN_COMMENTS = Prefetch("comments", Comment.objects.filter(answered_at=None).select_related("person"))


@dataclass(frozen=True)
class Approval:
    """What one verifier has done with one §: `at` None: nothing yet; stale: the text has changed since."""

    person: Person
    at: datetime | None = None
    is_stale: bool = False

    @property
    def is_given(self) -> bool:
        """Whether it holds for the text as it stands."""
        return self.at is not None and not self.is_stale


@dataclass(frozen=True)
class UnverifiedParagraph:
    """A decided § with the text that is to be read, and its hash."""

    paragraph: Paragraph
    document: ParagraphDocument
    sha256: str
    approvals: Sequence[Approval]
    missing: Sequence[Point] = ()

    @property
    def open_comments(self) -> Sequence[Comment]:
        """What verifiers said of it that the secretary has not dealt with."""
        return list(self.paragraph.comments.all())

    def approval_of(self, person_id: int | None) -> Approval | None:
        """What the person has done with it; None for one who does not verify."""
        return next((a for a in self.approvals if a.person.pk == person_id), None)


@dataclass(frozen=True)
class VerifierRow:
    """How many of the `total` decided paragraphs that are the verifier's are approved, and when the last.

    `led` tells of one who led some of them.
    """

    person: Person
    done: int
    total: int
    last_at: datetime | None
    led: bool = False


@dataclass(frozen=True)
class Verifying:
    """The verification of one meeting: what waits with its text, what is frozen, and who has done what."""

    meeting: Meeting
    verifiers: Sequence[Person]
    chosen: Sequence[Person]
    waiting: Sequence[UnverifiedParagraph]
    verified: Sequence[Paragraph]
    today: date

    @property
    def total(self) -> int:
        """How many paragraphs there are to verify in all."""
        return len(self.waiting) + len(self.verified)

    @property
    def is_finished(self) -> bool:
        """Whether there are paragraphs and all of them are verified."""
        return bool(self.verified) and not self.waiting

    @property
    def days_left(self) -> int:
        """Days until the last day (KL 5 kap. 69 §), negative when it has passed."""
        return (self.meeting.verify_by - self.today).days

    @property
    def rows(self) -> list[VerifierRow]:
        """Each verifier with what is done."""
        return [self._row(person) for person in self.verifiers]

    @property
    def remaining(self) -> list[Person]:
        """Those who have not approved everything that is theirs."""
        return [row.person for row in self.rows if row.done < row.total]

    @property
    def incomplete(self) -> list[UnverifiedParagraph]:
        """Those that lack something the minutes must tell, and cannot be verified before (KL 5 kap. 67 §)."""
        return [item for item in self.waiting if item.missing]

    def is_verifier(self, person_id: int | None) -> bool:
        """Whether the person has led a § or is one of those chosen."""
        return any(person.pk == person_id for person in self.verifiers)

    def to_read(self, person_id: int | None) -> list[UnverifiedParagraph]:
        """The paragraphs whose text the person has not approved as it stands."""
        found = [(item, item.approval_of(person_id)) for item in self.waiting if not item.missing]
        return [item for item, approval in found if approval and not approval.is_given]

    def _row(self, person: Person) -> VerifierRow:
        asked = [a for item in self.waiting if (a := item.approval_of(person.pk))]
        moments = [a.at for a in asked if a.at and a.is_given]
        moments += [
            row.at for p in self.verified for row in p.verifications.all() if row.person_id == person.pk
        ]
        frozen = sum(person in verifiers_of(p, self.chosen) for p in self.verified)
        done = frozen + sum(a.is_given for a in asked)
        led = any(
            p.chair_id == person.pk for p in [*self.verified, *(item.paragraph for item in self.waiting)]
        )
        return VerifierRow(person, done, frozen + len(asked), max(moments, default=None), led)


def required_verifiers(meeting: Meeting) -> list[Person]:
    """Everybody who verifies something of it: those who have led it, its chair first, then those chosen."""
    leaders = leaders_of(meeting)
    return [*leaders, *(person for person in meeting.verifiers.all() if person not in leaders)]


def leaders_of(meeting: Meeting) -> dict[Person, list[int]]:
    """Those who have led the §§ with their numbers, the meeting's chair first; the chair alone before any."""
    led: dict[Person, list[int]] = {}
    for paragraph in meeting.paragraphs.numbered().select_related("chair").order_by("number"):
        if paragraph.chair:
            led.setdefault(paragraph.chair, []).append(paragraph.number or 0)
    if not led:
        return {meeting.chair: []} if meeting.chair else {}
    return dict(sorted(led.items(), key=lambda item: item[0].pk != meeting.chair_id))


def verifiers_of(paragraph: Paragraph, chosen: Sequence[Person]) -> list[Person]:
    """Who verifies the §: the one who led it first, then those chosen (KL 5 kap. 65 and 69 §§)."""
    chair = [paragraph.chair] if paragraph.chair else []
    return [*chair, *(person for person in chosen if person not in chair)]


def to_verify(meeting: Meeting) -> QuerySet[Paragraph]:
    """The decided paragraphs; while the meeting goes on those that it declared verified at once."""
    decided = meeting.paragraphs.filter(state=ParagraphState.DECIDED)
    return decided if meeting.is_closed else decided.filter(is_immediate=True)


def verifying(meeting: Meeting, *, today: date) -> Verifying:
    """All of it, in a fixed number of queries however many paragraphs there are."""
    waiting = list(
        with_facts(to_verify(meeting))
        .prefetch_related(
            "verifications",
            _OPEN_COMMENTS,
        )
        .order_by("number")
    )
    verified = list(
        meeting.paragraphs.verified()
        .select_related("chair")
        .prefetch_related("verifications")
        .order_by("number")
    )
    chosen = list(meeting.verifiers.all())
    documents = draft_documents(waiting, Organisation.objects.get()) if waiting else {}
    lacking = shortcomings_of(waiting) if waiting else []
    missing = {shortcoming.paragraph.pk: shortcoming.points for shortcoming in lacking}
    return Verifying(
        meeting,
        required_verifiers(meeting),
        chosen,
        [
            _unverified(
                paragraph,
                documents[paragraph.pk],
                verifiers_of(paragraph, chosen),
                missing.get(paragraph.pk, ()),
            )
            for paragraph in waiting
        ],
        verified,
        today,
    )


def _unverified(
    paragraph: Paragraph,
    document: ParagraphDocument,
    verifiers: Sequence[Person],
    missing: Sequence[Point],
) -> UnverifiedParagraph:
    digest = document.sha256()
    rows = {row.person_id: row for row in paragraph.verifications.all()}
    approvals = [_approval(person, rows.get(person.pk), digest) for person in verifiers]
    return UnverifiedParagraph(paragraph, document, digest, approvals, missing)


def _approval(person: Person, row: Verification | None, digest: str) -> Approval:
    return Approval(person, row.at, row.sha256 != digest) if row else Approval(person)

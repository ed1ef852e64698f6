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
    """How many of the meeting's decided paragraphs a verifier has approved, and when the last of them."""

    person: Person
    done: int
    last_at: datetime | None


@dataclass(frozen=True)
class Verifying:
    """The verification of one meeting: what waits with its text, what is frozen, and who has done what."""

    meeting: Meeting
    verifiers: Sequence[Person]
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
        """Those who have not approved everything."""
        return [row.person for row in self.rows if row.done < self.total]

    @property
    def incomplete(self) -> list[UnverifiedParagraph]:
        """Those that lack something the minutes must tell, and cannot be verified before (KL 5 kap. 67 §)."""
        return [item for item in self.waiting if item.missing]

    def is_verifier(self, person_id: int | None) -> bool:
        """Whether the person is the chair or one of those chosen."""
        return any(person.pk == person_id for person in self.verifiers)

    def to_read(self, person_id: int | None) -> list[UnverifiedParagraph]:
        """The paragraphs whose text the person has not approved as it stands."""
        found = [(item, item.approval_of(person_id)) for item in self.waiting if not item.missing]
        return [item for item, approval in found if approval and not approval.is_given]

    def _row(self, person: Person) -> VerifierRow:
        given = [a for item in self.waiting if (a := item.approval_of(person.pk)) and a.is_given]
        moments = [a.at for a in given if a.at]
        moments += [
            row.at for p in self.verified for row in p.verifications.all() if row.person_id == person.pk
        ]
        return VerifierRow(person, len(given) + len(self.verified), max(moments, default=None))


def required_verifiers(meeting: Meeting) -> list[Person]:
    """The chair first, then the chosen verifiers."""
    chair = [meeting.chair] if meeting.chair else []
    return [*chair, *meeting.verifiers.all()]


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
    verified = list(meeting.paragraphs.verified().prefetch_related("verifications").order_by("number"))
    verifiers = required_verifiers(meeting)
    documents = draft_documents(waiting, Organisation.objects.get()) if waiting else {}
    lacking = shortcomings_of(waiting) if waiting else []
    missing = {shortcoming.paragraph.pk: shortcoming.points for shortcoming in lacking}
    return Verifying(
        meeting,
        verifiers,
        [
            _unverified(paragraph, documents[paragraph.pk], verifiers, missing.get(paragraph.pk, ()))
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

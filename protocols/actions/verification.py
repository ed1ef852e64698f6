"""Verifying minutes: the last verifier's approval freezes the § and lets it move its motion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.actions.second_factor import check_code
from motions.errors import Conflict, DomainError, Forbidden
from motions.models import Organisation, Person, User
from motions.permissions import Permission, require
from motions.queries.second_factor import asks_for_code
from protocols.actions.effects import apply_to_motions
from protocols.actions.notices import post_notice
from protocols.actions.signing import queue_signing
from protocols.document import ParagraphDocument
from protocols.enums import ParagraphState
from protocols.models import Meeting, Paragraph, Verification
from protocols.queries.completeness import LAW, shortcomings_of
from protocols.queries.documents import draft_documents
from protocols.queries.facts import with_facts
from protocols.queries.verification import required_verifiers, verifiers_of


def verify_paragraphs(
    meeting: Meeting, *, by: User, seen: Mapping[int, str], code: str = "", at: datetime | None = None
) -> list[Paragraph]:
    """Verify the paragraphs whose ids are in `seen`, each with the hash of the text that was read.

    `code` is the login's one-time code, where the organisation or the login itself wants one.
    Returns those that are now frozen, all verifiers having approved the same text (KL 5 kap. 69 §).
    Raises Forbidden for one who was not chosen, Conflict where a text has changed since it was read, and
    DomainError beside the field `code` for a wrong code, or where a § lacks what the minutes must tell
    (KL 5 kap. 67 §).
    """
    require(by, Permission.VERIFY_MINUTES)
    _verifying_person(Meeting.objects.get(pk=meeting.pk), by)
    if asks_for_code(by):
        check_code(by=by, code=code)  # before the transaction: a guess is counted though nothing else happens
    return _verify(meeting, by=by, seen=seen, at=at)


@transaction.atomic
def _verify(
    meeting: Meeting, *, by: User, seen: Mapping[int, str], at: datetime | None = None
) -> list[Paragraph]:
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    person = _verifying_person(meeting, by)
    moment = at or timezone.now()
    paragraphs = _locked(meeting, seen)
    _refuse_of_others(meeting, paragraphs, person)
    _refuse_too_early(meeting, paragraphs)
    documents = draft_documents(paragraphs, Organisation.objects.get())
    _refuse_unread(paragraphs, documents, seen)
    Verification.objects.bulk_create(
        [
            Verification(paragraph=paragraph, person=person, by=by, at=moment, sha256=seen[paragraph.pk])
            for paragraph in paragraphs
        ],
        update_conflicts=True,
        unique_fields=["paragraph", "person"],
        update_fields=["by", "at", "sha256"],
    )
    chosen = list(meeting.verifiers.all())
    frozen = _verified_by_all(paragraphs, seen, chosen)
    for paragraph in frozen:
        _freeze(paragraph, documents[paragraph.pk], verifiers_of(paragraph, chosen), at=moment)
        apply_to_motions(paragraph, by=by, at=moment)
    if frozen:
        post_notice(meeting, frozen, by=by, at=moment)
        queue_signing(meeting)
    return frozen


def _verifying_person(meeting: Meeting, by: User) -> Person:
    person = next((person for person in required_verifiers(meeting) if person.pk == by.person_id), None)
    if person is None:
        raise Forbidden(
            _("Du är inte utsedd att justera detta protokoll"),
            law="KL 5 kap. 69 §",
            instead=_("Ordföranden och de justerare som valdes vid sammanträdet justerar det."),
        )
    return person


def _refuse_of_others(meeting: Meeting, paragraphs: Sequence[Paragraph], person: Person) -> None:
    """Whoever led other §§ alone does not verify these: their own chair does (KL 5 kap. 65 §)."""
    chosen = list(meeting.verifiers.all())
    other = next((p for p in paragraphs if person not in verifiers_of(p, chosen)), None)
    if other:
        raise Forbidden(
            _("%(label)s leddes av %(name)s, som justerar den") % {"label": other.label, "name": other.chair},
            law="KL 5 kap. 65 §",
            instead=_("Justera de paragrafer som du har lett."),
        )


def _locked(meeting: Meeting, seen: Mapping[int, str]) -> list[Paragraph]:
    ids = list(
        meeting.paragraphs.select_for_update()
        .filter(pk__in=seen, state=ParagraphState.DECIDED)
        .values_list("pk", flat=True)
    )
    if len(ids) != len(seen):
        raise Conflict(
            _("Någon av paragraferna är redan justerad eller inte avgjord"),
            instead=_("Ladda om sidan och justera de som återstår."),
        )
    paragraphs = list(with_facts(Paragraph.objects.filter(pk__in=ids)).order_by("number"))
    _refuse_incomplete(paragraphs)
    return paragraphs


def _refuse_too_early(meeting: Meeting, paragraphs: Sequence[Paragraph]) -> None:
    """While the meeting goes on only those are verified that it declared verified at once."""
    if not meeting.is_closed and not all(paragraph.is_immediate for paragraph in paragraphs):
        raise too_early()


def too_early() -> Conflict:
    """The refusal of a § whose meeting has neither ended nor declared it verified at once."""
    return Conflict(
        _("Sammanträdet pågår; protokollet justeras när det är avslutat"),
        law="KL 5 kap. 69 §",
        instead=_("Dessförinnan justeras bara det som sammanträdet förklarar omedelbart justerat."),
    )


def _refuse_incomplete(paragraphs: Sequence[Paragraph]) -> None:
    """Raise DomainError where a § does not tell what the minutes must tell of it, naming what per §."""
    found = shortcomings_of(paragraphs)
    if found:
        raise DomainError(
            _("Detta saknas i protokollet: %(items)s") % {"items": " ".join(map(str, found))},
            law=LAW,
            instead=_("Sekreteraren kompletterar paragrafen. Justera sedan, eller justera de andra först."),
        )


def _refuse_unread(
    paragraphs: Sequence[Paragraph], documents: Mapping[int, ParagraphDocument], seen: Mapping[int, str]
) -> None:
    for paragraph in paragraphs:
        if documents[paragraph.pk].sha256() != seen[paragraph.pk]:
            raise Conflict(
                _("Texten i %(label)s har ändrats sedan du läste den") % {"label": paragraph.label},
                instead=_("Läs den nya lydelsen och justera sedan."),
            )


def _verified_by_all(
    paragraphs: Sequence[Paragraph], seen: Mapping[int, str], chosen: Sequence[Person]
) -> list[Paragraph]:
    """Those whose text as it stands every one of their verifiers has approved."""
    approved = {
        (row.paragraph_id, row.person_id)
        for row in Verification.objects.filter(paragraph__in=paragraphs)
        if row.sha256 == seen[row.paragraph_id]
    }
    return [p for p in paragraphs if all((p.pk, v.pk) in approved for v in verifiers_of(p, chosen))]


def _freeze(
    paragraph: Paragraph, read: ParagraphDocument, verifiers: Sequence[Person], *, at: datetime
) -> None:
    document = replace(
        read,
        verified_on=timezone.localdate(at),
        verifiers=tuple(person.name for person in verifiers),
    )
    paragraph.frozen_document, paragraph.frozen_sha256 = document.to_json(), document.sha256()
    paragraph.state, paragraph.verified_at = ParagraphState.VERIFIED, at
    paragraph.save(update_fields=["frozen_document", "frozen_sha256", "state", "verified_at"])

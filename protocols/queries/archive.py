"""A case gathered for the archive: its facts, events, documents, and every paper that was issued of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePosixPath

import pikepdf
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from motions.enums import EventKind, Stage
from motions.models import Motion, MotionEvent, Organisation
from motions.texts import plain
from motions.wording.events import in_words
from motions.wording.outcomes import verdict
from protocols.archive.case import ArchivedCase, ArchivedEvent, ArchivedFile, ArchivedRecord, RecordKind
from protocols.extracts.metadata import claims_of
from protocols.models import (
    CertifiedCopy,
    Correction,
    Extract,
    ImportedParagraph,
    IssuedPaper,
    Meeting,
    MinutesFile,
    Paragraph,
    Withdrawal,
)

#: PRONOM's name of PDF/A-3a, which our papers are where they say so.
PDF_A = "fmt/479"
_TITLE = 60  # characters of a title in a file's name


def ended_cases() -> QuerySet[Motion]:
    """The motions with which nothing more can happen, the oldest first."""
    ended = Motion.objects.filter(stage__in=Stage.end_stages).order_by("handed_in_on", "pk")
    return ended.prefetch_related("mover_rows__person", "mover_rows__party", "clauses", "documents")


def paragraphs_of(motion: Motion) -> QuerySet[Paragraph]:
    """The verified §§ that dealt with the motion, alone or with others, in their order in time."""
    of_motion = Q(motion=motion) | Q(block_motions__motion=motion)
    found = Paragraph.objects.verified().filter(of_motion).distinct()
    return found.select_related("meeting", "body").order_by("meeting__held_on", "meeting_id", "number")


def case_of(motion: Motion, organisation: Organisation) -> ArchivedCase:
    """The case as it stands; its extracts and minutes must have been issued before."""
    events = list(motion.events.select_related("by"))
    outcomes = [clause.outcome for clause in motion.clauses.all()]
    is_withdrawn = motion.stage == Stage.WITHDRAWN
    return ArchivedCase(
        organisation=organisation.name,
        reference=motion.registry_number or f"motion-{motion.pk}",
        registry_number=motion.registry_number or "",
        number=motion.number or "",
        title=motion.title,
        text=plain(motion.text),
        handed_in_on=motion.handed_in_on,
        ended_on=_ended_on(motion, events),
        outcome=str(EventKind.WITHDRAWN.label) if is_withdrawn else verdict(outcomes),
        movers=[str(row) for row in motion.mover_rows.all()],
        clauses=[(clause.text, clause.get_outcome_display()) for clause in motion.clauses.all()],
        events=[_event(event) for event in events],
        records=list(_records(motion)),
    )


def _ended_on(motion: Motion, events: Iterable[MotionEvent]) -> date:
    ending = [e.happened_on for e in events if e.kind in {EventKind.CLOSED, EventKind.WITHDRAWN}]
    return ending[-1] if ending else motion.decided_on or motion.handed_in_on


def _event(event: MotionEvent) -> ArchivedEvent:
    words = in_words(EventKind(event.kind), event.facts, on=event.happened_on)
    return ArchivedEvent(
        kind=event.kind,
        words=" ".join(f"{part.rstrip('.')}." for part in (words.title, words.text, words.note) if part),
        day=event.happened_on,
        recorded_at=event.recorded_at,
        by=event.by.name if event.by else "",
    )


def _records(motion: Motion) -> Iterator[ArchivedRecord]:
    yield from _documents(motion)
    paragraphs = list(paragraphs_of(motion))
    meetings: dict[int, Meeting] = {}
    for paragraph in paragraphs:
        meetings.setdefault(paragraph.meeting_id, paragraph.meeting)
        yield from _papers(paragraph)
    for minutes in MinutesFile.objects.filter(meeting__in=meetings).select_related("meeting__body"):
        name = f"protokoll/{_slug(minutes.meeting.body.abbreviation)}-{minutes.meeting.held_on.isoformat()}"
        yield _issued(minutes, RecordKind.MINUTES, str(minutes.meeting), minutes.meeting.held_on, name)
    yield from _imported(motion)


def _documents(motion: Motion) -> Iterator[ArchivedRecord]:
    for number, document in enumerate(motion.documents.all(), start=1):
        file = ArchivedFile(
            path=f"handlingar/{number:03d}-{_slug(document.title)}.pdf",
            sha256=document.sha256,
            size=document.size,
            made_at=document.uploaded_at,
            source=document.file,
        )
        yield ArchivedRecord(
            identifier=f"document:{document.sha256}",
            kind=RecordKind.DOCUMENT,
            title=document.title,
            day=document.received_on,
            file=file,
            is_secret=document.is_secret,
        )


def _papers(paragraph: Paragraph) -> Iterator[ArchivedRecord]:
    """The extract as it was verified, each correction and certified copy; each is told what replaced it."""
    title = f"{paragraph.body.abbreviation} {paragraph.label} {paragraph.title}".replace("\u00a0", " ")
    folder = f"utdrag/{_slug(paragraph.body.abbreviation)}-{paragraph.year}-{paragraph.number}"
    corrections = list(paragraph.corrections.order_by("pk"))
    withdrawn = {row.code: row for row in paragraph.withdrawals.all()}
    # Each with the latest correction that it holds: the next one stands in its place.
    papers: list[tuple[Extract | Correction | CertifiedCopy, RecordKind, date, int | None]] = [
        (extract, RecordKind.EXTRACT, paragraph.meeting.held_on, None)
        for extract in Extract.objects.filter(paragraph=paragraph)
    ]
    papers += [(row, RecordKind.CORRECTION, row.corrected_on, row.pk) for row in corrections]
    papers += [
        (row, RecordKind.CERTIFIED_COPY, row.certified_on, row.correction_id)
        for row in paragraph.certified_copies.order_by("pk")
    ]
    held = [None, *(row.pk for row in corrections)]
    next_code = {pk: row.code for pk, row in zip(held, corrections, strict=False)}
    for paper, kind, day, latest in papers:
        name = f"{folder}-{paper.code.lower()}"
        note, replaced_by = _why_withdrawn(withdrawn.get(paper.code)), next_code.get(latest, "")
        yield _issued(paper, kind, title, day, name, note=note, replaced_by=replaced_by)


def _why_withdrawn(withdrawal: Withdrawal | None) -> str:
    if withdrawal is None:
        return ""
    return f"Återkallat {timezone.localdate(withdrawal.at).isoformat()}: {withdrawal.reason}"


def _issued(
    paper: IssuedPaper,
    kind: RecordKind,
    title: str,
    day: date,
    name: str,
    *,
    note: str = "",
    replaced_by: str = "",
) -> ArchivedRecord:
    file = ArchivedFile(
        path=f"{name}.pdf",
        sha256=paper.sha256,
        size=paper.size,
        made_at=paper.issued_at,
        source=paper.file,
        puid=_puid(paper),
    )
    return ArchivedRecord(paper.code, kind, title, day, file, note=note, replaced_by=replaced_by)


def _puid(paper: IssuedPaper) -> str:
    """PDF/A-3a where the paper says that it is; what cannot be opened is found when it is copied."""
    try:
        with pikepdf.open(paper.file.path) as pdf:
            return PDF_A if claims_of(pdf.Root.Metadata.read_bytes()).is_archival else ""
    except (OSError, pikepdf.PdfError, AttributeError):
        return ""


def _imported(motion: Motion) -> Iterator[ArchivedRecord]:
    """The older minutes that were read in and accepted as telling of the motion: each source once."""
    accepted = ImportedParagraph.objects.filter(motion=motion, accepted_at__isnull=False)
    seen = set()
    for paragraph in accepted.select_related("meeting__source").order_by("meeting__held_on", "pk"):
        source = paragraph.meeting.source
        if source.sha256 in seen:
            continue
        seen.add(source.sha256)
        suffix = PurePosixPath(source.name).suffix.lower()
        file = ArchivedFile(
            path=f"inlast/{len(seen):03d}-{_slug(PurePosixPath(source.name).stem)}{suffix}",
            sha256=source.sha256,
            size=source.size,
            made_at=source.received_at,
            source=source.file,
            media_type=_MEDIA_TYPES.get(suffix, "application/octet-stream"),
        )
        yield ArchivedRecord(
            identifier=f"source:{source.sha256}",
            kind=RecordKind.IMPORTED,
            title=str(paragraph.meeting),
            day=paragraph.meeting.held_on or timezone.localdate(source.received_at),
            file=file,
            note=f"§ {paragraph.number}",
        )


_MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
}


def _slug(text: str) -> str:
    return slugify(text)[:_TITLE].strip("-") or "utan-namn"

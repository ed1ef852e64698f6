"""Taking what the reader read into the register: a file at a time, whole or not at all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.models import Body, Motion, User
from motions.permissions import Permission, require
from protocols.actions.read_names import gather_names
from protocols.models import ImportedMeeting, ImportedParagraph, SourceFile
from protocols.reading import rows
from protocols.reading.facts import Outcome, ReadParagraph, ReadProtocol
from protocols.reading.sources import Source


class Fate(StrEnum):
    """What became of a file."""

    NEW = "new"
    UNCHANGED = "unchanged"  # the same file is there already
    NEWER = "newer"  # other minutes of the same meeting are there: these stand beside them


@dataclass(frozen=True)
class Stored:
    """A file in the register."""

    meeting: ImportedMeeting
    fate: Fate


@transaction.atomic
def store(source: Source, text: str, read: ReadProtocol, *, by: User | None) -> Stored:
    """Keep the source and every § of it, waiting to be accepted. The same bytes again change nothing.

    `text` is what was read of the source; `by` is None for the command line. Raises Forbidden for a login
    that may not read protocols in.
    """
    if by is not None:
        require(by, Permission.READ_PROTOCOLS)
    digest = hashlib.sha256(source.content).hexdigest()
    known = ImportedMeeting.objects.filter(source__sha256=digest).first()
    if known:
        return Stored(known, Fate.UNCHANGED)
    kept = SourceFile(
        name=source.name[:200], sha256=digest, size=len(source.content), text=text, received_by=by
    )
    kept.file.save(f"{source.name[:80]}{source.suffix}", ContentFile(source.content), save=False)
    kept.save()
    before = _before(read)
    meeting = ImportedMeeting.objects.create(
        source=kept,
        body=_body(read.front.body),
        body_name=read.front.body[:120],
        held_on=read.front.day,
        place=read.front.venue[:300],
        layout=read.profile,
        marks=[rows.mark(mark) for mark in read.marks],
        facts=rows.of_meeting(read),
        version=before.version + 1 if before else 1,
        supersedes=before,
    )
    _store_paragraphs(meeting, read)
    return Stored(meeting, Fate.NEWER if before else Fate.NEW)


def _before(read: ReadProtocol) -> ImportedMeeting | None:
    """The latest minutes of the same body and day, if there are any."""
    if not read.front.body or read.front.day is None:
        return None
    same = ImportedMeeting.objects.filter(body_name=read.front.body[:120], held_on=read.front.day)
    return same.select_for_update().order_by("-version").first()


def _body(name: str) -> Body | None:
    return Body.objects.filter(name__iexact=name.strip()).first() if name.strip() else None


def _store_paragraphs(meeting: ImportedMeeting, read: ReadProtocol) -> None:
    wanted = {one.registry_number for one in read.paragraphs if one.registry_number and one.is_motion}
    motions = {motion.registry_number: motion for motion in Motion.objects.filter(registry_number__in=wanted)}
    stored = ImportedParagraph.objects.bulk_create(
        _row(meeting, position, one, motions.get(one.registry_number))
        for position, one in enumerate(read.paragraphs, start=1)
    )
    gather_names(meeting, stored)


def _row(
    meeting: ImportedMeeting, position: int, read: ReadParagraph, motion: Motion | None
) -> ImportedParagraph:
    return ImportedParagraph(
        meeting=meeting,
        position=position,
        number=read.number[:20],
        title=read.title[:2000],
        registry_number=(read.registry_number or "")[:60],
        outcome=read.outcome.value,
        facts=rows.of_paragraph(read),
        motion=motion if read.is_motion else None,
    )


@transaction.atomic
def accept(
    paragraph: ImportedParagraph,
    *,
    by: User,
    title: str,
    registry_number: str,
    outcome: Outcome,
    at: datetime | None = None,
) -> ImportedParagraph:
    """Accept a § as read, with what was put right in it. Everybody may read it from now on.

    Raises Conflict where somebody has accepted it already, DomainError without a title.
    """
    require(by, Permission.READ_PROTOCOLS)
    row = (
        ImportedParagraph.objects.select_for_update(of=("self",))
        .select_related("accepted_by")
        .get(pk=paragraph.pk)
    )
    if row.is_accepted:
        raise Conflict(
            _("%(label)s är redan godkänd av %(name)s") % {"label": row.label, "name": row.accepted_by},
            instead=_("Läs den som den godkändes."),
        )
    row.title, row.registry_number = " ".join(title.split()), registry_number.strip()
    if not row.title:
        raise DomainError(_("Skriv en rubrik"), field="title")
    row.outcome = outcome.value
    if row.facts["is_motion"] and row.registry_number:
        row.motion = Motion.objects.filter(registry_number=row.registry_number).first()
    row.accepted_at, row.accepted_by = at or timezone.now(), by
    row.save(update_fields=["title", "registry_number", "outcome", "motion", "accepted_at", "accepted_by"])
    return row


@transaction.atomic
def accept_unmarked(meeting: ImportedMeeting, *, by: User, at: datetime | None = None) -> int:
    """Accept every waiting § of the meeting of which the reader was sure; how many they were."""
    require(by, Permission.READ_PROTOCOLS)
    sure = meeting.paragraphs.filter(accepted_at__isnull=True, facts__marks=[]).exclude(title="")
    return sure.update(accepted_at=at or timezone.now(), accepted_by=by)

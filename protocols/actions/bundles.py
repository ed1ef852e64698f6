"""Bundles of extracts: asked for on a page, made in the background by any of the site's processes.

The making of one is held by a lock in the database; it goes with a process that is killed, and another one
begins anew. What was issued until then is issued, so that it goes on rather than back to the start.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.news import exchange
from motions.errors import DomainError
from motions.models import Organisation, User
from motions.permissions import Permission, require
from protocols.actions.claims import held, reason_of
from protocols.actions.extracts import issue_extract, paper_name
from protocols.enums import BundleKind, BundleState
from protocols.extracts.binding import Leaf, write_book, write_zip
from protocols.models import Bundle, Correction, Extract, Paragraph
from protocols.queries.bundles import Scope, contents_of
from protocols.queries.dispatch import paper_in_force

_LOCKS = 0x6B6C7563  # the first half of the name of a lock on a bundle; the other is the bundle's number

_log = logging.getLogger(__name__)


class Ending(Exception):  # noqa: N818 -- no error: the process ends, another one goes on
    """The process is about to end."""


@transaction.atomic
def ask_bundle(scope: Scope, *, kind: BundleKind, by: User, check_address: str) -> Bundle:
    """Have the bundle made, where it is not made or being made as things stand now.

    Raises Forbidden for one who may not read drafts (who has no part in the work), DomainError where nothing
    is verified.
    """
    require(by, Permission.READ_DRAFTS)
    paragraphs = list(scope.paragraphs)
    if not paragraphs:
        raise DomainError(
            _("Ingen paragraf är justerad än; det finns inga utdrag att samla"),
            law="KL 5 kap. 69 §",
            instead=_("Försök igen när protokollet är justerat."),
        )
    contents, known = contents_of(paragraphs), scope.bundles.select_for_update().filter(kind=kind).first()
    if known and known.contents == contents and known.state != BundleState.FAILED:
        return known
    values = {
        "check_address": check_address,
        "contents": contents,
        "total": len(paragraphs),
        "done": 0,
        "state": BundleState.WAITING,
        "reason": "",
        "asked_by": by,
        "asked_at": timezone.now(),
    }
    bundle, _made = Bundle.objects.update_or_create(
        kind=kind, body=scope.body, year=scope.year, meeting=scope.meeting, defaults=values
    )
    return bundle


def issue_missing(
    paragraphs: Sequence[Paragraph],
    *,
    by: User | None,
    check_address: str,
    told: Callable[[int], None],
) -> list[Extract | Correction]:
    """The papers in force of the verified §§, in their order; what nobody asked for before is issued now.

    One more at a time than there are presses: none of them waits while a paper is stored. `told` is called
    with how many there are each time one more is. Raises Ending when the process ends.
    """
    papers = {paragraph.pk: paper_in_force(paragraph) for paragraph in paragraphs}
    done = sum(paper is not None for paper in papers.values())
    told(done)

    def issue(paragraph: Paragraph) -> Extract:
        try:
            return issue_extract(paragraph, by=by, check_address=check_address)
        finally:
            connection.close()

    missing = [paragraph for paragraph in paragraphs if papers[paragraph.pk] is None]
    with ThreadPoolExecutor(settings.PRESSES + 1, "bundle") as pool:
        waiting = {pool.submit(issue, paragraph): paragraph.pk for paragraph in missing}
        try:
            for future in as_completed(waiting):
                papers[waiting[future]] = future.result()
                done += 1
                told(done)
                if exchange.is_ending:
                    raise Ending
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return [paper for paper in papers.values() if paper is not None]


def make_due() -> None:
    """Make all that wait, unless the process ends meanwhile."""
    while not exchange.is_ending and make_next():
        pass


def make_next() -> Bundle | None:
    """Make one bundle that waits and that nobody else is making; None where there is none."""
    waiting = Bundle.objects.filter(state=BundleState.WAITING).order_by("asked_at", "pk")
    for pk in waiting.values_list("pk", flat=True):
        with held(_LOCKS, pk) as is_mine:
            bundle = waiting.select_related("body", "meeting", "asked_by").filter(pk=pk).first()
            if is_mine and bundle:
                _make(bundle)
                return bundle
    return None


def _make(bundle: Bundle) -> None:
    this = Bundle.objects.filter(pk=bundle.pk, asked_at=bundle.asked_at)  # not what was asked for since

    def told(done: int) -> None:
        this.update(done=done)

    scope = Scope(bundle.body, bundle.year, bundle.meeting)
    paragraphs = list(scope.paragraphs)
    file = _unfinished(bundle)
    try:
        papers = issue_missing(paragraphs, by=bundle.asked_by, check_address=bundle.check_address, told=told)
        _write(bundle, scope, list(zip(paragraphs, papers, strict=True)), file)
        _keep(bundle, file, this=contents_of(paragraphs))
    except Ending:
        return
    except Exception as error:  # noqa: BLE001 -- whatever the press or the disk says, the page tells it
        _log.exception("The bundle %s could not be made", bundle.pk)
        this.update(state=BundleState.FAILED, reason=reason_of(error))
    finally:
        file.unlink(missing_ok=True)


def _unfinished(bundle: Bundle) -> Path:
    """Where it is written: one place a bundle, so that the next maker takes what a killed one has left."""
    place = Path(bundle.file.storage.path(f"{bundle.folder}/{bundle.pk}/unfinished"))
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _write(
    bundle: Bundle, scope: Scope, papers: Sequence[tuple[Paragraph, Extract | Correction]], file: Path
) -> None:
    leaves = [
        Leaf(
            name=paper_name(paper),
            label=paragraph.label,
            title=paragraph.title,
            path=Path(paper.file.path),
            at=paper.issued_at,
        )
        for paragraph, paper in papers
    ]
    if bundle.kind == BundleKind.ZIP:
        write_zip(leaves, file)
    else:
        organisation = Organisation.objects.get()
        write_book(leaves, file, organisation=str(organisation), body=scope.body.name, when=scope.when)


def _keep(bundle: Bundle, file: Path, *, this: str) -> None:
    """Store the file by its content and record it; the one it replaces goes."""
    old = bundle.file.name
    with file.open("rb") as content:
        bundle.sha256 = hashlib.file_digest(content, "sha256").hexdigest()
        name = bundle.file.field.generate_filename(bundle, "")
        storage = bundle.file.storage
        if not storage.exists(name):
            name = storage.save(name, File(content))
    rows = Bundle.objects.filter(pk=bundle.pk, asked_at=bundle.asked_at)
    rows.update(
        state=BundleState.DONE,
        file=name,
        sha256=bundle.sha256,
        size=file.stat().st_size,
        contents=this,
        total=bundle.total,
        done=bundle.total,
    )
    if old and old != name:
        storage.delete(old)

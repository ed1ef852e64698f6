"""Reading files in: asked for on a page, read in the background by any of the site's processes."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from config.news import exchange
from motions.models import User
from motions.permissions import Permission, require
from protocols.actions.claims import held, reason_of
from protocols.actions.importing import Fate, store
from protocols.enums import ReadingState
from protocols.models import Reading
from protocols.reading import apart
from protocols.reading.refusals import UnreadableError
from protocols.reading.sources import Source
from protocols.reading.words import REASONS

#: A reader that is killed leaves the work to the next one. A file that kills each of them must not go on.
MOST_ATTEMPTS = 3
_LOCKS = 0x6B6C7565  # the first half of the name of a lock on a reading; the other is its number

_log = logging.getLogger(__name__)


@transaction.atomic
def ask_readings(sources: Iterable[Source], *, by: User) -> None:
    """Have the files read, each by itself. Raises Forbidden."""
    require(by, Permission.READ_PROTOCOLS)
    for source in sources:
        reading = Reading(
            name=PurePath(source.origin).name[:200],
            suffix=source.suffix,
            sha256=hashlib.sha256(source.content).hexdigest(),
            asked_by=by,
        )
        reading.file.save(reading.name, ContentFile(source.content), save=False)
        reading.save()


@transaction.atomic
def clear_readings(*, by: User) -> None:
    """Take what is over off the list; what was read stays in the register. Raises Forbidden."""
    require(by, Permission.READ_PROTOCOLS)
    Reading.objects.exclude(state=ReadingState.WAITING).delete()


def read_due() -> None:
    """Read all that wait, unless the process ends meanwhile."""
    while not exchange.is_ending and read_next():
        pass


def read_next() -> bool:
    """Read one file that waits and that nobody else is reading; False where there is none."""
    waiting = Reading.objects.filter(state=ReadingState.WAITING)
    for pk in list(waiting.values_list("pk", flat=True)):
        with held(_LOCKS, pk) as is_mine:
            reading = waiting.select_related("asked_by").filter(pk=pk).first()
            if is_mine and reading:
                _read(reading)
                return True
    return False


def _read(reading: Reading) -> None:
    this = Reading.objects.filter(pk=reading.pk)
    if reading.attempts >= MOST_ATTEMPTS:
        _refuse(reading, _("Servern stannade varje gång filen lästes. Är den skadad?"))
        return
    this.update(attempts=reading.attempts + 1)
    try:
        with reading.file.open("rb") as file:
            source = Source(PurePath(reading.name).stem, reading.name, reading.suffix, file.read())
        found = apart.read(source, told=lambda done, pages: _tell(reading, done, pages))
        with transaction.atomic():
            stored = store(source, found.text, found.protocol, by=reading.asked_by)
            state = ReadingState.KNOWN if stored.fate == Fate.UNCHANGED else ReadingState.READ
            this.update(state=state, meeting=stored.meeting)
    except UnreadableError as refusal:
        _refuse(reading, str(REASONS[refusal.reason]))
    except Exception as error:  # noqa: BLE001 -- whatever the disk or the file says, the page tells it
        _log.exception("The file %s could not be read in", reading.name)
        _refuse(reading, reason_of(error))
    _let_go(reading)


def _tell(reading: Reading, done: int, pages: int) -> None:
    Reading.objects.filter(pk=reading.pk).update(done=done, pages=pages)


def _refuse(reading: Reading, reason: str) -> None:
    Reading.objects.filter(pk=reading.pk).update(state=ReadingState.REFUSED, reason=reason)
    _let_go(reading)


def _let_go(reading: Reading) -> None:
    """Remove the file, unless the same content waits under another name."""
    if not Reading.objects.filter(sha256=reading.sha256, state=ReadingState.WAITING).exists():
        reading.file.delete(save=False)

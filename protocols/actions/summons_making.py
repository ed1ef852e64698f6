"""Making the summonses that were asked for: in the background, by any of the site's processes."""

from __future__ import annotations

import logging

from django.utils.translation import gettext as _

from config.news import exchange
from motions.errors import DomainError
from protocols.actions.claims import held, reason_of
from protocols.actions.summons import issue_summons
from protocols.models import AskedSummons

#: A maker that is killed leaves the work to the next one. A document that kills each of them must not go on.
MOST_ATTEMPTS = 3
_LOCKS = 0x6B6C7564  # the first half of the name of a lock on what was asked for; the other is its number

_log = logging.getLogger(__name__)


def make_due() -> None:
    """Make all that wait, unless the process ends meanwhile."""
    while not exchange.is_ending and make_next():
        pass


def make_next() -> bool:
    """Make one summons that waits and that nobody else is making; False where there is none."""
    waiting = AskedSummons.objects.filter(failure="")
    for pk in list(waiting.values_list("pk", flat=True)):
        with held(_LOCKS, pk) as is_mine:
            asked = waiting.select_related("meeting__body", "asked_by").filter(pk=pk).first()
            if is_mine and asked:
                _make(asked)
                return True
    return False


def _make(asked: AskedSummons) -> None:
    this = AskedSummons.objects.filter(pk=asked.pk, asked_at=asked.asked_at)  # not what was asked for since
    if asked.attempts >= MOST_ATTEMPTS:
        this.update(
            failure=_("Servern stannade varje gång. Är en handling skadad? Mer står i serverns logg.")
        )
        return
    this.update(attempts=asked.attempts + 1)
    try:
        issue_summons(asked.meeting, by=asked.asked_by, seen=asked.agenda_sha256)
    except Exception as error:  # noqa: BLE001 -- whatever the press or the disk says, the page tells it
        if not isinstance(error, DomainError):
            _log.exception("The summons of meeting %s could not be made", asked.meeting_id)
        this.update(failure=reason_of(error))

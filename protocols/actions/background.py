"""All that a process of the site does in the background: mail, bundles, summonses, readings, signatures."""

from __future__ import annotations

from config import background
from config.background import Work
from protocols.actions.bundles import make_due
from protocols.actions.reading_in import read_due
from protocols.actions.sending import seconds_until_due, send_due
from protocols.actions.signing import sign_due
from protocols.actions.summons_making import make_due as make_due_summonses
from protocols.models import bundle, mailing, reading, signing, summons
from protocols.signing.configured import signs_minutes


def start() -> None:
    """From now on, until the process ends."""
    background.start(works())


def works() -> list[Work]:
    """Each kind; minutes are signed where the installation signs at all."""
    found = [
        Work("mail", mailing.TOPIC, send_due, seconds_until_due),
        Work("bundles", bundle.TOPIC, make_due),
        Work("summonses", summons.TOPIC, make_due_summonses),
        Work("readings", reading.TOPIC, read_due),
    ]
    if signs_minutes():
        found.append(Work("signing", signing.TOPIC, sign_due))
    return found

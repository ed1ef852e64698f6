"""Days that the law counts: when verified minutes are announced, appealed against and taken down.

A time that a statute sets and that ends on a Saturday, a Sunday, another public holiday, Midsummer Eve,
Christmas Eve or New Year's Eve lasts to the next working day (lag 1930:173 om beräkning av lagstadgad tid).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import holidays

#: Public holidays, and with "de facto" the three eves that the act of 1930 puts beside them. Years are added
#: to it as they are asked for.
_CLOSED: Final = holidays.country_holidays("SE", categories=("public", "de_facto"))
_SATURDAY = 5

POSTED_WITHIN = timedelta(days=2)
APPEAL_TIME = timedelta(weeks=3)


def is_working_day(day: date) -> bool:
    """Whether something that is due on the day must be done on it."""
    return day.weekday() < _SATURDAY and day not in _CLOSED


def working_day_from(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def latest_posting_day(verified_on: date) -> date:
    """The last day to announce that minutes are verified: the second day after (KL 8 kap. 12 §)."""
    return verified_on + POSTED_WITHIN


def last_appeal_day(posted_on: date) -> date:
    """The last day on which an appeal can come in: three weeks from the notice (KL 13 kap. 5 §)."""
    return working_day_from(posted_on + APPEAL_TIME)


def final_from(posted_on: date) -> date:
    """The day from which a decision that nobody appealed against is final: the appeal time has run out."""
    return last_appeal_day(posted_on) + timedelta(days=1)


def take_down_day(posted_on: date) -> date:
    """The first working day on which the notice may be gone: the appeal time has run out (KL 8 kap. 12 §)."""
    return working_day_from(final_from(posted_on))

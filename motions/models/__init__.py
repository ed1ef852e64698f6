"""The tables of the matter, one room each."""

from __future__ import annotations

from motions.models.account import User
from motions.models.event import MotionEvent
from motions.models.motion import (
    NEAR_DEADLINE_DAYS,
    Clause,
    Document,
    DraftSection,
    Motion,
    MotionMover,
)
from motions.models.numbering import NumberSeries
from motions.models.organisation import Body, Organisation, Term
from motions.models.people import (
    Membership,
    Party,
    PartyAffiliation,
    Person,
    SubstituteOrder,
    on_day,
)
from motions.models.second_factor import RecoveryCode, SecondFactor

__all__ = [
    "NEAR_DEADLINE_DAYS",
    "Body",
    "Clause",
    "Document",
    "DraftSection",
    "Membership",
    "Motion",
    "MotionEvent",
    "MotionMover",
    "NumberSeries",
    "Organisation",
    "Party",
    "PartyAffiliation",
    "Person",
    "RecoveryCode",
    "SecondFactor",
    "SubstituteOrder",
    "Term",
    "User",
    "on_day",
]

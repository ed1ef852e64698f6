"""The tables of meetings and decisions, one room each."""

from __future__ import annotations

from protocols.models.decision import (
    Decision,
    DecisionClause,
    MinutesNote,
    NonParticipation,
    Proposal,
    ProposalClause,
    ProposalMover,
    Question,
    QuestionOption,
    Reservation,
    ReservationPerson,
)
from protocols.models.extract import Extract, IssuedPaper, MinutesFile
from protocols.models.meeting import VERIFICATION_DAYS, Attendance, Meeting
from protocols.models.paragraph import (
    Appendix,
    BlockMotion,
    Paragraph,
    Recipient,
    Rewording,
    Section,
    Verification,
)

__all__ = [
    "VERIFICATION_DAYS",
    "Appendix",
    "Attendance",
    "BlockMotion",
    "Decision",
    "DecisionClause",
    "Extract",
    "IssuedPaper",
    "Meeting",
    "MinutesFile",
    "MinutesNote",
    "NonParticipation",
    "Paragraph",
    "Proposal",
    "ProposalClause",
    "ProposalMover",
    "Question",
    "QuestionOption",
    "Recipient",
    "Reservation",
    "ReservationPerson",
    "Rewording",
    "Section",
    "Verification",
]

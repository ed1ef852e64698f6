"""The tables of meetings and decisions, one room each."""

from __future__ import annotations

from protocols.models.assignment import Assignment, AssignmentReport
from protocols.models.bundle import Bundle
from protocols.models.calendar_feed import CalendarFeed
from protocols.models.certified_copy import CertifiedCopy
from protocols.models.comment import Comment
from protocols.models.correction import Correction
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
from protocols.models.dispatch import Addressee, Dispatch, NoRecipients, PaperDispatch
from protocols.models.extract import Extract, IssuedPaper, MinutesFile, StoredPaper
from protocols.models.imported import ImportedMeeting, ImportedParagraph, SourceFile
from protocols.models.mailing import Delivery, Enclosure, Mailing
from protocols.models.meeting import VERIFICATION_DAYS, Attendance, Meeting
from protocols.models.notice import Notice, NoticeParagraph
from protocols.models.others import OtherPresent
from protocols.models.paper_look import PaperLook
from protocols.models.paragraph import (
    Appendix,
    BlockMotion,
    Paragraph,
    Recipient,
    Rewording,
    Section,
    Verification,
)
from protocols.models.read_names import Mention, ReadName, ReadParty
from protocols.models.reading import Reading
from protocols.models.service import AttendanceMove, Service
from protocols.models.signing import Signature, SignedOriginal
from protocols.models.summons import AskedSummons, Summons
from protocols.models.vote import Ballot, Vote
from protocols.models.withdrawal import Withdrawal

__all__ = [
    "VERIFICATION_DAYS",
    "Addressee",
    "Appendix",
    "AskedSummons",
    "Assignment",
    "AssignmentReport",
    "Attendance",
    "AttendanceMove",
    "Ballot",
    "BlockMotion",
    "Bundle",
    "CalendarFeed",
    "CertifiedCopy",
    "Comment",
    "Correction",
    "Decision",
    "DecisionClause",
    "Delivery",
    "Dispatch",
    "Enclosure",
    "Extract",
    "ImportedMeeting",
    "ImportedParagraph",
    "IssuedPaper",
    "Mailing",
    "Meeting",
    "Mention",
    "MinutesFile",
    "MinutesNote",
    "NoRecipients",
    "NonParticipation",
    "Notice",
    "NoticeParagraph",
    "OtherPresent",
    "PaperDispatch",
    "PaperLook",
    "Paragraph",
    "Proposal",
    "ProposalClause",
    "ProposalMover",
    "Question",
    "QuestionOption",
    "ReadName",
    "ReadParty",
    "Reading",
    "Recipient",
    "Reservation",
    "ReservationPerson",
    "Rewording",
    "Section",
    "Service",
    "Signature",
    "SignedOriginal",
    "SourceFile",
    "StoredPaper",
    "Summons",
    "Verification",
    "Vote",
    "Withdrawal",
]

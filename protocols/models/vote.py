"""Votes (omröstningar): what Ja and Nej meant, how many gave which, and how each one voted."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motions.models import Party, Person
from protocols.enums import BallotChoice, VoteEntry
from protocols.models.decision import Proposal, Question
from protocols.models.freezing import frozen_with_paragraph

_VIA_QUESTION = "SELECT paragraph_id FROM protocols_question WHERE id = {row}.question_id"
_VIA_VOTE = (
    "SELECT question.paragraph_id FROM protocols_vote vote "
    "JOIN protocols_question question ON question.id = vote.question_id WHERE vote.id = {row}.vote_id"
)


class Vote(models.Model):
    """An open vote that answered one question (KL 5 kap. 54 §); a secret one does not exist here.

    `yes` and `no` are what Ja and Nej mean as proposals of the question, never inferred: "Ja för avslag" is
    real. None is the other answer to a single proposal: turning it down, or settling the item today.
    `casting_vote` is the chair's, given at an equal number of votes and only then (KL 5 kap. 56 §).
    """

    question = models.OneToOneField(Question, models.CASCADE, related_name="vote")
    yes = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ja för")
    )
    no = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("nej för")
    )
    requested_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("begärd av")
    )
    requested_by_party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    entry = models.CharField(_("antecknad"), max_length=10, choices=VoteEntry.choices)
    yes_count = models.PositiveSmallIntegerField(_("ja"))
    no_count = models.PositiveSmallIntegerField(_("nej"))
    abstain_count = models.PositiveSmallIntegerField(_("avstår"), default=0)
    absent_count = models.PositiveSmallIntegerField(_("frånvarande"), default=0)
    casting_vote = models.CharField(
        _("utslagsröst"),
        max_length=3,
        choices=[(BallotChoice.YES, BallotChoice.YES.label), (BallotChoice.NO, BallotChoice.NO.label)],
        blank=True,
        default="",
    )
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(yes__isnull=False, no__isnull=True)
                | Q(yes__isnull=True, no__isnull=False)
                | Q(yes__isnull=False, no__isnull=False) & ~Q(yes=F("no")),
                name="vote_yes_and_no_differ",
            ),
            models.CheckConstraint(
                condition=Q(yes_count=F("no_count"), casting_vote__in=["yes", "no"])
                | ~Q(yes_count=F("no_count")) & Q(casting_vote=""),
                name="vote_casting_vote_when_tied",
            ),
        ]
        triggers = [frozen_with_paragraph("vote_is_frozen", _VIA_QUESTION)]

    def __str__(self) -> str:
        return f"{self.question}: {self.yes_count}–{self.no_count}"


class Ballot(models.Model):
    """How one person voted, with the party of the day; `position` keeps the order of the seats."""

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="ballots")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    choice = models.CharField(_("röst"), max_length=10, choices=BallotChoice.choices)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["vote", "person"], name="ballot_once_a_person")]
        triggers = [frozen_with_paragraph("ballot_is_frozen", _VIA_VOTE)]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_choice_display()}"

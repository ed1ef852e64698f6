"""What was proposed, asked and decided in a paragraph: the facts that all wording is made from."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motions.enums import Outcome
from motions.models import Party, Person, User
from protocols.enums import DecisionKind, NonParticipationKind, ProposalKind, QuestionKind
from protocols.models.freezing import frozen_with_paragraph
from protocols.models.paragraph import Paragraph
from protocols.models.telling import tells_of_paragraph


def group_name(party: Party | None) -> str:
    """A party's group where it stands among persons: "Vänsterpartiet, partigruppen (V)"."""
    return gettext("%(party)s, partigruppen (%(code)s)") % {
        "party": party.name if party else "",
        "code": party.code if party else "",
    }


def _paragraph_via(table: str, foreign_key: str) -> str:
    return f"SELECT paragraph_id FROM {table} WHERE id = {{row}}.{foreign_key}"


class Proposal(models.Model):
    """A yrkande put to the meeting, or the proposal before it (TABLED).

    The movers of the TABLED one support it; support in a later hand is a TABLED row with a `preference`.
    `concerns` are the numbers of the att-satser (of a matter: of the tabled clauses) it is about; empty: all.
    `target` is another yrkande that an amendment or addition is made to; None: the tabled one.
    """

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="proposals")
    kind = models.CharField(_("yrkande"), max_length=20, choices=ProposalKind.choices)
    text = models.TextField(_("lydelse"), max_length=5_000, blank=True)
    preference = models.PositiveSmallIntegerField(_("i hand"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    concerns = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    target = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("återtaget"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    movers = models.ManyToManyField(Person, through="ProposalMover", related_name="proposals")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paragraph"],
                condition=Q(kind=ProposalKind.TABLED, preference__isnull=True),
                name="proposal_one_tabled",
            ),
            models.CheckConstraint(
                condition=Q(preference__isnull=True) | Q(preference__gte=1), name="proposal_hand_from_one"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="proposal_withdrawn_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[ProposalKind.AMEND, ProposalKind.ADD]) | ~Q(text=""),
                name="proposal_amendment_has_text",
            ),
        ]
        triggers = [
            frozen_with_paragraph("proposal_is_frozen"),
            tells_of_paragraph("proposal_tells", "procedure"),
        ]

    def __str__(self) -> str:
        return f"{self.paragraph.label}: {self.get_kind_display()}"


class ProposalMover(models.Model):
    """A member who put the proposal, with the party of that day, and by whom and when that was noted.

    Without a `person` it is the group of the party in the body that put it (partigruppen).
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="mover_rows")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="proposal_mover_once"),
            models.UniqueConstraint(
                fields=["proposal", "party"], condition=Q(person__isnull=True), name="proposal_group_once"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(party__isnull=False), name="proposal_mover_is_somebody"
            ),
        ]
        triggers = [
            frozen_with_paragraph(
                "proposal_mover_is_frozen", _paragraph_via("protocols_proposal", "proposal_id")
            )
        ]

    def __str__(self) -> str:
        if self.person is None:
            return group_name(self.party)
        return f"{self.person.name} ({self.party.code})" if self.party else self.person.name


class OperativeClause(models.Model):
    """What becomes of some att-satser (`settles`: their numbers from 1), or free words of a decision."""

    position = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True, default="")
    settles = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    text = models.TextField(_("lydelse"), max_length=5_000, blank=True)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text or f"{self.outcome} {self.settles}"


class ProposalClause(OperativeClause):
    """One clause of the proposal before the meeting."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="clauses")

    class Meta(OperativeClause.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | ~Q(outcome=""), name="proposal_clause_says_something"
            ),
        ]
        triggers = [
            frozen_with_paragraph(
                "proposal_clause_is_frozen", _paragraph_via("protocols_proposal", "proposal_id")
            )
        ]


class Question(models.Model):
    """A question the chair put, in order, with the chair's finding (KL 5 kap. 53 §).

    `winner` is None while not found, or where a single proposal was turned down (then `found_at` is set).
    `supporters` of `present` members backed a minority's demand (KL 5 kap. 50 §).
    `clause` is the number (from 1) of the one clause it is about, where the proposal before the meeting is
    decided clause by clause; None: all of it.
    """

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=10, choices=QuestionKind.choices)
    clause = models.PositiveSmallIntegerField(_("beslutssats"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    proposals = models.ManyToManyField(Proposal, through="QuestionOption", related_name="questions")
    winner = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="+")
    found_at = models.DateTimeField(null=True, blank=True)
    supporters = models.PositiveSmallIntegerField(_("begärt av"), null=True, blank=True)
    present = models.PositiveSmallIntegerField(_("närvarande"), null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(supporters__isnull=True)
                | Q(supporters__isnull=False, present__isnull=False, supporters__lte=F("present")),
                name="question_supporters_among_present",
            ),
            models.CheckConstraint(
                condition=Q(winner__isnull=True) | Q(found_at__isnull=False), name="question_winner_was_found"
            ),
            models.CheckConstraint(
                condition=Q(clause__isnull=True)
                | Q(clause__gte=1, kind__in=[QuestionKind.MAIN, QuestionKind.COUNTER]),
                name="question_of_a_clause_is_on_the_matter",
            ),
        ]
        triggers = [
            frozen_with_paragraph("question_is_frozen"),
            tells_of_paragraph("question_tells", "procedure"),
        ]

    def __str__(self) -> str:
        return f"{self.paragraph.label}: {self.get_kind_display()} {self.position}"


class QuestionOption(models.Model):
    """A proposal put against others in one question, in the order the chair names them.

    Where one question is about a referral back with several motivations (KL 5 kap. 50 §), `supporters` is how
    many of those present the chair found to back this one; None: it was not tried by itself. `has_fallen`:
    they were too few.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="options")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    supporters = models.PositiveSmallIntegerField(_("biträds av"), null=True, blank=True)
    has_fallen = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "proposal"], name="option_once"),
            models.CheckConstraint(
                condition=Q(has_fallen=False) | Q(supporters__isnull=False), name="option_fell_by_number"
            ),
        ]
        triggers = [
            frozen_with_paragraph("option_is_frozen", _paragraph_via("protocols_question", "question_id"))
        ]

    def __str__(self) -> str:
        return str(self.proposal)


class Decision(models.Model):
    """What the body decided in the paragraph; its clauses say what becomes of which att-satser."""

    paragraph = models.OneToOneField(Paragraph, models.CASCADE, related_name="decision")
    kind = models.CharField(max_length=20, choices=DecisionKind.choices)
    by_minority = models.BooleanField(_("på begäran av en minoritet"), default=False)
    motivation = models.TextField(_("motivering"), max_length=50_000, blank=True)
    until = models.DateField(_("bordlagt till"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=DecisionKind.REFERS_BACK) | ~Q(motivation=""),
                name="decision_referral_has_motivation",
            ),
            models.CheckConstraint(
                condition=Q(by_minority=False)
                | Q(kind__in=[DecisionKind.REFERS_BACK, DecisionKind.POSTPONES]),
                name="decision_minority_only_defers",
            ),
        ]
        triggers = [
            frozen_with_paragraph("decision_is_frozen"),
            tells_of_paragraph("decision_tells", "decision"),
        ]

    def __str__(self) -> str:
        return f"{self.paragraph.label}: {self.get_kind_display()}"


class DecisionClause(OperativeClause):
    """One clause of the decision."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="clauses")

    class Meta(OperativeClause.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | ~Q(outcome=""), name="decision_clause_says_something"
            ),
        ]
        triggers = [
            frozen_with_paragraph(
                "decision_clause_is_frozen", _paragraph_via("protocols_decision", "decision_id")
            )
        ]


class NonParticipation(models.Model):
    """A serving person who did not take part in this paragraph's decision, and which of the three ways.

    `substitute` serves in a recused person's place in this paragraph alone (KL 5 kap. 17 och 18 §§).
    `clauses` are the numbers (from 1) of the decision's clauses that it is about; empty: the whole paragraph.
    """

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="non_participations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("orsak"), max_length=20, choices=NonParticipationKind.choices)
    clauses = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    substitute = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    substitute_party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "person"], name="non_participation_once"),
            models.UniqueConstraint(
                fields=["paragraph", "substitute"],
                condition=Q(substitute__isnull=False),
                name="non_participation_substitute_once",
            ),
            models.CheckConstraint(
                condition=Q(substitute__isnull=True) | Q(kind=NonParticipationKind.RECUSAL),
                name="non_participation_substitute_of_the_recused",
            ),
        ]
        triggers = [
            frozen_with_paragraph("non_participation_is_frozen"),
            tells_of_paragraph("non_participation_tells", "decision"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"


class Reservation(models.Model):
    """Recorded dissent (KL 4 kap. 27 §): announced before the meeting closes, text before verification.

    `html` is sanitised; `version` guards it as in Section.
    """

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="reservations")
    announced_at = models.DateTimeField(default=timezone.now)
    html = models.TextField(_("text"), max_length=50_000, blank=True)
    text_received_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    persons = models.ManyToManyField(Person, through="ReservationPerson", related_name="reservations")

    class Meta:
        ordering = ["announced_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(html="") | Q(text_received_at__isnull=False), name="reservation_text_has_moment"
            ),
        ]
        triggers = [
            frozen_with_paragraph("reservation_is_frozen"),
            tells_of_paragraph("reservation_tells", "dissent"),
        ]

    def __str__(self) -> str:
        return f"{self.paragraph.label}: {self.pk}"


class ReservationPerson(models.Model):
    """One of those who reserve, with the party of that day; `in_group`: as one of the party's whole group."""

    reservation = models.ForeignKey(Reservation, models.CASCADE, related_name="person_rows")
    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    in_group = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "person"], name="reservation_once_a_person"),
            models.CheckConstraint(
                condition=Q(in_group=False) | Q(party__isnull=False), name="reservation_group_has_party"
            ),
        ]
        triggers = [
            frozen_with_paragraph("reservation_person_is_frozen"),
            tells_of_paragraph("reservation_person_tells", "dissent"),
        ]

    def __str__(self) -> str:
        return f"{self.person.name} ({self.party.code})" if self.party else self.person.name


class MinutesNote(models.Model):
    """A note to the minutes (protokollsanteckning): open also to those who may not reserve.

    `version` guards its text as in Section.
    """

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="notes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    html = models.TextField(_("text"), max_length=50_000)
    received_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "person"], name="note_once_a_person"),
            models.CheckConstraint(condition=~Q(html=""), name="note_has_text"),
        ]
        triggers = [frozen_with_paragraph("note_is_frozen"), tells_of_paragraph("note_tells", "dissent")]

    def __str__(self) -> str:
        return f"{self.paragraph.label}: {self.person}"

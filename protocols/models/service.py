"""Who served in each paragraph, and who came and went while the meeting was going on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motions.models import Party, Person, User
from protocols.enums import MoveKind
from protocols.models.freezing import frozen_with_meeting, frozen_with_paragraph
from protocols.models.meeting import Meeting
from protocols.models.paragraph import Paragraph


class Service(models.Model):
    """One who held a seat when the gavel fell over the paragraph, with the party of the day (KL 5 kap. 66 §).

    `replaces` is the member in whose place a substitute served. Whoever is recused holds the seat here;
    `protocols.queries.service` leaves them out and puts the substitute of that § in.
    """

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="service")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    replaces = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "person"], name="service_once"),
            models.UniqueConstraint(
                fields=["paragraph", "replaces"],
                condition=Q(replaces__isnull=False),
                name="service_one_substitute_a_seat",
            ),
        ]
        triggers = [frozen_with_paragraph("service_is_frozen")]

    def __str__(self) -> str:
        return f"{self.person.name} ({self.party.code})" if self.party else self.person.name


class AttendanceMove(models.Model):
    """What somebody did during the meeting: came, left, stepped in for a member or gave the seat back.

    `is_present` and `replaces` are what holds from `at` on, `was_present` and `was_for` what held before, so
    that the latest move can be taken back. `because` is the move that brought this one about.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="moves")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("klockan"))
    is_present = models.BooleanField()
    replaces = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    was_present = models.BooleanField()
    was_for = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    because = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="led_to")
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        triggers = [frozen_with_meeting("attendance_move_is_frozen")]

    def __str__(self) -> str:
        return f"{self.person.name} {timezone.localtime(self.at):%H.%M}"

    @property
    def kind(self) -> MoveKind:
        """What the person did."""
        if not self.is_present:
            return MoveKind.LEFT
        if self.replaces_id:
            return MoveKind.STEPPED_IN
        return MoveKind.STEPPED_BACK if self.was_present else MoveKind.CAME

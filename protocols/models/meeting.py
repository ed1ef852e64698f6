"""Meetings, who serves at them and who verifies their minutes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motions.enums import MembershipRole
from motions.models import Body, Membership, Party, Person, User
from motions.permissions import HasRoles, Permission, has_permission
from protocols.enums import MeetingState, ParagraphState
from protocols.models.freezing import frozen_with_meeting, meeting_frozen_with_itself
from protocols.models.telling import tells_of_meeting

#: The minutes are verified within this many days of the meeting (KL 5 kap. 69 §).
VERIFICATION_DAYS = 14

#: A meeting of fullmäktige is announced at least this many days before (KL 5 kap. 13 §).
NOTICE_DAYS = 7


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings by who may see them and by time."""

    def visible_to(self, user: HasRoles) -> Self:
        """Officials see all, representatives their bodies', the public those with verified paragraphs."""
        if has_permission(user, Permission.READ_DRAFTS):
            return self.all()
        verified = Exists(
            Meeting.objects.filter(pk=OuterRef("pk"), paragraphs__state=ParagraphState.VERIFIED).values("pk")
        )
        person = getattr(user, "person_id", None)
        if person is None:
            return self.filter(verified)
        return self.filter(verified | Q(pk__in=Meeting.objects.of_person(person).values("pk")))

    def verified(self) -> Self:
        """Closed ones with minutes in which every § is verified."""
        of_meeting = Meeting.objects.filter(pk=OuterRef("pk"))
        unverified = of_meeting.filter(
            paragraphs__state__in=[ParagraphState.DRAFT, ParagraphState.TAKEN_UP, ParagraphState.DECIDED]
        )
        return self.filter(
            Exists(of_meeting.filter(paragraphs__state=ParagraphState.VERIFIED).values("pk")),
            ~Exists(unverified.values("pk")),
            state=MeetingState.CLOSED,
        )

    def whole_to(self, user: HasRoles) -> Self:
        """Those whose agenda and drafts the user reads: officials all, representatives their bodies'."""
        if has_permission(user, Permission.READ_DRAFTS):
            return self.all()
        person = getattr(user, "person_id", None)
        return self.of_person(person) if person is not None else self.none()

    def of_person(self, person_id: int) -> Self:
        """Meetings of bodies in which the person holds an office on the meeting's day."""
        office = Membership.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("held_on")),
            body=OuterRef("body"),
            person=person_id,
            starts_on__lte=OuterRef("held_on"),
        )
        return self.filter(Exists(office))


class Meeting(models.Model):
    """A meeting of a body: planned → open → closed; its paragraphs are verified one by one afterwards.

    A planned one can be cancelled, for a reason that its members and the public read.

    `chair` leads the meeting; `deputy` leads from now on where the chair has handed over.
    `calendar_sequence` counts the changes of time and place, for calendars (RFC 5545, SEQUENCE).
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name=_("organ"))
    held_on = models.DateField(_("dag"))
    starts_at = models.TimeField(_("klockan"))
    place = models.CharField(_("plats"), max_length=200)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    opened_at = models.DateTimeField(_("öppnat"), null=True, blank=True)
    closed_at = models.DateTimeField(_("avslutat"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("inställt"), null=True, blank=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_because = models.CharField(_("orsak"), max_length=500, blank=True)
    chair = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ordförande")
    )
    deputy = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    secretary = models.ForeignKey(
        User, models.PROTECT, related_name="secretary_of", verbose_name=_("sekreterare")
    )
    verifiers = models.ManyToManyField(
        Person, related_name="verifier_of", verbose_name=_("justerare"), blank=True
    )

    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("sammanträde")
        verbose_name_plural = _("sammanträden")
        ordering = ["-held_on", "-starts_at", "-pk"]
        indexes = [models.Index(fields=["body", "-held_on"], name="meeting_body_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "held_on", "starts_at"],
                condition=~Q(state=MeetingState.CANCELLED),
                name="meeting_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[MeetingState.PLANNED, MeetingState.CANCELLED],
                    opened_at__isnull=True,
                    closed_at__isnull=True,
                )
                | Q(state=MeetingState.OPEN, opened_at__isnull=False, closed_at__isnull=True)
                | Q(state=MeetingState.CLOSED, opened_at__isnull=False, closed_at__isnull=False),
                name="meeting_state_has_times",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="meeting_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(
                    ~Q(cancelled_because=""),
                    state=MeetingState.CANCELLED,
                    cancelled_at__isnull=False,
                    cancelled_by__isnull=False,
                )
                | Q(~Q(state=MeetingState.CANCELLED), cancelled_at__isnull=True),
                name="meeting_is_cancelled_for_a_reason",
            ),
        ]
        triggers = [
            meeting_frozen_with_itself("meeting_is_frozen"),
            tells_of_meeting("meeting_tells", "agenda", meeting="id"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.held_on.isoformat()}"

    def get_absolute_url(self) -> str:
        return reverse("protocols:meeting", args=[self.pk])

    @property
    def is_planned(self) -> bool:
        return self.state == MeetingState.PLANNED

    @property
    def is_open(self) -> bool:
        return self.state == MeetingState.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == MeetingState.CLOSED

    @property
    def is_cancelled(self) -> bool:
        return self.state == MeetingState.CANCELLED

    @property
    def is_settled(self) -> bool:
        """Whether attendance lies fast: the meeting is over, a § of it verified (KL 5 kap. 66 §). A query."""
        return self.is_closed and self.paragraphs.verified().exists()

    @property
    def verify_by(self) -> date:
        """The last day for verification (KL 5 kap. 69 §)."""
        return self.held_on + timedelta(days=VERIFICATION_DAYS)

    @property
    def summon_by(self) -> date:
        """The last day for summons: in fullmäktige KL 5 kap. 15 §, in other bodies their own rule."""
        return self.held_on - timedelta(days=self.body.summons_days)

    @property
    def notify_by(self) -> date | None:
        """The last day for the notice of time and place (KL 5 kap. 13 §); None where none is put up."""
        return self.held_on - timedelta(days=NOTICE_DAYS) if self.body.is_assembly else None


class Verifier(Meeting.verifiers.through):  # type: ignore[name-defined,misc]  # a class that Django makes
    """One chosen to verify the minutes: the rows of `Meeting.verifiers`, for their trigger."""

    class Meta:
        proxy = True
        triggers = [frozen_with_meeting("verifier_is_frozen")]


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Attendance by who serves."""

    def serving(self) -> Self:
        """Members present and substitutes who serve in another's place."""
        return self.filter(
            Q(is_present=True) & (Q(role__in=MembershipRole.seated) | Q(replaces__isnull=False))
        )


class Attendance(models.Model):
    """A member or substitute of the body at one meeting, with the party of that day.

    A member serves when present, a substitute when present in the place of `replaces` (KL 5 kap. 17 §).
    This is how it stands now; who served in a decided paragraph is recorded there (see Service).
    `passed_over` is the substitute in the room who stood before in the order when this one stepped in.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendance")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20, choices=MembershipRole.choices)
    position = models.PositiveSmallIntegerField(default=0)
    is_present = models.BooleanField(default=False)
    replaces = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    passed_over = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="attendance_once_a_meeting"),
            models.UniqueConstraint(
                fields=["meeting", "replaces"],
                condition=Q(replaces__isnull=False),
                name="attendance_one_substitute_a_seat",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | Q(role=MembershipRole.SUBSTITUTE, is_present=True),
                name="attendance_only_substitutes_replace",
            ),
            models.CheckConstraint(
                condition=Q(passed_over__isnull=True) | Q(replaces__isnull=False),
                name="attendance_passed_over_by_one_who_replaces",
            ),
        ]
        triggers = [
            frozen_with_meeting("attendance_is_frozen"),
            tells_of_meeting("attendance_tells", "attendance"),
        ]

    def __str__(self) -> str:
        return f"{self.person.name} ({self.party.code})" if self.party else self.person.name

    @property
    def is_seated(self) -> bool:
        """Whether this is a holder of a seat, not a substitute."""
        return self.role in MembershipRole.seated

    @property
    def is_serving(self) -> bool:
        """Whether the person takes part in the decisions."""
        return self.is_present and (self.is_seated or self.replaces_id is not None)

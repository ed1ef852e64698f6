"""Which meetings stand in whose calendar, and how."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.models import User
from protocols.calendars import CalendarEntry
from protocols.models import CalendarFeed, Meeting

#: Meetings held longer ago than this leave the feed.
_KEPT = timedelta(days=180)


def calendar_entry(meeting: Meeting) -> CalendarEntry:
    """The meeting as a calendar shows it; load it with body."""
    site = urlsplit(settings.SITE_ADDRESS)
    address = f"{settings.SITE_ADDRESS}{meeting.get_absolute_url()}"
    return CalendarEntry(
        uid=f"meeting-{meeting.pk}@{site.hostname}",
        sequence=meeting.calendar_sequence,
        title=_("Inställt: %(body)s") % {"body": meeting.body.name}
        if meeting.is_cancelled
        else meeting.body.name,
        starts=timezone.make_aware(datetime.combine(meeting.held_on, meeting.starts_at)),
        ends=_ended(meeting),
        place=meeting.place,
        description=_("Dagordning och handlingar: %(address)s") % {"address": address},
        url=address,
        is_cancelled=meeting.is_cancelled,
    )


def meetings_of(user: User, *, today: date) -> QuerySet[Meeting]:
    """The user's own: of the bodies that the person belongs to, and those where the user is secretary."""
    mine = Q(secretary=user)
    if user.person_id is not None:
        mine |= Q(pk__in=Meeting.objects.of_person(user.person_id).values("pk"))
    return (
        Meeting.objects.filter(mine, held_on__gte=today - _KEPT)
        .select_related("body")
        .order_by("held_on", "starts_at", "pk")
    )


def feed_of(user: User) -> CalendarFeed | None:
    """The user's feed, if there is one."""
    return CalendarFeed.objects.filter(user=user).first()


def feed_by_secret(secret: str) -> CalendarFeed | None:
    """The feed with the secret of an address; None for one that is unknown, revoked, or of a closed login."""
    digest = secret_digest(secret)
    return (
        CalendarFeed.objects.select_related("user__person")
        .filter(sha256=digest, user__is_active=True)
        .first()
    )


def secret_digest(secret: str) -> str:
    """The SHA-256 (hex) by which a secret is known."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _ended(meeting: Meeting) -> datetime | None:
    """When it was over; None before, and where it was closed before its hour."""
    starts = timezone.make_aware(datetime.combine(meeting.held_on, meeting.starts_at))
    return meeting.closed_at if meeting.closed_at and meeting.closed_at > starts else None

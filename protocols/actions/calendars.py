"""The secret address of a login's own calendar: made, replaced, taken back."""

from __future__ import annotations

import secrets

from django.utils import timezone

from motions.models import User
from protocols.models import CalendarFeed
from protocols.queries.calendars import secret_digest

_SECRET_BYTES = 32


def make_feed(*, by: User) -> str:
    """A new secret for the login's own feed; one made before leads nowhere from now on."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    CalendarFeed.objects.update_or_create(
        user=by, defaults={"sha256": secret_digest(secret), "made_at": timezone.now()}
    )
    return secret


def revoke_feed(*, by: User) -> None:
    """Take the login's feed back: its address leads nowhere from now on."""
    CalendarFeed.objects.filter(user=by).delete()

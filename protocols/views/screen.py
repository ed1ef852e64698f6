"""The big screen of the room: large, calm, nothing to press."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from config.http import UserRequest, is_htmx, narrow, needs
from motions.permissions import Permission
from protocols.models import Meeting
from protocols.queries.meetings import followed_by
from protocols.queries.screen import read_screen

PAGE = "protocols/screen.html"


@needs(Permission.MANAGE_MEETING, Permission.ATTEND_MEETING)
@require_safe
def screen(request: UserRequest, pk: int) -> HttpResponse:
    """The page; it asks for news itself, and is answered 204 while everything looks the same."""
    read_at = timezone.now()
    meeting = get_object_or_404(followed_by(request.user).select_related("body"), pk=pk)
    context = screen_context(meeting, read_at)
    if is_htmx(request) and request.GET.get("laget") == context["fingerprint"]:
        return HttpResponse(status=204)
    return narrow(request, PAGE, "shown", context)


def screen_context(meeting: Meeting, read_at: datetime) -> dict[str, Any]:
    """What the template shows; what was stored before `read_at` is in it."""
    content = render_to_string(f"{PAGE}#told", {"screen": read_screen(meeting)})
    return {
        "meeting": meeting,
        "content": mark_safe(content),  # noqa: S308 -- of our own template
        "fingerprint": hashlib.sha256(content.encode()).hexdigest()[:16],
        "read_at": read_at,
    }

"""What goes on at a meeting, as it happens: the stream that pages listen to, and the screen of the room."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from config.http import UserRequest, narrow, needs
from config.streams import stream
from motions.models import User
from motions.permissions import Permission, has_permission
from protocols.models import Meeting
from protocols.models.telling import ABOUT, topic
from protocols.queries.screen import read_screen


@needs(Permission.MANAGE_MEETING, Permission.ATTEND_MEETING)
@require_safe
def meeting_news(request: UserRequest, pk: int) -> HttpResponseBase:
    """Server-sent events, one name for each kind of change."""
    meeting = get_object_or_404(_followed_by(request.user), pk=pk)
    return stream({about: topic(meeting.pk, about) for about in ABOUT})


@needs(Permission.MANAGE_MEETING, Permission.ATTEND_MEETING)
@require_safe
def screen(request: UserRequest, pk: int) -> HttpResponse:
    """For the wall: large, calm, nothing to press; it fetches itself anew when something has happened."""
    meeting = get_object_or_404(_followed_by(request.user).select_related("body"), pk=pk)
    return narrow(request, "protocols/screen.html", "shown", {"screen": read_screen(meeting)})


def _followed_by(user: User) -> QuerySet[Meeting]:
    """The meetings whose unverified paragraphs the user may see."""
    if has_permission(user, Permission.READ_DRAFTS):
        return Meeting.objects.all()
    return Meeting.objects.of_person(user.person_id or 0)

"""What goes on at a meeting, as it happens: the stream that pages listen to."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from config.http import UserRequest, needs
from config.streams import stream
from motions.permissions import Permission
from protocols.models.telling import ABOUT, topic
from protocols.queries.meetings import followed_by
from protocols.views.pushing import KINDS, page_of


@needs(Permission.MANAGE_MEETING, Permission.ATTEND_MEETING)
@require_safe
def meeting_news(request: UserRequest, pk: int) -> HttpResponseBase:
    """Server-sent events, one name for each kind of change; `?sida=` names a page that is brought instead."""
    meeting = get_object_or_404(followed_by(request.user), pk=pk)
    page = request.GET.get("sida", "")
    if page not in KINDS:
        return stream({about: topic(pk, about) for about in ABOUT})
    topics = {about: topic(pk, about) for about in KINDS[page].topics}
    return stream(topics, page_of(request, meeting, page))

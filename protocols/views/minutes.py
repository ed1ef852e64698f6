"""The minutes of a meeting as PDF: issued once when every § is verified, before that a draft for few."""

from __future__ import annotations

import logging

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.http import HtmxRequest, public
from protocols.actions.extracts import issue_minutes
from protocols.enums import MeetingState
from protocols.extracts.checking import check_address
from protocols.extracts.minutes import minutes_pdf
from protocols.models import Meeting, MinutesFile
from protocols.queries.letterhead import letterhead
from protocols.queries.minutes import minutes_of
from protocols.views.papers import draft_response, failed_response, issued_response, issuer

_log = logging.getLogger(__name__)


@public
@require_safe
def minutes(request: HtmxRequest, pk: int) -> HttpResponseBase:
    """Verified minutes are asked for without looking who asks, so that caches may keep the answer."""
    meetings = Meeting.objects.select_related("body", "chair", "secretary")
    meeting = meetings.verified().filter(pk=pk).first()
    if meeting:
        return _issued(request, meeting)
    held = meetings.whole_to(request.user).exclude(state=MeetingState.CANCELLED)
    return _draft(request, get_object_or_404(held, pk=pk))


def minutes_name(meeting: Meeting, *, is_draft: bool) -> str:
    """What the file is called: "protokoll-regionstyrelsen-2026-05-20.pdf"."""
    draft = "-utkast" if is_draft else ""
    return f"protokoll-{slugify(meeting.body.name)}-{meeting.held_on.isoformat()}{draft}.pdf"


def _issued(request: HtmxRequest, meeting: Meeting) -> HttpResponseBase:
    return issued_response(
        request,
        lambda: (
            MinutesFile.objects.filter(meeting=meeting).first()  # then nobody is looked at
            or issue_minutes(meeting, by=issuer(request), check_address=check_address())
        ),
        name=minutes_name(meeting, is_draft=False),
        failed=lambda: _failed(request, meeting),
    )


def _draft(request: HtmxRequest, meeting: Meeting) -> HttpResponseBase:
    try:
        content = minutes_pdf(minutes_of(meeting), letterhead=letterhead())
    except Exception:  # noqa: BLE001 -- whatever the press says, the reader gets a page
        return _failed(request, meeting)
    return draft_response(content, minutes_name(meeting, is_draft=True))


def _failed(request: HtmxRequest, meeting: Meeting) -> HttpResponse:
    _log.exception("The minutes of meeting %s could not be made", meeting.pk)
    return failed_response(
        request,
        title=_("Protokollet kunde inte visas"),
        message=_("Protokollet från %(meeting)s kunde inte göras eller hämtas just nu")
        % {"meeting": meeting},
        instead=_("Försök igen om en stund. Texterna finns på paragrafernas sidor och är oförändrade."),
    )

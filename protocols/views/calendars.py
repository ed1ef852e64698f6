"""Calendars: one meeting as a file, and the feed of one's own meetings under a secret address."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.http import HtmxRequest, UserRequest, public, signed_in
from motions.models import Organisation
from protocols.actions.calendars import make_feed, revoke_feed
from protocols.calendars import CONTENT_TYPE, calendar, file_name
from protocols.models import Meeting
from protocols.queries.calendars import calendar_entry, feed_by_secret, feed_of, meetings_of

PAGE = "protocols/calendar.html"


@signed_in
@require_safe
def meeting_calendar(request: UserRequest, pk: int) -> HttpResponse:
    """The meeting as a calendar file, for those who may read its agenda."""
    meeting = get_object_or_404(Meeting.objects.whole_to(request.user).select_related("body"), pk=pk)
    entries = [calendar_entry(meeting)]
    response = _answer(calendar(entries, name=str(meeting), made_at=timezone.now()))
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=file_name(meeting.body.name, meeting.held_on)
    )
    return response


@public
@never_cache
@require_safe
def feed(request: HtmxRequest, secret: str) -> HttpResponse:
    """The meetings of whoever has the secret of this address; 404 for one that is unknown or taken back."""
    found = feed_by_secret(secret)
    if found is None:
        raise Http404
    name = Organisation.objects.get().short_name
    entries = [calendar_entry(meeting) for meeting in meetings_of(found.user, today=timezone.localdate())]
    return _answer(calendar(entries, name=name, made_at=timezone.now()))


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: UserRequest) -> HttpResponse:
    """One's own feed: whether it is there, and by POST a new address, which is shown this once."""
    address = ""
    if request.method == "POST":
        secret = make_feed(by=request.user)
        address = f"{settings.SITE_ADDRESS}{reverse('protocols:feed', args=[secret])}"
    context = {"address": address, "feed": feed_of(request.user)}
    return render(request, PAGE, context, status=HTTPStatus.OK)


@signed_in
@require_POST
def my_calendar_off(request: UserRequest) -> HttpResponse:
    """Take the address back."""
    revoke_feed(by=request.user)
    messages.success(request, _("Kalenderadressen gäller inte längre."))
    return redirect("protocols:my_calendar")


def _answer(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "private, no-cache"
    return response

"""My meeting: what is decided now and what I may do about it, on the phone of an elected representative."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.http import UserRequest, is_htmx, narrow, needs
from motions.models import Person
from motions.permissions import Permission, has_permission
from protocols.models import Meeting
from protocols.queries.my_meeting import MyPage, meetings_of, my_page

PAGE = "protocols/my_meeting.html"


@needs(Permission.ATTEND_MEETING)
@require_safe
def my_meeting(request: UserRequest) -> HttpResponse:
    """The page; it asks for news itself, and is answered 204 while everything looks the same."""
    person = request.user.person
    if person is None:
        return narrow(request, PAGE, "live", {"page": None, "greeting": greeting(None, timezone.now())})
    page = _page(request, person, _chosen(request, person))
    if is_htmx(request) and request.GET.get("laget") == page.fingerprint:
        return HttpResponse(status=204)
    return narrow(request, PAGE, "live", my_context(page) | {"is_news": is_htmx(request)})


def answer(request: UserRequest, meeting: Meeting, person: Person, *, focus: int) -> HttpResponse:
    """After an act, for htmx: the page's content again, with focus on what became of the § `focus`."""
    shown = get_object_or_404(meetings_of(person), pk=meeting.pk)
    page = _page(request, person, shown)
    return narrow(request, PAGE, "live", my_context(page) | {"is_answer": True, "focus": focus})


def my_address(meeting: Meeting) -> str:
    """The page with this meeting on it."""
    return f"{reverse('protocols:my_meeting')}?sammantrade={meeting.pk}"


def my_context(page: MyPage) -> dict[str, Any]:
    """What the template shows."""
    address = my_address(page.shown.meeting) if page.shown else reverse("protocols:my_meeting")
    sign = "&" if "?" in address else "?"
    return {
        "page": page,
        "my": page.shown,
        "greeting": greeting(page.person, timezone.now()),
        "news_address": f"{address}{sign}laget={page.fingerprint}",
    }


def _page(request: UserRequest, person: Person, meeting: Meeting | None) -> MyPage:
    verifies = has_permission(request.user, Permission.VERIFY_MINUTES)
    return my_page(person, meeting=meeting, today=timezone.localdate(), verifies=verifies)


def _chosen(request: UserRequest, person: Person) -> Meeting | None:
    """The meeting that the address names; 404 for one on whose list the person does not stand."""
    wanted = request.GET.get("sammantrade")
    if not wanted:
        return None
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) < 18):
        raise Http404
    return get_object_or_404(meetings_of(person), pk=int(wanted))


def greeting(person: Person | None, now: datetime) -> str:
    """The heading of the page, by the hour."""
    hour = timezone.localtime(now).hour
    if person is None:
        return _("Mitt sammanträde")
    name = {"name": person.given_name}
    if 5 <= hour < 9:
        return _("God morgon, %(name)s") % name
    if 9 <= hour < 12:
        return _("God förmiddag, %(name)s") % name
    if 12 <= hour < 18:
        return _("God eftermiddag, %(name)s") % name
    return _("God kväll, %(name)s") % name

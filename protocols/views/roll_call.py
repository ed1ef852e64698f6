"""The roll call (upprop): every name in seat order, one key a person."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from config.http import UserRequest, needs
from motions.errors import DomainError
from motions.permissions import Permission
from protocols.actions.attendance import call_roll
from protocols.forms.attendance import RollCallForm
from protocols.models import Meeting
from protocols.queries.attendance import attendance_list, called
from protocols.queries.meetings import presence_of


@needs(Permission.MANAGE_MEETING)
@require_http_methods(["GET", "HEAD", "POST"])
def roll_call(request: UserRequest, pk: int) -> HttpResponse:
    """Call everybody, or note what the call gave."""
    meetings = Meeting.objects.visible_to(request.user).select_related("body", "chair")
    meeting = get_object_or_404(meetings, pk=pk)
    rows = called(attendance_list(meeting))
    form = RollCallForm(rows, request.POST if request.method == "POST" else None)
    refusal, status = None, HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                changed = call_roll(
                    meeting, by=request.user, present=form.present, called=[row.person_id for row in rows]
                )
            except DomainError as error:
                refusal, status = error, HTTPStatus(error.status)
            else:
                messages.success(request, _told(changed))
                return redirect("protocols:attendance", pk=meeting.pk)
    context = {
        "meeting": meeting,
        "form": form,
        "refusal": refusal,
        "presence": presence_of(meeting, rows),
        "is_settled": meeting.is_settled,
    }
    return render(request, "protocols/roll_call.html", context, status=status)


def _told(changed: int) -> str:
    if not changed:
        return _("Uppropet är antecknat. Ingen närvaro har ändrats.")
    return ngettext(
        "Uppropet är antecknat. Närvaron har ändrats för %(count)s person.",
        "Uppropet är antecknat. Närvaron har ändrats för %(count)s personer.",
        changed,
    ) % {"count": changed}

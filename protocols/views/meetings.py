"""The list of meetings, planning one, and its opening and closing."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.forms import add_refusal
from config.http import HtmxRequest, UserRequest, needs, public
from motions.errors import DomainError
from motions.models import Body
from motions.permissions import Permission, has_permission
from protocols.actions.agenda import return_tabled, take_over_stranded
from protocols.actions.cancelling import cancel_meeting
from protocols.actions.meetings import change_meeting, close_meeting, open_meeting, plan_meeting
from protocols.actions.outbox import send_again
from protocols.enums import MailingKind
from protocols.forms.meetings import CancelForm, ChangeForm, PlanForm, SummonsForm
from protocols.models import Delivery, Meeting
from protocols.queries import meetings as queries
from protocols.queries.cancelled import to_be_told
from protocols.views.agenda import agenda_page, moved_message, returned_message

PAGE_LENGTH = 25


@public
@require_safe
def meetings(request: HtmxRequest) -> HttpResponse:
    """Meetings coming, going on and held, by body; what still waits for verification first."""
    today = timezone.localdate()
    visible = Meeting.objects.visible_to(request.user)
    bodies = queries.bodies_with(visible)
    body = next((b for b in bodies if b.abbreviation.lower() == request.GET.get("organ", "").lower()), None)
    found = visible.filter(body=body) if body else visible
    page = Paginator(queries.past(found, today=today), PAGE_LENGTH).get_page(request.GET.get("sida"))
    context = {
        "bodies": bodies,
        "body": body,
        "today": today,
        "open_now": queries.rows(queries.open_now(found), today=today),
        "coming": queries.rows(queries.coming(found, today=today), today=today),
        "waiting": queries.rows(queries.unverified(found), today=today),
        "page": page,
        "past": queries.rows(queries.on_page(page), today=today),
        "can_manage": has_permission(request.user, Permission.MANAGE_MEETING),
        "reads_drafts": has_permission(request.user, Permission.READ_DRAFTS),
    }
    return render(request, "protocols/meetings.html", context)


@needs(Permission.MANAGE_MEETING)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: UserRequest) -> HttpResponse:
    """Plan a meeting of a body."""
    form = PlanForm(request.POST or None, initial=_suggested(request.GET.get("organ", "")))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            meeting = plan_meeting(by=request.user, **form.cleaned_data)
        except DomainError as error:
            refusal = add_refusal(form, error)
        else:
            messages.success(request, _("Sammanträdet är planerat. Lägg nu dagordningen."))
            if returned := return_tabled(meeting, by=request.user):
                messages.info(request, returned_message(len(returned)))
            if moved := take_over_stranded(meeting, by=request.user):
                messages.info(request, moved_message(len(moved)))
            return redirect(meeting)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    context = {"form": form, "refusal": refusal, **_summons(form["body"].value(), form["held_on"].value())}
    return render(request, "protocols/plan.html", context, status=status)


@needs(Permission.MANAGE_MEETING)
@require_safe
def summons(request: UserRequest) -> HttpResponse:
    """The last day for summons of what is being typed, as a part of the plan's page."""
    context = _summons(request.GET.get("body"), request.GET.get("held_on"))
    return render(request, "protocols/plan.html#summons", context)


@needs(Permission.MANAGE_MEETING)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: UserRequest, pk: int) -> HttpResponse:
    """Change when and where the meeting is."""
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related("body", "chair"), pk=pk
    )
    initial = {"starts_at": meeting.starts_at, "place": meeting.place}
    form = ChangeForm(request.POST or None, initial=initial)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            change_meeting(meeting, by=request.user, **form.cleaned_data)
        except DomainError as error:
            refusal = add_refusal(form, error)
        else:
            messages.success(request, _("Tid och plats är ändrade."))
            return redirect(meeting)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    context = {"form": form, "refusal": refusal, "meeting": meeting}
    return render(request, "protocols/change.html", context, status=status)


@needs(Permission.MANAGE_MEETING)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: UserRequest, pk: int) -> HttpResponse:
    """Cancel a planned meeting: why, and where its items go."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("body"), pk=pk)
    form = CancelForm(request.POST or None, others=queries.others_planned(meeting))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            mailing = cancel_meeting(meeting, by=request.user, **form.cleaned_data)
        except DomainError as error:
            refusal = add_refusal(form, error)
        else:
            told = mailing.deliveries.count() if mailing else 0
            messages.success(request, _cancelled_message(told))
            return redirect(meeting)
    context = {
        "form": form,
        "refusal": refusal,
        "meeting": meeting,
        "told": len(to_be_told(meeting)),
        "items": meeting.paragraphs.count(),
    }
    status = (refusal.status if refusal else HTTPStatus.UNPROCESSABLE_ENTITY) if form.is_bound else 200
    return render(request, "protocols/cancel.html", context, status=status)


def _cancelled_message(told: int) -> str:
    if not told:
        return _("Sammanträdet är inställt.")
    return ngettext(
        "Sammanträdet är inställt, och en person får brev om det.",
        "Sammanträdet är inställt, och %(count)s personer får brev om det.",
        told,
    ) % {"count": told}


@needs(Permission.MANAGE_MEETING)
@require_POST
def cancelled_again(request: UserRequest, pk: int, letter: int) -> HttpResponse:
    """Send a letter anew that did not arrive."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    letters = Delivery.objects.filter(mailing__meeting=meeting, mailing__kind=MailingKind.CANCELLED)
    try:
        sent = send_again(get_object_or_404(letters, pk=letter), by=request.user)
    except DomainError as error:
        return agenda_page(request, meeting, refusal=error)
    messages.success(request, _("Brevet till %(address)s skickas igen.") % {"address": sent.address})
    return redirect(meeting)


@needs(Permission.MANAGE_MEETING)
@require_POST
def meeting_open(request: UserRequest, pk: int) -> HttpResponse:
    """Open the meeting; without a quorum the agenda page says how many are missing."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    try:
        open_meeting(meeting, by=request.user)
    except DomainError as error:
        return agenda_page(request, meeting, refusal=error)
    messages.success(request, _("Sammanträdet är öppnat."))
    return redirect(meeting)


@needs(Permission.MANAGE_MEETING)
@require_POST
def meeting_close(request: UserRequest, pk: int) -> HttpResponse:
    """Close the meeting; the agenda page names what is missing, or who verifies until when."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    try:
        close_meeting(meeting, by=request.user)
    except DomainError as error:
        return agenda_page(request, meeting, refusal=error)
    messages.success(request, _("Sammanträdet är avslutat."))
    return redirect(meeting)


def _suggested(abbreviation: str) -> dict[str, object]:
    """What the body's last meeting suggests: its place and hour."""
    body = Body.objects.filter(abbreviation__iexact=abbreviation).first() if abbreviation else None
    latest = queries.latest(body)
    if latest is None:
        return {"body": body}
    return {"body": body, "starts_at": latest.starts_at, "place": latest.place}


def _summons(body: object, held_on: object) -> dict[str, object]:
    """`planned`: a meeting not stored, for its days; and whether the day for summons has passed."""
    form = SummonsForm({"body": body, "held_on": held_on})
    if not form.is_valid():
        return {"planned": None}
    planned = Meeting(held_on=form.cleaned_data["held_on"], body=form.cleaned_data["body"])
    return {"planned": planned, "is_late": planned.summon_by < timezone.localdate()}

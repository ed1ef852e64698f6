"""Dispatching a meeting's extracts: who gets what, what became of each letter, and one button for it all."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from config.forms import focus_first_error
from config.http import UserRequest, narrow, needs
from config.mail import goes_nowhere
from motions.errors import DomainError
from motions.permissions import Permission
from protocols.actions.dispatch import confirm_no_recipients, dispatch_extracts, set_addresses
from protocols.actions.outbox import send_again
from protocols.actions.paper_dispatch import note_on_paper, take_back_paper
from protocols.extracts.checking import check_address
from protocols.forms.dispatch import AddressesForm
from protocols.models import Delivery, Meeting, Paragraph, Recipient
from protocols.queries.dispatch import DispatchPage, read_dispatch

PAGE = "protocols/dispatch.html"


@needs(Permission.MANAGE_MEETING)
@require_safe
def dispatch(request: UserRequest, pk: int) -> HttpResponse:
    """The page; while letters are on their way it fetches their fates by itself."""
    page = read_dispatch(_meeting(request, pk))
    return narrow(request, PAGE, "fates", _context(page, AddressesForm(page.names)))


@needs(Permission.MANAGE_MEETING)
@require_POST
def dispatch_send(request: UserRequest, pk: int) -> HttpResponse:
    """Send all that has not gone out, or one § of it."""
    meeting = _meeting(request, pk)
    wanted = request.POST.get("paragraph", "")
    only = None
    if wanted:
        only = get_object_or_404(meeting.paragraphs.all(), pk=int(wanted) if wanted.isdecimal() else 0)

    def send() -> None:
        count = dispatch_extracts(meeting, by=request.user, check_address=check_address(), only=only)
        if count:
            told = ngettext("%(count)s brev skickas nu.", "%(count)s brev skickas nu.", count)
            messages.success(request, told % {"count": count})
        else:
            messages.info(request, _("Det finns inget nytt att skicka."))

    return _act(request, meeting, send)


@needs(Permission.MANAGE_MEETING)
@require_POST
def dispatch_addresses(request: UserRequest, pk: int) -> HttpResponse:
    """Write the recipients' addresses into the organisation's book."""
    meeting = _meeting(request, pk)
    page = read_dispatch(meeting)
    form = AddressesForm(page.names, request.POST)
    if not form.is_valid():
        focus_first_error(form)
        return render(request, PAGE, _context(page, form), status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def write() -> None:
        set_addresses(form.changes(), by=request.user)
        messages.success(request, _("Adresserna är sparade."))

    return _act(request, meeting, write)


@needs(Permission.MANAGE_MEETING)
@require_POST
def dispatch_again(request: UserRequest, pk: int) -> HttpResponse:
    """Send a letter again that failed, bounced or is uncertain."""
    letters = Delivery.objects.filter(mailing__meeting__in=Meeting.objects.visible_to(request.user))
    delivery = get_object_or_404(letters.select_related("mailing__meeting__body"), pk=pk)

    def again() -> None:
        send_again(delivery, by=request.user)
        messages.success(request, _("Brevet till %(address)s skickas igen.") % {"address": delivery.address})

    return _act(request, delivery.mailing.meeting, again)


@needs(Permission.MANAGE_MEETING)
@require_POST
def dispatch_nobody(request: UserRequest, pk: int) -> HttpResponse:
    """Confirm that a § has no recipients."""
    found = Paragraph.objects.visible_to(request.user).select_related("meeting__body")
    paragraph = get_object_or_404(found, pk=pk)

    def confirm() -> None:
        confirm_no_recipients(paragraph, by=request.user)
        messages.success(
            request, _("%(label)s är klar: den har inga mottagare.") % {"label": paragraph.label}
        )

    return _act(request, paragraph.meeting, confirm)


@needs(Permission.MANAGE_MEETING)
@require_POST
def dispatch_paper(request: UserRequest, pk: int) -> HttpResponse:
    """Note that a recipient got the extract on paper, or (`papper=0`) that this was a mistake."""
    visible = Paragraph.objects.visible_to(request.user)
    found = Recipient.objects.filter(paragraph__in=visible).select_related("paragraph__meeting__body")
    recipient = get_object_or_404(found, pk=pk)
    words = {"name": recipient.name, "label": recipient.paragraph.label}

    def note() -> None:
        if request.POST.get("papper") == "0":
            take_back_paper(recipient, by=request.user)
            messages.success(request, _("%(label)s till %(name)s är inte skickad på papper.") % words)
        else:
            note_on_paper(recipient, by=request.user, check_address=check_address())
            messages.success(request, _("%(label)s till %(name)s är skickad på papper.") % words)

    return _act(request, recipient.paragraph.meeting, note)


def _act(request: UserRequest, meeting: Meeting, act: Callable[[], None]) -> HttpResponse:
    """Do it and go back to the page, or show the page with what was refused."""
    try:
        act()
    except DomainError as error:
        page = read_dispatch(meeting)
        context = _context(page, AddressesForm(page.names), refusal=error)
        return render(request, PAGE, context, status=error.status)
    return redirect("protocols:dispatch", pk=meeting.pk)


def _meeting(request: UserRequest, pk: int) -> Meeting:
    found = Meeting.objects.visible_to(request.user).select_related("body")
    return get_object_or_404(found, pk=pk)


def _context(
    page: DispatchPage, form: AddressesForm, *, refusal: DomainError | None = None
) -> dict[str, Any]:
    return {
        "page": page,
        "meeting": page.meeting,
        "form": form,
        "refusal": refusal,
        "goes_nowhere": goes_nowhere(settings.EMAIL_BACKEND),
    }

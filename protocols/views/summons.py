"""The summons of a meeting: issued and sent by the secretary, read by those who read the agenda."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from config.downloads import pdf_response
from config.http import UserRequest, is_htmx, narrow, needs, signed_in
from motions.errors import DomainError
from motions.permissions import Permission, has_permission
from protocols.actions.outbox import MOST_MAIL_BYTES, send_again
from protocols.actions.summons import ask_summons, send_summons
from protocols.enums import MailingKind
from protocols.extracts.summons import summons_pdf
from protocols.models import AskedSummons, Delivery, Meeting, Summons
from protocols.queries.letterhead import letterhead
from protocols.queries.summons import agenda_digest, secret_documents, summons_document
from protocols.queries.summons_mail import summons_mail
from protocols.views.papers import draft_response, failed_response

PAGE = "protocols/summons.html"
_log = logging.getLogger(__name__)


@signed_in
@require_safe
def summons(request: UserRequest, pk: int) -> HttpResponse:
    """All versions; for the secretary what can be done now, and who has been sent the last one.

    The page asks every second while a summons is being made (`vantar`), and gets nothing until it is over.
    """
    meeting = _meeting(request, pk)
    is_following = is_htmx(request) and "vantar" in request.GET
    if is_following and AskedSummons.objects.filter(meeting=meeting, failure="").exists():
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return _show(request, meeting, is_following=is_following)


@signed_in
@require_safe
def summons_file(request: UserRequest, pk: int, number: int) -> HttpResponseBase:
    """An issued summons: the same bytes for ever."""
    meeting = _meeting(request, pk)
    found = get_object_or_404(meeting.summonses.select_related("meeting__body"), number=number)
    try:
        file = found.file.open("rb")
    except OSError:
        return _failed(request, meeting)
    return pdf_response(request, file, name=found.filename, sha256=found.sha256)


@needs(Permission.MANAGE_MEETING)
@require_safe
def summons_draft(request: UserRequest, pk: int) -> HttpResponseBase:
    """How the summons would be, were it issued now."""
    meeting = _meeting(request, pk)
    try:
        made = summons_pdf(summons_document(meeting, issued_on=timezone.localdate()), letterhead=letterhead())
    except Exception:  # noqa: BLE001 -- whatever the press says, the reader gets a page
        return _failed(request, meeting)
    return draft_response(made.content, f"kallelse-utkast-{meeting.held_on.isoformat()}.pdf")


@needs(Permission.MANAGE_MEETING)
@require_POST
def summons_issue(request: UserRequest, pk: int) -> HttpResponse:
    """Have it made and issued; the page follows it, and names what could not be taken in."""
    meeting = _meeting(request, pk)
    try:
        ask_summons(meeting, by=request.user)
    except DomainError as error:
        return _show(request, meeting, refusal=error)
    return redirect("protocols:meeting_summons", pk=pk)


@needs(Permission.MANAGE_MEETING)
@require_POST
def summons_send(request: UserRequest, pk: int, number: int) -> HttpResponse:
    """Send the version to all who have an address and have not been sent it."""
    meeting = _meeting(request, pk)
    found = get_object_or_404(meeting.summonses, number=number)
    try:
        mailing = send_summons(found, by=request.user)
    except DomainError as error:
        return _show(request, meeting, refusal=error)
    count = mailing.deliveries.count()
    messages.success(
        request,
        ngettext("Kallelsen skickas till en person.", "Kallelsen skickas till %(count)s personer.", count)
        % {"count": count},
    )
    return redirect("protocols:meeting_summons", pk=pk)


@needs(Permission.MANAGE_MEETING)
@require_POST
def summons_send_again(request: UserRequest, pk: int, letter: int) -> HttpResponse:
    """Send a letter anew that did not arrive."""
    meeting = _meeting(request, pk)
    letters = Delivery.objects.filter(mailing__meeting=meeting, mailing__kind=MailingKind.SUMMONS)
    try:
        sent = send_again(get_object_or_404(letters, pk=letter), by=request.user)
    except DomainError as error:
        return _show(request, meeting, refusal=error)
    messages.success(request, _("Brevet till %(address)s skickas igen.") % {"address": sent.address})
    return redirect("protocols:meeting_summons", pk=pk)


def _meeting(request: UserRequest, pk: int) -> Meeting:
    meetings = Meeting.objects.whole_to(request.user).select_related("body", "secretary")
    return get_object_or_404(meetings, pk=pk)


def _show(
    request: UserRequest, meeting: Meeting, *, refusal: DomainError | None = None, is_following: bool = False
) -> HttpResponse:
    versions = list(meeting.summonses.order_by("-number"))
    context: dict[str, Any] = {
        "meeting": meeting,
        "versions": versions,
        "today": timezone.localdate(),
        "refusal": refusal,
        "is_following": is_following,
        "can_manage": has_permission(request.user, Permission.MANAGE_MEETING),
    }
    if context["can_manage"]:
        context |= _desk(meeting, versions[0] if versions else None)
    return narrow(request, PAGE, "state", context, status=refusal.status if refusal else HTTPStatus.OK)


def _desk(meeting: Meeting, latest: Summons | None) -> dict[str, Any]:
    """What the secretary sees beside the versions."""
    return {
        "asked": AskedSummons.objects.filter(meeting=meeting).first(),
        "has_changed": latest is None or latest.agenda_sha256 != agenda_digest(meeting),
        "secrets": secret_documents(meeting),
        "latest": latest,
        "mail": summons_mail(latest) if latest else None,
        "is_linked": latest is not None and latest.size > MOST_MAIL_BYTES,
    }


def _failed(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    _log.exception("The summons of meeting %s could not be made", meeting.pk)
    return failed_response(
        request,
        title=_("Kallelsen kunde inte visas"),
        message=_("Kallelsen till %(meeting)s kunde inte göras eller hämtas just nu") % {"meeting": meeting},
        instead=_("Försök igen om en stund. Dagordningen är oförändrad."),
    )

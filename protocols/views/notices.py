"""The notice board for everybody, the proof of notice of a meeting, and certifying that one came down."""

from __future__ import annotations

import hashlib
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.http import HtmxRequest, UserRequest, needs, public
from motions.errors import DomainError
from motions.permissions import Permission, has_permission
from protocols.actions.notices import certify_taken_down
from protocols.models import Meeting, Notice
from protocols.queries.notices import notice_board, proof_of_notice

PROOF = "protocols/notice_proof.html"


@public
@require_safe
def board(request: HtmxRequest) -> HttpResponse:
    """What hangs on the board today (KL 8 kap. 9–12 §§); who has the same page already gets 304."""
    context = {"board": notice_board(today=timezone.localdate())}
    page = render(request, "protocols/notice_board.html", context)
    # Names on the board are for the time of the board: search engines would keep them for ever.
    page.headers["X-Robots-Tag"] = "noindex"
    if request.user.is_authenticated:
        return page
    page.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(page, ["Cookie"])
    etag = quote_etag(hashlib.sha256(page.content).hexdigest())
    page.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=page) or page


@public
@require_safe
def proof(request: HtmxRequest, pk: int) -> HttpResponse:
    """When the meeting's minutes were announced and until when: to read and to print."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("body"), pk=pk)
    return _proof(request, meeting)


@needs(Permission.MANAGE_MEETING)
@require_POST
def certify(request: UserRequest, pk: int) -> HttpResponse:
    """Certify that a notice hung its lawful time; too early, the page says until when it must hang."""
    meetings = Meeting.objects.visible_to(request.user)
    notice = get_object_or_404(
        Notice.objects.filter(meeting__in=meetings).select_related("meeting__body"), pk=pk
    )
    try:
        certify_taken_down(notice, by=request.user)
    except DomainError as error:
        return _proof(request, notice.meeting, refusal=error)
    messages.success(request, _("Nedtagandet är intygat."))
    return redirect("protocols:notice_proof", pk=notice.meeting_id)


def _proof(request: HtmxRequest, meeting: Meeting, *, refusal: DomainError | None = None) -> HttpResponse:
    found = proof_of_notice(meeting, today=timezone.localdate())
    if found is None:
        raise Http404
    context = {
        "proof": found,
        "meeting": meeting,
        "refusal": refusal,
        "can_manage": has_permission(request.user, Permission.MANAGE_MEETING),
    }
    return render(request, PROOF, context, status=refusal.status if refusal else HTTPStatus.OK)

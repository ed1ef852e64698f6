"""The signed original of a meeting's minutes, for the few who may have it, and having it signed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.downloads import pdf_response
from config.http import HtmxRequest, UserRequest, needs
from motions.errors import DomainError
from motions.permissions import Permission
from protocols.actions.signing import request_signing
from protocols.enums import SigningState
from protocols.models import Meeting, SignedOriginal
from protocols.views.agenda import agenda_page
from protocols.views.minutes import minutes_name

#: The certificates inside may name their holders by number: no cache on the way keeps it.
_NEVER_KEPT = "private, no-store"


@needs(Permission.MANAGE_MEETING, Permission.REGISTER_MOTION, Permission.VERIFY_MINUTES, is_secret=True)
@require_safe
def signed_original(request: HtmxRequest, pk: int) -> HttpResponseBase:
    """The file with the signatures. Others are not even told that it exists."""
    originals = SignedOriginal.objects.visible_to(request.user).select_related("meeting__body")
    original = get_object_or_404(originals, meeting=pk, state=SigningState.SIGNED)
    name = minutes_name(original.meeting, is_draft=False).replace(".pdf", "-undertecknat.pdf")
    return pdf_response(
        request, original.file.open("rb"), name=name, sha256=original.sha256, cache=_NEVER_KEPT
    )


@needs(Permission.MANAGE_MEETING)
@require_POST
def sign(request: UserRequest, pk: int) -> HttpResponse:
    """Have the minutes signed, for the first time or after a failure."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    try:
        original = request_signing(meeting, by=request.user)
    except DomainError as error:
        return agenda_page(request, meeting, refusal=error)
    if original.is_waiting:
        messages.success(request, _("Protokollet skrivs under."))
    else:
        messages.info(request, _("Protokollet är redan undertecknat."))
    return redirect(meeting)

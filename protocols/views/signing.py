"""The signed original of a meeting's minutes, for the few who may have it, and having it signed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.downloads import pdf_response
from config.http import UserRequest, is_htmx, needs
from motions.errors import DomainError
from motions.permissions import Permission, has_permission
from protocols.actions.signing import request_signing
from protocols.enums import SigningState
from protocols.models import Meeting, SignedOriginal
from protocols.queries.signing import signing_of
from protocols.views.agenda import agenda_page
from protocols.views.minutes import minutes_name

#: The certificates inside may name their holders by number: no cache on the way keeps it.
_NEVER_KEPT = "private, no-store"
_FOR_FEW = needs(
    Permission.MANAGE_MEETING, Permission.REGISTER_MOTION, Permission.VERIFY_MINUTES, is_secret=True
)


@_FOR_FEW
@require_safe
def signed_original(request: UserRequest, pk: int) -> HttpResponseBase:
    """The file with the signatures. Others are not even told that it exists."""
    originals = SignedOriginal.objects.visible_to(request.user).select_related("meeting__body")
    original = get_object_or_404(originals, meeting=pk, state=SigningState.SIGNED)
    name = minutes_name(original.meeting, is_draft=False).replace(".pdf", "-undertecknat.pdf")
    return pdf_response(
        request, original.file.open("rb"), name=name, sha256=original.sha256, cache=_NEVER_KEPT
    )


@_FOR_FEW
@require_safe
def signing(request: UserRequest, pk: int) -> HttpResponse:
    """How far it has come, as the part of the meeting's page that asks while it waits."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    if not is_htmx(request):
        return redirect(meeting)
    can_manage = has_permission(request.user, Permission.MANAGE_MEETING)
    found = signing_of(meeting, request.user, can_manage=can_manage)
    if found is None:
        raise Http404
    context = {"signing": found, "meeting": meeting}
    return render(request, "protocols/signing_card.html", context)


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

"""All extracts of a meeting, or of a body's year, in one file: asked for, followed while made, fetched."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.downloads import file_response
from config.http import HtmxRequest, UserRequest, narrow, needs, public
from motions.errors import DomainError
from motions.models import Body
from motions.permissions import Permission, has_permission
from protocols.actions.bundles import ask_bundle
from protocols.enums import BundleKind, BundleState
from protocols.extracts.checking import check_address
from protocols.models import Meeting
from protocols.queries.bundles import Scope, read_bundles, scope_of_meeting
from protocols.views.papers import failed_response

PAGE = "protocols/bundles.html"
TYPES = {BundleKind.ZIP: "application/zip", BundleKind.PDF: "application/pdf"}


@public
@require_safe
def meeting_bundles(request: HtmxRequest, pk: int) -> HttpResponse:
    """What there is of a meeting; what is being made is followed by the page itself."""
    return _show(request, _of_meeting(request, pk))


@public
@require_safe
def year_bundles(request: HtmxRequest, body: int, year: int) -> HttpResponse:
    """The same of a body's year."""
    return _show(request, _of_year(body, year))


@needs(Permission.READ_DRAFTS)
@require_POST
def meeting_bundle_make(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    """Have it made; the page follows it."""
    return _make(request, _of_meeting(request, pk), kind)


@needs(Permission.READ_DRAFTS)
@require_POST
def year_bundle_make(request: UserRequest, body: int, year: int, kind: str) -> HttpResponse:
    """The same of a body's year."""
    return _make(request, _of_year(body, year), kind)


@public
@require_safe
def meeting_bundle(request: HtmxRequest, pk: int, kind: str) -> HttpResponseBase:
    """The file: what is verified is open to all."""
    return _file(request, _of_meeting(request, pk), kind)


@public
@require_safe
def year_bundle(request: HtmxRequest, body: int, year: int, kind: str) -> HttpResponseBase:
    """The same of a body's year."""
    return _file(request, _of_year(body, year), kind)


def _of_meeting(request: HtmxRequest, pk: int) -> Scope:
    found = Meeting.objects.visible_to(request.user).select_related("body")
    return scope_of_meeting(get_object_or_404(found, pk=pk))


def _of_year(body: int, year: int) -> Scope:
    """404 where nothing is verified: such a year has no page."""
    scope = Scope(get_object_or_404(Body, pk=body), year)
    if not scope.paragraphs.exists():
        raise Http404
    return scope


def _make(request: UserRequest, scope: Scope, kind: str) -> HttpResponse:
    try:
        ask_bundle(scope, kind=_kind(kind), by=request.user, check_address=check_address())
    except DomainError as error:
        return _show(request, scope, refusal=error)
    messages.success(request, _("Filen görs i bakgrunden. Sidan kan stängas under tiden."))
    if scope.meeting:
        return redirect("protocols:meeting_bundles", scope.meeting.pk)
    return redirect("protocols:year_bundles", scope.body.pk, scope.year)


def _file(request: HtmxRequest, scope: Scope, kind: str) -> HttpResponseBase:
    bundle = get_object_or_404(scope.bundles.exclude(sha256=""), kind=_kind(kind))
    try:
        file = bundle.file.open("rb")
    except OSError:
        return failed_response(
            request,
            title=_("Filen kunde inte hämtas"),
            message=_("Filen med utdragen finns inte i arkivet"),
            instead=_("Försök igen om en stund. Varje utdrag finns också på sin paragrafs sida."),
        )
    name = f"{_('Protokollsutdrag')} {scope.name}.{bundle.kind}"
    content_type = TYPES[BundleKind(bundle.kind)]
    return file_response(request, file, name=name, sha256=bundle.sha256, content_type=content_type)


def _kind(kind: str) -> BundleKind:
    if kind not in BundleKind.values:
        raise Http404
    return BundleKind(kind)


def _show(request: HtmxRequest, scope: Scope, *, refusal: DomainError | None = None) -> HttpResponse:
    context = {
        "page": read_bundles(scope),
        "scope": scope,
        "meeting": scope.meeting,
        "refusal": refusal,
        "can_make": has_permission(request.user, Permission.READ_DRAFTS),
        "states": BundleState,
    }
    status = refusal.status if refusal else HTTPStatus.OK
    return narrow(request, PAGE, "files", context, status=status)

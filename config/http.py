"""What every view is written with: declared access, typed requests, narrowing for htmx, refusals as pages.

Access is declared on each view by one decorator and can be read back from `view.access`:

    @public                              anyone
    @signed_in                           any login
    @needs(Permission.REGISTER_MOTION)   a login with (one of) the permissions
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from motions.errors import DomainError, Forbidden
from motions.models import User
from motions.permissions import Permission, has_permission

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
Request = TypeVar("Request", bound=HttpRequest)

ERROR_REGION = "#refusal"  # the element of base.html that an htmx request's refusal is put into


class HtmxRequest(HttpRequest):
    """A request of anybody, with what htmx told about it."""

    htmx: HtmxDetails


class UserRequest(HtmxRequest):
    """A request of somebody logged in."""

    user: User


# --- Access ------------------------------------------------------------------------------------------------


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Anyone may look; what the view shows is limited by `visible_to(request.user)`."""
    view.__dict__["access"] = "public"
    return view


def signed_in(
    view: Callable[Concatenate[Request, P], R],
) -> Callable[Concatenate[Request, P], R | HttpResponse]:
    """Any login; the public is sent to the login page and back."""
    return _guarded(view, (), "signed in")


def needs(
    *permissions: Permission, is_secret: bool = False
) -> Callable[[Callable[Concatenate[Request, P], R]], Callable[Concatenate[Request, P], R | HttpResponse]]:
    """A login with at least one of the permissions; another login gets the 403 page.

    What `is_secret` is not there for anybody else: 404, with a login or without.
    """

    def decorate(
        view: Callable[Concatenate[Request, P], R],
    ) -> Callable[Concatenate[Request, P], R | HttpResponse]:
        return _guarded(view, permissions, " or ".join(permissions), is_secret=is_secret)

    return decorate


def _guarded(
    view: Callable[Concatenate[Request, P], R],
    permissions: tuple[Permission, ...],
    access: str,
    *,
    is_secret: bool = False,
) -> Callable[Concatenate[Request, P], R | HttpResponse]:
    @wraps(view)
    def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> R | HttpResponse:
        user = request.user
        may = not permissions or any(has_permission(user, permission) for permission in permissions)
        if is_secret and not may:
            raise Http404
        if not user.is_authenticated:
            return to_login(request)
        if not may:
            acts = " / ".join(str(permission.label) for permission in permissions)
            raise Forbidden(
                _("Du har inte behörighet att %(act)s") % {"act": acts},
                instead=_("Be din administratör om behörigheten, eller logga in med ett annat konto."),
            )
        return view(request, *args, **kwargs)

    guarded.__dict__["access"] = access
    return guarded


def to_login(request: HttpRequest) -> HttpResponse:
    """The login page, which leads back to the page that was open."""
    here = request.get_full_path() if request.method == "GET" and not is_htmx(request) else back_url(request)
    response = redirect_to_login(here, reverse(settings.LOGIN_URL))
    return HttpResponseClientRedirect(response.url) if is_htmx(request) else response


# --- Pages and their parts ---------------------------------------------------------------------------------


def is_htmx(request: HttpRequest) -> bool:
    """Whether a part of the page is wanted: not for a boosted link, nor when htmx restores its history."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def narrow(
    request: HttpRequest,
    template: str,
    partial: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """The page, or for an htmx request only its `{% partialdef partial %}`."""
    name = f"{template}#{partial}" if is_htmx(request) else template
    response = render(request, name, dict(context or {}), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def back_url(request: HttpRequest) -> str:
    """A way back: the page of this site that the user came from, else the first page."""
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    ):
        return "/"
    parts = urlsplit(came_from)
    address = f"{parts.path}?{parts.query}" if parts.query else parts.path
    same = address == request.get_full_path() and request.method == "GET"
    return "/" if same and not is_htmx(request) else address or "/"


# --- Refusals ----------------------------------------------------------------------------------------------


def error_page(
    request: HttpRequest, *, status: int, title: str, message: str, law: str = "", instead: str = ""
) -> HttpResponse:
    """What went wrong, why, and what to do instead; for htmx only the message, into the error region."""
    if not hasattr(request, "user"):  # refused before anybody looked who asks
        request.user = AnonymousUser()
    context = {
        "status": status,
        "title": title,
        "message": message,
        "law": law,
        "instead": instead,
        "back_url": back_url(request),
    }
    response = narrow(request, "errors/error.html", "refusal", context, status=status)
    if is_htmx(request):
        response["HX-Retarget"] = ERROR_REGION
        response["HX-Reswap"] = "innerHTML"
        response["HX-Push-Url"] = "false"
    return response


def refusal_page(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page for an act that the rules refuse."""
    titles = {
        HTTPStatus.FORBIDDEN: _("Det får du inte göra"),
        HTTPStatus.NOT_FOUND: _("Det finns inte"),
        HTTPStatus.CONFLICT: _("Ärendet har hunnit ändras"),
    }
    return error_page(
        request,
        status=error.status,
        title=titles.get(HTTPStatus(error.status), _("Det går inte")),
        message=error.message,
        law=error.law,
        instead=error.instead,
    )


class RefusalMiddleware:
    """Turns a DomainError (or a model's ValidationError) that a view let through into a page, never a 500.

    Also stops, before anybody reads it, a request that is too large or that the database could not store.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("A zero byte in the address")
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Called by Django when a view raised; None lets other exceptions through."""
        if isinstance(exception, DomainError):
            return refusal_page(request, exception)
        if isinstance(exception, ValidationError):
            return refusal_page(request, DomainError(" ".join(exception.messages)))
        return None


class RequestSizeMiddleware:
    """Refuses a request larger than the largest document, before it is read into memory or onto the disk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        most = settings.UPLOAD_MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if length.isdecimal() and int(length) > most:
            _drain(request, at_most=8 * most)
            raise RequestDataTooBig
        return self.get_response(request)


def _drain(request: HttpRequest, *, at_most: int) -> None:
    """Read what the browser is still sending: most show no answer before they have sent everything."""
    left = at_most
    while left > 0 and (chunk := request.read(1 << 16)):
        left -= len(chunk)

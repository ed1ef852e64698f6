"""The pages for what no view answers: not found, not allowed, not readable, too large, broken."""

from __future__ import annotations

import logging
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from config.http import error_page

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for a form or a file that is too large."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return error_page(
            request,
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            title=_("Det du skickade är för stort"),
            message=_("En fil får vara högst 25 MB och texten i ett formulär högst 5 MB"),
            instead=_("Gå tillbaka, dela upp texten eller gör filen mindre, och skicka igen."),
        )
    return error_page(
        request,
        status=HTTPStatus.BAD_REQUEST,
        title=_("Begäran gick inte att läsa"),
        message=_("Adressen eller formuläret har ett innehåll som systemet inte förstår"),
        instead=_("Gå tillbaka, ladda om sidan och försök igen."),
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 raised by Django itself; ours come as Forbidden with their own words."""
    return error_page(
        request,
        status=HTTPStatus.FORBIDDEN,
        title=_("Det får du inte göra"),
        message=_("Ditt konto saknar behörigheten som krävs"),
        instead=_("Be din administratör om behörigheten, eller logga in med ett annat konto."),
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: it is not there, or not for this user; the page does not tell which."""
    return error_page(
        request,
        status=HTTPStatus.NOT_FOUND,
        title=_("Sidan finns inte"),
        message=_("Adressen leder inte till något som du kan se"),
        instead=_("Kontrollera adressen. Handlingar som ännu inte är offentliga kräver inloggning."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: the site's own fault. If even the page cannot be made (no database), a bare one."""
    title, message = _("Något gick fel hos oss"), _("Felet har loggats. Inget av det du gjorde har sparats")
    instead = _("Försök igen om en stund. Kvarstår felet, kontakta systemets förvaltning.")
    try:
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        return error_page(request, status=status, title=title, message=message, instead=instead)
    except Exception:
        logger.exception("The error page itself failed")
        words = {"title": title, "message": message, "instead": instead}
        return HttpResponseServerError(render_to_string("errors/500.html", words))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was not sent from a page of this site, or from one that is too old."""
    logger.warning("Form refused: %s (%s)", reason, request.path)
    return error_page(
        request,
        status=HTTPStatus.FORBIDDEN,
        title=_("Formuläret hade hunnit bli för gammalt"),
        message=_("Sidan visades före en inloggning eller utloggning, och därför togs formuläret inte emot"),
        instead=_("Gå tillbaka, ladda om sidan och skicka igen. Det du skrev finns kvar i formuläret."),
    )

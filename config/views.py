"""The two pages of the wiring itself."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.http import public

ROBOTS = "User-agent: *\nDisallow: /konto/\nDisallow: /administration/\n"


@public
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 when not: for whoever watches the server."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": False}, status=503)
    return JsonResponse({"database": True})


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read what the public may read."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")

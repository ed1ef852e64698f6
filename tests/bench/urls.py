"""The site's addresses and an empty view, the reference of every page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def empty(request: HttpRequest) -> HttpResponse:
    """What Django itself costs, with all of the site's middleware."""
    return HttpResponse("")


urlpatterns = [path("tom/", empty), path("", include("config.urls"))]

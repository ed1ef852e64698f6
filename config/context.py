"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from motions.models import Organisation


def site(request: HttpRequest) -> dict[str, Any]:
    """`organisation`: the authority that this installation serves, or None before it is entered.

    Asked of the database at most once a request, and only by a page that shows it.
    """
    return {"organisation": SimpleLazyObject(Organisation.objects.first)}

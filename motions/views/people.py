"""The suggestions of the field in which movers are picked."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from config.http import UserRequest, needs
from motions.permissions import Permission
from motions.queries.people import Candidate, entitled_movers

MOST_SUGGESTED = 20
MOST_LETTERS = 80


@needs(Permission.REGISTER_MOTION)
@require_safe
def people_search(request: UserRequest) -> HttpResponse:
    """Those who could raise a motion on the day `handed_in_on` (or today) and whose name begins with `q`."""
    found = entitled_movers(
        _day(request.GET.get("handed_in_on", "")), request.GET.get("q", "")[:MOST_LETTERS]
    )
    return HttpResponse(format_html_join("\n", "{}", ((_option(row),) for row in found[:MOST_SUGGESTED])))


def _option(row: Candidate) -> str:
    about = ", ".join(filter(None, [f"({row.party})" if row.party else "", row.office]))
    return format_html(
        '<li role="option" data-value="{}" data-label="{}">{} <small>{}</small></li>',
        row.pk,
        row.label,
        row.name,
        about,
    )


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return timezone.localdate()

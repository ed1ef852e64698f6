"""The list of motions: the clerk's board, and what the public sees of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from config.http import HtmxRequest, public
from motions.forms.acts import RemitManyForm
from motions.permissions import HasRoles, Permission, has_permission
from motions.queries.acts import carries_motions
from motions.queries.board import MOST_COUNTED, Counts, Listing, count_all, count_hits, page_of, page_of_hits
from motions.queries.rows import Row, rows_of
from motions.queries.search import MOST_HITS, MOST_LETTERS, search

TEMPLATE = "motions/list.html"
#: The element that chips, pages and the search field fill anew.
REGION = "motions"

#: Steps of the office that say nothing to those who only read.
_OFFICE_ONLY = (Listing.TO_REGISTER, Listing.TO_REMIT)


@dataclass(frozen=True)
class Chip:
    """A link to one of the lists; `name` tells it apart, so that focus stays on it."""

    name: str
    label: str
    url: str
    count: str
    is_current: bool


@dataclass(frozen=True)
class Board:
    """What the page shows."""

    listing: Listing
    chips: Sequence[Chip]
    page: Page[Any]
    rows: Sequence[Row]
    lead: str
    query: str = ""
    note: str = ""
    shows_steps: bool = False
    can_register: bool = False
    remit_form: RemitManyForm | None = None
    all_ticked: bool = False

    @property
    def is_search(self) -> bool:
        """Whether the page shows what a search found."""
        return bool(self.query)


@public
@require_safe
def board(request: HtmxRequest) -> HttpResponse:
    """One page of one list, or of what a search found; htmx gets the list alone."""
    shown = _found(request) if request.GET.get("q", "").strip() else _listed(request)
    is_part = request.htmx.target == REGION and not request.htmx.history_restore_request
    response = render(request, f"{TEMPLATE}#{REGION}" if is_part else TEMPLATE, {"board": shown})
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _listed(request: HtmxRequest) -> Board:
    today = timezone.localdate()
    listing = _listing(request, otherwise=Listing.OPEN)
    counts = count_all(today)
    page = page_of(listing, counts, today, request.GET.get("sida"))
    rows = rows_of(list(page.object_list), user=request.user, today=today)
    return Board(
        listing=listing,
        chips=_chips(request.user, listing, counts),
        page=page,
        rows=rows,
        lead=lead(counts),
        note=_("De %(most)s senaste visas. Äldre motioner hittar du genom att söka.")
        % {"most": number_format(MOST_COUNTED, force_grouping=True)}
        if counts.is_capped(listing)
        else "",
        remit_form=RemitManyForm([]) if _remits(request.user, listing) and rows else None,
        all_ticked=request.GET.get("markera") == "alla",
        **_shown_to(request.user),
    )


def _found(request: HtmxRequest) -> Board:
    today = timezone.localdate()
    query = request.GET["q"].strip()[:MOST_LETTERS]
    listing = _listing(request, otherwise=Listing.FOUND)
    hits = search(query)
    counts = count_hits(hits, today)
    page, motions = page_of_hits(hits, listing, today, request.GET.get("sida"))
    return Board(
        listing=listing,
        chips=_chips(request.user, listing, counts, query),
        page=page,
        rows=rows_of(motions, user=request.user, today=today),
        lead=lead_of_search(query, len(hits)),
        query=query,
        **_shown_to(request.user),
    )


def lead(counts: Counts) -> str:
    """The board in a sentence: how many are open, and how many the law is waiting for."""
    count = counts[Listing.OPEN]
    if not count:
        return _("Inga öppna motioner")
    opened = ngettext("%(n)s öppen", "%(n)s öppna", count) % {"n": number_format(count, force_grouping=True)}
    if not counts.overdue:
        return opened
    late = ngettext(
        "varav %(n)s har passerat ett år utan anmälan till fullmäktige",
        "varav %(n)s har passerat ett år utan anmälan till fullmäktige",
        counts.overdue,
    ) % {"n": counts.overdue}
    return f"{opened}, {late}"


def lead_of_search(query: str, count: int) -> str:
    """What the search found, in a sentence."""
    if count > MOST_HITS:
        return _("Fler än %(most)s träffar på ”%(query)s”; de senaste visas") % {
            "most": MOST_HITS,
            "query": query,
        }
    return ngettext("%(n)s träff på ”%(query)s”", "%(n)s träffar på ”%(query)s”", count) % {
        "n": count,
        "query": query,
    }


def _listing(request: HtmxRequest, *, otherwise: Listing) -> Listing:
    asked = request.GET.get("lista", "")
    is_known = asked in Listing.values and (asked != Listing.FOUND or otherwise == Listing.FOUND)
    return Listing(asked) if is_known else otherwise


def _chips(user: HasRoles, current: Listing, counts: Counts, query: str = "") -> list[Chip]:
    lists: list[Listing] = [listing for listing in Listing if listing != Listing.FOUND]
    if query:
        lists.insert(0, Listing.FOUND)
    if not carries_motions(user):
        lists = [listing for listing in lists if listing not in _OFFICE_ONLY]
    default = Listing.FOUND if query else Listing.OPEN
    return [
        Chip(
            name=listing.value,
            label=str(listing.label),
            url=_address(query, "" if listing == default else listing.value),
            count=_count(counts, listing),
            is_current=listing == current,
        )
        for listing in lists
    ]


def _address(query: str, listing: str) -> str:
    parameters = {name: value for name, value in (("q", query), ("lista", listing)) if value}
    return f"{reverse('motions:list')}?{urlencode(parameters)}" if parameters else reverse("motions:list")


def _count(counts: Counts, listing: Listing) -> str:
    if counts.is_capped(listing):
        most = MOST_HITS if listing == Listing.FOUND else MOST_COUNTED
        return _("över %(most)s") % {"most": number_format(most, force_grouping=True)}
    return number_format(counts[listing], force_grouping=True)


def _remits(user: HasRoles, listing: Listing) -> bool:
    return listing == Listing.TO_REMIT and has_permission(user, Permission.REMIT_MOTION)


def _shown_to(user: HasRoles) -> dict[str, Any]:
    return {
        "shows_steps": carries_motions(user),
        "can_register": has_permission(user, Permission.REGISTER_MOTION),
    }

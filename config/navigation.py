"""What stands in the top bar: the pages that this user has a use for."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from motions.enums import Role
from motions.permissions import HasRoles, Permission, has_permission

_PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
VERSION: str = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]["version"]
PARAGRAPHS = "/paragrafer/"
PAPERS = "/organisationen/"


@dataclass(frozen=True)
class NavItem:
    """One link of the main menu; `count` is what waits behind it (0: nothing shown)."""

    label: str
    url: str
    is_current: bool = False
    count: int = 0


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`nav`, `role_names`, `search_url` and `version` for base.html."""
    roles = getattr(_user(request), "roles", ())
    return {
        "nav": nav_items(request),
        "role_names": ", ".join(str(Role(role).label).lower() for role in roles),
        "search_url": reverse("motions:list"),
        "version": VERSION,
    }


def nav_items(request: HttpRequest) -> list[NavItem]:
    """The links in order; the one that leads to the page shown, or to what it is part of, is current."""
    links = [
        (_("Motioner"), reverse("motions:list")),
        (_("Sammanträden"), reverse("protocols:meetings")),
        (_("Anslagstavla"), reverse("protocols:notice_board")),
        (_("Uppdrag"), reverse("protocols:assignments")),
    ]
    if has_permission(_user(request), Permission.ATTEND_MEETING):
        links.append((_("Mitt sammanträde"), reverse("protocols:my_meeting")))
    if has_permission(_user(request), Permission.READ_PROTOCOLS):
        links.append((_("Inläsning"), reverse("protocols:read_in")))
    if has_permission(_user(request), Permission.ADMINISTER):
        links.append((_("Papper"), reverse("protocols:headings")))
        links.append((_("Administration"), reverse("admin:index")))
    # A paragraph is part of its meeting, though its address is its own; all about papers is one subject.
    here = reverse("protocols:meetings") if request.path.startswith(PARAGRAPHS) else request.path
    here = reverse("protocols:headings") if request.path.startswith(PAPERS) else here
    return [NavItem(label, url, is_current=here.startswith(url)) for label, url in links]


def _user(request: HttpRequest) -> HasRoles:
    """Who asks; the public on the page that refuses a request before anybody looked at its login."""
    return getattr(request, "user", None) or AnonymousUser()

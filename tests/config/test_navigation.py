from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import include, path

from config.navigation import NavItem, nav_items, navigation
from motions.enums import Role
from motions.models import User


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


motions = ([path("motioner/", page, name="list")], "motions")
protocols = (
    [
        path("sammantraden/", page, name="meetings"),
        path("anslagstavla/", page, name="notice_board"),
        path("uppdrag/", page, name="assignments"),
        path("mitt-sammantrade/", page, name="my_meeting"),
        path("inlasning/", page, name="read_in"),
        path("organisationen/rubriker/", page, name="headings"),
    ],
    "protocols",
)
urlpatterns = [path("", include(motions)), path("", include(protocols))]

pytestmark = pytest.mark.urls(__name__)


def _request(rf: RequestFactory, address: str, *roles: Role) -> HttpRequest:
    request = rf.get(address)
    request.user = User(name="Siv Rask", roles=list(roles)) if roles else AnonymousUser()
    return request


@pytest.mark.parametrize(
    ("roles", "labels"),
    [
        ((), ["Motioner", "Sammanträden", "Anslagstavla", "Uppdrag"]),
        ((Role.REGISTRAR,), ["Motioner", "Sammanträden", "Anslagstavla", "Uppdrag", "Inläsning"]),
        ((Role.SECRETARY,), ["Motioner", "Sammanträden", "Anslagstavla", "Uppdrag", "Inläsning"]),
        ((Role.REPRESENTATIVE,), ["Motioner", "Sammanträden", "Anslagstavla", "Uppdrag", "Mitt sammanträde"]),
        ((Role.VERIFIER,), ["Motioner", "Sammanträden", "Anslagstavla", "Uppdrag", "Mitt sammanträde"]),
    ],
)
def test_menu_of_a_role(rf: RequestFactory, roles: tuple[Role, ...], labels: list[str]) -> None:
    assert [item.label for item in nav_items(_request(rf, "/", *roles))] == labels


def test_menu_before_the_login_is_known(rf: RequestFactory) -> None:
    assert [item.label for item in nav_items(rf.get("/"))] == [
        "Motioner",
        "Sammanträden",
        "Anslagstavla",
        "Uppdrag",
    ]


def test_page_below_a_link_is_part_of_it(rf: RequestFactory) -> None:
    items = nav_items(_request(rf, "/motioner/7/"))
    assert items == [
        NavItem("Motioner", "/motioner/", is_current=True),
        NavItem("Sammanträden", "/sammantraden/"),
        NavItem("Anslagstavla", "/anslagstavla/"),
        NavItem("Uppdrag", "/uppdrag/"),
    ]


def test_a_paragraph_is_part_of_the_meetings(rf: RequestFactory) -> None:
    items = nav_items(_request(rf, "/paragrafer/7/live/"))
    assert [item.label for item in items if item.is_current] == ["Sammanträden"]


def test_roles_are_named_for_the_top_bar(rf: RequestFactory) -> None:
    context = navigation(_request(rf, "/", Role.SECRETARY, Role.REPRESENTATIVE))
    assert context["role_names"] == "sekreterare, förtroendevald"
    assert context["search_url"] == "/motioner/"

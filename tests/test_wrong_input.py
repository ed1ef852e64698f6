"""Every form of every page, sent wrongly by whoever sees it: a clear answer, nothing lost, never a 500."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import date
from http import HTTPStatus

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from protocols.actions.agenda import add_matter, place_motion
from protocols.actions.assignments import give_assignment
from protocols.actions.reservations import announce_reservation
from tests.factories import (
    Region,
    clock,
    close,
    decide,
    make_meeting,
    make_motion,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)
from tests.html_forms import Control, Form, read_forms
from tests.protocols.actions.test_importing import kept
from tests.protocols.reading.minutes import CITY

LOGINS = ("registrar", "officer", "secretary", "chair", "politician")
ANSWERS = {
    HTTPStatus.OK,
    HTTPStatus.FOUND,
    HTTPStatus.SEE_OTHER,
    HTTPStatus.NO_CONTENT,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
}
STRANGE = "🎉<script>alert(1)</script>å"
TYPED = {"text", "search", "textarea", "email"}


@pytest.fixture
def region(db: None) -> Region:
    """A region with something at every stage, so that every page has its forms."""
    region = make_region()
    make_motion(region, title="Inlämnad motion", is_registered=False)
    make_motion(region, title="Registrerad motion")
    prepared = [make_prepared_motion(region, title=f"Beredd motion {n}") for n in range(4)]
    past = make_meeting(region, region.board, held_on=date(2026, 4, 15))
    given = decide(region, open_with(region, past, prepared[0]))
    give_assignment(given, by=region.secretary, body=region.committee, task="redovisa läget")
    verify(region, close(region, past))
    unverified = make_meeting(region, region.board, held_on=date(2026, 5, 6))
    paragraph = decide(region, open_with(region, unverified, prepared[1]))
    asta = region.people["Asta"]
    announce_reservation(paragraph, by=region.politician, persons=[asta], at=clock(unverified, 10))
    close(region, unverified)
    now = make_meeting(region, region.board)
    open_with(region, now, prepared[2])
    add_matter(now, by=region.secretary, title="Delårsrapport", proposal="rapporten godkänns")
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    prepared[0].refresh_from_db()
    place_motion(assembly, by=region.secretary, motion=prepared[0])
    kept(CITY, region)
    return region


def routes() -> list[str]:
    """The addresses of our own pages, as written in the URLconfs."""

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
        for pattern in patterns:
            path = f"{prefix}{pattern.pattern}"
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, path)
            else:
                yield path

    own = [path for path in walk(get_resolver().url_patterns, "/") if "administration" not in path]
    return [path for path in own if not path.startswith(("/konto/losenord/nytt", "/static"))]


def pages(region: Region) -> list[str]:
    """Every address that needs no other id than that of an existing row; a stream has no form, and no end."""
    found = []
    for route in routes():
        if route.endswith("/nyheter/"):
            continue
        if "<int:pk>" in route and route.count("<") == 1:
            found += [route.replace("<int:pk>", str(pk)) for pk in _ids(region, route)]
        elif "<" not in route:
            found.append(route)
    return found


def _ids(region: Region, route: str) -> list[int]:
    first = route.split("<", maxsplit=1)[0].strip("/")
    first = first if first.startswith("inlasning") else first.split("/")[0]
    models = {
        "motioner": "motions.Motion",
        "handlingar": "motions.Document",
        "sammantraden": "protocols.Meeting",
        "paragrafer": "protocols.Paragraph",
        "reservationer": "protocols.Reservation",
        "uppdrag": "protocols.Assignment",
        "inlasning": "protocols.ImportedMeeting",
        "inlasning/paragraf": "protocols.ImportedParagraph",
        "inlasning/personer": "protocols.ReadName",
        "inlasning/partier": "protocols.ReadParty",
    }
    name = models.get(first)
    return list(apps.get_model(name).objects.values_list("pk", flat=True)) if name else [1]


def _strange(control: Control) -> str:
    return STRANGE if control.kind in TYPED else control.value


def _large(control: Control) -> str:
    return "ö" * 500_000 if control.kind in TYPED else control.value


def _empty(control: Control) -> str:
    return control.value if control.kind == "hidden" else ""


def _long_ago(control: Control) -> str:
    return "1800-01-01" if control.kind == "date" else control.value


def _far_off(control: Control) -> str:
    return "2100-01-01" if control.kind == "date" else control.value


def _foreign(control: Control) -> str:
    return "999999" if control.kind in {"select", "radio", "checkbox", "number", "hidden"} else control.value


def _zero_byte(control: Control) -> str:
    return "a\0b" if control.kind in TYPED else control.value


WAYS = {
    "empty": _empty,
    "1 MB": _large,
    "emoji and script": _strange,
    "year 1800": _long_ago,
    "year 2100": _far_off,
    "somebody else's id": _foreign,
    "zero byte": _zero_byte,
}

#: The ways that are also tried with each named button; the others go once a form.
PRESSED_WAYS = ("empty", "emoji and script")


@pytest.mark.parametrize("login", LOGINS)
def test_no_form_answers_wrong_input_with_a_server_error(region: Region, login: str) -> None:
    client = Client()
    client.force_login(getattr(region, login))
    seen: set[tuple[str, tuple[str, ...]]] = set()
    sent = 0
    for page in pages(region):
        answer = client.get(page)
        assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, page
        content = answer.getvalue()  # read to its end, a stream closes its file
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for form in read_forms(content.decode()):
            # The same form of another row is the same form.
            shape = ("".join(c for c in form.action or page if not c.isdigit()), tuple(sorted(form.data())))
            if form.method != "post" or shape in seen or "logga-ut" in form.action:
                continue
            seen.add(shape)
            sent += _send_wrongly(client, page, form)
    assert sent, "no form found"


def _send_wrongly(client: Client, page: str, form: Form) -> int:
    sent = 0
    plain = {control.name: control.value for control in form.controls if control.is_sent}
    for button in [None, *form.buttons[:2]]:
        for way, value in WAYS.items():
            if button is not None and way not in PRESSED_WAYS:
                continue
            data = {control.name: value(control) for control in form.controls if control.is_sent}
            if way != "empty" and data == plain:
                continue  # the form has no such field
            if button is not None:
                data[button.name] = button.value
            with transaction.atomic():
                answer = client.post(form.action or page, data)
                transaction.set_rollback(True)
            where = f"{page} → {form.action or page}, {way}, {data.keys()}"
            assert HTTPStatus(answer.status_code) in ANSWERS, where
            if answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY and way == "emoji and script":
                _require_kept(answer.text, form, where)
            sent += 1
    return sent


def _require_kept(page: str, form: Form, where: str) -> None:
    assert "<script>alert(1)" not in page, where
    if any(control.kind in TYPED for control in form.controls):
        assert html.escape(STRANGE, quote=False).split("&")[0] in page, where

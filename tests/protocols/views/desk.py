"""What the tests of the secretary's screens share: who knocks at a door, and how an answer is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client

from motions.models import User
from tests.factories import Region

Given = Mapping[str, Any] | None

OTHERS = ("registrar", "officer", "chair", "politician", "administrator")


class Visitor:
    """A browser, logged in or not, with htmx or without."""

    def __init__(self, user: User | None = None) -> None:
        self._client = Client()
        if user:
            self._client.force_login(user)

    def get(self, address: str, query: Given = None, *, is_htmx: bool = False) -> HttpResponse:
        return self._ask("GET", address, query, is_htmx=is_htmx)

    def post(self, address: str, data: Given = None, *, is_htmx: bool = False) -> HttpResponse:
        return self._ask("POST", address, data, is_htmx=is_htmx)

    def put(self, address: str) -> HttpResponse:
        return self._ask("PUT", address)

    def follow(self, address: str, data: Given = None) -> HttpResponse:
        """The page that a posted form leads to."""
        answer = self.post(address, data)
        assert answer.status_code == 302, read(answer)
        return self.get(answer["Location"].split("#")[0])

    def _ask(self, method: str, address: str, data: Given = None, *, is_htmx: bool = False) -> HttpResponse:
        ask = getattr(self._client, method.lower())
        headers = {"HX-Request": "true"} if is_htmx else {}
        answer: HttpResponse = ask(address, data or {}, headers=headers)
        return answer


def signed_in(user: User) -> Visitor:
    return Visitor(user)


def is_the_secretarys(region: Region, address: str, *, wrong: str) -> None:
    """The public is asked to log in, other roles are refused, the wrong method is not allowed."""
    way = "get" if wrong == "post" else "post"
    answer: HttpResponse = getattr(Visitor(), way)(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/logga-in/")
    for role in OTHERS:
        assert getattr(signed_in(getattr(region, role)), way)(address).status_code == 403, role
    assert getattr(signed_in(region.secretary), wrong)(address).status_code == 405


def read(answer: HttpResponse) -> str:
    """The answer's text as one reads it: no tags, single spaces."""
    markup = re.sub(r"<(script|style|template)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", markup))).replace("\u00a0", " ")


def part(answer: HttpResponse, element_id: str) -> str:
    """The text from the element with the id to the next section, roughly: enough to see that it is there."""
    markup = answer.content.decode()
    assert f'id="{element_id}"' in markup, element_id
    rest = markup.split(f'id="{element_id}"', 1)[1]
    return read(HttpResponse(rest.split("</section>", 1)[0]))

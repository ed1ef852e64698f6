"""What the tests of motions' pages share: who asks, and what a browser sends and shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.test import Client

from motions.models import Motion, User
from tests.factories import Region

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

PDF = b"%PDF-1.7\nEtt papper.\n%%EOF"
PART = {"HX-Request": "true", "HX-Target": "motions"}


def signed_in(user: User | None) -> Client:
    """A browser in which the user has logged in; None: the public."""
    client = Client()
    if user:
        client.force_login(user)
    return client


def html(response: Response) -> str:
    """The page's text."""
    return response.content.decode()


def words(response: Response) -> str:
    """The page without its markup, with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", html(response)).split())


def main(response: Response) -> str:
    """What stands between the top bar and the foot."""
    return html(response).partition("<main")[2].partition("</main>")[0]


def typed(region: Region, **changes: Any) -> dict[str, Any]:
    """The form of a new motion, filled in; `clauses` are the texts of its rows."""
    clauses = changes.pop("clauses", ("att regionen bygger fler cykelvägar",))
    data: dict[str, Any] = {
        "handed_in_on": "2026-02-02",
        "movers": [str(region.people["Asta"].pk)],
        "title": "Fler cykelvägar i länet",
        "text": "<p>Länet behöver cykelvägar.</p>",
        "registry_number": "",
        "act": "register",
        "clauses-TOTAL_FORMS": str(len(clauses)),
        "clauses-INITIAL_FORMS": "0",
    }
    for index, text in enumerate(clauses):
        data |= {f"clauses-{index}-text": text, f"clauses-{index}-ORDER": str(index + 1)}
    return data | changes


def the_motion() -> Motion:
    """The only one there is."""
    return Motion.objects.get()

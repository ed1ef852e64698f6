"""The address book of the demo: made-up addresses for those whom the minutes name, but not for all."""

from __future__ import annotations

from django.utils.text import slugify

from motions.enums import Role
from protocols.actions.dispatch import set_addresses
from protocols.demo.world import World
from protocols.models import Recipient

#: Others than the region's own, who have their own domain; None has left no address yet.
OUTSIDE: dict[str, str | None] = {
    "Socialdepartementet": "registrator@socialdepartementet.example",
    "Högskolan i Älvstad": "registrator@hogskolan-alvstad.example",
    "Länets kommuner": None,
    "De valda": None,
    "Samtliga vårdcentraler": None,
    "Älvmarks länsteater": "info@alvmarkslansteater.example",
    "Älvmarks hembygdsförbund": None,
    "Barbro Ängmark": None,
    "Stiftelsen Älvmarks museum": "museet@alvmarksmuseum.example",
}


def enter(world: World) -> None:
    """The secretaries have written them down over the year."""
    names = Recipient.objects.values_list("name", flat=True).distinct()
    inside = {name: f"{slugify(name)}@alvmark.example" for name in names if name not in OUTSIDE}
    outside = {name: OUTSIDE[name] or "" for name in names if name in OUTSIDE}
    set_addresses(inside | outside, by=world.cast.user_with(Role.SECRETARY), at=world.now)

"""Persons and bodies as Swedish minutes name them."""

from __future__ import annotations

from collections.abc import Sequence

from protocols.facts import PersonFact
from protocols.wording.text import NBSP, enumerate_with, fold

#: Printed in place of a party for an elected person who belongs to none.
UNAFFILIATED = "-"


def person(fact: PersonFact) -> str:
    """Name and party on one line whatever its width: "Mats Ström (V)", without a party "Mats Ström (-)"."""
    return f"{fold(fact.name)}{NBSP}({_party(fact)})"


def people(facts: Sequence[PersonFact]) -> str:
    """Everybody in the order given: "A (S), B (S) och C (M)"; '' for nobody."""
    return enumerate_with([person(fact) for fact in facts])


def genitive(name: str) -> str:
    """The genitive of a name: "Ströms", "Regionfullmäktiges"; names in s, x and z stay as they are."""
    name = fold(name)
    if not name or name[-1].lower() in "sxz":
        return name
    return f"{name}s" if name[-1].isalpha() else f"{name}:s"


def person_genitive(fact: PersonFact, *, with_party: bool = False) -> str:
    """The owner of a proposal: "Mats Ströms", or "Mats Ströms (V)" where the name alone would not do."""
    owner = genitive(fact.name)
    return f"{owner}{NBSP}({_party(fact)})" if with_party else owner


def _party(fact: PersonFact) -> str:
    return fold(fact.party or "") or UNAFFILIATED

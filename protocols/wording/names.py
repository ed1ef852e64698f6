"""Persons and bodies as Swedish minutes name them."""

from __future__ import annotations

from collections.abc import Sequence

from protocols.facts import PersonFact
from protocols.wording.text import NBSP, capitalise, enumerate_with, fold

#: Printed in place of a party for an elected person who belongs to none.
UNAFFILIATED = "-"


def person(fact: PersonFact) -> str:
    """Name and party on one line whatever its width: "Mats Ström (V)", without a party "Mats Ström (-)".

    A party's group is called by its name: "Vänsterpartiets partigrupp".
    """
    if fact.is_group:
        return group(fact)
    return f"{fold(fact.name)}{NBSP}({_party(fact)})"


def people(facts: Sequence[PersonFact]) -> str:
    """Everybody in the order given: "A (S), B (S) och C (M)"; '' for nobody."""
    return enumerate_with([person(fact) for fact in facts])


def group(fact: PersonFact) -> str:
    """A party's group in the body: "Vänsterpartiets partigrupp"."""
    return f"{genitive(fact.name)} partigrupp"


def members(facts: Sequence[PersonFact]) -> str:
    """Those who do something each for himself, as in a reservation: of a group its members, by their party.

    "Ledamöterna från V och KD", "Mats Ström (S) och ledamöterna från V"; begins a sentence.
    """
    persons = [person(fact) for fact in facts if not fact.is_group]
    groups = [_party(fact) for fact in facts if fact.is_group]
    if not groups:
        return enumerate_with(persons)
    told = f"ledamöterna från {enumerate_with(groups)}"
    return capitalise(enumerate_with([*persons, told], "samt" if len(groups) > 1 else "och"))


def genitive(name: str) -> str:
    """The genitive of a name: "Ströms", "Regionfullmäktiges"; names in s, x and z stay as they are."""
    name = fold(name)
    if not name or name[-1].lower() in "sxz":
        return name
    return f"{name}s" if name[-1].isalpha() else f"{name}:s"


def person_genitive(fact: PersonFact, *, with_party: bool = False) -> str:
    """The owner of a proposal: "Mats Ströms", or "Mats Ströms (V)" where the name alone would not do."""
    if fact.is_group:
        return genitive(group(fact))
    owner = genitive(fact.name)
    return f"{owner}{NBSP}({_party(fact)})" if with_party else owner


def _party(fact: PersonFact) -> str:
    return fold(fact.party or "") or UNAFFILIATED

from __future__ import annotations

import pytest

from protocols.facts import NoteFact, ReservationFact
from protocols.wording.blocks import Block, Written
from protocols.wording.reservations import notes, reservations
from tests.protocols.wording.examples import ALEX, JONAS, LOOSE, NBSP, TORA, facts

TEXT = "<p>Nattåget behövs <strong>nu</strong>.</p>"


@pytest.mark.parametrize(
    ("fact", "blocks"),
    [
        (ReservationFact((TORA,)), (f"Tora Hedlund{NBSP}(V) reserverar sig mot beslutet.",)),
        (ReservationFact((LOOSE,)), (f"Ulf Rönn{NBSP}(-) reserverar sig mot beslutet.",)),
        (ReservationFact((TORA,), "<p></p>"), (f"Tora Hedlund{NBSP}(V) reserverar sig mot beslutet.",)),
        (
            ReservationFact((TORA, JONAS)),
            (f"Tora Hedlund{NBSP}(V) och Jonas Lindfors{NBSP}(MP) reserverar sig mot beslutet.",),
        ),
        (
            ReservationFact((TORA,), TEXT),
            (f"Tora Hedlund{NBSP}(V) reserverar sig mot beslutet enligt följande:", Written(TEXT)),
        ),
        (
            ReservationFact((TORA,), for_own_proposal=True),
            (f"Tora Hedlund{NBSP}(V) reserverar sig mot beslutet till förmån för det egna förslaget.",),
        ),
        (
            ReservationFact((TORA,), TEXT, for_own_proposal=True),
            (
                (
                    f"Tora Hedlund{NBSP}(V) reserverar sig mot beslutet till förmån för det egna förslaget "
                    "och enligt följande:"
                ),
                Written(TEXT),
            ),
        ),
    ],
)
def test_reservation(fact: ReservationFact, blocks: tuple[Block, ...]) -> None:
    assert reservations(facts(reservations=(fact,))) == blocks


def test_reservations_stand_each_by_itself() -> None:
    item = facts(reservations=(ReservationFact((TORA,), TEXT), ReservationFact((ALEX,))))
    assert reservations(item) == (
        f"Tora Hedlund{NBSP}(V) reserverar sig mot beslutet enligt följande:",
        Written(TEXT),
        f"Alex Prytz{NBSP}(L) reserverar sig mot beslutet.",
    )


def test_notes_under_the_names_of_their_authors() -> None:
    item = facts(notes=(NoteFact((TORA, ALEX), TEXT), NoteFact((), TEXT), NoteFact((JONAS,), "<p> </p>")))
    assert notes(item) == (
        f"Tora Hedlund{NBSP}(V) och Alex Prytz{NBSP}(L) lämnar följande protokollsanteckning:",
        Written(TEXT),
        Written(TEXT),
    )


def test_reservations_and_notes_of_an_item_without_any() -> None:
    assert (reservations(facts()), notes(facts())) == ((), ())


def test_reservation_of_one_who_took_part_in_some_clauses_alone() -> None:
    fact = ReservationFact((TORA,), clauses=(1, 3))
    assert reservations(facts(reservations=(fact,))) == (
        f"Tora Hedlund{NBSP}(V) reserverar sig mot första och tredje beslutssatserna.",
    )

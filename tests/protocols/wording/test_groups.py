"""Parties' groups in the minutes: as movers beside persons, as owners of proposals, and in reservations."""

from __future__ import annotations

import pytest

from protocols.enums import ProposalKind
from protocols.facts import PersonFact, ReservationFact
from protocols.wording import names
from protocols.wording.procedure import procedure
from protocols.wording.proposals import deliberation
from protocols.wording.references import references
from protocols.wording.reservations import reservations
from tests.protocols.wording.examples import BIRGITTA, TABLED, TORA, facts, main, proposal, spaced

LEFT = PersonFact("Vänsterpartiet", "V", is_group=True)
SOCIAL = PersonFact("Socialdemokraterna", "S", is_group=True)
GREENS = PersonFact("De gröna", "G", is_group=True)


@pytest.mark.parametrize(
    ("movers", "said"),
    [
        ((SOCIAL,), "Socialdemokraternas partigrupp föreslår bifall till motionen."),
        (
            (LEFT, SOCIAL),
            "Vänsterpartiets partigrupp och Socialdemokraternas partigrupp föreslår bifall till motionen.",
        ),
        ((BIRGITTA, LEFT), "Birgitta Sand (M) och Vänsterpartiets partigrupp föreslår bifall till motionen."),
    ],
)  # fmt: skip
def test_group_proposes_alone_and_with_others(movers: tuple[PersonFact, ...], said: str) -> None:
    item = facts(proposals=[TABLED, proposal(2, ProposalKind.GRANT, *movers)])
    assert spaced(deliberation(item)) == (said,)


def test_group_proposes_in_two_hands() -> None:
    first = proposal(2, ProposalKind.GRANT, LEFT, TORA, preference=1)
    second = proposal(3, ProposalKind.DEEM_ANSWERED, LEFT, TORA, preference=2)
    assert spaced(deliberation(facts(proposals=[TABLED, first, second]))) == (
        (
            "Vänsterpartiets partigrupp och Tora Hedlund (V) föreslår i första hand bifall till motionen "
            "och i andra hand att motionen ska anses besvarad."
        ),
    )


def test_group_takes_its_proposal_back() -> None:
    back = proposal(2, ProposalKind.GRANT, LEFT, is_withdrawn=True)
    item = facts(proposals=[TABLED, back], questions=[main(1, 1, 2)])
    assert spaced(deliberation(item))[1] == (
        "Vänsterpartiets partigrupp tar tillbaka sitt förslag om bifall till motionen."
    )


def test_group_owns_its_proposal_in_the_procedure() -> None:
    item = facts(proposals=[TABLED, proposal(2, ProposalKind.GRANT, GREENS)], questions=[main(1, 1, 2)])
    assert spaced(procedure(item)) == (
        (
            "Ordföranden ställer det liggande förslaget mot De grönas partigrupps förslag och finner att "
            "regionstyrelsen bifaller det liggande förslaget."
        ),
    )


def test_first_of_many_owners_may_be_a_group() -> None:
    many = proposal(2, ProposalKind.GRANT, LEFT, SOCIAL, TORA, BIRGITTA)
    assert references(facts(proposals=[TABLED, many]))[2] == "förslaget från Vänsterpartiets partigrupp m.fl."


@pytest.mark.parametrize(
    ("persons", "said"),
    [
        ((LEFT,), "Ledamöterna från V reserverar sig mot beslutet."),
        ((LEFT, SOCIAL), "Ledamöterna från V och S reserverar sig mot beslutet."),
        ((BIRGITTA, LEFT), "Birgitta Sand (M) och ledamöterna från V reserverar sig mot beslutet."),
        (
            (LEFT, BIRGITTA, SOCIAL),
            "Birgitta Sand (M) samt ledamöterna från V och S reserverar sig mot beslutet.",
        ),
    ],
)
def test_members_of_a_group_reserve(persons: tuple[PersonFact, ...], said: str) -> None:
    assert spaced(reservations(facts(reservations=[ReservationFact(persons)]))) == (said,)


def test_group_has_the_genitive_of_a_name() -> None:
    assert names.person_genitive(SOCIAL, with_party=True) == "Socialdemokraternas partigrupps"

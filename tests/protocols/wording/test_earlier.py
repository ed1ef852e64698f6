from __future__ import annotations

from datetime import date

import pytest

from motions.enums import Outcome
from protocols.enums import DecisionKind
from protocols.facts import TreatmentFact
from protocols.wording.blocks import Listing
from protocols.wording.earlier import earlier_treatment, reference
from tests.protocols.wording.examples import NBSP, facts

HELD_ON = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("kind", "outcomes", "by_minority", "brief"),
    [
        (DecisionKind.PROPOSES, (Outcome.REJECTED,), False, " (föreslår avslag)"),
        (
            DecisionKind.PROPOSES,
            (Outcome.DEEMED_ANSWERED,),
            False,
            " (föreslår att motionen anses besvarad)",
        ),
        (DecisionKind.PROPOSES, (Outcome.GRANTED, Outcome.REJECTED), False, " (föreslår delvis bifall)"),
        (DecisionKind.PROPOSES, (), False, ""),
        (DecisionKind.DECIDES, (Outcome.GRANTED,), False, " (bifall)"),
        (DecisionKind.DECIDES, (), False, ""),
        (DecisionKind.POSTPONES, (), False, " (bordlägger)"),
        (DecisionKind.POSTPONES, (), True, " (bordlägger på begäran av en minoritet)"),
        (DecisionKind.REFERS_BACK, (), False, " (återremitterar)"),
        (DecisionKind.REFERS_BACK, (), True, " (återremitterar på begäran av en minoritet)"),
        (DecisionKind.NOTES, (), False, " (lägger till handlingarna)"),
    ],
)
def test_reference_to_an_earlier_paragraph(
    kind: DecisionKind, outcomes: tuple[Outcome, ...], *, by_minority: bool, brief: str
) -> None:
    fact = TreatmentFact("Regionstyrelsen", HELD_ON, 237, kind, outcomes, by_minority)
    assert reference(fact) == f"Regionstyrelsen 2026-05-20, §{NBSP}237{brief}"


def test_earlier_treatment_is_a_list_in_the_order_given() -> None:
    item = facts(
        earlier_treatment=(
            TreatmentFact("Regionfullmäktige", date(2026, 2, 9), 14, DecisionKind.DECIDES),
            TreatmentFact("Regionstyrelsen", HELD_ON, 237, DecisionKind.POSTPONES),
        )
    )
    assert earlier_treatment(item) == (
        Listing(
            (
                f"Regionfullmäktige 2026-02-09, §{NBSP}14",
                f"Regionstyrelsen 2026-05-20, §{NBSP}237 (bordlägger)",
            )
        ),
    )


def test_earlier_treatment_of_a_new_item() -> None:
    assert earlier_treatment(facts()) == ()

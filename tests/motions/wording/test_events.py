from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from motions.enums import EventKind
from motions.wording.events import EventWords, in_words, reference

ON = date(2026, 5, 20)
PARAGRAPH: dict[str, Any] = {"body": "Regionstyrelsen", "abbreviation": "RS", "number": 237, "paragraph": 7}


@pytest.mark.parametrize(
    ("kind", "facts", "expected"),
    [
        (EventKind.RECEIVED, {}, EventWords("Inlämnad")),
        (EventKind.REGISTERED, {"number": "7-2026"}, EventWords("Registrerad som motion 7-2026")),
        (
            EventKind.REMITTED,
            {"to": "Regionstyrelsen", "to_inline": "regionstyrelsen"},
            EventWords("Remitterad till regionstyrelsen"),
        ),
        (
            EventKind.PREPARATION_FINISHED,
            {},
            EventWords("Beredd", "Förslaget till beslut är överlämnat till styrelsen."),
        ),
        (
            EventKind.BOARD_PROPOSED,
            PARAGRAPH
            | {
                "outcomes": ["rejected"],
                "proposals": [
                    {"by": ["Asta Björk (V)", "Bo Cederlund (S)"], "kind": "grant"},
                    {"by": ["Cilla Dahl (M)"], "kind": "refer_back"},
                ],
                "reservations": ["Asta Björk (V)", "Bo Cederlund (S)", "Elsa Öhman (C)"],
            },
            EventWords(
                "Regionstyrelsen föreslår avslag",
                "Asta Björk (V) och Bo Cederlund (S) föreslår bifall. Cilla Dahl (M) föreslår återremiss.",
                "Reservationer av Asta Björk (V), Bo Cederlund (S) och Elsa Öhman (C)",
            ),
        ),
        (
            EventKind.DECIDED,
            PARAGRAPH | {"body": "Regionfullmäktige", "outcomes": ["granted", "rejected"]},
            EventWords("Regionfullmäktige avgör: delvis bifall"),
        ),
        (
            EventKind.POSTPONED,
            PARAGRAPH | {"until": "2026-06-16", "by_minority": True},
            EventWords("Bordlagd", "Tas upp igen 16 juni.", "På begäran av en minoritet (KL 5 kap. 50 §)."),
        ),
        (
            EventKind.REFERRED_BACK,
            PARAGRAPH | {"reservations": ["Asta Björk (V)"]},
            EventWords("Återremitterad", "", "Reservation av Asta Björk (V)"),
        ),
        (
            EventKind.OVERDUE_REPORTED,
            PARAGRAPH,
            EventWords("Anmäld till fullmäktige som obesvarad", "", "KL 5 kap. 35 §"),
        ),
    ],
)
def test_event_in_words(kind: EventKind, facts: dict[str, Any], expected: EventWords) -> None:
    assert in_words(kind, facts, on=ON) == expected


@pytest.mark.parametrize("kind", EventKind)
def test_event_without_facts_still_has_a_headline(kind: EventKind) -> None:
    assert in_words(kind, {}, on=ON).title


def test_unknown_kind_of_proposal_is_told_without_its_name() -> None:
    facts = {"proposals": [{"by": ["Asta Björk (V)"], "kind": "something_new"}]}
    assert in_words(EventKind.DECIDED, facts, on=ON).text == "Asta Björk (V) föreslår ett eget beslut."


def test_reference_names_body_and_paragraph() -> None:
    assert reference(PARAGRAPH) == "RS §\N{NO-BREAK SPACE}237"
    assert reference({"number": "7-2026"}) == ""

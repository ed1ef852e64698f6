from __future__ import annotations

import pytest

from protocols.enums import NonParticipationKind as Kind
from protocols.facts import NonParticipationFact
from protocols.wording.participation import non_participation
from tests.protocols.wording.examples import ALEX, JONAS, NBSP, TORA, facts, spaced


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (Kind.RECUSAL, "anmäler jäv och deltar inte i handläggningen av ärendet."),
        (Kind.NOT_PARTICIPATING, "deltar inte i beslutet."),
        (Kind.ABSTAINED, "avstår från att delta i beslutet."),
    ],
)
def test_non_participation_of_one(kind: Kind, line: str) -> None:
    item = facts(non_participations=(NonParticipationFact(TORA, kind),))
    assert non_participation(item) == (f"Tora Hedlund{NBSP}(V) {line}",)


def test_non_participation_has_one_sentence_a_kind() -> None:
    item = facts(
        non_participations=(
            NonParticipationFact(ALEX, Kind.ABSTAINED),
            NonParticipationFact(TORA, Kind.RECUSAL),
            NonParticipationFact(JONAS, Kind.ABSTAINED),
        )
    )
    assert spaced(non_participation(item)) == (
        "Tora Hedlund (V) anmäler jäv och deltar inte i handläggningen av ärendet.",
        "Alex Prytz (L) och Jonas Lindfors (MP) avstår från att delta i beslutet.",
    )


def test_non_participation_of_nobody() -> None:
    assert non_participation(facts()) == ()

from __future__ import annotations

import pytest

from protocols.enums import NonParticipationKind as Kind
from protocols.facts import NonParticipationFact
from protocols.wording.participation import non_participation
from tests.protocols.wording.examples import ALEX, BIRGITTA, JONAS, NBSP, TORA, facts, spaced


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


def test_substitute_of_one_recused_is_told_without_a_pronoun() -> None:
    item = facts(non_participations=(NonParticipationFact(TORA, Kind.RECUSAL, ALEX),))
    (line,) = spaced(non_participation(item))
    assert line.endswith("deltar inte i handläggningen av ärendet. I stället tjänstgör Alex Prytz (L).")


def test_substitutes_of_several_recused_are_told_for_whom() -> None:
    tora, jonas = NonParticipationFact(TORA, Kind.RECUSAL, ALEX), NonParticipationFact(JONAS, Kind.RECUSAL)
    (line,) = spaced(non_participation(facts(non_participations=(tora, jonas))))
    assert line.startswith("Tora Hedlund (V) och Jonas Lindfors (MP) anmäler jäv")
    assert line.endswith("ärendet. I stället tjänstgör Alex Prytz (L) för Tora Hedlund (V).")
    both = (tora, NonParticipationFact(JONAS, Kind.RECUSAL, BIRGITTA))
    (line,) = spaced(non_participation(facts(non_participations=both)))
    assert line.endswith("för Tora Hedlund (V) och Birgitta Sand (M) för Jonas Lindfors (MP).")


def test_non_participation_of_nobody() -> None:
    assert non_participation(facts()) == ()


@pytest.mark.parametrize(
    ("kind", "clauses", "line"),
    [
        (Kind.RECUSAL, (2,), "anmäler jäv och deltar inte i handläggningen av andra beslutssatsen."),
        (Kind.NOT_PARTICIPATING, (1, 3), "deltar inte i beslutet om första och tredje beslutssatserna."),
        (Kind.ABSTAINED, (1,), "avstår från att delta i beslutet om första beslutssatsen."),
    ],
)
def test_non_participation_in_a_clause_alone(kind: Kind, clauses: tuple[int, ...], line: str) -> None:
    item = facts(non_participations=(NonParticipationFact(TORA, kind, clauses=clauses),))
    assert non_participation(item) == (f"Tora Hedlund{NBSP}(V) {line}",)


def test_non_participation_tells_the_whole_before_its_parts_and_who_served_there() -> None:
    item = facts(
        non_participations=(
            NonParticipationFact(TORA, Kind.RECUSAL, BIRGITTA, clauses=(2,)),
            NonParticipationFact(JONAS, Kind.RECUSAL),
        )
    )
    assert spaced(non_participation(item)) == (
        "Jonas Lindfors (MP) anmäler jäv och deltar inte i handläggningen av ärendet.",
        (
            "Tora Hedlund (V) anmäler jäv och deltar inte i handläggningen av andra beslutssatsen. "
            "I stället tjänstgör Birgitta Sand (M)."
        ),
    )

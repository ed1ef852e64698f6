"""Service in §§ and the moves of a meeting, as they are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest
from django.utils import timezone

from motions.enums import MembershipRole
from protocols.enums import MoveKind
from protocols.facts import ClauseSpanFact, MoveFact, PersonFact, ServiceFact, SpanFact
from protocols.wording.service import move, paragraphs, service

ASTA, HUGO = PersonFact("Asta Björk", "V"), PersonFact("Hugo Alm", "V")
AT = datetime(2026, 5, 20, 14, 5, tzinfo=timezone.get_default_timezone())


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([], ""),
        ([4], "§ 4"),
        ([4, 5], "§§ 4–5"),
        ([15, *range(1, 13)], "§§ 1–12, 15"),
        ([1, 3, 5, 6], "§§ 1, 3, 5–6"),
        ([7, 7], "§ 7"),
    ],
)
def test_paragraphs_stand_in_unbroken_runs(numbers: Sequence[int], said: str) -> None:
    assert plain(paragraphs(numbers)) == said
    assert "§ " not in paragraphs(numbers)


def told(*spans: SpanFact, recused: Sequence[int] = (), is_whole: bool = False) -> str:
    return plain(service(ServiceFact(ASTA, MembershipRole.MEMBER, spans, recused, is_whole)))


def test_service_tells_spans_for_whom_and_recusals() -> None:
    assert told(SpanFact([1, 2, 3]), is_whole=True) == ""
    assert told(SpanFact([1, 2, 3], HUGO), is_whole=True) == "ersätter Hugo Alm (V)"
    assert told(SpanFact([1, 2]), SpanFact([4], HUGO)) == "§§ 1–2; ersätter Hugo Alm (V) § 4"
    assert told(SpanFact([1, 3]), recused=[2]) == "§§ 1, 3; deltar inte i § 2 på grund av jäv"
    assert told() == ""


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (MoveFact(ASTA, MoveKind.CAME, AT), "kom 14.05"),
        (MoveFact(ASTA, MoveKind.LEFT, AT, after=12), "lämnade 14.05, efter § 12"),
        (MoveFact(ASTA, MoveKind.LEFT, AT, HUGO, during=13, after=12), "lämnade 14.05, under § 13"),
        (MoveFact(HUGO, MoveKind.STEPPED_IN, AT, ASTA), "trädde in för Asta Björk (V) 14.05"),
        (MoveFact(HUGO, MoveKind.STEPPED_BACK, AT, ASTA), "lämnade platsen åter till Asta Björk (V) 14.05"),
    ],
)
def test_a_move_is_told_with_its_time_and_place(fact: MoveFact, said: str) -> None:
    assert plain(move(fact)) == said


def test_service_in_one_clause_alone() -> None:
    part = ClauseSpanFact(14, (2,), ASTA)
    stood_in = ServiceFact(HUGO, MembershipRole.SUBSTITUTE, in_clauses=(part,))
    assert plain(service(stood_in)) == "ersätter Asta Björk (V) § 14, andra beslutssatsen"
    part = ClauseSpanFact(14, (2, 3))
    recused = ServiceFact(
        ASTA, MembershipRole.MEMBER, [SpanFact((13, 14))], is_whole=True, in_clauses=(part,)
    )
    said = "deltar inte i § 14, andra och tredje beslutssatserna, på grund av jäv"
    assert plain(service(recused)) == said

"""Assignments in the words of the minutes."""

from __future__ import annotations

from datetime import date

from protocols.facts import AssignmentFact
from protocols.wording.assignments import assignments


def test_assignment_with_a_day() -> None:
    fact = AssignmentFact("regionstyrelsen", "kartlägga tågtrafiken", date(2026, 12, 31))
    assert assignments([fact]) == (
        "Regionstyrelsen får i uppdrag att kartlägga tågtrafiken, senast den 31 december 2026.",
    )


def test_assignment_as_it_was_typed_gets_one_att_and_one_stop() -> None:
    fact = AssignmentFact("regiondirektören", "  att ta fram\nen plan. ")
    assert assignments([fact]) == ("Regiondirektören får i uppdrag att ta fram en plan.",)


def test_assignments_stand_in_their_order() -> None:
    facts = [AssignmentFact("a-nämnden", "göra ett"), AssignmentFact("b-nämnden", "göra två")]
    assert [line.split()[0] for line in assignments(facts)] == ["A-nämnden", "B-nämnden"]

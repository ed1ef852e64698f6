from __future__ import annotations

import pytest

from motions.wording.outcomes import brief, overall, proposal, verdict


@pytest.mark.parametrize(
    ("outcomes", "badges", "decided", "proposed", "short"),
    [
        (["granted", "granted"], ["granted"], "bifall", "bifall", "bifall"),
        (["rejected"], ["rejected"], "avslag", "avslag", "avslag"),
        (
            ["deemed_answered"],
            ["deemed_answered"],
            "motionen anses besvarad",
            "att motionen ska anses besvarad",
            "besvarad",
        ),
        (["written_off"], ["written_off"], "motionen avskrivs", "att motionen ska avskrivas", "avskriven"),
        (["rejected", "granted"], ["partly_granted"], "delvis bifall", "delvis bifall", "delvis bifall"),
        (
            ["deemed_answered", "rejected"],
            ["rejected", "deemed_answered"],
            "delvis avslag",
            "delvis avslag",
            "delvis avslag",
        ),
        ([], [], "", "", ""),
    ],
)
def test_outcome_of_a_motion_is_derived_from_its_clauses(
    outcomes: list[str], badges: list[str], decided: str, proposed: str, short: str
) -> None:
    assert overall(outcomes) == badges
    assert verdict(outcomes) == decided
    assert proposal(outcomes) == proposed
    assert brief(outcomes) == short

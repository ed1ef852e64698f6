from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from motions.enums import EventKind, Stage
from motions.wording.standing import Badge, Standing, Told, standing

TODAY = date(2026, 11, 22)
RS: dict[str, Any] = {"body": "Regionstyrelsen", "abbreviation": "RS", "number": 88}
RF: dict[str, Any] = {"body": "Regionfullmäktige", "abbreviation": "RF", "number": 131}
NBSP = "\N{NO-BREAK SPACE}"


def told(kind: EventKind, day: date = date(2026, 5, 20), **facts: Any) -> Told:
    return Told(kind, day, facts)


PROPOSED = told(EventKind.BOARD_PROPOSED, **RS)
POSTPONED = told(EventKind.POSTPONED, date(2026, 6, 16), **RF, until="2026-11-24")


@pytest.mark.parametrize(
    ("stage", "events", "expected"),
    [
        (Stage.HANDED_IN, [], Standing("Inlämnad")),
        (Stage.REGISTERED, [], Standing("Registrerad")),
        (Stage.REMITTED, [], Standing("Remitterad", detail="till regionstyrelsen")),
        (Stage.IN_PREPARATION, [], Standing("Under beredning", detail="Hans")),
        (
            Stage.IN_PREPARATION,
            [told(EventKind.REFERRED_BACK, date(2025, 12, 9), **RF)],
            Standing(
                badges=[Badge("referred_back", "Återremitterad")],
                detail=f"RF §{NBSP}131, 9 december 2025",
            ),
        ),
        (Stage.IN_PREPARATION, [POSTPONED], Standing("Under beredning", detail="Hans")),
        (Stage.AT_BOARD, [], Standing("Hos styrelsen")),
        (Stage.AT_ASSEMBLY, [PROPOSED], Standing("Hos fullmäktige", detail=f"RS §{NBSP}88, 20 maj")),
        (
            Stage.AT_ASSEMBLY,
            [PROPOSED, POSTPONED],
            Standing(badges=[Badge("postponed", "Bordlagd")], detail="åter 24 november"),
        ),
        (
            Stage.AT_ASSEMBLY,
            [PROPOSED, POSTPONED, POSTPONED, POSTPONED],
            Standing(badges=[Badge("postponed", "Bordlagd")], detail="tredje gången, åter 24 november"),
        ),
        (
            Stage.AT_BOARD,
            [told(EventKind.POSTPONED, **RS)],
            Standing(badges=[Badge("postponed", "Bordlagd")], detail=f"RS §{NBSP}88, 20 maj"),
        ),
        (
            Stage.CLOSED,
            [PROPOSED, told(EventKind.DECIDED, date(2026, 6, 22), **RF, outcomes=["rejected", "granted"])],
            Standing(badges=[Badge("partly_granted", "Delvis bifall")], detail=f"RF §{NBSP}131, 22 juni"),
        ),
        (
            Stage.WITHDRAWN,
            [PROPOSED, told(EventKind.WITHDRAWN, date(2026, 8, 27))],
            Standing(badges=[Badge("withdrawn", "Återtagen")], detail="27 augusti"),
        ),
    ],
)
def test_standing_of_a_motion(stage: Stage, events: list[Told], expected: Standing) -> None:
    found = standing(stage, events, today=TODAY, officer="Hans", remitted_to="regionstyrelsen")
    assert (found.word, list(found.badges), found.detail) == (
        expected.word,
        list(expected.badges),
        expected.detail,
    )

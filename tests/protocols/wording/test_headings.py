from __future__ import annotations

from typing import Any

import pytest

from protocols.enums import NonParticipationKind, SectionKind
from protocols.facts import BodyFact, NonParticipationFact, NoteFact, ReservationFact
from protocols.wording.headings import DEFAULT_PROFILE, GOTEBORG_PROFILE, Heading, Profile, complete, heading
from tests.protocols.wording.examples import ALEX, ASSEMBLY, JONAS, TORA, facts

RESERVATION = ReservationFact((TORA,))
NOTE = NoteFact((TORA,), "<p>a</p>")
RECUSED = NonParticipationFact(TORA, NonParticipationKind.RECUSAL)
STAYED_OUT = NonParticipationFact(JONAS, NonParticipationKind.NOT_PARTICIPATING)
ABSTAINED = NonParticipationFact(ALEX, NonParticipationKind.ABSTAINED)


@pytest.mark.parametrize(
    ("kind", "recorded", "title"),
    [
        (SectionKind.DECISION, {}, "Regionstyrelsens beslut"),
        (SectionKind.DECISION, {"body": ASSEMBLY}, "Regionfullmäktiges beslut"),
        (SectionKind.DECISION, {"body": BodyFact("Utskottet Väs", "utskottet")}, "Utskottet Väs beslut"),
        (SectionKind.RESERVATION, {"reservations": (RESERVATION,)}, "Reservation"),
        (SectionKind.RESERVATION, {"reservations": (RESERVATION, RESERVATION)}, "Reservationer"),
        (SectionKind.NOTES, {"notes": (NOTE,)}, "Protokollsanteckning"),
        (SectionKind.NOTES, {"notes": (NOTE, NOTE)}, "Protokollsanteckningar"),
        (SectionKind.NON_PARTICIPATION, {"non_participations": (RECUSED, RECUSED)}, "Jäv"),
        (
            SectionKind.NON_PARTICIPATION,
            {"non_participations": (STAYED_OUT, ABSTAINED)},
            "Deltar inte i beslutet",
        ),
        (
            SectionKind.NON_PARTICIPATION,
            {"non_participations": (RECUSED, ABSTAINED)},
            "Jäv och ej deltagande",
        ),
        (SectionKind.APPENDICES, {"appendices": ("Motionen",)}, "Bilagor:"),
        (SectionKind.RECIPIENTS, {"recipients": ("Arkivet",)}, "Protokollsutdrag skickas till:"),
    ],
)
def test_heading_of_the_default_profile(kind: SectionKind, recorded: dict[str, Any], title: str) -> None:
    assert heading(kind, DEFAULT_PROFILE, facts(**recorded)) == title


@pytest.mark.parametrize(
    ("kind", "recorded", "title"),
    [
        (SectionKind.DECISION, {}, "Beslut"),
        (SectionKind.APPENDICES, {"appendices": ("2026 nr 3",)}, "Handling"),
        (SectionKind.APPENDICES, {"appendices": ("2026 nr 3", "Yttrande")}, "Handlingar"),
        (SectionKind.PROCEDURE, {}, "Propositionsordning"),
    ],
)
def test_heading_of_the_goteborg_profile(kind: SectionKind, recorded: dict[str, Any], title: str) -> None:
    assert heading(kind, GOTEBORG_PROFILE, facts(**recorded)) == title


def test_heading_with_the_body_as_it_is() -> None:
    profile = (Heading(SectionKind.DECISION, "{body} beslutar {annat}"),)
    assert heading(SectionKind.DECISION, profile, facts()) == "Regionstyrelsen beslutar {annat}"


def test_heading_that_the_profile_lacks_is_the_usual_one() -> None:
    assert heading(SectionKind.PROCEDURE, (), facts()) == "Beslutsgång"


@pytest.mark.parametrize("profile", [DEFAULT_PROFILE, GOTEBORG_PROFILE])
def test_profile_has_every_section_once(profile: Profile) -> None:
    assert sorted(entry.kind for entry in profile) == sorted(SectionKind)


def test_default_profile_has_the_order_of_the_region() -> None:
    assert [entry.kind for entry in DEFAULT_PROFILE] == [
        SectionKind.DECISION,
        SectionKind.RESERVATION,
        SectionKind.STATEMENT,
        SectionKind.SUMMARY,
        SectionKind.EARLIER_TREATMENT,
        SectionKind.DELIBERATION,
        SectionKind.PROCEDURE,
        SectionKind.NON_PARTICIPATION,
        SectionKind.NOTES,
        SectionKind.MATTER,
        SectionKind.IMPACT,
        SectionKind.VOTING_LIST,
        SectionKind.VERIFICATION,
        SectionKind.APPENDICES,
        SectionKind.RECIPIENTS,
    ]


def test_complete_loses_no_section() -> None:
    profile = (Heading(SectionKind.RECIPIENTS, "Till"), Heading(SectionKind.DECISION, "Beslut"))
    completed = complete(profile)
    assert completed[:2] == profile
    assert sorted(entry.kind for entry in completed) == sorted(SectionKind)

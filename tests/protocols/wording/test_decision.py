from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from motions.enums import Outcome
from protocols.enums import DecisionKind, ProposalKind
from protocols.facts import ClauseFact, DecisionFact, MotionFact, ParagraphFacts
from protocols.wording.blocks import Clauses, Listing
from protocols.wording.decision import block_list, decision, decision_in_brief
from tests.protocols.wording.examples import (
    ALEX,
    ASSEMBLY,
    COMMITTEE,
    JONAS,
    MOTION,
    NBSP,
    REJECT_ALL,
    TORA,
    decides,
    facts,
    formal,
    proposal,
    proposes,
    settle,
    spaced,
)

GRANTED, REJECTED = Outcome.GRANTED, Outcome.REJECTED
ANSWERED, WRITTEN_OFF = Outcome.DEEMED_ANSWERED, Outcome.WRITTEN_OFF
POSTPONES, REFERS_BACK, NOTES = DecisionKind.POSTPONES, DecisionKind.REFERS_BACK, DecisionKind.NOTES

BLOCK = {"body": ASSEMBLY, "motion": None, "remitted_to": "regionstyrelsen"}
OTHER = MotionFact("3-2026", "Digitala vårdbesök", 1, (JONAS, ALEX))


def item(fact: DecisionFact | None, **recorded: Any) -> ParagraphFacts:
    return facts(decision=fact, **recorded)


@pytest.mark.parametrize(
    ("clause", "line", "brief"),
    [
        (REJECT_ALL, "att motionen avslås", "avslag"),
        (settle(GRANTED), "att motionen bifalls", "bifall"),
        (settle(ANSWERED, 1, 2, 3), "att motionen anses besvarad", "att motionen anses besvarad"),
        (
            settle(WRITTEN_OFF, 1, 2, 3),
            "att motionen avskrivs från vidare handläggning",
            "att motionen avskrivs",
        ),
        (settle(GRANTED, 2), "att motionens andra att-sats bifalls", "delvis bifall"),
    ],
)
def test_decision_of_the_board_is_a_proposal(clause: ClauseFact, line: str, brief: str) -> None:
    board = item(proposes(clause))
    assert decision(board) == (f"Regionstyrelsen föreslår regionfullmäktige besluta {line}.",)
    assert decision_in_brief(board) == f"Föreslår {brief}"


@pytest.mark.parametrize(
    ("clause", "line", "brief"),
    [
        (REJECT_ALL, "att motionen avslås", "Avslag"),
        (settle(GRANTED, 1, 2, 3), "att motionen bifalls", "Bifall"),
        (settle(ANSWERED), "att motionen anses besvarad", "Anses besvarad"),
        (settle(WRITTEN_OFF), "att motionen avskrivs från vidare handläggning", "Avskriven"),
        (ClauseFact(text="Att saken utreds."), "att saken utreds", "Beslutat"),
    ],
)
def test_decision_of_the_assembly(clause: ClauseFact, line: str, brief: str) -> None:
    assembly = item(decides(clause), body=ASSEMBLY)
    assert decision(assembly) == (f"Regionfullmäktige beslutar {line}.",)
    assert decision_in_brief(assembly) == brief


def test_decision_of_a_committee() -> None:
    committee = item(decides(ClauseFact(text="yttrandet antas som nämndens eget")), body=COMMITTEE)
    assert decision(committee) == ("Patientnämnden beslutar att yttrandet antas som nämndens eget.",)


def test_decision_in_several_clauses_is_a_list() -> None:
    board = item(
        proposes(
            settle(GRANTED, 1),
            settle(ANSWERED, 2),
            settle(ANSWERED, 3),
            ClauseFact(text="att regionstyrelsen redovisar arbetet senast i juni. "),
        )
    )
    assert decision(board) == (
        "Regionstyrelsen föreslår regionfullmäktige besluta",
        Clauses(
            (
                "att motionens första att-sats bifalls",
                "att motionens andra och tredje att-satser anses besvarade",
                "att regionstyrelsen redovisar arbetet senast i juni.",
            )
        ),
    )
    assert decision_in_brief(board) == "Föreslår delvis bifall"


def test_decision_with_an_assignment_beside_the_verdict() -> None:
    assembly = item(decides(settle(GRANTED, 1, 2, 3), ClauseFact(text="arbetet redovisas")), body=ASSEMBLY)
    assert decision(assembly) == (
        "Regionfullmäktige beslutar",
        Clauses(("att motionen bifalls", "att arbetet redovisas.")),
    )
    assert decision_in_brief(assembly) == "Bifall"


@pytest.mark.parametrize(
    ("clauses", "brief"),
    [
        ((settle(GRANTED, 1), settle(REJECTED, 2, 3)), "Delvis bifall"),
        ((settle(ANSWERED, 1), settle(REJECTED, 2, 3)), "Delvis avslag"),
        ((settle(WRITTEN_OFF, 1), settle(ANSWERED, 2, 3)), "Anses delvis besvarad"),
    ],
)
def test_decision_in_brief_of_mixed_outcomes(clauses: tuple[ClauseFact, ...], brief: str) -> None:
    assert decision_in_brief(item(decides(*clauses), body=ASSEMBLY)) == brief


def test_decision_of_another_matter() -> None:
    matter = item(proposes(ClauseFact(text="planen antas")), motion=None)
    assert decision(matter) == ("Regionstyrelsen föreslår regionfullmäktige besluta att planen antas.",)
    assert decision_in_brief(matter) == "Förslag till regionfullmäktige"


def test_decision_of_another_matter_by_outcome() -> None:
    assert decision(item(decides(settle(ANSWERED)), motion=None)) == (
        "Regionstyrelsen beslutar att ärendet anses besvarat.",
    )


@pytest.mark.parametrize(
    ("until", "line", "brief"),
    [
        (date(2026, 12, 9), "sammanträdet den 9 december 2026", " till 9 december"),
        (None, "nästa sammanträde", ""),
    ],
)
def test_decision_to_postpone(until: date | None, line: str, brief: str) -> None:
    fact = DecisionFact(POSTPONES, until=until)
    assert decision(item(fact)) == (f"Regionstyrelsen bordlägger ärendet till {line}.",)
    assert decision_in_brief(item(fact)) == f"Bordlagd{brief}"
    assert decision_in_brief(item(fact, motion=None)) == f"Bordlagt{brief}"


def test_decision_to_postpone_by_a_minority() -> None:
    assembly = item(DecisionFact(POSTPONES, by_minority=True, until=date(2026, 6, 3)), body=ASSEMBLY)
    assert spaced(decision(assembly)) == (
        (
            "Regionfullmäktige bordlägger ärendet till sammanträdet den 3 juni 2026 på begäran av minst en "
            "tredjedel av de närvarande ledamöterna (minoritetsbordläggning enligt 5 kap. 50 § "
            "kommunallagen)."
        ),
    )
    assert decision_in_brief(assembly) == "Bordlagd av en minoritet till 3 juni"


@pytest.mark.parametrize(
    ("motivation", "lines"),
    [
        ("", ("Regionstyrelsen återremitterar ärendet.",)),
        (
            "för att kostnaden ska utredas",
            ("Regionstyrelsen återremitterar ärendet för att kostnaden ska utredas.",),
        ),
        (
            "Kostnaden är oklar",
            ("Regionstyrelsen återremitterar ärendet med följande motivering:", "Kostnaden är oklar."),
        ),
        (
            "för att kostnaden ska utredas.\nunderlaget är gammalt",
            (
                "Regionstyrelsen återremitterar ärendet med följande motivering:",
                "För att kostnaden ska utredas.",
                "Underlaget är gammalt.",
            ),
        ),
    ],
)
def test_decision_to_refer_back(motivation: str, lines: tuple[str, ...]) -> None:
    board = item(DecisionFact(REFERS_BACK, motivation=motivation))
    assert decision(board) == lines
    assert decision_in_brief(board) == "Återremitterad"


def test_decision_to_refer_back_by_a_minority() -> None:
    assembly = item(
        DecisionFact(REFERS_BACK, by_minority=True, motivation="Kostnaden är oklar."),
        body=ASSEMBLY,
        remitted_to="regionstyrelsen",
        proposals=(proposal(2, ProposalKind.REFER_BACK, TORA), proposal(3, ProposalKind.POSTPONE, JONAS)),
        questions=(formal(None, 3), formal(2, 2, of=(24, 71))),
    )
    lead, motivation = decision(assembly)
    assert lead == (
        "Regionfullmäktige återremitterar ärendet till regionstyrelsen på begäran av 24 av de 71 närvarande "
        f"ledamöterna (minoritetsåterremiss enligt 5{NBSP}kap. 50{NBSP}§ kommunallagen) med följande "
        "motivering:"
    )
    assert motivation == "Kostnaden är oklar."
    assert decision_in_brief(assembly) == "Återremitterad av en minoritet"


def test_decision_knows_no_minority_outside_the_assembly() -> None:
    board = item(DecisionFact(REFERS_BACK, by_minority=True, motivation="Kostnaden är oklar."))
    assert decision(board)[0] == "Regionstyrelsen återremitterar ärendet med följande motivering:"
    assert decision_in_brief(board) == "Återremitterad"


@pytest.mark.parametrize(
    ("motions", "line", "brief"),
    [
        ((MOTION,), "remittera motionen", "Remitterad"),
        ((MOTION, OTHER), "remittera motionerna", "Remitterade"),
    ],
)
def test_decision_to_remit_a_block(motions: tuple[MotionFact, ...], line: str, brief: str) -> None:
    block = item(decides(), block_motions=motions, **BLOCK)
    assert decision(block) == (f"Regionfullmäktige beslutar att {line} till regionstyrelsen för beredning.",)
    assert decision_in_brief(block) == f"{brief} till regionstyrelsen"


def test_block_list_names_the_movers() -> None:
    (block,) = block_list(item(decides(), block_motions=(MOTION, OTHER), **BLOCK))
    assert block == Listing(
        (
            f"Motion 2-2026: Nattåg året om, av Tora Hedlund{NBSP}(V)",
            f"Motion 3-2026: Digitala vårdbesök, av Jonas Lindfors{NBSP}(MP) och Alex Prytz{NBSP}(L)",
        )
    )


def test_block_list_of_an_ordinary_item() -> None:
    assert block_list(facts()) == ()


def test_decision_on_the_report_of_outstanding_motions() -> None:
    report = item(DecisionFact(NOTES), body=ASSEMBLY, motion=None, block_motions=(MOTION,))
    assert decision(report) == ("Regionfullmäktige lägger redovisningen till handlingarna.",)
    assert decision_in_brief(report) == "Till handlingarna"


def test_decision_to_note_a_matter() -> None:
    assert decision(item(DecisionFact(NOTES))) == ("Regionstyrelsen lägger ärendet till handlingarna.",)


@pytest.mark.parametrize("fact", [None, proposes(), decides(), proposes(ClauseFact())])
def test_decision_with_nothing_decided(fact: DecisionFact | None) -> None:
    assert decision(item(fact)) == ()


@pytest.mark.parametrize("fact", [None, decides()])
def test_decision_in_brief_with_nothing_decided(fact: DecisionFact | None) -> None:
    assert decision_in_brief(item(fact)) == ""

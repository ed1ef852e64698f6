from __future__ import annotations

import pytest

from motions.enums import Outcome
from protocols.enums import ProposalKind as Kind
from protocols.facts import ClauseFact, PersonFact, ProposalFact
from protocols.wording import references
from tests.protocols.wording.examples import (
    ALEX,
    BIRGITTA,
    FIVE,
    JONAS,
    LOOSE,
    NBSP,
    TABLED,
    TORA,
    facts,
    main,
    proposal,
    settle,
)


def named(*proposals: ProposalFact, **recorded: object) -> list[str]:
    """The names in the order of the proposals, with ordinary spaces."""
    labels = references.references(facts(proposals=proposals, **recorded))
    return [labels[fact.id].replace(NBSP, " ") for fact in proposals]


@pytest.mark.parametrize(
    ("fact", "label"),
    [
        (proposal(2, Kind.GRANT, TORA), "Tora Hedlunds förslag"),
        (proposal(2, Kind.GRANT, JONAS), "Jonas Lindfors förslag"),
        (proposal(2, Kind.AMEND, LOOSE, text="a"), "Ulf Rönns ändringsförslag"),
        (proposal(2, Kind.ADD, TORA, text="a"), "Tora Hedlunds tilläggsförslag"),
        (proposal(2, Kind.DEEM_ANSWERED, TORA, ALEX), "Tora Hedlunds och Alex Prytz förslag"),
        (
            proposal(2, Kind.DEEM_ANSWERED, TORA, JONAS, BIRGITTA),
            "Tora Hedlunds, Jonas Lindfors och Birgitta Sands förslag",
        ),
        (proposal(2, Kind.ADD, *FIVE, text="a"), "tilläggsförslaget från Tora Hedlund m.fl."),
        (proposal(2, Kind.AMEND, text="a"), "ändringsförslaget"),
    ],
)
def test_reference_of_a_single_proposal(fact: ProposalFact, label: str) -> None:
    assert named(TABLED, fact) == ["det liggande förslaget", label]


def test_reference_of_the_tabled_proposal_by_its_body() -> None:
    assert named(TABLED, tabled_by="hälso- och sjukvårdsnämnden") == ["hälso- och sjukvårdsnämndens förslag"]


def test_references_of_the_same_wish_are_one() -> None:
    assert named(TABLED, proposal(2, Kind.GRANT, TORA), proposal(3, Kind.GRANT, JONAS)) == [
        "det liggande förslaget",
        "Tora Hedlunds och Jonas Lindfors förslag",
        "Tora Hedlunds och Jonas Lindfors förslag",
    ]


@pytest.mark.parametrize(
    "support",
    [proposal(2, Kind.TABLED, TORA), proposal(2, Kind.REJECT, TORA)],
)
def test_reference_of_support_for_the_tabled_proposal(support: ProposalFact) -> None:
    assert named(TABLED, support) == ["det liggande förslaget"] * 2


def test_reference_of_a_grant_where_there_is_no_motion() -> None:
    tabled = ProposalFact(1, Kind.TABLED, clauses=(ClauseFact(text="planen antas"),))
    found = named(tabled, proposal(2, Kind.GRANT, TORA), proposal(3, Kind.REJECT, JONAS), motion=None)
    assert found == ["det liggande förslaget", "det liggande förslaget", "Jonas Lindfors förslag"]


def test_references_of_one_person_say_what_each_is_about() -> None:
    assert named(
        proposal(2, Kind.GRANT, TORA),
        proposal(3, Kind.DEEM_ANSWERED, TORA),
        proposal(4, Kind.GRANT, TORA, clauses=(settle(Outcome.GRANTED, 1),)),
        proposal(5, Kind.ADD, TORA, text="a"),
    ) == [
        "Tora Hedlunds förslag om bifall till motionen",
        "Tora Hedlunds förslag om att motionen ska anses besvarad",
        "Tora Hedlunds förslag om bifall till motionens första att-sats",
        "Tora Hedlunds tilläggsförslag",
    ]


def test_references_of_one_person_and_kind_go_by_preference() -> None:
    assert named(
        proposal(2, Kind.AMEND, TORA, text="a", preference=1),
        proposal(3, Kind.AMEND, TORA, text="b", preference=2),
    ) == ["Tora Hedlunds ändringsförslag i första hand", "Tora Hedlunds ändringsförslag i andra hand"]


def test_references_of_one_person_and_kind_are_counted() -> None:
    assert named(proposal(2, Kind.AMEND, TORA, text="a"), proposal(3, Kind.AMEND, TORA, text="b")) == [
        "Tora Hedlunds första ändringsförslag",
        "Tora Hedlunds andra ändringsförslag",
    ]


def test_references_count_each_mover_s_own() -> None:
    assert named(
        proposal(2, Kind.AMEND, JONAS, text="a"),
        proposal(3, Kind.AMEND, TORA, text="b"),
        proposal(4, Kind.AMEND, TORA, text="c"),
    ) == [
        "Jonas Lindfors ändringsförslag",
        "Tora Hedlunds första ändringsförslag",
        "Tora Hedlunds andra ändringsförslag",
    ]


def test_references_of_nobody_are_counted() -> None:
    assert named(proposal(2, Kind.AMEND, text="a"), proposal(3, Kind.AMEND, text="b")) == [
        "det första ändringsförslaget",
        "det andra ändringsförslaget",
    ]


def test_references_of_many_with_the_same_first_name_all() -> None:
    assert named(proposal(2, Kind.AMEND, *FIVE, text="a"), proposal(3, Kind.AMEND, *FIVE[:4], text="b")) == [
        "Tora Hedlunds, Jonas Lindfors, Birgitta Sands, Alex Prytz och Ester Max ändringsförslag",
        "Tora Hedlunds, Jonas Lindfors, Birgitta Sands och Alex Prytz ändringsförslag",
    ]


def test_references_of_namesakes_carry_the_party() -> None:
    namesake = PersonFact(TORA.name, "C")
    assert named(proposal(2, Kind.GRANT, TORA), proposal(3, Kind.REJECT, namesake)) == [
        "Tora Hedlunds (V) förslag",
        "Tora Hedlunds (C) förslag",
    ]


def test_references_of_names_with_one_genitive_carry_the_party() -> None:
    assert named(
        proposal(2, Kind.GRANT, PersonFact("Ida Ström", "S")),
        proposal(3, Kind.REJECT, PersonFact("Ida Ströms", "M")),
    ) == ["Ida Ströms (S) förslag", "Ida Ströms (M) förslag"]


def test_references_leave_out_what_was_taken_back_before_it_was_put() -> None:
    item = facts(proposals=(proposal(2, Kind.GRANT, TORA, is_withdrawn=True),))
    assert references.references(item) == {}


def test_references_keep_what_was_taken_back_after_it_was_put() -> None:
    back = proposal(2, Kind.GRANT, TORA, is_withdrawn=True)
    assert references.references(facts(proposals=(TABLED, back), questions=(main(1, 1, 2),)))[2] == (
        "Tora Hedlunds förslag"
    )

from __future__ import annotations

import pytest

from motions.enums import Outcome
from protocols.enums import ProposalKind as Kind
from protocols.facts import ClauseFact, ParagraphFacts, ProposalFact
from protocols.wording import proposals
from tests.protocols.wording.examples import (
    ALEX,
    BIRGITTA,
    FIVE,
    JONAS,
    LOOSE,
    NBSP,
    REJECT_ALL,
    TABLED,
    TORA,
    addition,
    facts,
    formal,
    main,
    proposal,
    settle,
    spaced,
)

GRANTED, REJECTED, ANSWERED = Outcome.GRANTED, Outcome.REJECTED, Outcome.DEEMED_ANSWERED


def told(*recorded: ProposalFact, **more: object) -> tuple[str, ...]:
    return spaced(proposals.deliberation(facts(proposals=recorded, **more)))


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        (proposal(2, Kind.GRANT, TORA), "Tora Hedlund (V) föreslår bifall till motionen."),
        (proposal(2, Kind.REJECT, LOOSE), "Ulf Rönn (-) föreslår avslag på motionen."),
        (proposal(2, Kind.DEEM_ANSWERED, TORA), "Tora Hedlund (V) föreslår att motionen ska anses besvarad."),
        (
            proposal(2, Kind.GRANT, TORA, JONAS),
            "Tora Hedlund (V) och Jonas Lindfors (MP) föreslår bifall till motionen.",
        ),
        (
            proposal(2, Kind.REJECT, *FIVE),
            (
                "Tora Hedlund (V), Jonas Lindfors (MP), Birgitta Sand (M), Alex Prytz (L) och Ester Max (KD) "
                "föreslår avslag på motionen."
            ),
        ),
        (
            proposal(2, Kind.GRANT, TORA, clauses=(settle(GRANTED, 1),)),
            "Tora Hedlund (V) föreslår bifall till motionens första att-sats.",
        ),
        (
            proposal(2, Kind.GRANT, TORA, clauses=(settle(GRANTED, 1, 2), settle(ANSWERED, 3))),
            (
                "Tora Hedlund (V) föreslår bifall till motionens första och andra att-satser och "
                "att motionens tredje att-sats ska anses besvarad."
            ),
        ),
        (
            proposal(2, Kind.GRANT, TORA, text="bifalla motionen."),
            "Tora Hedlund (V) föreslår bifalla motionen.",
        ),
        (
            proposal(2, Kind.REJECT, TORA, text="med hänvisning till budgeten"),
            "Tora Hedlund (V) föreslår avslag på motionen med hänvisning till budgeten.",
        ),
        (
            proposal(2, Kind.TABLED, BIRGITTA),
            "Birgitta Sand (M) föreslår bifall till det liggande förslaget.",
        ),
        (
            proposal(2, Kind.AMEND, TORA, text="motionens första att-sats bifalls"),
            "Tora Hedlund (V) föreslår som ändring att motionens första att-sats bifalls.",
        ),
        (
            proposal(2, Kind.AMEND, TORA, clauses=(settle(GRANTED, 1), settle(REJECTED, 2, 3))),
            (
                "Tora Hedlund (V) föreslår som ändring att motionens första att-sats bifalls och "
                "att motionens andra och tredje att-satser avslås."
            ),
        ),
        (proposal(2, Kind.AMEND, TORA), "Tora Hedlund (V) föreslår en ändring."),
        (
            proposal(2, Kind.ADD, TORA, text=" Att  nattåget\nutvärderas. "),
            "Tora Hedlund (V) föreslår som tillägg att nattåget utvärderas.",
        ),
        (proposal(2, Kind.ADD, TORA), "Tora Hedlund (V) föreslår ett tillägg."),
        (proposal(2, Kind.REFER_BACK, TORA), "Tora Hedlund (V) föreslår att ärendet återremitteras."),
        (
            proposal(2, Kind.REFER_BACK, TORA, text="för att kostnaden ska utredas."),
            "Tora Hedlund (V) föreslår att ärendet återremitteras för att kostnaden ska utredas.",
        ),
        (
            proposal(2, Kind.REFER_BACK, TORA, text="kostnaden är oklar"),
            (
                "Tora Hedlund (V) föreslår att ärendet återremitteras med följande motivering: "
                "Kostnaden är oklar."
            ),
        ),
        (proposal(2, Kind.POSTPONE, TORA), "Tora Hedlund (V) föreslår att ärendet bordläggs."),
        (
            proposal(2, Kind.POSTPONE, TORA, text="till nästa sammanträde"),
            "Tora Hedlund (V) föreslår att ärendet bordläggs till nästa sammanträde.",
        ),
    ],
)
def test_deliberation_of_one_proposal(fact: ProposalFact, line: str) -> None:
    assert told(TABLED, fact) == (line,)


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        (proposal(2, Kind.GRANT, TORA), "Tora Hedlund (V) föreslår bifall till det liggande förslaget."),
        (proposal(2, Kind.REJECT, TORA), "Tora Hedlund (V) föreslår avslag på det liggande förslaget."),
    ],
)
def test_deliberation_without_a_motion(fact: ProposalFact, line: str) -> None:
    assert told(fact, motion=None) == (line,)


def test_deliberation_names_the_body_whose_proposal_is_tabled() -> None:
    assert told(proposal(2, Kind.TABLED, TORA), tabled_by="regionstyrelsen") == (
        "Tora Hedlund (V) föreslår bifall till regionstyrelsens förslag.",
    )


def test_deliberation_without_proposals() -> None:
    assert told(TABLED) == ()


def test_deliberation_keeps_name_and_party_together() -> None:
    item = facts(proposals=(proposal(2, Kind.GRANT, TORA),))
    assert proposals.deliberation(item) == (f"Tora Hedlund{NBSP}(V) föreslår bifall till motionen.",)


def test_deliberation_in_recorded_order() -> None:
    assert told(proposal(9, Kind.REJECT, BIRGITTA), TABLED, proposal(2, Kind.GRANT, TORA)) == (
        "Birgitta Sand (M) föreslår avslag på motionen.",
        "Tora Hedlund (V) föreslår bifall till motionen.",
    )


def test_deliberation_merges_preferences_of_the_same_movers() -> None:
    assert told(
        proposal(2, Kind.DEEM_ANSWERED, TORA, JONAS, preference=2),
        proposal(3, Kind.REJECT, BIRGITTA),
        proposal(4, Kind.GRANT, JONAS, TORA, preference=1),
    ) == (
        (
            "Jonas Lindfors (MP) och Tora Hedlund (V) föreslår i första hand bifall till motionen och "
            "i andra hand att motionen ska anses besvarad."
        ),
        "Birgitta Sand (M) föreslår avslag på motionen.",
    )


def test_deliberation_of_three_preferences() -> None:
    assert told(
        proposal(2, Kind.REFER_BACK, TORA, text="för att kostnaden ska utredas", preference=1),
        proposal(3, Kind.GRANT, TORA, preference=2),
        proposal(4, Kind.DEEM_ANSWERED, TORA, preference=3),
    ) == (
        (
            "Tora Hedlund (V) föreslår i första hand att ärendet återremitteras för att kostnaden ska "
            "utredas, i andra hand bifall till motionen och i tredje hand att motionen ska anses besvarad."
        ),
    )


def test_deliberation_parts_preferences_where_the_first_holds_a_text_of_its_own() -> None:
    assert told(
        proposal(2, Kind.REFER_BACK, TORA, text="Kostnaden är oklar.", preference=1),
        proposal(3, Kind.GRANT, TORA, preference=2),
    ) == (
        (
            "Tora Hedlund (V) föreslår i första hand att ärendet återremitteras med följande motivering: "
            "Kostnaden är oklar."
        ),
        "Tora Hedlund (V) föreslår i andra hand bifall till motionen.",
    )


def test_deliberation_says_preference_where_movers_differ() -> None:
    assert told(
        proposal(2, Kind.GRANT, TORA, JONAS, preference=1),
        proposal(3, Kind.DEEM_ANSWERED, TORA, preference=2),
    ) == (
        "Tora Hedlund (V) och Jonas Lindfors (MP) föreslår i första hand bifall till motionen.",
        "Tora Hedlund (V) föreslår i andra hand att motionen ska anses besvarad.",
    )


def test_deliberation_is_silent_on_a_preference_that_stands_alone() -> None:
    assert told(
        proposal(2, Kind.REFER_BACK, TORA, preference=1, is_withdrawn=True),
        proposal(3, Kind.GRANT, TORA, preference=2),
    ) == ("Tora Hedlund (V) föreslår bifall till motionen.",)


def test_deliberation_of_two_proposals_with_the_same_preference() -> None:
    assert told(
        proposal(2, Kind.GRANT, TORA, preference=1), proposal(3, Kind.REFER_BACK, TORA, preference=1)
    ) == (
        "Tora Hedlund (V) föreslår bifall till motionen.",
        "Tora Hedlund (V) föreslår att ärendet återremitteras.",
    )


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        (
            proposal(2, Kind.GRANT, TORA, is_withdrawn=True),
            "Tora Hedlund (V) tar tillbaka sitt förslag om bifall till motionen.",
        ),
        (
            proposal(2, Kind.REFER_BACK, TORA, ALEX, is_withdrawn=True),
            "Tora Hedlund (V) och Alex Prytz (L) tar tillbaka sitt förslag om återremiss.",
        ),
        (
            proposal(2, Kind.TABLED, TORA, is_withdrawn=True),
            "Tora Hedlund (V) tar tillbaka sitt förslag om bifall till det liggande förslaget.",
        ),
        (
            proposal(2, Kind.ADD, TORA, text="a", is_withdrawn=True),
            "Tora Hedlund (V) tar tillbaka sitt tilläggsförslag.",
        ),
    ],
)
def test_deliberation_tells_what_was_taken_back_after_it_was_put(fact: ProposalFact, line: str) -> None:
    assert told(TABLED, fact, questions=(main(1, 1, 2),))[-1] == line


@pytest.mark.parametrize(
    ("fact", "phrase"),
    [
        (TABLED, "bifall till det liggande förslaget"),
        (proposal(2, Kind.GRANT, TORA), "bifall till motionen"),
        (proposal(2, Kind.POSTPONE, TORA), "att ärendet bordläggs"),
        (proposal(2, Kind.ADD, TORA, text="Att nattåget utvärderas."), "som tillägg att nattåget utvärderas"),
    ],
)
def test_moved_without_movers(fact: ProposalFact, phrase: str) -> None:
    assert proposals.moved(fact, facts()) == phrase


def test_default_questions_put_formal_ones_first_and_additions_last() -> None:
    recorded = (
        proposal(2, Kind.ADD, TORA, text="a"),
        proposal(3, Kind.GRANT, TORA),
        proposal(4, Kind.REFER_BACK, JONAS),
        proposal(5, Kind.AMEND, JONAS, text="b"),
        proposal(6, Kind.POSTPONE, ALEX),
        proposal(7, Kind.ADD, ALEX, text="c"),
        proposal(8, Kind.DEEM_ANSWERED, ALEX, is_withdrawn=True),
        proposal(9, Kind.REFER_BACK, ALEX),
        TABLED,
    )
    assert proposals.default_questions(recorded) == (
        formal(None, 6),
        formal(None, 4),
        formal(None, 9),
        main(None, 1, 3, 5),
        addition(None, 2),
        addition(None, 7),
    )


def test_default_questions_leave_out_mere_support() -> None:
    support = proposal(2, Kind.TABLED, BIRGITTA)
    assert proposals.default_questions((support, TABLED)) == (main(None, 1),)
    assert proposals.default_questions((support,)) == (main(None, 2),)


def test_default_questions_of_nothing() -> None:
    assert proposals.default_questions(()) == ()


@pytest.mark.parametrize(
    ("clauses", "line"),
    [
        ((REJECT_ALL,), "avslag"),
        ((settle(GRANTED),), "bifall"),
        ((settle(ANSWERED, 1, 2, 3),), "att motionen anses besvarad"),
        ((settle(Outcome.WRITTEN_OFF),), "att motionen avskrivs från vidare handläggning"),
        ((settle(GRANTED, 1), settle(REJECTED, 2, 3)), "bifall till första att-satsen, avslag i övrigt"),
        (
            (settle(GRANTED, 1), settle(ANSWERED, 2, 3)),
            "bifall till första att-satsen, att motionen i övrigt anses besvarad",
        ),
        (
            (settle(ANSWERED, 1, 2), settle(REJECTED, 3)),
            "att första och andra att-satserna anses besvarade, avslag i övrigt",
        ),
        (
            (settle(GRANTED, 1), settle(REJECTED, 2)),
            "bifall till första att-satsen, avslag på andra att-satsen",
        ),
        (
            (REJECT_ALL, ClauseFact(text="att frågan följs upp.")),
            "avslag, att frågan följs upp",
        ),
    ],
)
def test_tabled_text(clauses: tuple[ClauseFact, ...], line: str) -> None:
    tabled = ProposalFact(1, Kind.TABLED, clauses=clauses)
    assert proposals.tabled_text(facts(proposals=(proposal(2, Kind.TABLED, TORA), tabled))) == line


@pytest.mark.parametrize(
    ("item", "line"),
    [
        (facts(), ""),
        (facts(proposals=(ProposalFact(1, Kind.TABLED),)), ""),
        (facts(proposals=(ProposalFact(1, Kind.TABLED, text="enligt utskottet."),)), "enligt utskottet"),
        (
            facts(motion=None, proposals=(ProposalFact(1, Kind.TABLED, clauses=(settle(ANSWERED),)),)),
            "att ärendet anses besvarat",
        ),
    ],
)
def test_tabled_text_of_other_items(item: ParagraphFacts, line: str) -> None:
    assert proposals.tabled_text(item) == line

"""Votes in the minutes, sentence by sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from protocols.enums import BallotChoice, ProposalKind, QuestionKind, SectionKind
from protocols.facts import BallotFact, ParagraphFacts, PersonFact, QuestionFact, VoteFact
from protocols.wording.blocks import plain_text
from protocols.wording.procedure import procedure
from protocols.wording.sections import build
from protocols.wording.votes import voting_lists
from tests.protocols.wording.examples import (
    ALEX,
    ASSEMBLY,
    BIRGITTA,
    JONAS,
    NBSP,
    TABLED,
    TORA,
    facts,
    proposal,
)

YES, NO, ABSTAIN, ABSENT = BallotChoice
GRANT = proposal(2, ProposalKind.GRANT, TORA)
AMEND = proposal(3, ProposalKind.AMEND, JONAS, text="nattågen utreds")
REFER = proposal(4, ProposalKind.REFER_BACK, ALEX, text="kostnaden är oklar")
ADD = proposal(5, ProposalKind.ADD, BIRGITTA, text="frågan följs upp")


def vote(yes: int | None, no: int | None, *counts: int, **more: Any) -> VoteFact:
    return VoteFact(yes, no, dict(zip(BallotChoice, counts, strict=False)), **more)


def question(
    kind: QuestionKind, put: tuple[int, ...], winner: int | None, found: VoteFact | None
) -> QuestionFact:
    return QuestionFact(kind, put, winner, vote=found)


def told(*questions: QuestionFact, **more: Any) -> list[str]:
    item = facts(proposals=(TABLED, GRANT, AMEND, REFER, ADD), questions=questions, **more)
    return [line.replace(NBSP, " ") for line in plain_text(procedure(item))]


def ballots(**by_choice: tuple[PersonFact, ...]) -> tuple[BallotFact, ...]:
    return tuple(BallotFact(person, BallotChoice(c)) for c, people in by_choice.items() for person in people)


def test_board_names_its_voters() -> None:
    named = ballots(yes=(TORA, JONAS), no=(BIRGITTA,), abstain=(ALEX,))
    found = vote(1, 2, 2, 1, 1, ballots=named, requested_by=TORA)
    assert told(question(QuestionKind.MAIN, (1, 2), 1, found)) == [
        (
            "Ordföranden ställer det liggande förslaget mot Tora Hedlunds förslag. "
            "Omröstning begärs av Tora Hedlund (V). Regionstyrelsen godkänner följande voteringsproposition: "
            "ja för bifall till det liggande förslaget, nej för bifall till Tora Hedlunds förslag."
        ),
        "Ja röstar Tora Hedlund (V) och Jonas Lindfors (MP).",
        "Nej röstar Birgitta Sand (M).",
        "Avstår från att rösta gör Alex Prytz (L).",
        (
            "Omröstningen ger 2 ja-röster och 1 nej-röst. 1 ledamot avstår från att rösta. "
            "Därmed bifaller regionstyrelsen det liggande förslaget."
        ),
    ]


def test_casting_vote_is_told() -> None:
    found = vote(2, 1, 6, 6, 1, 2, casting_vote=YES)
    assert told(question(QuestionKind.MAIN, (1, 2), 2, found))[-1] == (
        "Omröstningen ger 6 ja-röster och 6 nej-röster. 1 ledamot avstår från att rösta och 2 är "
        "frånvarande. Med ordförandens utslagsröst bifaller regionstyrelsen Tora Hedlunds förslag."
    )


def test_fullmaktige_refers_to_its_list() -> None:
    found = vote(1, 2, 1, 0, 0, 1, ballots=ballots(yes=(TORA,), absent=(JONAS,)))
    lines = told(question(QuestionKind.MAIN, (1, 2), 1, found), body=ASSEMBLY, tabled_by="regionstyrelsen")
    assert lines[-1] == (
        "Omröstningen ger 1 ja-röst och 0 nej-röster. 1 ledamot är frånvarande. "
        "Hur var och en har röstat framgår av voteringslistan. "
        "Därmed bifaller regionfullmäktige regionstyrelsens förslag."
    )


def _twice() -> ParagraphFacts:
    named = ballots(yes=(TORA,), no=(JONAS, PersonFact("Ida & Co")))
    counter = question(QuestionKind.COUNTER, (2, 3), 3, vote(2, 3, 1, 2, ballots=named))
    main = question(QuestionKind.MAIN, (1, 3), 3, vote(1, 3, 1, 2, ballots=named))
    return facts(proposals=(TABLED, GRANT, AMEND), questions=(counter, main), body=ASSEMBLY)


def test_counter_proposals_then_main_vote() -> None:
    lines = [line.replace(NBSP, " ") for line in plain_text(procedure(_twice()))]
    assert lines == [
        (
            "Regionfullmäktige godkänner att det liggande förslaget är huvudförslag. Ordföranden ställer "
            "först Tora Hedlunds förslag mot Jonas Lindfors ändringsförslag för att utse motförslag. "
            "Omröstning begärs. Regionfullmäktige godkänner följande voteringsproposition: ja för Tora "
            "Hedlunds "
            "förslag som motförslag, nej för Jonas Lindfors ändringsförslag som motförslag."
        ),
        (
            "Omröstningen ger 1 ja-röst och 2 nej-röster. Hur var och en har röstat framgår av "
            "voteringslista 1. Därmed utser regionfullmäktige Jonas Lindfors ändringsförslag till "
            "motförslag i "
            "huvudvoteringen."
        ),
        (
            "Därefter ställer ordföranden det liggande förslaget mot Jonas Lindfors ändringsförslag. "
            "Omröstning begärs. Regionfullmäktige godkänner följande voteringsproposition: ja för "
            "bifall till det "
            "liggande förslaget, nej för bifall till Jonas Lindfors ändringsförslag."
        ),
        (
            "Omröstningen ger 1 ja-röst och 2 nej-röster. Hur var och en har röstat framgår av "
            "voteringslista 2. Därmed bifaller regionfullmäktige Jonas Lindfors ändringsförslag."
        ),
    ]


def test_voting_lists_are_tables_of_their_own_section() -> None:
    item = _twice()
    first, second = voting_lists(item)
    assert (first.number, second.number) == (1, 2)
    assert second.rows[0] == ("Tora Hedlund", "V", "Ja")
    section = next(s for s in build(item, {}) if s.kind == SectionKind.VOTING_LIST)
    assert section.heading == "Voteringslistor"
    assert '<th scope="row">Ida &amp; Co</th><td>-</td><td>Nej</td>' in section.html
    assert voting_lists(replace(item, body=facts().body)) == ()


def test_counter_proposal_settled_by_acclamation() -> None:
    counter = question(QuestionKind.COUNTER, (2, 3), 2, None)
    lines = told(counter, question(QuestionKind.MAIN, (1, 2), 1, None))
    assert lines[0].endswith(
        "för att utse motförslag och finner att regionstyrelsen utser Tora Hedlunds förslag till motförslag."
    )


def test_addition_is_voted_on_against_its_rejection() -> None:
    found = vote(None, 5, 4, 3)
    lines = told(question(QuestionKind.ADDITION, (5,), None, found))
    assert "ja för avslag på Birgitta Sands tilläggsförslag, nej för bifall till Birgitta" in lines[0]
    assert lines[1].endswith("Därmed avslår regionstyrelsen Birgitta Sands tilläggsförslag.")


def test_referral_back_by_majority_and_turned_down() -> None:
    won = told(question(QuestionKind.FORMAL, (4,), 4, vote(4, None, 4, 3)))
    assert "ja för att ärendet ska återremitteras, nej för att ärendet ska avgöras i dag." in won[0]
    assert won[1].endswith("Därmed beslutar regionstyrelsen att ärendet ska återremitteras.")
    lost = told(question(QuestionKind.FORMAL, (4,), None, vote(4, None, 3, 4)))
    assert lost[1].endswith("Därmed beslutar regionstyrelsen att ärendet ska avgöras i dag.")


def test_a_minority_that_lost_the_vote_refers_back() -> None:
    asked = replace(question(QuestionKind.FORMAL, (4,), 4, vote(4, None, 30, 41)), supporters=30, present=71)
    assert told(asked, body=ASSEMBLY)[1] == (
        "Omröstningen ger 30 ja-röster och 41 nej-röster. Förslaget om återremiss får inte majoritet. "
        "Enligt 5 kap. 50 § kommunallagen räcker det dock att minst en tredjedel av de närvarande, "
        "här 24 ledamöter, begär det. 30 av de 71 närvarande ledamöterna står bakom förslaget, "
        "och ärendet ska därmed återremitteras."
    )

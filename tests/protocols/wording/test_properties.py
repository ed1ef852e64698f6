"""What holds for every sentence, whatever was recorded."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from motions.enums import Outcome
from protocols.enums import DecisionKind, NonParticipationKind, ProposalKind, QuestionKind, SectionKind
from protocols.facts import (
    ClauseFact,
    DecisionFact,
    MotionFact,
    NonParticipationFact,
    NoteFact,
    ParagraphFacts,
    PersonFact,
    ProposalFact,
    QuestionFact,
    ReservationFact,
    TreatmentFact,
)
from protocols.wording import references
from protocols.wording.blocks import strip_tags
from protocols.wording.decision import decision_in_brief
from protocols.wording.proposals import default_questions, tabled_text
from protocols.wording.sections import build
from tests.protocols.wording.examples import ASSEMBLY, BOARD, COMMITTEE, facts

#: Many workers may share the machine: the time of one example says nothing.
unhurried = settings(deadline=None, max_examples=60)

PARTED = re.compile(r"[ \n]\((?:[A-ZÅÄÖ]{1,5}|-)\)|§ \d|\d §")
TAGS = {"p", "ol", "ul", "li"}

words = st.lists(
    st.sampled_from(
        ["att", "saken", "för att", "Ulf Ek (M)", "Ida (-)", "§ 12", "R&D", "<b>", "m.fl.", "2,5", "Klart."]
    ),
    max_size=6,
)
texts = st.builds(
    lambda parts, gap, stop: (gap.join(parts) + stop).replace("..", "."),
    words,
    st.sampled_from([" ", "  ", "\n"]),
    st.sampled_from(["", "."]),
)
people = st.builds(
    PersonFact,
    st.sampled_from(["Tora Hedlund", "Jonas Lindfors", "Alex Prytz", "Ester Max", "Ida O<Neil> & Söner"]),
    st.sampled_from(["V", "M", "SJVP", None]),
)
movers = st.lists(people, min_size=1, max_size=5, unique=True).map(tuple)
clauses = st.lists(
    st.builds(
        ClauseFact,
        st.none() | st.sampled_from(list(Outcome)),
        st.lists(st.integers(1, 4), max_size=4).map(tuple),
        st.just("") | texts,
    ),
    max_size=4,
).map(tuple)


@st.composite
def proposals(draw: st.DrawFn) -> tuple[ProposalFact, ...]:
    tabled = ProposalFact(1, ProposalKind.TABLED, clauses=draw(clauses))
    kinds = draw(st.lists(st.sampled_from(list(ProposalKind)), max_size=6))
    made = [
        ProposalFact(
            number,
            kind,
            draw(movers),
            draw(st.just("") | texts),
            draw(st.none() | st.integers(1, 3)),
            draw(st.booleans()),
            draw(st.just(()) | clauses),
        )
        for number, kind in enumerate(kinds, start=2)
    ]
    return (tabled, *made)


@st.composite
def items(draw: st.DrawFn) -> ParagraphFacts:
    recorded = draw(proposals())
    html = st.sampled_from(["", "<p>Eget ord.</p>"])
    questions = [
        QuestionFact(
            question.kind,
            question.proposals,
            draw(st.none() | st.sampled_from(question.proposals)),
            *draw(st.just((None, None)) | st.tuples(st.integers(0, 71), st.just(71))),
        )
        for question in default_questions(recorded)
    ]
    motions = st.builds(MotionFact, st.just("2-2026"), texts, st.integers(0, 4), movers)
    return ParagraphFacts(
        body=draw(st.sampled_from([BOARD, ASSEMBLY, COMMITTEE])),
        assembly_inline_name="regionfullmäktige",
        motion=draw(st.none() | motions),
        block_motions=draw(st.lists(motions, max_size=2)),
        remitted_to=draw(st.sampled_from(["", "regionstyrelsen"])),
        tabled_by=draw(st.sampled_from(["", "regionstyrelsen"])),
        proposals=recorded,
        questions=questions,
        decision=draw(
            st.none()
            | st.builds(
                DecisionFact,
                st.sampled_from(list(DecisionKind)),
                clauses,
                st.booleans(),
                texts,
                st.none() | st.dates(),
            )
        ),
        reservations=draw(st.lists(st.builds(ReservationFact, movers, html, st.booleans()), max_size=2)),
        notes=draw(st.lists(st.builds(NoteFact, movers, html), max_size=2)),
        non_participations=draw(
            st.lists(
                st.builds(NonParticipationFact, people, st.sampled_from(list(NonParticipationKind))),
                max_size=3,
            )
        ),
        earlier_treatment=draw(
            st.lists(
                st.builds(
                    TreatmentFact,
                    st.just("Regionstyrelsen"),
                    st.dates(),
                    st.integers(1, 999),
                    st.sampled_from(list(DecisionKind)),
                    st.lists(st.sampled_from(list(Outcome)), max_size=2),
                    st.booleans(),
                ),
                max_size=2,
            )
        ),
        appendices=draw(st.lists(st.sampled_from(["Utdrag, § 12", "R&D <b>", " "]), max_size=2)),
        recipients=draw(st.lists(st.sampled_from(["Ida Ek (M)", "Arkivet\n", ""]), max_size=2)),
    )


class Tags(HTMLParser):
    """Collects the elements of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)


@unhurried
@given(items())
def test_sentences_have_sound_spaces_and_stops(item: ParagraphFacts) -> None:
    sections = build(item, {})
    lines = [strip_tags(line) for section in sections for line in section.html.splitlines()]
    for line in [*lines, decision_in_brief(item), tabled_text(item)]:
        assert "  " not in line
        assert ".." not in line
        assert " ." not in line
        assert " ," not in line
        assert not PARTED.search(line), line
        assert "None" not in line


@unhurried
@given(items())
def test_sentences_are_escaped(item: ParagraphFacts) -> None:
    parser = Tags()
    for section in build(item, {}):
        parser.feed(section.html)
    parser.close()
    assert parser.seen <= TAGS


@unhurried
@given(items())
def test_paragraphs_begin_with_a_capital_and_end_as_sentences(item: ParagraphFacts) -> None:
    made = {SectionKind.DELIBERATION, SectionKind.PROCEDURE, SectionKind.NON_PARTICIPATION}
    for section in build(item, {}):
        if section.kind in made:
            for line in re.findall(r"<p>(.*?)</p>", section.html):
                assert line[0].isupper()
                assert line[-1] in ".!?…"


@unhurried
@given(proposals())
def test_alternatives_never_share_a_name(recorded: tuple[ProposalFact, ...]) -> None:
    item = facts(proposals=recorded)
    labels = references.references(item)
    found = references.alternatives(item)
    for is_formal in (True, False):
        names = [
            labels[alternative.first.id]
            for alternative in found
            if (alternative.first.kind in ProposalKind.formal) == is_formal
        ]
        assert len(names) == len(set(names))


@unhurried
@given(proposals())
def test_default_questions_put_every_standing_proposal_once(recorded: tuple[ProposalFact, ...]) -> None:
    put = [number for question in default_questions(recorded) for number in question.proposals]
    standing = {
        fact.id
        for fact in recorded
        if not fact.is_withdrawn and not (fact.kind == ProposalKind.TABLED and fact.movers)
    }
    assert len(put) == len(set(put))
    assert set(put) == standing


@unhurried
@given(proposals())
def test_default_questions_come_in_lawful_order(recorded: tuple[ProposalFact, ...]) -> None:
    order = [QuestionKind.FORMAL, QuestionKind.MAIN, QuestionKind.ADDITION]
    kinds = [order.index(question.kind) for question in default_questions(recorded)]
    assert kinds == sorted(kinds)

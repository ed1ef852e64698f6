"""Votes in the minutes: who asked, what Ja and Nej meant, how many, who, and what it led to.

In a board the voters are named in the text; in fullmäktige the text gives the numbers and refers to the
voting list (KL 5 kap. 67 §).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from protocols.enums import BallotChoice, QuestionKind
from protocols.facts import ParagraphFacts, ProposalFact, QuestionFact, VoteFact
from protocols.wording import motion, names, references
from protocols.wording.blocks import Block, Table
from protocols.wording.formal import FORMAL, MINORITY_LAW, a_third_of, supporters_of
from protocols.wording.text import NBSP, capitalise, enumerate_with, sentence

_VOTES_OF = {
    BallotChoice.YES: "Ja röstar",
    BallotChoice.NO: "Nej röstar",
    BallotChoice.ABSTAIN: "Avstår från att rösta gör",
    BallotChoice.ABSENT: "Frånvarande vid omröstningen är",
}
_IN_LIST = {
    BallotChoice.YES: "Ja",
    BallotChoice.NO: "Nej",
    BallotChoice.ABSTAIN: "Avstår",
    BallotChoice.ABSENT: "Frånvarande",
}


@dataclass(frozen=True)
class VotingList:
    """One vote's list: number (0: the only one), what it was about, and name, party and vote by seat."""

    number: int
    meaning: str
    counts: str
    rows: Sequence[tuple[str, str, str]]

    @property
    def title(self) -> str:
        """What stands above it where there are several: "Voteringslista 2."; the section's heading else."""
        return f"{capitalise(self.name)}." if self.number else ""

    @property
    def name(self) -> str:
        """What the text calls it: "voteringslistan", "voteringslista 2"."""
        return f"voteringslista{NBSP}{self.number}" if self.number else "voteringslistan"


def voting_lists(facts: ParagraphFacts) -> tuple[VotingList, ...]:
    """The lists of an item's votes in fullmäktige, in the order of the votes; only those with names."""
    if not facts.body.is_assembly:
        return ()
    voted = [question for question in facts.questions if question.vote and question.vote.is_named]
    return tuple(
        VotingList(
            number=place if len(voted) > 1 else 0,
            meaning=capitalise(meaning(question, facts)),
            counts=tally(question.vote),
            rows=tuple(
                (ballot.person.name, ballot.person.party or names.UNAFFILIATED, _IN_LIST[ballot.choice])
                for ballot in question.vote.ballots
            ),
        )
        for place, question in enumerate(voted, start=1)
        if question.vote
    )


def voting_list(facts: ParagraphFacts) -> tuple[Block, ...]:
    """The section with the lists, each a table."""
    return tuple(
        Table(
            caption=" ".join(filter(None, [found.title, sentence(found.meaning), found.counts])),
            head=("Namn", "Parti", "Röst"),
            rows=tuple(found.rows),
        )
        for found in voting_lists(facts)
    )


def meaning(question: QuestionFact, facts: ParagraphFacts) -> str:
    """The approved wording: "ja för bifall till det liggande förslaget, nej för bifall till …"."""
    vote = question.vote
    assert vote is not None
    return proposition(question, vote.yes, vote.no, facts)


def proposition(question: QuestionFact, yes: int | None, no: int | None, facts: ParagraphFacts) -> str:
    """The wording for these meanings of Ja and Nej, before or after the vote; of one clause, which."""
    part = f"beträffande {motion.decision_clauses([question.clause])} " if question.clause else ""
    return f"{part}ja {_for(yes, question, facts)}, nej {_for(no, question, facts)}"


def requested(question: QuestionFact, facts: ParagraphFacts) -> str:
    """Who asked for the vote, and the wording that the body approved."""
    vote = question.vote
    assert vote is not None
    by = f" av {names.person(vote.requested_by)}" if vote.requested_by else ""
    approved = f"{facts.body.name} godkänner följande voteringsproposition"
    return sentence(f"Omröstning begärs{by}. {approved}: {meaning(question, facts)}")


def outcome(question: QuestionFact, facts: ParagraphFacts) -> tuple[Block, ...]:
    """The numbers, the voters, and what they led to."""
    vote = question.vote
    assert vote is not None
    found = voting_lists(facts)
    number = _number(question, facts)
    where = ""
    if found and vote.is_named:
        where = f" Hur var och en har röstat framgår av {found[max(number - 1, 0)].name}."
    numbers = f"{tally(vote)}{where}"
    if facts.body.is_assembly or not vote.is_named:
        return (f"{numbers} {_result(question, facts)}",)
    return (*_named(vote), f"{numbers} {_result(question, facts)}")


def tally(vote: VoteFact) -> str:
    """The numbers as a sentence or two: "Omröstningen ger 6 ja-röster och 6 nej-röster."."""
    yes, no = (vote.counts.get(choice, 0) for choice in (BallotChoice.YES, BallotChoice.NO))
    gives = (
        f"Omröstningen ger {_count(yes, 'ja-röst', 'ja-röster')} och {_count(no, 'nej-röst', 'nej-röster')}."
    )
    abstain = vote.counts.get(BallotChoice.ABSTAIN, 0)
    absent = vote.counts.get(BallotChoice.ABSENT, 0)
    others = []
    if abstain:
        others.append(f"{_count(abstain, 'ledamot', 'ledamöter')} avstår från att rösta")
    if absent:
        are = _count(absent, "ledamot", "ledamöter") if not abstain else str(absent)
        others.append(f"{are} är frånvarande")
    return f"{gives} {sentence(enumerate_with(others))}" if others else gives


def _for(proposal: int | None, question: QuestionFact, facts: ParagraphFacts) -> str:
    """What one side of the vote is for: "för bifall till X", "för avslag på X", "för återremiss"."""
    labels = references.references(facts)
    other = next((pk for pk in question.proposals if pk != proposal), None)
    if question.kind == QuestionKind.FORMAL:
        if proposal is None:
            return "för att ärendet ska avgöras i dag"
        return f"för att ärendet ska {FORMAL[_fact(proposal, facts).kind].to_be}"
    if proposal is None:
        return f"för avslag på {labels.get(other or 0, 'förslaget')}"
    if question.kind == QuestionKind.COUNTER:
        return f"för {labels[proposal]} som motförslag"
    return f"för bifall till {labels[proposal]}"


def _result(question: QuestionFact, facts: ParagraphFacts) -> str:
    """What the vote led to, by the casting vote where it was equal."""
    vote = question.vote
    assert vote is not None
    won = vote.yes if vote.result == BallotChoice.YES else vote.no
    chair = "tjänstgörande ordförandens" if facts.deputy else "ordförandens"
    opening = f"Med {chair} utslagsröst" if vote.casting_vote else "Därmed"
    if question.kind == QuestionKind.FORMAL and won is None and question.winner is not None:
        return _minority(question, _fact(question.winner, facts))
    part = f" i {motion.decision_clauses([question.clause])}" if question.clause else ""
    return sentence(f"{opening} {_done(won, question, facts)}{part}")


def _done(won: int | None, question: QuestionFact, facts: ParagraphFacts) -> str:
    body, labels = facts.body.inline_name, references.references(facts)
    if question.kind == QuestionKind.FORMAL:
        what = "avgöras i dag" if won is None else FORMAL[_fact(won, facts).kind].to_be
        return f"beslutar {body} att ärendet ska {what}"
    if won is None:
        return f"avslår {body} {labels.get(question.proposals[0], 'förslaget')}"
    if question.kind == QuestionKind.COUNTER:
        return f"utser {body} {labels[won]} till motförslag i huvudvoteringen"
    return f"bifaller {body} {labels[won]}"


def _minority(question: QuestionFact, fact: ProposalFact) -> str:
    """The proposal lost, but a third of those present is enough in fullmäktige (KL 5 kap. 50 §)."""
    form, present, supporters = FORMAL[fact.kind], question.present or 0, question.supporters or 0
    return (
        f"Förslaget om {form.noun} får inte majoritet. Enligt {MINORITY_LAW} räcker det dock att "
        f"{a_third_of(present)}, begär det. {capitalise(supporters_of(supporters, present))} står bakom "
        f"förslaget, och ärendet ska därmed {form.to_be}."
    )


def _named(vote: VoteFact) -> tuple[Block, ...]:
    """One sentence a choice, naming everybody who made it."""
    lines: list[Block] = []
    for choice, opening in _VOTES_OF.items():
        persons = [ballot.person for ballot in vote.ballots if ballot.choice == choice]
        if persons:
            lines.append(f"{opening} {names.people(persons)}.")
    return tuple(lines)


def _number(question: QuestionFact, facts: ParagraphFacts) -> int:
    """The vote's number among those with a list."""
    voted = [other for other in facts.questions if other.vote and other.vote.is_named]
    return next((place for place, other in enumerate(voted, start=1) if other is question), 0)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _fact(pk: int, facts: ParagraphFacts) -> ProposalFact:
    return next(fact for fact in facts.proposals if fact.id == pk)

"""The proposals of an item (yrkanden): who proposed what, and in which order they are to be put."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from protocols.enums import ProposalKind, QuestionKind
from protocols.facts import ParagraphFacts, ProposalFact, QuestionFact
from protocols.wording import motion, names, references
from protocols.wording.blocks import Block, Clauses
from protocols.wording.text import (
    bind,
    capitalise,
    clause,
    continues,
    enumerate_with,
    fold,
    own_words,
    sentence,
)

#: Formal questions come before the matter itself, each by itself, in this order.
_FORMAL_ORDER = (ProposalKind.POSTPONE, ProposalKind.REFER_BACK)


def deliberation(facts: ParagraphFacts) -> tuple[Block, ...]:
    """One sentence a proposal in recorded order, preferences of the same movers in one sentence.

    The proposal before the meeting is told only where somebody supports it. A proposal taken back is told
    only where it had been put to the meeting (KL 5 kap. 67 § 1).
    """
    told = [fact for fact in references.recorded(facts) if fact.movers]
    lines: list[Block] = []
    done: set[int] = set()
    for fact in told:
        if fact.id in done:
            continue
        if several := _motivations_with(fact, told):
            done.update(other.id for other in several)
            lines.extend(_several_motivations(several))
            continue
        ranked = _ranked_with(fact, told)
        done.update(other.id for other in ranked)
        lines.extend(_sentences(ranked, told, facts))
    lines.extend(_taken_back(fact, facts) for fact in told if fact.is_withdrawn)
    return tuple(lines)


def moved(fact: ProposalFact, facts: ParagraphFacts) -> str:
    """What one proposal asks for, without its movers: "bifall till motionen", "att ärendet bordläggs"."""
    return _object(fact, facts)


def in_hand(fact: ProposalFact, facts: ParagraphFacts) -> str:
    """In which hand it is proposed, where a mover has another hand too: "i andra hand"; else ''."""
    told = [other for other in references.recorded(facts) if other.movers]
    return _rank(fact).strip() if _has_rival(fact, told) else ""


def default_questions(
    proposals: Iterable[ProposalFact], hands: Mapping[int, int] | None = None
) -> tuple[QuestionFact, ...]:
    """The order in which the chair usually puts the proposals, with no finding yet.

    Formal ones first, each by itself (KL 5 kap. 50 §), a referral back with all the motivations that the
    same movers give; then all that answer the matter itself against each other, then each addition by
    itself. `hands` tells in which round one is put (`hands.rounds`): of the matter itself a second round
    meets what the first one carried. Proposals taken back are left out.
    """
    in_hand = hands or {}
    live = [fact for fact in proposals if not fact.is_withdrawn]
    formal = [fact for kind in _FORMAL_ORDER for fact in live if fact.kind == kind]
    additions = [fact for fact in live if fact.kind == ProposalKind.ADD]
    main: dict[int, list[int]] = {}
    for fact in _put_once(live):
        if fact not in formal and fact not in additions:
            main.setdefault(in_hand.get(fact.id, 1), []).append(fact.id)
    return (
        *(QuestionFact(QuestionKind.FORMAL, ids, None) for ids in _as_yrkanden(_by_hand(formal, in_hand))),
        *(QuestionFact(QuestionKind.MAIN, tuple(main[hand]), None) for hand in sorted(main)),
        *(QuestionFact(QuestionKind.ADDITION, (fact.id,), None) for fact in _by_hand(additions, in_hand)),
    )


def tabled_text(facts: ParagraphFacts) -> str:
    """What the proposal before the meeting is, in a few words: "avslag", "att motionen anses besvarad".

    Mixed: "bifall till första att-satsen, avslag i övrigt". Empty where nothing is before the meeting.
    """
    tabled = [fact for fact in facts.proposals if fact.kind == ProposalKind.TABLED]
    fact = next((fact for fact in tabled if fact.clauses or own_words(fact.text)), None)
    if fact is None:
        return ""
    count = references.clause_count(facts)
    found = motion.verdicts(fact.clauses, count)
    if not found:
        return own_words(fact.text)
    settled = sum(len(verdict.numbers) for verdict in found)
    last = max((i for i, verdict in enumerate(found) if verdict.numbers), default=-1)
    return ", ".join(
        _tabled_part(verdict, facts, is_rest=place == last > 0 and settled == count)
        for place, verdict in enumerate(found)
    )


def _motivations_with(fact: ProposalFact, told: Sequence[ProposalFact]) -> list[ProposalFact]:
    """The referrals back of the same movers, where they gave more than one motivation; else none."""
    if fact.kind != ProposalKind.REFER_BACK or fact.preference:
        return []
    same = [
        other
        for other in told
        if other.kind == fact.kind and not other.preference and set(other.movers) == set(fact.movers)
    ]
    return same if len(same) > 1 else []


def _several_motivations(several: Sequence[ProposalFact]) -> tuple[Block, ...]:
    who = names.people(several[0].movers)
    reasons = tuple(sentence(capitalise(own_words(fact.text))) for fact in several)
    return (f"{who} föreslår att ärendet återremitteras med följande motiveringar:", Clauses(reasons))


def _ranked_with(fact: ProposalFact, told: Sequence[ProposalFact]) -> list[ProposalFact]:
    """The proposals that share one "i första hand ... och i andra hand ..." with `fact`, in that order."""
    if not fact.preference:
        return [fact]
    same = [other for other in told if other.preference and set(other.movers) == set(fact.movers)]
    ranked = sorted(same, key=lambda other: other.preference or 0)
    if len({other.preference for other in ranked}) < len(ranked):
        return [fact]
    return ranked


def _sentences(
    ranked: Sequence[ProposalFact], told: Sequence[ProposalFact], facts: ParagraphFacts
) -> list[str]:
    who = names.people(ranked[0].movers)
    objects = [_object(fact, facts) for fact in ranked]
    if len(ranked) == 1:
        rank = _rank(ranked[0]) if _has_rival(ranked[0], told) else ""
        return [sentence(f"{who} föreslår {rank}{objects[0]}")]
    ranks = [f"{_rank(fact)}{phrase}" for fact, phrase in zip(ranked, objects, strict=True)]
    if any(_is_long(phrase) for phrase in objects[:-1]):
        return [sentence(f"{who} föreslår {phrase}") for phrase in ranks]
    return [sentence(f"{who} föreslår {enumerate_with(ranks)}")]


def _object(fact: ProposalFact, facts: ParagraphFacts) -> str:
    """What follows "föreslår"."""
    match fact.kind:
        case ProposalKind.TABLED:
            return f"bifall till {references.tabled(facts)}"
        case ProposalKind.AMEND:
            return _changed("ändring", fact, facts)
        case ProposalKind.ADD:
            return _changed("tillägg", fact, facts)
        case ProposalKind.REFER_BACK:
            return _reasoned("att ärendet återremitteras", fact)
        case ProposalKind.POSTPONE:
            return _reasoned("att ärendet bordläggs", fact)
        case _:
            return _plain(fact, facts)


def _plain(fact: ProposalFact, facts: ParagraphFacts) -> str:
    """A proposal on the matter itself; own words replace it or continue it ("med hänvisning till ...")."""
    text = own_words(fact.text)
    if text and not continues(text):
        return text
    return fold(f"{references.asked_for(fact, facts)} {text}")


def _changed(noun: str, fact: ProposalFact, facts: ParagraphFacts) -> str:
    noun = f"{noun}{_for_what(fact, facts)}"
    found = motion.verdicts(fact.clauses, references.clause_count(facts))
    clauses = [motion.verdict_clause(verdict, has_motion=facts.motion is not None) for verdict in found]
    wanted = [words for words in (clause(fact.text), *clauses) if words]
    if not wanted:
        return f"en {noun}" if fact.kind == ProposalKind.AMEND else f"ett {noun}"
    return f"som {noun} {enumerate_with([f'att {words}' for words in wanted])}"


def _for_what(fact: ProposalFact, facts: ParagraphFacts) -> str:
    """What is to be changed or added to, where it is not the whole proposal before the meeting."""
    preposition = "av" if fact.kind == ProposalKind.AMEND else "till"
    parts = []
    if fact.concerns:
        parts.append(motion.parts(fact.concerns, has_motion=facts.motion is not None))
    if target := references.references(facts).get(fact.target or 0):
        parts.append(target)
    return f" {preposition} {' i '.join(parts)}" if parts else ""


def _reasoned(asked: str, fact: ProposalFact) -> str:
    reason = own_words(fact.text)
    if reason and not continues(reason):
        return f"{asked} med följande motivering: {capitalise(bind(fact.text))}"
    return fold(f"{asked} {reason}")


def _rank(fact: ProposalFact) -> str:
    return f"i {motion.ordinal(fact.preference)} hand " if fact.preference else ""


def _has_rival(fact: ProposalFact, told: Sequence[ProposalFact]) -> bool:
    """Whether a mover of `fact` has a proposal of another preference too, so that a rank says something."""
    return any(
        other.preference and other.preference != fact.preference and set(other.movers) & set(fact.movers)
        for other in told
    )


def _is_long(phrase: str) -> bool:
    """Whether a phrase is too much of a text of its own for another to follow in the same sentence."""
    return ": " in phrase or ". " in phrase or phrase.endswith((".", "!", "?"))


def _taken_back(fact: ProposalFact, facts: ParagraphFacts) -> str:
    label = references.topic(fact, facts)
    return sentence(f"{names.people(fact.movers)} tar tillbaka sitt {label}")


def _by_hand(facts: Iterable[ProposalFact], hands: Mapping[int, int]) -> list[ProposalFact]:
    return sorted(facts, key=lambda fact: hands.get(fact.id, 1))


def _as_yrkanden(formal: Iterable[ProposalFact]) -> list[tuple[int, ...]]:
    """The formal proposals as they are put: what the same movers ask for with several motivations is one."""
    found: dict[object, list[int]] = {}
    for fact in formal:
        is_plain = fact.kind == ProposalKind.REFER_BACK and not fact.preference
        found.setdefault(frozenset(fact.movers) if is_plain else fact.id, []).append(fact.id)
    return [tuple(ids) for ids in found.values()]


def _put_once(live: Sequence[ProposalFact]) -> list[ProposalFact]:
    """The proposals without those that only support a proposal before the meeting that stands already."""
    tabled = [fact for fact in live if fact.kind == ProposalKind.TABLED]
    standing = min(tabled, key=lambda fact: bool(fact.movers), default=None)
    rest = [fact for fact in live if fact.kind != ProposalKind.TABLED]
    return [standing, *rest] if standing else rest


def _tabled_part(verdict: motion.Verdict, facts: ParagraphFacts, *, is_rest: bool) -> str:
    if verdict.outcome is None:
        return f"att {verdict.text}"
    return motion.in_brief(verdict, has_motion=facts.motion is not None, is_rest=is_rest)

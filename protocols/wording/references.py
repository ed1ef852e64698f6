"""How a proposal is called in the decision procedure: no two that compete have the same name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from protocols.enums import ProposalKind
from protocols.facts import ParagraphFacts, PersonFact, ProposalFact
from protocols.wording import motion, names
from protocols.wording.text import bind, enumerate_with, own_words

#: Owners named one by one; of more than these only the first is named ("förslaget från Mats Ström m.fl.").
_NAMED_OWNERS = 3

_PLAIN = (ProposalKind.GRANT, ProposalKind.REJECT, ProposalKind.DEEM_ANSWERED)

_NOUNS = {ProposalKind.AMEND: "ändringsförslag", ProposalKind.ADD: "tilläggsförslag"}

_TOPICS = {
    ProposalKind.GRANT: "om bifall",
    ProposalKind.REJECT: "om avslag",
    ProposalKind.DEEM_ANSWERED: "om att motionen ska anses besvarad",
    ProposalKind.REFER_BACK: "om återremiss",
    ProposalKind.POSTPONE: "om bordläggning",
}


@dataclass(frozen=True)
class Alternative:
    """One answer the meeting can give: a proposal, or several that ask for the very same thing."""

    proposals: tuple[ProposalFact, ...]

    @property
    def first(self) -> ProposalFact:
        """The proposal that gives the alternative its kind: the tabled one, if it is among them."""
        return min(self.proposals, key=lambda fact: fact.kind != ProposalKind.TABLED)

    @property
    def owners(self) -> tuple[PersonFact, ...]:
        """Everybody who moved it, each once, in recorded order."""
        return tuple(dict.fromkeys(mover for fact in self.proposals for mover in fact.movers))


def recorded(facts: ParagraphFacts) -> tuple[ProposalFact, ...]:
    """The proposals that the minutes tell: not those taken back before they were put (KL 5 kap. 67 § 1)."""
    put = {number for question in facts.questions for number in question.proposals}
    return tuple(fact for fact in facts.proposals if not fact.is_withdrawn or fact.id in put)


def alternatives(facts: ParagraphFacts) -> tuple[Alternative, ...]:
    """The recorded proposals as the answers the meeting can give; each formal one stands by itself."""
    grouped: dict[object, list[ProposalFact]] = {}
    for fact in recorded(facts):
        grouped.setdefault(_meaning(fact, facts), []).append(fact)
    return tuple(Alternative(tuple(group)) for group in grouped.values())


def references(facts: ParagraphFacts) -> dict[int, str]:
    """The name of each proposal by its id: "det liggande förslaget", "Mats Ströms ändringsförslag"."""
    found = alternatives(facts)
    labels: dict[int, str] = {}
    for is_formal in (False, True):
        of_kind = [a for a in found if (a.first.kind in ProposalKind.formal) == is_formal]
        for alternative, label in zip(of_kind, _distinct(of_kind, facts), strict=True):
            labels |= {fact.id: label for fact in alternative.proposals}
    return labels


def tabled(facts: ParagraphFacts) -> str:
    """What the proposal before the meeting is called."""
    body = names.genitive(facts.tabled_by)
    return f"{body} förslag" if body else "det liggande förslaget"


def clause_count(facts: ParagraphFacts) -> int:
    """The number of att-satser of the item's motion; without one of the clauses before the meeting."""
    if facts.motion:
        return facts.motion.clause_count
    return sum(len(fact.clauses) for fact in facts.proposals if fact.kind == ProposalKind.TABLED)


def is_parted(facts: ParagraphFacts) -> bool:
    """Whether the matter was decided clause by clause."""
    return any(question.clause for question in facts.questions)


def asked_for(fact: ProposalFact, facts: ParagraphFacts) -> str:
    """What a GRANT, REJECT or DEEM_ANSWERED asks for: "bifall till motionens första att-sats"."""
    found = _verdicts(fact, facts)
    matter = "motionen" if facts.motion else tabled(facts)
    return enumerate_with([motion.wish(verdict, matter=matter) for verdict in found])


def topic(fact: ProposalFact, facts: ParagraphFacts) -> str:
    """The proposal by its subject, without its movers: "förslag om bifall till motionen"."""
    noun = _NOUNS.get(fact.kind, "förslag")
    if fact.kind == ProposalKind.TABLED:
        return f"{noun} om bifall till {tabled(facts)}"
    return f"{noun} {_topic(fact, facts)}" if fact.kind in _TOPICS else noun


def _meaning(fact: ProposalFact, facts: ParagraphFacts) -> object:
    """A key that is the same for proposals that cannot be put against each other."""
    if fact.kind == ProposalKind.TABLED or (fact.kind == ProposalKind.GRANT and not facts.motion):
        return _tabled_meaning(facts)
    if fact.kind not in _PLAIN or own_words(fact.text):
        return fact.id
    return frozenset(_verdicts(fact, facts))


def _verdicts(fact: ProposalFact, facts: ParagraphFacts) -> tuple[motion.Verdict, ...]:
    """What a plain proposal wants to become of its att-satser; without any of its own, of the motion."""
    found = motion.verdicts(fact.clauses, clause_count(facts))
    return found or (motion.Verdict(motion.OUTCOME_OF[fact.kind]),)


def _tabled_meaning(facts: ParagraphFacts) -> object:
    clauses = next((p.clauses for p in facts.proposals if p.kind == ProposalKind.TABLED and p.clauses), ())
    found = motion.verdicts(clauses, clause_count(facts)) if facts.motion else ()
    return frozenset(found) if found else ProposalKind.TABLED


def _distinct(found: Sequence[Alternative], facts: ParagraphFacts) -> list[str]:
    """The shortest name of each alternative that no other one has."""
    shared = _shared_names(facts)
    levels: tuple[Callable[[Alternative], str], ...] = (
        lambda a: _label(a, facts, shared),
        lambda a: _label(a, facts, shared, name_all=True),
        lambda a: _label(a, facts, shared, topic=True),
        lambda a: _label(a, facts, shared, name_all=True, topic=True),
        lambda a: _label(a, facts, shared, name_all=True, preference=True),
        lambda a: _label(a, facts, shared, name_all=True, number=_place(a, found)),
    )
    labels = [levels[0](a) for a in found]
    for level in levels[1:]:
        seen = Counter(labels)
        labels = [level(a) if seen[label] > 1 else label for a, label in zip(found, labels, strict=True)]
    return labels


def _label(
    alternative: Alternative,
    facts: ParagraphFacts,
    shared: frozenset[str],
    *,
    name_all: bool = False,
    topic: bool = False,
    preference: bool = False,
    number: int = 0,
) -> str:
    fact = alternative.first
    if fact.kind == ProposalKind.TABLED:
        return tabled(facts)
    noun = _NOUNS.get(fact.kind, "förslag")
    counted = f"{motion.ordinal(number)} {noun}" if number else noun
    about = f" {_topic(fact, facts)}" if topic and _TOPICS.get(fact.kind) else ""
    rank = f" i {motion.ordinal(fact.preference)} hand" if preference and fact.preference else ""
    owners = alternative.owners
    if not owners:
        return f"{f'det {counted}' if number else noun}et{about}{rank}"
    if len(owners) > _NAMED_OWNERS and not name_all:
        return f"{noun}et från {_named(owners[0], shared)} m.fl.{about}{rank}"
    genitives = [names.person_genitive(o, with_party=names.genitive(o.name) in shared) for o in owners]
    return f"{enumerate_with(genitives)} {counted}{about}{rank}"


def _topic(fact: ProposalFact, facts: ParagraphFacts) -> str:
    if fact.kind in _PLAIN and not own_words(fact.text):
        return f"om {asked_for(fact, facts)}"
    return _TOPICS[fact.kind]


def _named(owner: PersonFact, shared: frozenset[str]) -> str:
    if owner.is_group or names.genitive(owner.name) in shared:
        return names.person(owner)
    return bind(owner.name)


def _shared_names(facts: ParagraphFacts) -> frozenset[str]:
    """Genitives that fit two persons among the item's movers: "Ström" and "Ströms" are both "Ströms"."""
    movers = {mover for fact in facts.proposals for mover in fact.movers}
    seen = Counter(names.genitive(mover.name) for mover in movers)
    return frozenset(name for name, times in seen.items() if times > 1)


def _place(alternative: Alternative, found: Sequence[Alternative]) -> int:
    """Its number (from 1) among the alternatives of the same movers and kind."""
    same = [a for a in found if _kin(a) == _kin(alternative)]
    return same.index(alternative) + 1


def _kin(alternative: Alternative) -> tuple[ProposalKind, tuple[str, ...]]:
    return alternative.first.kind, tuple(names.genitive(owner.name) for owner in alternative.owners)

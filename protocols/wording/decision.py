"""The decision itself, as the section at the top of the paragraph and as a few words in a list."""

from __future__ import annotations

from protocols.enums import DecisionKind, ProposalKind, QuestionKind
from protocols.facts import DecisionFact, ParagraphFacts, QuestionFact
from protocols.wording import motion, motivations, references, unanswered
from protocols.wording.assignments import assignments
from protocols.wording.blocks import Block, Clauses, Listing
from protocols.wording.dates import long_date, short_date
from protocols.wording.formal import MINORITY_LAW, supporters_of
from protocols.wording.text import capitalise, continues, own_words, paragraphs, sentence


def decision(facts: ParagraphFacts) -> tuple[Block, ...]:
    """The decision in the body's name; a board or committee only prepares motions (KL 6 kap. 4 §).

    One clause makes one sentence, several make a lead-in and a numbered list; then what
    was given to do. Empty without a decision.
    """
    fact = facts.decision
    if fact is None:
        return ()
    return (*_decided(fact, facts), *assignments(facts.assignments))


def _decided(fact: DecisionFact, facts: ParagraphFacts) -> tuple[Block, ...]:
    match fact.kind:
        case DecisionKind.PROPOSES:
            return _with_clauses(f"föreslår {facts.assembly_inline_name} besluta", fact, facts)
        case DecisionKind.POSTPONES:
            until = f"sammanträdet den {long_date(fact.until)}" if fact.until else "nästa sammanträde"
            demand = _minority("bordläggning", fact, facts)
            return (_by_body(facts, f"bordlägger ärendet till {until}{demand}"),)
        case DecisionKind.REFERS_BACK:
            return _referral_back(fact, facts)
        case _:
            return _with_clauses("beslutar", fact, facts) or _without_clauses(fact, facts)


def block_list(facts: ParagraphFacts) -> tuple[Block, ...]:
    """The motions of a block paragraph with their movers; the unanswered ones as a table."""
    if facts.unanswered:
        return (unanswered.table(facts),)
    return (Listing(tuple(map(motion.listed, facts.block_motions))),) if facts.block_motions else ()


def decision_in_brief(facts: ParagraphFacts) -> str:
    """The decision in a few words: "Föreslår avslag", "Bordlagd till 9 december"; '' without a decision."""
    fact = facts.decision
    if fact is None:
        return ""
    by = " av en minoritet" if _is_minority(fact, facts) else ""
    match fact.kind:
        case DecisionKind.PROPOSES:
            found = _summary(fact, facts, is_proposal=True)
            return f"Föreslår {found}" if found else f"Förslag till {facts.assembly_inline_name}"
        case DecisionKind.POSTPONES:
            until = f" till {short_date(fact.until)}" if fact.until else ""
            return f"{'Bordlagd' if facts.motion else 'Bordlagt'}{by}{until}"
        case DecisionKind.REFERS_BACK:
            return f"{'Återremitterad' if facts.motion else 'Återremitterat'}{by}"
        case _:
            return _verdict_in_brief(fact, facts)


def _verdict_in_brief(fact: DecisionFact, facts: ParagraphFacts) -> str:
    if fact.clauses:
        return capitalise(_summary(fact, facts)) or "Beslutat"
    if fact.kind == DecisionKind.NOTES:
        return "Till handlingarna"
    if _is_remittal(facts):
        return f"{'Remitterad' if len(facts.block_motions) == 1 else 'Remitterade'} till {facts.remitted_to}"
    return ""


def _by_body(facts: ParagraphFacts, predicate: str) -> str:
    return sentence(f"{facts.body.name} {predicate}")


def _with_clauses(predicate: str, fact: DecisionFact, facts: ParagraphFacts) -> tuple[Block, ...]:
    found = motion.verdicts(
        fact.clauses, references.clause_count(facts), is_parted=references.is_parted(facts)
    )
    has_motion = facts.motion is not None
    items = [f"att {motion.verdict_clause(verdict, has_motion=has_motion)}" for verdict in found]
    if len(items) < 2:
        return tuple(_by_body(facts, f"{predicate} {item}") for item in items)
    return (f"{facts.body.name} {predicate}", Clauses((*items[:-1], sentence(items[-1]))))


def _without_clauses(fact: DecisionFact, facts: ParagraphFacts) -> tuple[Block, ...]:
    if fact.kind == DecisionKind.NOTES:
        what = "redovisningen" if facts.block_motions else "ärendet"
        return (_by_body(facts, f"lägger {what} till handlingarna"),)
    if _is_remittal(facts):
        what = "motionen" if len(facts.block_motions) == 1 else "motionerna"
        return (_by_body(facts, f"beslutar att remittera {what} till {facts.remitted_to} för beredning"),)
    return ()


def _referral_back(fact: DecisionFact, facts: ParagraphFacts) -> tuple[Block, ...]:
    where = f" till {facts.remitted_to}" if facts.remitted_to else ""
    lead = f"{facts.body.name} återremitterar ärendet{where}{_minority('återremiss', fact, facts)}"
    reason = own_words(fact.motivation)
    reasons = paragraphs(fact.motivation)
    if several := motivations.stood(_carried_demand(facts), facts):
        return (f"{lead} med följande motiveringar:", Clauses(several))
    if not reasons:
        return (f"{lead}.",)
    if len(reasons) == 1 and continues(reason):
        return (sentence(f"{lead} {reason}"),)
    return (f"{lead} med följande motivering:", *reasons)


def _minority(noun: str, fact: DecisionFact, facts: ParagraphFacts) -> str:
    """At whose demand, for a minority's postponement or referral back; a right in fullmäktige only."""
    if not _is_minority(fact, facts):
        return ""
    who = "minst en tredjedel av de närvarande ledamöterna"
    question = _carried_demand(facts)
    if question and question.supporters and question.present:
        who = supporters_of(question.supporters, question.present)
    return f" på begäran av {who} (minoritets{noun} enligt {MINORITY_LAW})"


def _is_minority(fact: DecisionFact, facts: ParagraphFacts) -> bool:
    return fact.by_minority and facts.body.is_assembly


def _carried_demand(facts: ParagraphFacts) -> QuestionFact | None:
    kinds = {fact.id: fact.kind for fact in facts.proposals}
    carried = (
        question
        for question in reversed(facts.questions)
        if question.kind == QuestionKind.FORMAL and kinds.get(question.winner or 0) in ProposalKind.formal
    )
    return next(carried, None)


def _is_remittal(facts: ParagraphFacts) -> bool:
    return bool(facts.block_motions and facts.remitted_to)


def _summary(fact: DecisionFact, facts: ParagraphFacts, *, is_proposal: bool = False) -> str:
    found = motion.verdicts(fact.clauses, references.clause_count(facts))
    settled = [verdict for verdict in found if verdict.outcome is not None]
    count = references.clause_count(facts)
    is_part = sum(len(verdict.numbers) for verdict in settled) not in (0, count)
    outcomes = [verdict.outcome for verdict in settled if verdict.outcome is not None]
    return motion.summary(outcomes, is_part=is_part, is_proposal=is_proposal)

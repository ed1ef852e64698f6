"""The decision procedure (beslutsgång): which questions the chair put, in order, and what the chair found."""

from __future__ import annotations

from protocols.enums import ProposalKind, QuestionKind
from protocols.facts import ParagraphFacts, ProposalFact, QuestionFact
from protocols.wording import motion, motivations, names, references, votes
from protocols.wording.blocks import Block
from protocols.wording.formal import FORMAL, MINORITY_LAW, Formal, a_third_of, minority_needed, supporters_of
from protocols.wording.text import capitalise, enumerate_with, sentence


def procedure(facts: ParagraphFacts) -> tuple[Block, ...]:
    """One paragraph a question, in the order they were put (KL 5 kap. 53 § and 67 § 2).

    Nothing where nobody proposed anything and nobody wanted a vote: then the proposal before the meeting was
    the only one to put.
    """
    has_vote = any(question.vote for question in facts.questions)
    if not has_vote and not any(fact.movers for fact in references.recorded(facts)):
        return ()
    known = {fact.id: fact for fact in facts.proposals}
    put = [
        (question, proposals)
        for question in facts.questions
        if (proposals := [known[number] for number in question.proposals if number in known])
    ]
    lines: list[Block] = []
    for place, (question, proposals) in enumerate(put):
        is_last = place == len(put) - 1
        if question.kind == QuestionKind.FORMAL:
            asked, answer = _formal(question, proposals, facts, place, is_last=is_last)
        else:
            asked, answer = _substantive(question, proposals, facts, place, is_last=is_last)
        is_first_counter = question.kind == QuestionKind.COUNTER and not any(
            earlier.kind == QuestionKind.COUNTER and earlier.clause == question.clause
            for earlier, _put in put[:place]
        )
        before = _main_proposal(question, put, facts) if is_first_counter else ""
        if question.vote is None:
            lines.append(
                " ".join(filter(None, [f"{before}{asked}{answer}", motivations.tried(question, facts)]))
            )
        else:
            lines.append(f"{before}{sentence(asked)} {votes.requested(question, facts)}")
            lines.extend(votes.outcome(question, facts))
            lines.extend(filter(None, [motivations.tried(question, facts)]))
    return tuple(lines)


def _chair(verb: str, place: int, facts: ParagraphFacts, *, is_last: bool) -> str:
    """Subject and verb of the question: "Ordföranden frågar först", "Därefter ställer ordföranden".

    Whoever leads the § in the chair's place is named the first time.
    """
    if place == 0:
        chair = f"Tjänstgörande ordföranden {names.person(facts.deputy)}" if facts.deputy else "Ordföranden"
        return f"{chair} {verb}" if is_last else f"{chair} {verb} först"
    return f"{'Slutligen' if is_last and place > 1 else 'Därefter'} {verb} ordföranden"


def _about_clause(verb: str, question: QuestionFact, place: int, facts: ParagraphFacts) -> str:
    """The same of a question on one clause alone: "Beträffande andra beslutssatsen ställer ordföranden"."""
    if not question.clause:
        return ""
    chair = "ordföranden"
    if place == 0 and facts.deputy:
        chair = f"tjänstgörande ordföranden {names.person(facts.deputy)}"
    return f"Beträffande {motion.decision_clauses([question.clause])} {verb} {chair}"


def _main_proposal(
    counter: QuestionFact, put: list[tuple[QuestionFact, list[ProposalFact]]], facts: ParagraphFacts
) -> str:
    """Which proposal was made the main one before the others met, where it came to the main vote."""
    mains = (q for q, _put in put if q.kind == QuestionKind.MAIN and q.clause == counter.clause)
    main = next(mains, None)
    if main is None:
        return ""
    label = references.references(facts)[main.proposals[0]]
    part = f" i {motion.decision_clauses([main.clause])}" if main.clause else ""
    return f"{facts.body.name} godkänner att {label} är huvudförslag{part}. "


def _substantive(
    question: QuestionFact, proposals: list[ProposalFact], facts: ParagraphFacts, place: int, *, is_last: bool
) -> tuple[str, str]:
    """What was asked, and what was found."""
    labels = references.references(facts)
    named = list(dict.fromkeys(labels[fact.id] for fact in proposals))
    body = facts.body.inline_name
    if len(named) == 1:
        opening = _about_clause("frågar", question, place, facts) or _chair(
            "frågar", place, facts, is_last=is_last
        )
        verb = "avslår" if question.winner is None else "bifaller"
        return f"{opening} om {named[0]} kan bifallas", f" och finner att {body} {verb} det."
    opening = _about_clause("ställer", question, place, facts) or _chair(
        "ställer", place, facts, is_last=is_last
    )
    together = enumerate_with(named, "samt" if any(" och " in name for name in named) else "och")
    against = " mot ".join(named) if len(named) == 2 else f"{together} mot varandra"
    if question.kind == QuestionKind.COUNTER:
        against = f"{against} för att utse motförslag"
    finding = f"bifaller {labels[question.winner]}" if question.winner in labels else "avslår förslagen"
    if question.kind == QuestionKind.COUNTER and question.winner in labels:
        finding = f"utser {labels[question.winner]} till motförslag"
    return f"{opening} {against}", sentence(f" och finner att {body} {finding}")


def _formal(
    question: QuestionFact, proposals: list[ProposalFact], facts: ParagraphFacts, place: int, *, is_last: bool
) -> tuple[str, str]:
    """What was asked, and what was found."""
    put = [fact for fact in proposals if fact.kind in FORMAL]
    is_joint = len(put) > 1 and {fact.kind for fact in put} == {ProposalKind.REFER_BACK}
    ways = [f"{FORMAL[fact.kind].to_be}{_according_to(fact, facts)}" for fact in put]
    if is_joint:
        ways = [FORMAL[ProposalKind.REFER_BACK].to_be]
    asked = f"om ärendet ska {enumerate_with(['avgöras i dag', *ways], 'eller')}"
    opening = f"{_chair('frågar', place, facts, is_last=is_last)} {asked}"
    winner = next((fact for fact in put if fact.id == question.winner), None)
    action = "avgöra ärendet i dag"
    if winner is not None:
        whose = "" if is_joint else _according_to(winner, facts)
        action = f"{FORMAL[winner.kind].to_do} ärendet{whose}"
    finding = f"finner att {facts.body.inline_name} beslutar att {action}"
    if question.supporters is None or not question.present or not facts.body.is_assembly:
        return opening, sentence(f" och {finding}")
    return sentence(opening), f" {_demand(question, FORMAL[put[0].kind], finding)}"


def _demand(question: QuestionFact, form: Formal, finding: str) -> str:
    """A minority's demand: how many asked, how many the law wants, and what the chair therefore finds."""
    supporters, present = question.supporters or 0, question.present or 0
    needed = minority_needed(present)
    asked = f"{capitalise(form.noun)} begärs av {supporters_of(supporters, present)}."
    third = a_third_of(present)
    is_carried = question.winner is not None
    if is_carried and needed <= supporters <= present / 2:
        law = f"Enligt {MINORITY_LAW} räcker det att {third}, begär det."
        return f"{asked} {law} Ordföranden finner därmed att ärendet {form.is_done}."
    if not is_carried and supporters < needed:
        return sentence(f"{asked} Enligt {MINORITY_LAW} krävs {third}. Ordföranden {finding}")
    return sentence(f"{asked} Ordföranden {finding}")


def _according_to(fact: ProposalFact, facts: ParagraphFacts) -> str:
    """Whose formal proposal it is, said only where there are several of the same kind."""
    same = [other for other in references.recorded(facts) if other.kind == fact.kind]
    return f" enligt {references.references(facts)[fact.id]}" if len(same) > 1 and fact.movers else ""

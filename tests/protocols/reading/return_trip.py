"""Papers that Klubbslag made, read back: every fact is the one that they were made from.

`told` is what the reader found in a §, `recorded` what the register holds of it, under the same keys, so that
a comparison of the two shows where they part. What is worded from the facts is compared in words, too.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

from motions.enums import Outcome
from protocols.document import ParagraphDocument
from protocols.enums import BallotChoice, DecisionKind, NonParticipationKind
from protocols.extracts.minutes import NAMED_ON_COVER
from protocols.facts import NonParticipationFact, ParagraphFacts, PersonFact, QuestionFact
from protocols.minutes import Attendee, Minutes
from protocols.reading import protocol
from protocols.reading.facts import Attendee as ReadAttendee
from protocols.reading.facts import Choice, Person, ReadParagraph, ReadProtocol, Vote
from protocols.reading.facts import Outcome as ReadOutcome
from protocols.reading.lines import Passage, split
from protocols.reading.names import NATIONAL
from protocols.reading.sources import Source
from protocols.wording import motion, names, references, votes
from protocols.wording.blocks import plain_text, strip_tags
from protocols.wording.decision import decision
from protocols.wording.participation import non_participation
from protocols.wording.proposals import deliberation
from protocols.wording.reservations import notes

Facts = dict[str, Any]

CHOICES = {
    BallotChoice.YES: Choice.YES,
    BallotChoice.NO: Choice.NO,
    BallotChoice.ABSTAIN: Choice.ABSTAIN,
    BallotChoice.ABSENT: Choice.ABSENT,
}
VERDICTS = {
    Outcome.GRANTED: (ReadOutcome.GRANTED, ReadOutcome.RECOMMENDS_GRANTING),
    Outcome.REJECTED: (ReadOutcome.REJECTED, ReadOutcome.RECOMMENDS_REJECTING),
    Outcome.DEEMED_ANSWERED: (ReadOutcome.DEEMED_ANSWERED, ReadOutcome.RECOMMENDS_ANSWERED),
}
DONE = {
    DecisionKind.POSTPONES: ReadOutcome.POSTPONED,
    DecisionKind.REFERS_BACK: ReadOutcome.REFERRED_BACK,
    DecisionKind.NOTES: ReadOutcome.NOTED,
}
SIGNED = re.compile(r"Vid protokollet|Justeras|Rätt utdraget intygas|Bilaga 1\. Närvarolista")


def read_back(pdf: bytes) -> ReadProtocol:
    """A paper as anybody's file, of which nothing is known."""
    return protocol.read(Source("papper", "papper.pdf", ".pdf", pdf).text(), "papper")


def paragraph_comes_back(read: ReadProtocol, facts: ParagraphFacts, document: ParagraphDocument) -> None:
    """Every fact of the § is read as it was recorded; `document` is the text that was printed."""
    (one,) = (each for each in read.paragraphs if each.number == str(document.number))
    found = told(one, document)
    apart = {
        key: (found[key], value)
        for key, value in recorded(facts, document).items()
        if value is not None and found[key] != value
    }
    assert not apart, f"§ {document.number} was read and is recorded otherwise: {apart}"


def meeting_comes_back(read: ReadProtocol, minutes: Minutes) -> None:
    """Cover and list of attendance are read as they were recorded, and every § is found, once."""
    found, wanted = told_of_meeting(read), recorded_of_meeting(minutes)
    apart = {key: (found[key], value) for key, value in wanted.items() if found[key] != value}
    assert not apart, f"{minutes.body} {minutes.held_on} was read and is recorded otherwise: {apart}"
    assert [one.number for one in read.paragraphs] == [str(number) for number in minutes.numbers]


def told_of_meeting(read: ReadProtocol) -> Facts:
    """What the reader found on the cover and in the list of attendance."""
    return {
        "layout": read.profile,
        "marks": read.marks,
        "body": read.front.body,
        "day": read.front.day,
        "place": read.front.venue,
        "verifiers": [one.name for one in read.front.verifiers],
        "cover": [_there(one) for one in read.front.attendance],
        "list": [_there(one) for one in read.attendance],
    }


def recorded_of_meeting(minutes: Minutes) -> Facts:
    """The same of the register. The cover names who served where they are few, the list everybody."""
    is_named = len(minutes.serving) <= NAMED_ON_COVER
    cover = [(one, "ledamot") for one in minutes.serving] + [(one, "ersättare") for one in minutes.others]
    officers = [(Person(minutes.secretary, ""), "sekreterare", "")]
    officers += [(Person(one.name, ""), one.function, "") for one in minutes.others_present]
    return {
        "layout": "Klubbslag",
        "marks": (),
        "body": minutes.body,
        "day": minutes.held_on,
        "place": minutes.place,
        "verifiers": list(minutes.verifiers),
        "cover": ([_served(one, role) for one, role in cover] if is_named else []) + officers,
        "list": [_served(one, "ledamot" if one.is_seated else "ersättare") for one in minutes.attendees],
    }


def _there(one: ReadAttendee) -> tuple[Person, str, str]:
    return one.person, one.role, one.instead_of


def _served(one: Attendee, role: str) -> tuple[Person, str, str]:
    instead = re.search(r"ersätter (.+?)\s\(", one.service)
    return Person(one.name, one.party), one.office or role, instead[1] if instead else ""


def told(one: ReadParagraph, document: ParagraphDocument) -> Facts:
    """What the reader found in a §, and what stands under the headings of `document`."""
    return {
        "number": one.number,
        "title": one.title,
        "registry_number": one.registry_number or "",
        "is_motion": one.is_motion,
        "decision": [clause.text for clause in one.decision],
        "clauses": [clause.outcome for clause in one.decision],
        "outcome": one.outcome,
        "earlier": [(each.day, each.number) for each in one.earlier],
        "documents": [each.text for each in one.documents],
        "proposals": [(each.by, each.parties, each.text) for each in one.proposals],
        "votes": [_told_vote(each) for each in one.votes],
        "reservations": [(each.by, each.parties, each.text) for each in one.reservations],
        "notes": [(each.by, each.text) for each in one.notes],
        "recusals": one.recusals,
        "recipients": [each.text for each in one.recipients],
        "immediately_verified": one.immediately_verified,
        "marks": one.marks,
        "sections": _told_sections(one, document),
    }


def recorded(facts: ParagraphFacts, document: ParagraphDocument) -> Facts:
    """What the register holds of the §; `document` is the text that was printed.

    None of what it does not know: what free words do to a matter that is no motion, or as a motivation.
    """
    has_motion = facts.motion is not None
    clauses = list(_clauses(facts))
    kind = facts.decision.kind if facts.decision else None
    is_verdict = has_motion or kind in DONE
    return {
        "number": str(document.number),
        "title": plain(document.title),
        "registry_number": document.registry_number,
        # An opinion on a motion, or that one is withdrawn: the register has it as a matter of its own.
        "is_motion": has_motion or bool(re.search(r"över motion|\bmotion \d", document.title)),
        "decision": [text for text, _ in clauses],
        "clauses": [outcome for _, outcome in clauses]
        if is_verdict and kind is not DecisionKind.REFERS_BACK
        else None,
        "outcome": _outcome(facts) if is_verdict else None,
        "earlier": [(one.held_on, str(one.number)) for one in facts.earlier_treatment],
        "documents": [plain(one) for one in facts.appendices],
        "proposals": list(_moved(facts)),
        "votes": [_recorded_vote(one, facts) for one in facts.questions if one.vote],
        "reservations": list(_reserved(facts)),
        "notes": [*_stayed_out(facts), *_noted(facts)],
        "recusals": tuple(_person(one.person) for one in facts.non_participations if _is_recusal(one)),
        "recipients": [plain(one) for one in facts.recipients],
        "immediately_verified": facts.is_immediate,
        "marks": (),
        "sections": [
            (plain(section.heading), _letters(strip_tags(_numbered(section.html)), _table_heads(document)))
            for section in document.sections
        ],
    }


def plain(text: str) -> str:
    """As it is read from a page: kept spaces and kept hyphens are plain ones."""
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NON-BREAKING HYPHEN}", "-").split())


def _letters(text: str, heads: Sequence[str] = ()) -> str:
    """Words as one run of letters and figures, whatever a line's end did to them.

    Without the heads of tables, which are printed again on the next page.
    """
    run = re.sub(r"[\W_]+", "", text)
    for head in heads:
        run = run.replace(head, "")
    return run


def _numbered(html: str) -> str:
    """The points of numbered lists with their numbers, as they are printed."""

    def numbered(found: re.Match[str]) -> str:
        first, *points = found.group().split("<li>")
        return first + "".join(f"<li>{number}. {point}" for number, point in enumerate(points, start=1))

    return re.sub(r"<ol\b.*?</ol>", numbered, html, flags=re.DOTALL)


def _table_heads(document: ParagraphDocument) -> list[str]:
    heads = [head for one in document.sections for head in re.findall(r"(?s)<thead>(.*?)</thead>", one.html)]
    return [_letters(strip_tags(head)) for head in heads]


def _told_sections(one: ReadParagraph, document: ParagraphDocument) -> list[tuple[str, str]]:
    """Heading and letters of what stands under each of the document's headings, to be met in their order.

    What the reader parts further (a lead-in, a part of the background) belongs to the section before it.
    """
    found: list[tuple[str, list[str]]] = []
    wanted = [plain(section.heading) for section in document.sections]
    for section in itertools.takewhile(lambda section: not SIGNED.match(section.heading), one.sections):
        text = Passage(split(section.text)).text
        if wanted and section.heading == wanted[0]:
            found.append((wanted.pop(0), [text]))
        elif found:
            found[-1][1].extend([section.heading, text])
    return [(heading, _letters("".join(parts), _table_heads(document))) for heading, parts in found]


def _person(fact: PersonFact) -> Person:
    return Person(plain(fact.name), fact.party or names.UNAFFILIATED)


def _by(those: Sequence[PersonFact]) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    """Persons, and the parties of the groups among them."""
    persons = tuple(_person(one) for one in those if not one.is_group)
    return persons, tuple(one.party or "" for one in those if one.is_group)


def _clauses(facts: ParagraphFacts) -> Iterator[tuple[str, ReadOutcome]]:
    """Each clause and what it does: assignments and motivations are of their own, lead-ins are none."""
    if facts.decision is None:
        return
    body, assembly = re.escape(facts.body.name), re.escape(facts.assembly_inline_name)
    lead = re.compile(
        rf"{body} (?:beslutar|föreslår {assembly} besluta)(?: (?=att )|$)|^Enligt [^:]+ förslag: "
    )
    found = motion.verdicts(
        facts.decision.clauses, references.clause_count(facts), is_parted=references.is_parted(facts)
    )
    outcomes = [VERDICTS[one.outcome][0] if one.outcome in VERDICTS else None for one in found]
    outcomes = outcomes or [DONE.get(facts.decision.kind)]
    lines = [lead.sub("", plain(line)) for line in plain_text(decision(facts))]
    for place, line in enumerate(filter(None, lines)):
        outcome = outcomes[place] if place < len(outcomes) else None
        yield line, outcome or ReadOutcome.OTHER


def _outcome(facts: ParagraphFacts) -> ReadOutcome:
    if facts.decision is None:
        return ReadOutcome.OTHER
    if facts.decision.kind in DONE:
        return DONE[facts.decision.kind]
    recommends = facts.decision.kind is DecisionKind.PROPOSES
    verdicts = {
        VERDICTS[one.outcome][recommends] for one in facts.decision.clauses if one.outcome in VERDICTS
    }
    partly = ReadOutcome.RECOMMENDS_PARTLY if recommends else ReadOutcome.PARTLY_GRANTED
    return partly if len(verdicts) > 1 else next(iter(verdicts), ReadOutcome.OTHER)


def _moved(facts: ParagraphFacts) -> Iterator[tuple[tuple[Person, ...], tuple[str, ...], str]]:
    """What the minutes tell of who moved what, a sentence each: its movers and its words.

    A group is called by its party's name, whose letters only a party of the Riksdag is known to have.
    """
    for line in plain_text(deliberation(facts)):
        movers = next(
            one.movers for one in facts.proposals if one.movers and line.startswith(names.people(one.movers))
        )
        persons, _ = _by(movers)
        groups = tuple(NATIONAL.get(one.name.casefold(), one.name) for one in movers if one.is_group)
        yield persons, groups, _first_sentence(plain(line))


def _first_sentence(text: str) -> str:
    found = re.match(r".*?[.!?](?= [A-ZÅÄÖ]|$)", text)
    return found.group() if found else text


def _told_vote(vote: Vote) -> Facts:
    return {
        "question": (vote.question or "").rstrip(".").casefold(),
        "counts": [vote.yes or 0, vote.no or 0, vote.abstain or 0, vote.absent or 0],
        "ballots": {(one.person, one.choice) for one in vote.named or vote.listed},
    }


def _recorded_vote(question: QuestionFact, facts: ParagraphFacts) -> Facts:
    vote = question.vote
    assert vote is not None
    return {
        "question": plain(votes.meaning(question, facts)).casefold(),
        "counts": [vote.counts.get(choice, 0) for choice in CHOICES],
        "ballots": {(_person(one.person), CHOICES[one.choice]) for one in vote.ballots},
    }


def _reserved(facts: ParagraphFacts) -> Iterator[tuple[tuple[Person, ...], tuple[str, ...], str | None]]:
    for one in facts.reservations:
        favour = "till förmån för det egna förslaget." if one.for_own_proposal else None
        yield (*_by(one.persons), plain(strip_tags(one.html)) or favour)


def _noted(facts: ParagraphFacts) -> Iterator[tuple[tuple[Person, ...], str]]:
    for one in facts.notes:
        persons, _ = _by(one.persons)
        words = notes(ParagraphFacts(body=facts.body, assembly_inline_name="", notes=[one]))
        yield persons, plain(" ".join(plain_text(words)))


def _is_recusal(one: NonParticipationFact) -> bool:
    return one.kind == NonParticipationKind.RECUSAL


def _stayed_out(facts: ParagraphFacts) -> Iterator[tuple[tuple[Person, ...], str]]:
    """Who took no part or abstained, a sentence each; recusals are told apart."""
    for line in plain_text(non_participation(facts)):
        those = [one for one in facts.non_participations if plain(names.person(one.person)) in plain(line)]
        if those and not _is_recusal(those[0]):
            yield tuple(_person(one.person) for one in those), plain(line)

"""Reads a whole protocol: `read(text, name)` is what everybody else calls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from protocols.reading import (
    appendices,
    checks,
    decisions,
    front,
    furniture,
    paragraphs,
    profiles,
    proposals,
    references,
    reservations,
    votes,
)
from protocols.reading.clauses import listed
from protocols.reading.facts import (
    Attendee,
    Ballot,
    Mark,
    MarkKind,
    Person,
    Place,
    Proposal,
    ReadParagraph,
    ReadProtocol,
    Section,
    SectionKind,
    Told,
    Vote,
    VotingList,
)  # fmt: skip
from protocols.reading.lines import Line, Passage, split
from protocols.reading.names import Known, find, people
from protocols.reading.paragraphs import Part
from protocols.reading.profiles import Profile
from protocols.reading.titles import Head

MOVED = re.compile(r"\b(?:yrkar|yrkade|yrkat|föreslår|föreslog|föreslagit|instämmer|hemställer)\b")
MOVED_IN_PROSE = {SectionKind.DEBATE}
SAID_VERIFIED = (SectionKind.VERIFICATION, SectionKind.DECISION, SectionKind.MATTER, SectionKind.PROCEDURE)
SIGNED = re.compile(r"Justera(?:s|t|re|nde)(?: av)?:?", re.IGNORECASE)
VOTED = {SectionKind.VOTE, SectionKind.PROCEDURE}


def read(text: str, name: str, profile: Profile | None = None) -> ReadProtocol:
    """The facts of a protocol. `name` identifies the source; the layout is recognised where none is given.

    Nothing is refused here: a text without any § simply has no paragraphs.
    """
    profile = profile or profiles.recognised(text)
    lines = furniture.marked(split(text), profile)
    parts = paragraphs.cut(furniture.without(lines), profile)
    running = [line for line in lines if line.furniture]
    opening = Passage(parts.paragraphs[0]).text if parts.paragraphs else ""
    lists = [appendices.voting_list(one) for one in parts.appendices if appendices.is_voting_list(one)]
    attendance, unread = _attendance(parts.appendices)
    there = [*(row.person for row in attendance), *people(Passage(parts.front).text)]
    read_paragraphs = [_paragraph(one, profile, lists, there) for one in parts.paragraphs]
    read_paragraphs = _with_the_rest(read_paragraphs, parts, running)
    marks = checks.of_protocol(read_paragraphs, profile.name, profiles.load(profiles.GENERAL).name, text)
    marks += [Mark(MarkKind.LIST_UNREAD, line.text, line.place) for line in unread[:1]]
    marks += [Mark(MarkKind.LIST_UNREAD, one.heading, one.place) for one in lists if not one.ballots]
    page = front.read(
        parts.front,
        running,
        opening,
        name,
        profile=profile,
        listed=attendance,
        signed=_signed(read_paragraphs),
    )
    return ReadProtocol(
        name, profile.name, page, tuple(read_paragraphs), tuple(attendance), tuple(lists), tuple(marks)
    )


def _signed(read_: Sequence[ReadParagraph]) -> list[str]:
    """The lines under "Justeras" after the last §."""
    last = read_[-1].sections if read_ else ()
    return [
        line
        for section in last
        if section.kind is SectionKind.VERIFICATION and SIGNED.fullmatch(section.heading)
        for line in section.text.splitlines()
    ]


def _attendance(parts: Iterable[list[Line]]) -> tuple[list[Attendee], list[Line]]:
    """The rows of every attendance list, and the lines that belong to none."""
    read_ = [
        appendices.attendance(one)
        for one in parts
        if appendices.is_attendance(one) and not appendices.is_voting_list(one)
    ]
    return [row for rows, _ in read_ for row in rows], [line for _, rest in read_ for line in rest]


def _with_the_rest(
    read_: list[ReadParagraph], parts: paragraphs.Cut, running: list[Line]
) -> list[ReadParagraph]:
    """Front matter goes with the first §, appendices and running heads with the last: no word is lost."""
    if not read_:
        return read_
    if parts.front:
        read_[0] = replace(
            read_[0], sections=(_section(SectionKind.FRONT, None, parts.front), *read_[0].sections)
        )
    tail = [_section(SectionKind.APPENDIX, one[0], one[1:]) for one in parts.appendices]
    if running:
        tail.append(_section(SectionKind.FURNITURE, None, running))
    read_[-1] = replace(read_[-1], sections=(*read_[-1].sections, *tail))
    return read_


def _section(kind: SectionKind, heading: Line | None, lines: Sequence[Line]) -> Section:
    """A section with its lines as they stand; a blank line stays where the source has one."""
    whole = [*([heading] if heading else []), *lines]
    text = "\n".join(("\n" if index and line.gap else "") + line.text for index, line in enumerate(lines))
    return Section(
        kind, heading.text if heading else "", text, Place(whole[0].start, whole[-1].end, whole[0].page)
    )


def _paragraph(
    lines: list[Line], profile: Profile, lists: Iterable[VotingList], there: Iterable[Person]
) -> ReadParagraph:
    """A §; `there` are those at the meeting, who may be named without their party."""
    head, parts = paragraphs.sections(lines, profile)
    known = Known()
    known.learn(there)
    known.learn(one.person for one in find(Passage(lines).text))
    is_motion = bool(profile.motion_titles.search(head.title)) and not profile.motion_lists.search(head.title)
    decided = _decided(parts, profile)
    noted = reservations.notes(_of(parts, SectionKind.NOTE), known)
    recusals = reservations.recused(_of(parts, SectionKind.RECUSAL), known)
    paragraph = ReadParagraph(
        number=head.number,
        registry_number=head.registry_number,
        title=head.title,
        is_motion=is_motion,
        movers=_title_movers(head.title) if is_motion else (),
        decision=decided.clauses,
        decision_source=decided.source,
        outcome=decisions.outcome(decided, is_motion=is_motion, profile=profile),
        earlier=references.earlier(_of(parts, SectionKind.EARLIER)),
        documents=_listed(parts, SectionKind.DOCUMENTS),
        proposals=tuple(_proposals(parts, known)),
        votes=tuple(_votes(parts, known, lists)),
        recusals=tuple(dict.fromkeys((*recusals, *noted.recusals))),
        reservations=tuple(
            one
            for part in _parts(parts, SectionKind.RESERVATION)
            for one in reservations.reservations(part.lines, known)
        ),
        notes=noted.notes,
        recipients=_listed(parts, SectionKind.RECIPIENTS),
        immediately_verified=_verified_at_once(parts, profile),
        sections=_sections(head, parts),
        marks=(),
        place=Place(lines[0].start, lines[-1].end, lines[0].page),
    )
    return replace(paragraph, marks=tuple(checks.of_paragraph(paragraph)))


def _sections(head: Head, parts: Sequence[Part]) -> tuple[Section, ...]:
    first = _section(SectionKind.HEAD, head.lines[0], head.lines[1:])
    return (first, *(_section(part.kind, part.heading, part.lines) for part in parts))


def _parts(parts: Iterable[Part], *kinds: SectionKind) -> list[Part]:
    return [part for part in parts if part.kind in kinds]


def _of(parts: Iterable[Part], *kinds: SectionKind) -> list[Line]:
    return [line for part in _parts(parts, *kinds) for line in part.lines]


def _decided(parts: Sequence[Part], profile: Profile) -> decisions.Decided:
    """All sections of decisions together ("för egen del" and "föreslår kommunfullmäktige").

    A heading may be a lead-in.
    """
    read_ = [
        decisions.read(part.lines, part.heading.text if part.heading else "", profile)
        for part in _parts(parts, SectionKind.DECISION)
    ]
    clauses = {clause.text: clause for decided in reversed(read_) for clause in reversed(decided.clauses)}
    return decisions.Decided(
        tuple(reversed(clauses.values())),
        next((decided.source for decided in read_ if decided.source), None),
        " ".join(decided.lead for decided in read_),
        any(decided.recommends for decided in read_),
    )


def _listed(parts: Iterable[Part], kind: SectionKind) -> tuple[Told, ...]:
    passages = [Passage(item) for part in _parts(parts, kind) for item in listed(part.lines)]
    return tuple(Told(one.text, one.place()) for one in passages if one.text)


def _proposals(parts: Sequence[Part], known: Known) -> Iterable[Proposal]:
    """Every sentence under "Yrkanden".

    Where the debate is told in prose, the sentences that move something.
    """
    for part in parts:
        if part.kind is SectionKind.PROPOSALS:
            yield from proposals.read(part.lines, known)
        elif part.kind in MOVED_IN_PROSE:
            yield from (
                one
                for one in proposals.read(part.lines, known)
                if (one.by or one.parties) and MOVED.search(one.text)
            )


def _votes(parts: Sequence[Part], known: Known, lists: Iterable[VotingList]) -> list[Vote]:
    """Votes with the ballots of the list that each refers to."""
    by_appendix = {one.appendix: one.ballots for one in lists}
    found = votes.read(_of(parts, *VOTED), known)
    found = [replace(vote, listed=_ballots(by_appendix, vote)) for vote in found]
    tables = appendices.tables(_of(parts, SectionKind.APPENDIX, *VOTED))
    unnamed = [vote for vote in found if not (vote.named or vote.listed)]
    if len(tables) != len(unnamed):
        return found
    own = iter(tables)
    return [vote if vote.named or vote.listed else replace(vote, listed=next(own)) for vote in found]


def _ballots(by_appendix: dict[str, tuple[Ballot, ...]], vote: Vote) -> tuple[Ballot, ...]:
    return by_appendix.get(vote.appendix, ()) if vote.appendix else ()


def _verified_at_once(parts: Sequence[Part], profile: Profile) -> bool:
    return any(
        profile.immediate.search(Passage(part.lines).text) for part in _parts(parts, *SAID_VERIFIED)
    ) or any(part.heading is not None and profile.immediate.search(part.heading.text) for part in parts)


def _title_movers(title: str) -> tuple[Person, ...]:
    """Who is named before what the motion is about: "Motion av A (S) och B (S) om …"."""
    about = re.search(r"\s(?:om|angående|gällande|rörande|för att|avseende|med förslag)\s", title)
    return people(title[: about.start()] if about else title)

"""What a vote says: the wording that was approved, the counts printed, and who voted how where it is told.

Votes stand under "Omröstning" or in the middle of "Beslutsgång"; a § may hold several. A vote begins at its
wording (voteringsproposition), or, where no wording is told, at its result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from protocols.reading import names, sentences
from protocols.reading.facts import Ballot, Choice, Vote
from protocols.reading.lines import Line, Passage
from protocols.reading.names import Known

FIGURES = {
    "en": 1,
    "ett": 1,
    "två": 2,
    "tre": 3,
    "fyra": 4,
    "fem": 5,
    "sex": 6,
    "sju": 7,
    "åtta": 8,
    "nio": 9,
    "tio": 10,
    "elva": 11,
    "tolv": 12,
    "ingen": 0,
    "noll": 0,
}
N = rf"(?:\d{{1,3}}|{'|'.join(FIGURES)})"
QUOTE = '"”“„»«'
SAYS = rf"(?:\s+(?:st\.?|ledamöter|röster|röst))*(?:\s+(?:röstar|röstade|för))?\s+[{QUOTE}]?"
RESULT = re.compile(
    rf"\b(?P<yes>{N}){SAYS}ja\b[{QUOTE}]?(?:-?\s?röst(?:er)?)?.{{0,60}}?\b(?P<no>{N}){SAYS}nej\b|"
    rf"\bja(?:-?\s?röst(?:er)?)?\s*[:=]?\s*(?P<yes2>\d{{1,3}})\b.{{0,30}}?\bnej(?:-?\s?röst(?:er)?)?\s*[:=]?\s*(?P<no2>\d{{1,3}})\b",
    re.IGNORECASE,
)
ABSTAIN = re.compile(
    (
        rf"\b(?P<n>{N})(?:\s+(?:ledamöter|ledamot|röster|st\.?))?\s+(?:som\s+)?(?:avstår|"
        rf"avstod|avstått|avstående|lägger ned|nedlagda|blanka)\b|"
        rf"\bavstår\w*\s*[:=]\s*(?P<m>\d{{1,3}})"
    ),
    re.IGNORECASE,
)
ABSENT = re.compile(
    rf"\b(?P<n>{N})(?:\s+(?:ledamöter|ledamot))?\s+(?:är|var|saknas|frånvarande)\b(?!\s*[:=])\s*(?:frånvarande)?|"
    r"\bfrånvarande\s*[:=]\s*(?P<m>\d{1,3})",
    re.IGNORECASE,
)
QUESTION = re.compile(
    rf"(?:voteringsproposition|omröstningsproposition|omröstningsordning|voteringsordning|propositionsordning\s+för\s+omröstning\w*|propositionsordning)"
    rf"[^{QUOTE}.:]{{0,120}}?(?:[:.]?\s*[{QUOTE}]|[:.]\s+(?=Ja\b))(?P<text>[^{QUOTE}]+(?:[{QUOTE}](?=\w)[^{QUOTE}]+[{QUOTE}][^{QUOTE}]+)*)",
    re.IGNORECASE,
)
BARE_QUESTION = re.compile(
    r"\bDen som\s.{3,200}?\sröstar\s[\"”]?ja\b.{1,12}?\bDen som\s.{3,200}?\sröstar\s[\"”]?nej\b[\"”]?|"
    r"\bJa(?:-röst)?(?:\s*[:=]|\s+(?:för|till|innebär|röstar))\s.{5,300}?"
    r"\bNej(?:-röst)?(?:\s*[:=]|\s+(?:för|till|innebär|röstar))\s.{5,300}?"
    r"(?=\.(?:\s|$)|$|\s(?:Vid|Efter)\s(?:omröstning|votering)en\b|\s(?:Omröstningen|Voteringen)\s(?:utf|ger|gav|result))",
    re.IGNORECASE,
)
RESULT_HEAD = re.compile(r"\s(?:omröstnings|voterings)?resultat(?:et)?:?\s*$", re.IGNORECASE)
VOTER = re.compile(
    r"\b(?:röstar|röstade|röster|röst)\s+[\"”]?(?P<how>ja|nej)\b[\"”]?(?:\s*\((?P<count>\d+)\))?|\b(?P<abstain>avstår|avstod)\b(?:\s+från\s+att\s+(?:rösta|delta\w*))?(?:\s*\((?P<count2>\d+)\))?|"
    r"\b(?P<first>ja|nej)(?:\s+(?:röstar|röstade)\b|(?:-?röst(?:er|ande)?)?(?=\s*:))",
    re.IGNORECASE,
)
APPENDIX = re.compile(r"\b[Bb]ilaga\s+(?:nr\s+)?(\d+|[A-ZÅÄÖ])\b")


def read(lines: Sequence[Line], known: Known) -> list[Vote]:
    """The votes told in these lines, in order."""
    passage = Passage(lines)
    return [
        vote
        for start, end, wording in _regions(passage.text)
        if (vote := _vote(passage, start, end, wording, known))
    ]


def _regions(text: str) -> Iterator[tuple[int, int, tuple[int, int] | None]]:
    """From where to where each vote is told, and the span of its wording."""
    wordings = list(_wordings(text))
    starts = [start for start, _ in wordings]
    for index, (start, end) in enumerate(wordings):
        stop = starts[index + 1] if index + 1 < len(starts) else len(text)
        yield from _split(text, end, stop, (start, end))
    if not wordings:
        yield from _split(text, 0, len(text), None)


def _split(
    text: str, start: int, stop: int, wording: tuple[int, int] | None
) -> Iterator[tuple[int, int, tuple[int, int] | None]]:
    """A region with two results is two votes, the second without a wording of its own."""
    results = [match.start() for match in RESULT.finditer(text, start, stop)]
    cuts = [text.rfind(".", start, at) + 1 or at for at in results[1:]]
    for one, other in zip([start, *cuts], [*cuts, stop], strict=True):
        yield one, other, wording
        wording = None


def _wordings(text: str) -> Iterator[tuple[int, int]]:
    found, at = False, 0
    while match := QUESTION.search(text, at):
        found = True
        start, at = _closed(text, match.start("text"), match.end("text"))
        yield start, at
    if not found:
        yield from (
            (match.start(), match.end())
            for match in BARE_QUESTION.finditer(text)
            if RESULT.search(text, match.end())
        )


def _closed(text: str, start: int, end: int) -> tuple[int, int]:
    """The wording's span; where its closing quote was forgotten, to the sentence before the result."""
    told = RESULT.search(text, start, end) or VOTER.search(text, start, end)
    if told is None:
        return start, end
    stops = [start + stop for _, stop in sentences.spans(text[start : told.start()])][:-1]
    ends = [stop for stop in stops if re.search(r"\bnej\b", text[start:stop], re.IGNORECASE)]
    if not ends and re.search(r"\bnej\b", text[start : told.start()], re.IGNORECASE):
        return start, told.start()
    return start, (ends[0] if ends else end)


def _vote(
    passage: Passage, start: int, end: int, wording: tuple[int, int] | None, known: Known
) -> Vote | None:
    text = passage.text
    question = RESULT_HEAD.sub("", text[wording[0] : wording[1]]).strip(f" {QUOTE}") if wording else None
    result = RESULT.search(text, start, end)
    named, printed = _named(passage, start, end, known)
    if result is None and not printed and not named and question is None:
        return None
    counts: dict[Choice, int | None] = dict.fromkeys(Choice)
    if result:
        counts[Choice.YES] = figure(result["yes"] or result["yes2"])
        counts[Choice.NO] = figure(result["no"] or result["no2"])
        counts[Choice.ABSTAIN] = _count(ABSTAIN, text, result.end(), end)
        counts[Choice.ABSENT] = _count(ABSENT, text, result.end(), end)
    counts.update(printed)
    appendix = APPENDIX.search(text, result.end() if result else start, end)
    place = passage.place(wording[0] if wording else start, (result.end() if result else end))
    return Vote(
        question, counts[Choice.YES], counts[Choice.NO], counts[Choice.ABSTAIN], counts[Choice.ABSENT],
        tuple(named), appendix[1] if appendix else None, (), place,
    )  # fmt: skip


def figure(word: str | None) -> int | None:
    """A count in figures or in words up to twelve; None for what is neither."""
    if word is None:
        return None
    return int(word) if word.isdigit() else FIGURES.get(word.casefold())


def _count(pattern: re.Pattern[str], text: str, start: int, end: int) -> int | None:
    """A count told within two sentences after the result."""
    match = pattern.search(text, start, min(end, start + 200))
    if match is None:
        return None
    return figure(match.group("n")) if match.group("n") else figure(match.groupdict().get("m"))


def _named(
    passage: Passage, start: int, end: int, known: Known
) -> tuple[list[Ballot], dict[Choice, int | None]]:
    """Voters named in the § ("A (S) och B (V) röstar Ja (2)."), and the counts in brackets after them."""
    text = passage.text
    ballots: list[Ballot] = []
    printed: dict[Choice, int | None] = {}
    markers = list(VOTER.finditer(text, start, end))
    at = start
    for index, match in enumerate(markers):
        choice = (
            Choice.ABSTAIN
            if match["abstain"]
            else Choice.YES
            if (match["how"] or match["first"]).casefold() == "ja"
            else Choice.NO
        )
        if re.match(r"\s*:", text[match.end() :]):
            stop = markers[index + 1].start() if index + 1 < len(markers) else end
            voters, at = _people(passage, match.end(), stop, known), stop
        elif match["first"] or re.match(r"\s+gör\b", text[match.end() :]):
            at = match.end() + next((stop for _, stop in sentences.spans(text[match.end() : end])), 0)
            voters = _people(passage, match.end(), at, known)
        else:
            voters, at = _people(passage, at, match.start(), known), match.end()
        if not voters:
            continue
        ballots += [Ballot(one.person, choice, passage.place(one.start, one.end)) for one in voters]
        count = match["count"] or match["count2"]
        if count:
            printed[choice] = int(count)
    return ballots, printed


def _people(passage: Passage, start: int, end: int, known: Known) -> list[names.Found]:
    text = passage.text[start:end]
    here = [*names.find(text), *known.mentions(text)]
    return [
        names.Found(one.person, one.start + start, one.end + start)
        for one in sorted(here, key=lambda one: one.start)
    ]

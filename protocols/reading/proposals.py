"""Who moved what: each sentence under "Yrkanden" with its movers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from protocols.reading import names, sentences
from protocols.reading.clauses import LONE_BULLET
from protocols.reading.facts import Person, Proposal
from protocols.reading.lines import Line, Passage
from protocols.reading.names import Known

VERB = re.compile(
    r"\b(?:yrka(?:r|de|t)|föreslå(?:r|s)|föreslog|anmäl(?:er|de)|instämm(?:er|de)|tillstyrk(?:er|te)|avstyrk(?:er|te)|hemställ(?:er|de)|"
    r"återta(?:r|s)|återtog|begär(?:de)?|bifaller|ställ(?:er|de)|lägg(?:er)?|lade|meddela(?:r|de)|avstår|framställ(?:er|de)|stödjer|"
    r"deltar|lämna(?:r|de)|vill|ansluter|anför|framför|justerar|ändrar|jämkar|förtydligar|redogör|tar)\b"
)


def read(lines: Sequence[Line], known: Known) -> list[Proposal]:
    """Every sentence, in order.

    Movers are those named before the verb, or right after it: "Vidare yrkar …".
    """
    found: list[Proposal] = []
    for passage in _paragraphs(lines):
        for start, end in sentences.spans(passage.text):
            text = passage.text[start:end]
            by = movers(text, known)
            found.append(Proposal(by, text, passage.place(start, end), () if by else moving_groups(text)))
    return found


def moving_groups(sentence: str) -> tuple[str, ...]:
    """The groups that are the sentence's subject: "Ledamöterna från M yrkar …"."""
    verb = VERB.search(sentence)
    return names.groups(sentence[: verb.start()]) if verb else ()


def movers(sentence: str, known: Known) -> tuple[Person, ...]:
    """The sentence's subject."""
    verb = VERB.search(sentence)
    everybody = names.find(sentence)
    mentioned = known.mentions(sentence)
    known.learn(one.person for one in everybody)
    if verb is None:
        colon = sentence.find(":")
        return tuple(dict.fromkeys(one.person for one in everybody if one.end <= colon or one.start < 4))
    for people in (everybody, sorted([*everybody, *mentioned], key=lambda one: one.start)):
        before = [one.person for one in people if one.end <= verb.start()]
        if before:
            return tuple(dict.fromkeys(before))
    after = [
        one for one in sorted([*everybody, *mentioned], key=lambda one: one.start) if one.start >= verb.end()
    ]
    return _run(sentence, verb.end(), after)


def _run(sentence: str, start: int, people: list[names.Found]) -> tuple[Person, ...]:
    """People who follow each other with nothing but "och", commas and titles between."""
    result: list[Person] = []
    for one in people:
        between = sentence[start : one.start]
        if re.search(r"\b(?:att|bifall|avslag|till|på|med|om)\b", between) or len(between) > 60:
            break
        result.append(one.person)
        start = one.end
    return tuple(dict.fromkeys(result))


def _paragraphs(lines: Sequence[Line]) -> list[Passage]:
    """A blank line ends a passage where the line before it ended a sentence."""
    runs: list[list[Line]] = []
    for line in lines:
        if LONE_BULLET.fullmatch(line.text):
            continue
        if not runs or (line.gap and runs[-1][-1].text.endswith((".", ":", "!", "?", '"', "”"))):
            runs.append([])
        runs[-1].append(line)
    return [Passage(run) for run in runs]

"""Who reserved, who had something noted, and who stayed out because of recusal (jäv)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from protocols.reading import names, sentences
from protocols.reading.facts import Note, Person, Reservation
from protocols.reading.lines import Line, Passage
from protocols.reading.names import Known

RESERVES = re.compile(
    (
        r"\breserver(?:ar|ade|at)\s+sig\b|\b(?:lämnar|lämnade|anmäler|anmälde|inkommer med|"
        r"avger)\b[^.]{0,40}\breservation(?:er)?\b"
    ),
    re.IGNORECASE,
)
FOLLOWS = re.compile(
    r"\b(?:enligt|med)\s+följande(?:\s+(?:motivering|lydelse))?\s*:\s*|\bmed\s+motiveringen\s*:?\s*|\breservation(?:er)?\s*:\s*",
    re.IGNORECASE,
)
IN_FAVOUR = re.compile(r"\btill\s+förmån\s+för\b", re.IGNORECASE)
NOTES = re.compile(
    r"\b(?:anteckna(?:r|s|de|t)|delt(?:ar|og|agit|agande)\s+(?:inte|ej)|avstår|anmäl(?:er|de)|lämna(?:r|de)|avger|yttra(?:r|de)|"
    r"inte\s+delt(?:ar|og|agit)|ej\s+delt(?:ar|og|agit)|vill|önskar|begär(?:de)?|meddela(?:r|de)|anför|förklarar|låter)\b",
    re.IGNORECASE,
)
RECUSED = re.compile(r"\bjäv(?:ig|iga|s)?\b", re.IGNORECASE)
STAYS_OUT = re.compile(
    r"\b(?:delt(?:ar|og|agit)|närvar(?:ar|ade)|anmäl(?:er|de)|avstår|lämnar)\b", re.IGNORECASE
)
INSTEAD = re.compile(r"\b(?:tjänstgör|tjänstgjorde|inträder|inträdde|leder|ledde|ersätter|ersätts)\b")


@dataclass(frozen=True, slots=True)
class Noted:
    """What stands under "Protokollsanteckning" or "Jäv"."""

    notes: tuple[Note, ...]
    recusals: tuple[Person, ...]


def reservations(lines: Sequence[Line], known: Known) -> list[Reservation]:
    """One a sentence that reserves, or where none does, that begins with somebody.

    A text that follows it goes on to the next such sentence.
    """
    passage = Passage(lines)
    spans = list(sentences.spans(passage.text))
    starts = [span for span in spans if _reserves(passage.text[span[0] : span[1]])]
    verb = RESERVES if starts else IN_FAVOUR
    starts = starts or [span for span in spans if _is_somebody(passage.text[span[0] : span[1]])]
    found = []
    for index, (start, end) in enumerate(starts):
        stop = starts[index + 1][0] if index + 1 < len(starts) else len(passage.text)
        sentence = passage.text[start:end]
        by, parties = who(sentence, verb, known)
        text = _text(passage.text[start:stop].rstrip(), len(sentence))
        found.append(Reservation(by, parties, text, passage.place(start, stop)))
    return found


def _reserves(sentence: str) -> bool:
    verb = RESERVES.search(sentence)
    if verb is None or re.match(r"\W*(?:Vi|Jag)\b", sentence):
        return False
    return bool(names.find(sentence) or names.groups(sentence) or verb.start() > 0)


def _is_somebody(sentence: str) -> bool:
    """Whether it begins with a name, as "Anna Berg (S) till förmån för eget yrkande." does."""
    return any(one.start == 0 for one in names.find(sentence))


def _text(told: str, sentence: int) -> str | None:
    follows = FOLLOWS.search(told)
    if follows and follows.end() < len(told):
        return told[follows.end() :].strip()
    favour = IN_FAVOUR.search(told, 0, sentence)
    if favour is None:
        return None
    verb = RESERVES.search(told, favour.end(), sentence)
    return told[favour.start() : verb.start() if verb else sentence].strip()


def who(sentence: str, verb: re.Pattern[str], known: Known) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    """The people and the parties that a sentence is about: before its verb, or else after it."""
    match = verb.search(sentence)
    at = match.start() if match else len(sentence)
    everybody = sorted([*names.find(sentence), *known.mentions(sentence)], key=lambda one: one.start)
    before = tuple(dict.fromkeys(one.person for one in everybody if one.end <= at))
    group = names.groups(sentence[:at])
    if before or group:
        return before, group
    after = sentence[match.end() :] if match else ""
    stop = IN_FAVOUR.search(after)
    after = after[: stop.start()] if stop else after
    if names.groups(after):
        return (), names.groups(after)
    return names.people(after), ()


def notes(lines: Sequence[Line], known: Known) -> Noted:
    """A note begins with who it is by and goes on to the next one; a note of recusal is that alone."""
    passage = Passage(lines)
    starts: list[tuple[int, int]] = []
    for start, end in sentences.spans(passage.text):
        if not starts or _begins(passage.text[start:end]):
            starts.append((start, end))
    found: list[Note] = []
    recusals: list[Person] = []
    for index, (start, end) in enumerate(starts):
        stop = starts[index + 1][0] if index + 1 < len(starts) else len(passage.text)
        sentence = passage.text[start:end]
        by, parties = who(sentence, NOTES, known)
        if is_recusal(sentence):
            recusals += by
            continue
        found.append(Note(by, parties, passage.text[start:stop].strip(), passage.place(start, stop)))
    return Noted(tuple(found), tuple(dict.fromkeys(recusals)))


def is_recusal(sentence: str) -> bool:
    """Whether a sentence says that somebody stays out because of recusal."""
    return bool(RECUSED.search(sentence) and STAYS_OUT.search(sentence))


def _begins(sentence: str) -> bool:
    """Whether a sentence begins a note: somebody or a group at its start, and a verb of noting."""
    verb = NOTES.search(sentence)
    if verb is None:
        return False
    if re.match(r"Det\s+antecknas\b", sentence):
        return True
    first = next(iter(names.find(sentence)), None)
    group = names.GROUP.search(sentence)
    starts = [
        one for one in (first.start if first else None, group.start() if group else None) if one is not None
    ]
    return bool(starts) and min(starts) < 45 and min(starts) < verb.start()


def recused(lines: Sequence[Line], known: Known) -> tuple[Person, ...]:
    """Who is named under "Jäv", but not who serves or leads in their place."""
    text = Passage(lines).text
    people: list[Person] = []
    for start, end in sentences.spans(text):
        sentence = text[start:end]
        if INSTEAD.search(sentence) and not (STAYS_OUT.search(sentence) or RECUSED.search(sentence)):
            continue
        by, _ = who(sentence, STAYS_OUT, known)
        people += by
    return tuple(dict.fromkeys(people))

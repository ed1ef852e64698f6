"""The motion and its att-satser: ordinals, agreement, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from motions.enums import Outcome
from protocols.enums import ProposalKind
from protocols.facts import ClauseFact, MotionFact
from protocols.wording import names
from protocols.wording.text import clause, enumerate_with, own_words

_ORDINALS = (
    "första", "andra", "tredje", "fjärde", "femte", "sjätte",
    "sjunde", "åttonde", "nionde", "tionde", "elfte", "tolfte",
)  # fmt: skip

#: (one att-sats or the motion, several att-satser) after the subject of the clause.
_VERDICTS = {
    Outcome.GRANTED: ("bifalls", "bifalls"),
    Outcome.REJECTED: ("avslås", "avslås"),
    Outcome.DEEMED_ANSWERED: ("anses besvarad", "anses besvarade"),
    Outcome.WRITTEN_OFF: ("avskrivs från vidare handläggning", "avskrivs från vidare handläggning"),
}

#: The same after "ska" in a proposal.
_WISHES = {
    Outcome.DEEMED_ANSWERED: ("anses besvarad", "anses besvarade"),
    Outcome.WRITTEN_OFF: ("avskrivas från vidare handläggning", "avskrivas från vidare handläggning"),
}

#: The nouns of a brief proposal and how they take their object.
_BRIEF: dict[Outcome | None, tuple[str, str]] = {
    Outcome.GRANTED: ("bifall", "till"),
    Outcome.REJECTED: ("avslag", "på"),
}

#: A motion's outcome in a few words, weightiest first: whole, in part, and after "föreslår".
_WHOLE = {
    Outcome.GRANTED: ("bifall", "delvis bifall", "bifall"),
    Outcome.REJECTED: ("avslag", "delvis avslag", "avslag"),
    Outcome.DEEMED_ANSWERED: ("anses besvarad", "anses delvis besvarad", "att motionen anses besvarad"),
    Outcome.WRITTEN_OFF: ("avskriven", "delvis avskriven", "att motionen avskrivs"),
}

#: What a proposal of a plain kind asks to become of the motion.
OUTCOME_OF = {
    ProposalKind.GRANT: Outcome.GRANTED,
    ProposalKind.REJECT: Outcome.REJECTED,
    ProposalKind.DEEM_ANSWERED: Outcome.DEEMED_ANSWERED,
}


@dataclass(frozen=True)
class Verdict:
    """One worded clause: own words (`text`), or an outcome of some att-satser (`numbers` empty: of all)."""

    outcome: Outcome | None
    numbers: tuple[int, ...] = ()
    text: str = ""


def verdicts(
    clauses: Sequence[ClauseFact], clause_count: int, *, is_parted: bool = False
) -> tuple[Verdict, ...]:
    """The clauses in recorded order, one a (shared) outcome; all att-satser together are the motion.

    `is_parted`: decided clause by clause, so that each stands by itself and keeps its number.
    """
    found: list[Verdict] = []
    for fact in clauses:
        if text := clause(fact.text):
            found.append(Verdict(None, text=text))
        elif fact.outcome is not None and is_parted:
            found.append(Verdict(Outcome(fact.outcome), _settled([fact], fact.outcome, clause_count)))
        elif fact.outcome is not None and all(known.outcome != fact.outcome for known in found):
            found.append(Verdict(Outcome(fact.outcome), _settled(clauses, fact.outcome, clause_count)))
    return tuple(found)


def ordinal(number: int) -> str:
    """Words up to "tolfte", then figures: "13:e", "21:a"."""
    if 1 <= number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ends_in_a = number % 10 in (1, 2) and number % 100 not in (11, 12)
    return f"{number}:{'a' if ends_in_a else 'e'}"


def att_satser(numbers: Sequence[int], *, definite: bool = False) -> str:
    """Numbered att-satser: "första att-sats", "andra och tredje att-satser", definite "första att-satsen"."""
    one, several = ("att-satsen", "att-satserna") if definite else ("att-sats", "att-satser")
    return f"{enumerate_with([ordinal(n) for n in numbers])} {one if len(numbers) == 1 else several}"


def parts(numbers: Sequence[int], *, has_motion: bool = True) -> str:
    """Numbered parts of what is dealt with: "andra att-satsen", without a motion "andra beslutssatsen"."""
    return att_satser(numbers, definite=True) if has_motion else decision_clauses(numbers)


def decision_clauses(numbers: Sequence[int]) -> str:
    """Numbered clauses of a decision: "andra beslutssatsen", "andra och tredje beslutssatserna"."""
    noun = "beslutssatsen" if len(numbers) == 1 else "beslutssatserna"
    return f"{enumerate_with([ordinal(n) for n in numbers])} {noun}"


def verdict_clause(verdict: Verdict, *, has_motion: bool = True) -> str:
    """What is decided, to follow "att": "motionen avslås", "motionens första att-sats bifalls"."""
    if verdict.outcome is None:
        return verdict.text
    if not has_motion:
        return _without_motion(verdict)
    return f"{_subject(verdict.numbers)} {_agree(_VERDICTS, verdict)}"


def wish(verdict: Verdict, *, matter: str = "motionen") -> str:
    """What is asked for, to follow "föreslår": "bifall till motionen", "att motionen ska anses besvarad".

    `matter` is what is granted or rejected where it is no motion ("det liggande förslaget").
    """
    whole = _subject(verdict.numbers) if verdict.numbers else matter
    if verdict.numbers and matter != "motionen":
        whole = f"{names.genitive(matter)} {_clauses(verdict.numbers)}"
    match verdict.outcome:
        case Outcome.GRANTED:
            return f"bifall till {whole}"
        case Outcome.REJECTED:
            return f"avslag på {whole}"
        case Outcome.DEEMED_ANSWERED | Outcome.WRITTEN_OFF:
            if matter == "motionen":
                return f"att {whole} ska {_agree(_WISHES, verdict)}"
            answered = verdict.outcome == Outcome.DEEMED_ANSWERED
            return f"att ärendet ska {'anses besvarat' if answered else _WISHES[Outcome.WRITTEN_OFF][0]}"
        case _:
            return f"att {verdict.text}"


def in_brief(verdict: Verdict, *, has_motion: bool = True, is_rest: bool = False) -> str:
    """One part of a proposal in a few words: "avslag", "bifall till första att-satsen", "avslag i övrigt"."""
    if verdict.outcome in _BRIEF:
        noun, preposition = _BRIEF[verdict.outcome]
        if is_rest or not verdict.numbers:
            return f"{noun} i övrigt" if is_rest else noun
        return f"{noun} {preposition} {att_satser(verdict.numbers, definite=True)}"
    if is_rest:
        return f"att motionen i övrigt {_agree(_VERDICTS, Verdict(verdict.outcome))}"
    if verdict.numbers:
        return f"att {att_satser(verdict.numbers, definite=True)} {_agree(_VERDICTS, verdict)}"
    return f"att {verdict_clause(verdict, has_motion=has_motion)}"


def summary(outcomes: Iterable[Outcome], *, is_part: bool = False, is_proposal: bool = False) -> str:
    """The outcomes of a whole motion in a few words: "avslag", "delvis bifall", "anses besvarad".

    `is_part`: they do not settle every att-sats. `is_proposal`: worded to follow "föreslår".
    """
    met = set(outcomes)
    if not met:
        return ""
    chief = next(outcome for outcome in _WHOLE if outcome in met)
    whole, part, proposed = _WHOLE[chief]
    if is_part or len(met) > 1:
        return part
    return proposed if is_proposal else whole


def listed(motion: MotionFact) -> str:
    """A motion as a line of a block: "Motion 7-2026: Kulturskola i hela länet, av Ester Bergman (V)"."""
    title = own_words(motion.title)
    if not title:
        named = f"Motion {motion.number}"
    elif title.lower().startswith("motion "):
        named = title
    elif title.lower().startswith("om "):
        named = f"Motion {motion.number} {title[0].lower()}{title[1:]}"
    else:
        named = f"Motion {motion.number}: {title}"
    return f"{named}, av {names.people(motion.movers)}" if motion.movers else named


def _settled(clauses: Sequence[ClauseFact], outcome: Outcome, clause_count: int) -> tuple[int, ...]:
    same = [fact for fact in clauses if fact.outcome == outcome and not clause(fact.text)]
    numbers = {number for fact in same for number in fact.settles}
    is_whole = clause_count <= 1 or numbers >= set(range(1, clause_count + 1))
    return () if is_whole or not all(fact.settles for fact in same) else tuple(sorted(numbers))


def _subject(numbers: Sequence[int]) -> str:
    return f"motionens {att_satser(numbers)}" if numbers else "motionen"


def _agree(forms: dict[Outcome, tuple[str, str]], verdict: Verdict) -> str:
    assert verdict.outcome is not None
    one, several = forms[verdict.outcome]
    return several if len(verdict.numbers) > 1 else one


def _clauses(numbers: Sequence[int]) -> str:
    """Clauses of a proposal, after its genitive: "andra beslutssats", "andra och tredje beslutssatser"."""
    noun = "beslutssats" if len(numbers) == 1 else "beslutssatser"
    return f"{enumerate_with([ordinal(n) for n in numbers])} {noun}"


def _without_motion(verdict: Verdict) -> str:
    whole = f"förslagets {_clauses(verdict.numbers)}" if verdict.numbers else "förslaget"
    match verdict.outcome:
        case Outcome.GRANTED:
            return f"{whole} bifalls"
        case Outcome.REJECTED:
            return f"{whole} avslås"
        case Outcome.DEEMED_ANSWERED:
            return "ärendet anses besvarat"
        case _:
            return "ärendet avskrivs från vidare handläggning"

"""What was decided: the clauses of "Beslut", where the decision came from, and what became of the matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from protocols.reading.clauses import items
from protocols.reading.facts import Clause, Outcome
from protocols.reading.lines import Line, Passage
from protocols.reading.profiles import Profile

RECOMMENDED = {
    Outcome.GRANTED: Outcome.RECOMMENDS_GRANTING,
    Outcome.REJECTED: Outcome.RECOMMENDS_REJECTING,
    Outcome.DEEMED_ANSWERED: Outcome.RECOMMENDS_ANSWERED,
    Outcome.PARTLY_GRANTED: Outcome.RECOMMENDS_PARTLY,
}
VERDICTS = {Outcome.GRANTED, Outcome.REJECTED, Outcome.DEEMED_ANSWERED}
# Somebody is told to do something: no verdict on a motion.
COMMISSION = re.compile(r"\b(?:får|ges|ger|fick|ge)\b.{0,200}?\b(?:i\s+)?uppdrag\b", re.IGNORECASE)

# A sentence about the § itself, alone on its line: "Paragrafen justerades omedelbart."
OF_ITSELF = re.compile(r"(?:Paragrafen|Ärendet|Beslutet|Punkten)\b[^.]*\.")


@dataclass(frozen=True, slots=True)
class Decided:
    """`lead` is every lead-in, folded; `recommends` says that a board proposes to its assembly."""

    clauses: tuple[Clause, ...]
    source: str | None
    lead: str
    recommends: bool


def read(lines: Sequence[Line], heading: str, profile: Profile) -> Decided:
    """Reads the lines under "Beslut".

    The heading counts: "Regionstyrelsens förslag till regionfullmäktige".
    """
    clauses: list[Clause] = []
    leads: list[str] = [heading]
    source: str | None = None
    for item in items([line for line in lines if not _is_about_verification(line, profile)]):
        passage = Passage(item)
        start, found = _after_lead_in(passage.text, profile)
        if start:
            leads.append(passage.text[:start])
            source = source or found
        rest = passage.text[start:]
        start += len(rest) - len(rest.lstrip())
        if rest.strip():
            text = passage.text[start:]
            clauses.append(Clause(text, passage.place(start), _of_clause(text, profile)))
    lead = " ".join(leads)
    recommends = any(pattern.search(lead) for pattern in profile.recommends) or any(
        profile.proposes.match(clause.text) for clause in clauses
    )
    return Decided(tuple(clauses), source, lead, recommends)


def _is_about_verification(line: Line, profile: Profile) -> bool:
    """Whether a line says that the § is verified at once, and is no part of a clause."""
    return bool(profile.immediate.search(line.text)) and (line.gap or bool(OF_ITSELF.fullmatch(line.text)))


def _after_lead_in(text: str, profile: Profile) -> tuple[int, str | None]:
    """Where the clause itself begins, and the source that its lead-in names."""
    for pattern in profile.sources:
        match = pattern.match(text)
        if match and len(match[1]) <= 200:
            after, deeper = _after_lead_in(text[match.end() :].lstrip(), profile)
            skipped = len(text) - len(text[match.end() :].lstrip())
            return skipped + after, deeper or match[1]
    for pattern in profile.lead_ins:
        match = pattern.match(text)
        if match and match.end():
            return match.end(), None
    return 0, None


def outcome(decided: Decided, *, is_motion: bool, profile: Profile) -> Outcome:
    """What became of the matter, by its clauses; a referral back may be said in the lead-in alone."""
    if not decided.clauses:
        return Outcome.OTHER
    said = [clause.outcome for clause in decided.clauses]
    if Outcome.REFERRED_BACK in said or profile.outcomes["referred_back"].search(decided.source or ""):
        return Outcome.REFERRED_BACK
    if re.search("återremiss", decided.source or "", re.IGNORECASE):
        return Outcome.REFERRED_BACK
    if Outcome.POSTPONED in said:
        return Outcome.POSTPONED
    result = _together(said, decided, is_motion=is_motion, profile=profile)
    return RECOMMENDED.get(result, result) if decided.recommends else result


def _together(said: list[Outcome], decided: Decided, *, is_motion: bool, profile: Profile) -> Outcome:
    verdicts = {one for one in said if one in VERDICTS}
    text = " ".join(clause.text for clause in decided.clauses)
    rest = bool(
        profile.outcomes["rest_answered"].search(text) or profile.outcomes["rest_rejected"].search(text)
    )
    if (
        len(verdicts) > 1
        or (rest and len(said) > 1)
        or (is_motion and re.search(r"\bdelvis\b|\bbifalls? i den del", text) and verdicts)
    ):
        return Outcome.PARTLY_GRANTED
    if verdicts:
        return verdicts.pop()
    return Outcome.NOTED if set(said) == {Outcome.NOTED} else Outcome.OTHER


def _of_clause(text: str, profile: Profile) -> Outcome:
    """What one clause does; a commission to somebody is no verdict, whatever words it has within."""
    if COMMISSION.search(text) and not re.search(r"\bmotion|\byrkande", text, re.IGNORECASE):
        return Outcome.OTHER
    for name in ("referred_back", "postponed", "deemed_answered", "rejected", "granted", "noted"):
        if profile.outcomes[name].search(text):
            return Outcome(name)
    return Outcome.OTHER

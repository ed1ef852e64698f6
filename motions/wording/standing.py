"""Where a motion stands, in the few words of a list's row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from motions.enums import EventKind, Outcome, Stage
from motions.wording.days import day_near
from motions.wording.events import Facts, reference, until_of
from motions.wording.outcomes import overall

#: The events that tell where a motion stands.
TELLING = (
    EventKind.BOARD_PROPOSED,
    EventKind.POSTPONED,
    EventKind.REFERRED_BACK,
    EventKind.DECIDED,
    EventKind.WITHDRAWN,
)

_OUTCOMES = {
    Outcome.GRANTED.value: pgettext_lazy("outcome", "Bifall"),
    Outcome.REJECTED.value: pgettext_lazy("outcome", "Avslag"),
    Outcome.DEEMED_ANSWERED.value: pgettext_lazy("outcome", "Besvarad"),
    Outcome.WRITTEN_OFF.value: pgettext_lazy("outcome", "Avskriven"),
    Outcome.partly_granted: pgettext_lazy("outcome", "Delvis bifall"),
}


@dataclass(frozen=True)
class Told:
    """One telling event."""

    kind: EventKind
    happened_on: date
    facts: Facts


@dataclass(frozen=True)
class Badge:
    """A sign and its word; `kind` is the class that gives the sign."""

    kind: str
    word: str


@dataclass(frozen=True)
class Standing:
    """The stage in a word, or in badges, and a detail in small letters."""

    word: str = ""
    badges: Sequence[Badge] = field(default=())
    detail: str = ""


def standing(
    stage: Stage, told: Sequence[Told], *, today: date, officer: str = "", remitted_to: str = ""
) -> Standing:
    """Where the motion stands; `told` are its telling events in order, `officer` is empty for the public."""
    last = told[-1] if told else None
    if stage == Stage.REMITTED and remitted_to:
        return Standing(str(stage.label), detail=_("till %(body)s") % {"body": remitted_to})
    if stage == Stage.IN_PREPARATION and not (last and last.kind == EventKind.REFERRED_BACK):
        return Standing(str(stage.label), detail=officer)
    if last is None:
        return Standing(str(stage.label))
    if stage in {Stage.AT_BOARD, Stage.AT_ASSEMBLY} and last.kind == EventKind.POSTPONED:
        return _postponed(told, today)
    badges = _badges(stage, last)
    return Standing("" if badges else str(stage.label), badges, _place(last, today))


def _badges(stage: Stage, last: Told) -> list[Badge]:
    if stage == Stage.IN_PREPARATION:
        return [Badge("referred_back", _("Återremitterad"))]
    if stage == Stage.WITHDRAWN:
        return [Badge("withdrawn", _("Återtagen"))]
    if stage in {Stage.DECIDED, Stage.CLOSED}:
        return outcome_badges(last.facts)
    return []


def outcome_badges(facts: Facts) -> list[Badge]:
    """The outcome of a decided motion."""
    met = overall(facts.get("outcomes") or ())
    return [Badge(kind, str(_OUTCOMES[kind])) for kind in met] or [Badge("decided", _("Avgjord"))]


def _postponed(told: Sequence[Told], today: date) -> Standing:
    times = 0
    for event in reversed(told):
        if event.kind != EventKind.POSTPONED:
            break
        times += 1
    until = until_of(told[-1].facts)
    parts = [_time(times), _("åter %(day)s") % {"day": day_near(until, today)} if until else ""]
    return Standing(
        badges=[Badge("postponed", _("Bordlagd"))],
        detail=", ".join(filter(None, parts)) or _place(told[-1], today),
    )


def _time(count: int) -> str:
    words = {1: "", 2: _("andra gången"), 3: _("tredje gången"), 4: _("fjärde gången"), 5: _("femte gången")}
    return words.get(count, _("%(count)s:e gången") % {"count": count})


def _place(event: Told, today: date) -> str:
    """The paragraph and its day: "RS § 88, 9 december"."""
    return ", ".join(filter(None, [reference(event.facts), day_near(event.happened_on, today)]))

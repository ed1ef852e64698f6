"""What happened to a motion, in words: the one place where the facts of an event become sentences.

The facts are those that motions.actions and protocols.actions.effects record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from motions.enums import EventKind
from motions.wording import outcomes
from motions.wording.days import day_near, joined

Facts = Mapping[str, Any]

#: Strokes of the gavel: recorded when a paragraph was verified.
DECISIONS = frozenset(
    {EventKind.BOARD_PROPOSED, EventKind.POSTPONED, EventKind.REFERRED_BACK, EventKind.DECIDED}
)


@dataclass(frozen=True)
class EventWords:
    """A headline, a sentence or two, and a remark in small letters; each may be empty but the first."""

    title: str
    text: str = ""
    note: str = ""


def in_words(kind: EventKind, facts: Facts, *, on: date) -> EventWords:
    """The event for the motion's timeline."""
    if kind in DECISIONS:
        return _decision(kind, facts, on)
    words = EventWords(str(kind.label))
    match kind:
        case EventKind.REGISTERED:
            words = EventWords(_("Registrerad som motion %(number)s") % {"number": facts.get("number", "")})
        case EventKind.REMITTED:
            words = EventWords(_("Remitterad till %(body)s") % {"body": remitted_to(facts)})
        case EventKind.PREPARATION_FINISHED:
            words = replace(words, text=_("Förslaget till beslut är överlämnat till styrelsen."))
        case EventKind.OVERDUE_REPORTED:
            words = replace(words, note=_("KL 5 kap. 35 §"))
        case EventKind.ASSIGNMENT_REPORTED:
            words = _report(facts)
        case EventKind.CLOSED:
            words = replace(words, text=_closed(facts))
    return words


def reference(facts: Facts) -> str:
    """The paragraph that the event was recorded from: "RS § 237"; empty for an event outside meetings."""
    if not facts.get("number") or not facts.get("abbreviation"):
        return ""
    return f"{facts['abbreviation']} §\N{NO-BREAK SPACE}{facts['number']}"


def remitted_to(facts: Facts) -> str:
    """The body a motion was remitted to, inside a sentence."""
    return str(facts.get("to_inline") or facts.get("to") or _("styrelsen"))


def returns(facts: Facts, on: date) -> str:
    """When a tabled item comes back: "Tas upp igen 24 november."; empty where no day was said."""
    if not (until := until_of(facts)):
        return ""
    return _("Tas upp igen %(day)s.") % {"day": day_near(until, on)}


def until_of(facts: Facts) -> date | None:
    """The day to which an item was tabled."""
    return date.fromisoformat(facts["until"]) if facts.get("until") else None


def debate(facts: Facts) -> str:
    """Who moved what: "Mats Ström (V) föreslår bifall." A sentence for each proposal."""
    proposals: Sequence[Facts] = facts.get("proposals") or ()
    return " ".join(
        _("%(names)s föreslår %(what)s.") % {"names": joined(row["by"]), "what": _wish(row["kind"])}
        for row in proposals
        if row.get("by")
    )


def reserved(facts: Facts) -> str:
    """Who reserved against the decision."""
    names: Sequence[str] = facts.get("reservations") or ()
    if not names:
        return ""
    if len(names) == 1:
        return _("Reservation av %(name)s") % {"name": names[0]}
    return _("Reservationer av %(names)s") % {"names": joined(names)}


def _decision(kind: EventKind, facts: Facts, on: date) -> EventWords:
    if kind == EventKind.POSTPONED:
        return EventWords(str(kind.label), _join(returns(facts, on), debate(facts)), _demanded(facts))
    if kind == EventKind.REFERRED_BACK:
        return EventWords(str(kind.label), debate(facts), _demanded(facts))
    met: Sequence[str] = facts.get("outcomes") or ()
    if kind == EventKind.BOARD_PROPOSED:
        words = {"body": facts.get("body") or _("Styrelsen"), "what": outcomes.proposal(met)}
        title = _("%(body)s föreslår %(what)s") if words["what"] else _("%(body)s lämnar sitt förslag")
    else:
        words = {"body": facts.get("body") or _("Fullmäktige"), "what": outcomes.verdict(met)}
        title = _("%(body)s avgör: %(what)s") if words["what"] else _("%(body)s avgör")
    return EventWords(title % words, debate(facts), reserved(facts))


def _closed(facts: Facts) -> str:
    """How a case came to its end: its extract has gone out, or somebody gave a reason."""
    if names := facts.get("recipients"):
        return _("Protokollsutdraget har skickats till %(names)s.") % {"names": joined(names)}
    return str(facts.get("reason") or "")


def _report(facts: Facts) -> EventWords:
    """Which assignment was reported back, and where; or that the report before was a mistake."""
    label = str(EventKind.ASSIGNMENT_REPORTED.label)
    title = _("Återrapporteringen togs tillbaka") if facts.get("is_withdrawn") else label
    words = {"recipient": facts.get("recipient", ""), "task": str(facts.get("task", "")).rstrip(".")}
    given = _("%(recipient)s fick i uppdrag att %(task)s.") % words
    return EventWords(title, given[:1].upper() + given[1:], str(facts.get("note") or ""))


def _demanded(facts: Facts) -> str:
    note = _("På begäran av en minoritet (KL 5 kap. 50 §).") if facts.get("by_minority") else ""
    return _join(note, reserved(facts))


def _wish(kind: str) -> str:
    return {
        "tabled": _("bifall till förslaget"),
        "grant": _("bifall"),
        "reject": _("avslag"),
        "deem_answered": _("att motionen ska anses besvarad"),
        "amend": _("en ändring"),
        "add": _("ett tillägg"),
        "refer_back": _("återremiss"),
        "postpone": pgettext("proposal", "bordläggning"),
    }.get(kind, _("ett eget beslut"))


def _join(*sentences: str) -> str:
    return " ".join(filter(None, sentences))

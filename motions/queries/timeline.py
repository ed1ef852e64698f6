"""A motion's timeline and its way at a glance, made from its events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.enums import DocumentKind, EventKind, Stage
from motions.models import Document, Motion, MotionEvent
from motions.wording import outcomes
from motions.wording.days import brief_day, day_near, long_day
from motions.wording.events import DECISIONS, Facts, in_words, reference


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened, as components/timeline.html shows it."""

    title: str
    when: str
    reference: str = ""
    url: str = ""
    text: str = ""
    note: str = ""
    tone: str = ""


@dataclass(frozen=True)
class WayStep:
    """One step of the way, as components/steps.html shows it."""

    label: str
    state: str
    note: str = ""
    url: str = ""


def timeline(
    events: Sequence[MotionEvent], documents: Iterable[Document], *, shows_names: bool
) -> list[TimelineEntry]:
    """What happened, newest first. Documents that the reader may not see leave no trace."""
    titles = {document.pk: document for document in documents}
    entries = []
    for event in events:
        if event.kind == EventKind.DOCUMENT_ADDED:
            document = titles.get(event.facts.get("document"))
            if document and document.kind != DocumentKind.SIGNED_MOTION:
                entries.append(_document_entry(event, document, shows_names=shows_names))
        elif event.kind == EventKind.REGISTERED and _is_same_stroke(event, events):
            words = in_words(EventKind.REGISTERED, event.facts, on=event.happened_on)
            entries[0] = replace(entries[0], title=_("Inlämnad och registrerad"), text=f"{words.title}.")
        else:
            entries.append(_entry(event, shows_names=shows_names))
    return entries[::-1]


def way(motion: Motion, events: Sequence[MotionEvent]) -> list[WayStep]:
    """The five steps from hand-in to verdict, and the closing; the one where the motion stands is current."""
    last: dict[str, MotionEvent] = {event.kind: event for event in events}
    reached = _REACHED[Stage(motion.stage)]
    if motion.stage == Stage.WITHDRAWN:
        return _withdrawn_way(last)
    steps = [_step(index, kind, reached, last) for index, kind in enumerate(_WAY)]
    if motion.stage == Stage.DECIDED:  # the verdict is where it stands; what remains is the office's
        *before, verdict, closing = steps
        return [*before, replace(verdict, state="current"), replace(closing, state="todo")]
    return steps


#: The event that ends each step.
_WAY = (
    EventKind.RECEIVED,
    EventKind.REMITTED,
    EventKind.PREPARATION_FINISHED,
    EventKind.BOARD_PROPOSED,
    EventKind.DECIDED,
    EventKind.CLOSED,
)
#: How many steps are behind a motion at each stage.
_REACHED = {
    Stage.HANDED_IN: 0,
    Stage.REGISTERED: 1,
    Stage.REMITTED: 2,
    Stage.IN_PREPARATION: 2,
    Stage.AT_BOARD: 3,
    Stage.AT_ASSEMBLY: 4,
    Stage.DECIDED: 5,
    Stage.CLOSED: 6,
    Stage.WITHDRAWN: 0,
}


def _step(index: int, kind: EventKind, reached: int, last: dict[str, MotionEvent]) -> WayStep:
    event = last.get(kind)
    if index < reached and event:
        return WayStep(_done_label(kind, event.facts), "done", _note(event), paragraph_url(event.facts))
    if index > reached:
        return WayStep(_label(kind), "todo")
    deferred = last.get(EventKind.POSTPONED)
    if index == 0 and event:
        return WayStep(_label(kind), "current", _note(event))
    if deferred and kind in {EventKind.BOARD_PROPOSED, EventKind.DECIDED} and _is_latest(deferred, last):
        return WayStep(_label(kind), "current", _("bordlagd %(note)s") % {"note": _note(deferred)})
    return WayStep(_label(kind), "current")


def _withdrawn_way(last: dict[str, MotionEvent]) -> list[WayStep]:
    done = [
        WayStep(_done_label(kind, event.facts), "done", _note(event), paragraph_url(event.facts))
        for kind in _WAY
        if (event := last.get(kind))
    ]
    withdrawn = last[EventKind.WITHDRAWN]
    return [*done, WayStep(_("Återtagen"), "current", _note(withdrawn))]


def _label(kind: EventKind) -> str:
    return {
        EventKind.RECEIVED: _("Inlämnad"),
        EventKind.REMITTED: _("Remiss"),
        EventKind.PREPARATION_FINISHED: _("Beredning"),
        EventKind.BOARD_PROPOSED: _("Styrelsens förslag"),
        EventKind.DECIDED: _("Fullmäktige avgör"),
        EventKind.CLOSED: _("Avslut"),
    }[kind]


def _done_label(kind: EventKind, facts: Facts) -> str:
    if kind == EventKind.DECIDED:
        return _verdict_label(facts)
    done = {
        EventKind.REMITTED: _("Remitterad"),
        EventKind.PREPARATION_FINISHED: _("Beredd"),
        EventKind.CLOSED: _("Avslutad"),
    }
    return done.get(kind) or _label(kind)


def _verdict_label(facts: Facts) -> str:
    verdict = outcomes.brief(facts.get("outcomes") or ())
    return _("Avgjord: %(verdict)s") % {"verdict": verdict} if verdict else _("Avgjord")


def _note(event: MotionEvent) -> str:
    return ", ".join(filter(None, [brief_day(event.happened_on), reference(event.facts)]))


def _is_latest(event: MotionEvent, last: dict[str, MotionEvent]) -> bool:
    telling = [last[kind] for kind in (*DECISIONS, EventKind.PREPARATION_FINISHED) if kind in last]
    return all(event.pk >= other.pk for other in telling)


def paragraph_url(facts: Facts) -> str:
    """The page of the paragraph that the event came from: events of meetings are recorded at verification."""
    return reverse("protocols:paragraph", args=[facts["paragraph"]]) if facts.get("paragraph") else ""


def _url(facts: Facts) -> str:
    if facts.get("assignment"):
        return reverse("protocols:assignment", args=[facts["assignment"]])
    return paragraph_url(facts)


def _is_same_stroke(registered: MotionEvent, events: Sequence[MotionEvent]) -> bool:
    """Whether the motion was registered on the day it came in, which one entry tells of."""
    received = events[0]
    return received.kind == EventKind.RECEIVED and received.happened_on == registered.happened_on


def _entry(event: MotionEvent, *, shows_names: bool) -> TimelineEntry:
    kind = EventKind(event.kind)
    words = in_words(kind, event.facts, on=event.happened_on)
    return TimelineEntry(
        title=words.title,
        when=_when(event, shows_names=shows_names),
        reference=reference(event.facts),
        url=_url(event.facts),
        text=words.text,
        note=words.note,
        tone="decided" if event.facts.get("paragraph") else "",
    )


def _document_entry(event: MotionEvent, document: Document, *, shows_names: bool) -> TimelineEntry:
    return TimelineEntry(
        title=document.title,
        when=_when(event, shows_names=shows_names),
        reference=_("PDF"),
        url=document.get_absolute_url(),
        note=_("Sekretess") if document.is_secret else "",
    )


def _when(event: MotionEvent, *, shows_names: bool) -> str:
    """The day; for a decision also that of its verification, for an official's act the official."""
    day = long_day(event.happened_on)
    if event.facts.get("paragraph"):
        verified = day_near(timezone.localdate(event.recorded_at), event.happened_on)
        return _("%(day)s, justerat %(verified)s") % {"day": day, "verified": verified}
    return f"{day}, {event.by.name}" if shows_names and event.by else day

"""Finding motions by what people type: a number, a word, a part of a title, a mover's name."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, NamedTuple

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from motions.models import Motion, MotionMover, Person
from motions.models.ordering import Folded, folded

#: More hits than these are not asked for; the newest are shown, and the page says so.
MOST_HITS = 500
MOST_LETTERS = 200
#: Shorter words have no trigram of their own to be found by.
SHORTEST_PART = 3

_LABEL = re.compile(r"^\s*(?:motion|mot|dnr|diarienummer)\.?\s+(?=\S*\d)", re.IGNORECASE)


class Hit(NamedTuple):
    """A motion that was found, with what the filters need."""

    pk: int
    stage: str
    due_on: date
    overdue_reported_on: date | None


def search(text: str) -> list[Hit]:
    """The newest MOST_HITS motions (and one more where there are more) that fit the text, newest first.

    Each way of finding asks its own index for its newest hits, so that a word that stands in every motion
    costs no more than a rare one.
    """
    text = text.strip()[:MOST_LETTERS]
    if not text:
        return []
    ways = [_newest(way) for way in _ways(text)]
    found = Motion.objects.filter(pk__in=ways[0].union(*ways[1:]))
    newest = found.order_by("-handed_in_on", "-pk").values_list(
        "pk", "stage", "due_on", "overdue_reported_on"
    )
    return [Hit(*row) for row in newest[: MOST_HITS + 1]]


def _ways(text: str) -> list[QuerySet[Motion]]:
    number = _LABEL.sub("", text)
    movers = MotionMover.objects.filter(person__in=Person.objects.named_like(text))
    ways: list[QuerySet[Motion]] = [
        Motion.objects.filter(Q(number=number) | Q(registry_number=number)),
        Motion.objects.filter(search=SearchQuery(text, config="swedish", search_type="websearch")),
        Motion.objects.filter(pk__in=movers.values("motion")),
    ]
    parts = [part for part in text.lower().split() if len(part) >= SHORTEST_PART]
    return [*ways, _titled(parts)] if parts else ways


def _titled(parts: list[str]) -> QuerySet[Motion]:
    """Those with all parts in the title, as "väg" is in "cykelvägar".

    The index is on the folded title; the true one is compared among what the index finds, since both
    conditions together would look rarer than they are to the planner.
    """
    likely = Motion.objects.alias(folded_title=Folded("title"))
    for part in parts:
        likely = likely.filter(folded_title__contains=folded(part))
    found = Motion.objects.alias(lower_title=Lower("title")).filter(pk__in=_newest(likely))
    for part in parts:
        found = found.filter(lower_title__contains=part)
    return found


def _newest(motions: QuerySet[Motion]) -> QuerySet[Motion, Any]:
    return motions.order_by("-handed_in_on", "-pk").values("pk")[: MOST_HITS + 1]

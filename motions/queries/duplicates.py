"""Motions that are probably the same one, so that nothing is registered twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q

from motions.models import Motion, MotionMover
from motions.models.ordering import Folded, folded
from motions.queries.rows import movers_line

#: How alike two titles are (0–1, shared trigrams): enough by itself, and enough when a mover is the same.
ALIKE, ALIKE_WITH_MOVER = 0.55, 0.35
#: Only motions handed in within so many days of each other are the same one; later it is raised anew.
NEAR_DAYS = 400
MOST = 3
SHORTEST_TITLE = 5


@dataclass(frozen=True)
class Duplicate:
    """A motion that looks like the one being registered."""

    motion: Motion
    movers: str


def probable_duplicates(title: str, *, day: date, movers: Iterable[int] = ()) -> list[Duplicate]:
    """The motions most like this one, the likest first; none for a title too short to compare."""
    if len(title.strip()) < SHORTEST_TITLE:
        return []
    typed = folded(title.strip()[:250])
    same_mover = Q(pk__in=MotionMover.objects.filter(person__in=list(movers)).values("motion"))
    near = (day - timedelta(days=NEAR_DAYS), day + timedelta(days=NEAR_DAYS))
    found = (
        Motion.objects.alias(folded_title=Folded("title"))
        # The index finds what is a little alike (pg_trgm's own threshold); the measure then picks.
        .filter(folded_title__trigram_similar=typed, handed_in_on__range=near)
        .alias(alike=TrigramSimilarity(Folded("title"), typed))
        .filter(Q(alike__gte=ALIKE) | Q(alike__gte=ALIKE_WITH_MOVER) & same_mover)
        .order_by("-alike", "-pk")
        .only("number", "registry_number", "title", "handed_in_on", "stage")
        .prefetch_related("mover_rows__person", "mover_rows__party")
    )
    return [Duplicate(motion, movers_line(_names(motion))) for motion in found[:MOST]]


def _names(motion: Motion) -> list[str]:
    return [str(row) for row in motion.mover_rows.all()]

"""The list of motions: which lists there are, how many stand in each, and the rows of one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import Count, Func, IntegerField, Q, QuerySet
from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motions.enums import Stage
from motions.models import NEAR_DEADLINE_DAYS, Motion
from motions.queries.rows import for_rows
from motions.queries.search import MOST_HITS, Hit

ROWS = 50
#: Ended motions are counted up to here: nobody reads on to the thousandth, and counting all takes longer.
MOST_COUNTED = 1_000


class Listing(TextChoices):
    """One list of motions, named in the address (`?lista=`)."""

    OPEN = "oppna", _("Alla öppna")
    TO_REGISTER = "att-registrera", _("Att registrera")
    TO_REMIT = "att-remittera", _("Att remittera")
    IN_PREPARATION = "under-beredning", _("Under beredning")
    AT_BOARD = "hos-styrelsen", _("Hos styrelsen")
    AT_ASSEMBLY = "hos-fullmaktige", _("Hos fullmäktige")
    NEAR_DEADLINE = "nara-ett-ar", _("Nära ett år")
    ENDED = "avgjorda", pgettext_lazy("motions", "Avgjorda")
    FOUND = "alla", _("Alla träffar")


#: The stages of the lists that go by stage.
_STAGES: Mapping[Listing, tuple[str, ...]] = {
    Listing.OPEN: Stage.open_stages,
    Listing.TO_REGISTER: (Stage.HANDED_IN,),
    Listing.TO_REMIT: (Stage.REGISTERED,),
    Listing.IN_PREPARATION: (Stage.REMITTED, Stage.IN_PREPARATION),
    Listing.AT_BOARD: (Stage.AT_BOARD,),
    Listing.AT_ASSEMBLY: (Stage.AT_ASSEMBLY,),
    Listing.ENDED: tuple(stage for stage in Stage if stage not in Stage.open_stages),
    Listing.FOUND: tuple(Stage),
}


@dataclass(frozen=True)
class Counts:
    """How many motions stand in each list; `overdue` are past their year without a report (KL 5:35)."""

    by_listing: Mapping[Listing, int]
    overdue: int = 0

    def __getitem__(self, listing: Listing) -> int:
        return self.by_listing.get(listing, 0)

    def is_capped(self, listing: Listing) -> bool:
        """Whether there are more than were counted."""
        return (listing == Listing.ENDED and self[listing] > MOST_COUNTED) or (
            listing == Listing.FOUND and self[listing] > MOST_HITS
        )


def count_all(today: date) -> Counts:
    """All lists, in one query over the open motions; the ended ones are counted to MOST_COUNTED."""
    near = today + timedelta(days=NEAR_DEADLINE_DAYS)
    unreported = Q(overdue_reported_on__isnull=True)
    ended = Motion.objects.ended().order_by().values("pk")[: MOST_COUNTED + 1]
    stages = (
        Motion.objects.open()
        .order_by()
        .values_list("stage")
        .annotate(
            Count("pk"),
            near=Count("pk", filter=unreported & Q(due_on__lte=near)),
            overdue=Count("pk", filter=unreported & Q(due_on__lt=today)),
            ended=Func(ArraySubquery(ended), function="cardinality", output_field=IntegerField()),
        )
    )
    found = list(stages)
    by_stage = {stage: count for stage, count, *_rest in found}
    counts: dict[Listing, int] = {
        listing: sum(by_stage.get(stage, 0) for stage in stages)
        for listing, stages in _STAGES.items()
        if listing not in {Listing.ENDED, Listing.FOUND}
    }
    counts[Listing.NEAR_DEADLINE] = sum(near for _stage, _count, near, *_rest in found)
    # Without an open motion there is no row for the number to stand in.
    counts[Listing.ENDED] = found[0][-1] if found else ended.count()
    return Counts(counts, overdue=sum(overdue for *_rest, overdue, _ended in found))


def count_hits(hits: Sequence[Hit], today: date) -> Counts:
    """The same for what a search found."""
    counts = {listing: sum(_fits(hit, listing, today) for hit in hits) for listing in Listing}
    return Counts(counts)


class CountedPaginator(Paginator[Motion]):
    """Pages of a list whose length is known; of a capped one there are more than are counted."""

    def __init__(self, motions: QuerySet[Motion], count: int, *, is_capped: bool = False) -> None:
        super().__init__(motions, ROWS)
        self._count, self.is_capped = min(count, MOST_COUNTED) if is_capped else count, is_capped

    @property
    def count(self) -> int:
        return self._count


def page_of(listing: Listing, counts: Counts, today: date, number: str | None) -> Page[Motion]:
    """One page of a list, the most urgent first, or for the ended ones the newest first.

    A number that is none, or past the end, gives the nearest page.
    """
    paginator = CountedPaginator(listed(listing, today), counts[listing], is_capped=counts.is_capped(listing))
    return paginator.get_page(number)


def listed(listing: Listing, today: date) -> QuerySet[Motion]:
    """The motions of a list in its order."""
    if listing == Listing.ENDED:
        return for_rows(Motion.objects.ended().newest_ended_first())
    if listing == Listing.NEAR_DEADLINE:
        motions = Motion.objects.near_deadline(today)
    else:
        motions = Motion.objects.filter(stage__in=_STAGES[listing])
    return for_rows(motions.order_by("due_on", "pk"))


def page_of_hits(
    hits: Sequence[Hit], listing: Listing, today: date, number: str | None
) -> tuple[Page[int], list[Motion]]:
    """One page of what a search found: `hits` come newest first, open lists show the most urgent first."""
    fitting = [hit for hit in hits[:MOST_HITS] if _fits(hit, listing, today)]
    if listing not in {Listing.ENDED, Listing.FOUND}:
        fitting.sort(key=lambda hit: (hit.due_on, hit.pk))
    page = Paginator([hit.pk for hit in fitting], ROWS).get_page(number)
    found = for_rows(Motion.objects.filter(pk__in=page.object_list)).in_bulk()
    return page, [found[pk] for pk in page.object_list if pk in found]


def _fits(hit: Hit, listing: Listing, today: date) -> bool:
    if listing == Listing.NEAR_DEADLINE:
        near = today + timedelta(days=NEAR_DEADLINE_DAYS)
        is_open = hit.stage in Stage.open_stages
        return is_open and hit.due_on <= near and hit.overdue_reported_on is None
    return hit.stage in _STAGES[listing]

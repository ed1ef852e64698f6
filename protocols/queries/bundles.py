"""Which extracts go into a bundle: those in force of a meeting or of a body's year, by their numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from motions.models import Body
from protocols.enums import BundleKind
from protocols.models import Bundle, Correction, Meeting, Paragraph, Withdrawal

#: Of the last correction's extract, or of the one as verified; null where none is issued.
_CODE_IN_FORCE = Coalesce(
    Subquery(Correction.objects.filter(paragraph=OuterRef("pk")).order_by("-pk").values("code")[:1]),
    "extract__code",
)


@dataclass(frozen=True)
class Scope:
    """What a bundle is of: a meeting, or where that is None a whole year of the body."""

    body: Body
    year: int
    meeting: Meeting | None = None

    @property
    def paragraphs(self) -> QuerySet[Paragraph]:
        """The verified §§ but for those with a withdrawn extract, each with what is in force of it."""
        found = Paragraph.objects.verified().filter(body=self.body, year=self.year)
        if self.meeting:
            found = Paragraph.objects.verified().filter(meeting=self.meeting)
        found = found.alias(code_in_force=_CODE_IN_FORCE).exclude(
            Exists(Withdrawal.objects.filter(code=OuterRef("code_in_force")))
        )
        corrections = Prefetch("corrections", Correction.objects.order_by("pk"))
        return (
            found.select_related("body", "meeting", "extract")
            .prefetch_related(corrections)
            .order_by("number")
        )

    @property
    def name(self) -> str:
        """What a file of it is called, without its ending: "RS 2026", "RS 2026-05-20"."""
        return f"{self.body.abbreviation} {self.when}"

    @property
    def when(self) -> str:
        """The meeting's day or the year."""
        return self.meeting.held_on.isoformat() if self.meeting else str(self.year)

    @property
    def bundles(self) -> QuerySet[Bundle]:
        """Those that were asked for."""
        return Bundle.objects.filter(body=self.body, year=self.year, meeting=self.meeting)


def scope_of_meeting(meeting: Meeting) -> Scope:
    """The scope of one meeting."""
    return Scope(meeting.body, meeting.held_on.year, meeting)


def contents_of(paragraphs: Sequence[Paragraph]) -> str:
    """A hash of which §§ with which corrections; another one when more is verified or corrected."""
    names = (f"{p.pk}:{','.join(str(row.pk) for row in p.corrections.all())}" for p in paragraphs)
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


@dataclass(frozen=True)
class BundleCard:
    """A kind of bundle as the page shows it; `is_current`: the file holds all that is verified by now."""

    kind: BundleKind
    bundle: Bundle | None
    is_current: bool

    @property
    def can_be_made(self) -> bool:
        """Whether a press of the button would make it."""
        return self.bundle is None or not self.is_current or self.bundle.state == "failed"

    @property
    def is_going(self) -> bool:
        return self.bundle is not None and self.bundle.state == "waiting"


@dataclass(frozen=True)
class BundlePage:
    """All kinds of a scope."""

    scope: Scope
    count: int
    cards: Sequence[BundleCard]

    @cached_property
    def is_going(self) -> bool:
        """Whether something goes on by itself."""
        return any(card.is_going for card in self.cards)


def read_bundles(scope: Scope) -> BundlePage:
    """The page, in a fixed number of queries."""
    paragraphs = list(scope.paragraphs)
    contents = contents_of(paragraphs)
    known = {bundle.kind: bundle for bundle in scope.bundles}
    cards = []
    for kind in BundleKind:
        bundle = known.get(kind.value)
        cards.append(BundleCard(kind, bundle, bundle is not None and bundle.contents == contents))
    return BundlePage(scope, len(paragraphs), cards)

"""Which paragraphs motions stand in now: on an agenda, being treated, or decided and not yet verified."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from motions.enums import Stage
from motions.permissions import HasRoles, Permission, has_permission
from motions.queries.acts import Step
from motions.queries.clock import YearClock
from motions.queries.rows import Row
from motions.wording.standing import Badge
from protocols.enums import MeetingState, ParagraphKind, ParagraphState
from protocols.models import BlockMotion, Meeting, Paragraph


@dataclass(frozen=True)
class Placement:
    """An unverified item that a motion stands in, by itself or in a block."""

    paragraph: int
    kind: str
    state: str
    number: int | None
    meeting: int
    held_on: date
    abbreviation: str

    @property
    def detail(self) -> str:
        """Where and when, in small letters: "RS § 88, 9 december", "RS 9 december" before it has its §."""
        day = date_format(self.held_on, "j F")
        if self.number is None:
            return f"{self.abbreviation} {day}"
        return f"{self.abbreviation} §\N{NO-BREAK SPACE}{self.number}, {day}"

    @property
    def words(self) -> str:
        """What the motion waits for there."""
        if self.state == ParagraphState.TAKEN_UP:
            return _("Behandlas nu")
        if self.state == ParagraphState.DECIDED:
            return _("Väntar på justering")
        if self.kind == ParagraphKind.OUTSTANDING_REPORT:
            return _("Står i redovisningen")
        return _("Står på dagordningen")

    @property
    def url(self) -> str:
        """The page of its meeting."""
        return reverse("protocols:meeting", args=[self.meeting])


class Line(TypedDict):
    """A row of the list of motions with the agendas it stands on."""

    pk: int
    number: str | None
    registry_number: str | None
    title: str
    url: str
    movers: str
    word: str
    badges: Sequence[Badge]
    detail: str
    clock: YearClock
    step: str
    step_url: str
    awaits_meeting: bool


def lines(rows: Sequence[Row], user: HasRoles) -> list[Line]:
    """The rows, knowing the agendas that the user may see: one query, two for those who hold meetings."""
    found = placements([row.motion.pk for row in rows], user)
    is_manager = has_permission(user, Permission.MANAGE_MEETING)
    late = is_manager and any(_is_unreported(row, found[row.motion.pk]) for row in rows)
    report_url = _report_url() if late else ""
    return [
        _line(
            row,
            found[row.motion.pk],
            _step(row, found[row.motion.pk], is_manager=is_manager, report_url=report_url),
        )
        for row in rows
    ]


def _line(row: Row, placed: list[Placement], step: Step | None) -> Line:
    own = _own(placed)
    motion, standing = row.motion, row.standing
    return {
        "pk": motion.pk,
        "number": motion.number,
        "registry_number": motion.registry_number,
        "title": motion.title,
        "url": row.url,
        "movers": row.movers,
        "word": standing.word,
        "badges": standing.badges,
        "detail": own[0].detail if own else standing.detail,
        "clock": row.clock,
        "step": step.label if step else "",
        "step_url": step.url if step else "",
        "awaits_meeting": bool(own),
    }


def placements(motions: Sequence[int], user: HasRoles) -> defaultdict[int, list[Placement]]:
    """By motion, the unverified items that the user may see; none for the public (and no query)."""
    found: defaultdict[int, list[Placement]] = defaultdict(list)
    is_official = has_permission(user, Permission.READ_DRAFTS)
    if not motions or not (is_official or getattr(user, "person_id", None)):
        return found
    unverified = (
        Paragraph.objects.unverified() if is_official else Paragraph.objects.visible_to(user).unverified()
    )
    blocks = BlockMotion.objects.filter(motion__in=motions).exclude(paragraph__state=ParagraphState.VERIFIED)
    if not is_official:
        unverified = unverified.visible_to(user)
        blocks = blocks.filter(paragraph__in=unverified.values("pk"))
    alone = unverified.filter(motion__in=motions).order_by().values_list("motion", *_columns())
    for motion, *values in alone.union(blocks.order_by().values_list("motion", *_columns("paragraph__"))):
        found[motion].append(Placement(*values))
    for placed in found.values():
        placed.sort(key=lambda placement: placement.held_on)
    return found


def _columns(prefix: str = "") -> list[str]:
    names = ("pk", "kind", "state", "number", "meeting", "meeting__held_on", "body__abbreviation")
    return [f"{prefix}{name}" for name in names]


def _own(placed: Iterable[Placement]) -> list[Placement]:
    """The items that carry the motion on; a report of unanswered motions does not."""
    return [placement for placement in placed if placement.kind != ParagraphKind.OUTSTANDING_REPORT]


def _step(row: Row, placed: list[Placement], *, is_manager: bool, report_url: str) -> Step | None:
    if row.step is None:
        return None
    if is_manager and _is_unreported(row, placed):
        return Step(_("Lägg i redovisningen"), report_url)
    if placed:
        return Step(placed[0].words, placed[0].url if is_manager else "")
    if is_manager and row.motion.stage in {Stage.AT_BOARD, Stage.AT_ASSEMBLY}:
        return Step(_("Sätt upp på en dagordning"), reverse("protocols:meetings"))
    return row.step


def _is_unreported(row: Row, placed: list[Placement]) -> bool:
    """Whether the motion is past its year and fullmäktige has not been told (KL 5 kap. 35 §)."""
    is_late = row.motion.is_open and row.clock.left < 0 and not row.clock.reported_on
    return is_late and not any(place.kind == ParagraphKind.OUTSTANDING_REPORT for place in placed)


def _report_url() -> str:
    """The next meeting of fullmäktige, on whose agenda the report is put."""
    planned = Meeting.objects.filter(body__kind="assembly", state=MeetingState.PLANNED).order_by("held_on")
    meeting = planned.values_list("pk", flat=True).first()
    return reverse("protocols:meeting", args=[meeting]) if meeting else reverse("protocols:meetings")

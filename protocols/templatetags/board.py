"""The rows of the list of motions, made here: in a template the fifty rows cost half the time of the page.

Everything that comes from the database or the catalogue goes through `escape`.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from motions.permissions import HasRoles
from motions.queries.clock import YearClock
from motions.queries.rows import Row
from motions.wording.standing import Badge
from protocols.queries.placements import Line, lines

register = template.Library()


class Table:
    """How the rows of one page look: its words, fetched once, and which of the columns it has."""

    def __init__(self, *, has_steps: bool, has_boxes: bool, all_ticked: bool) -> None:
        self.has_steps, self.has_boxes = has_steps, has_boxes
        self.ticked = " checked" if all_ticked else ""
        self.number, self.stage = escape(_("Nr")), escape(_("Steg"))
        self.clock, self.next = escape(_("Årsklocka")), escape(_("Nästa steg"))
        self.choose, self.new = escape(_("Välj")), escape(pgettext("motion without a number", "Ny"))

    def row(self, line: Line) -> str:
        """One motion."""
        number = escape(line["number"]) if line["number"] else self.new
        badges = " ".join(map(_badge, line["badges"]))
        return (
            f"<tr>{self._box(line, number) if self.has_boxes else ''}"
            f'<td data-label="{self.number}"><div class="number">{number}'
            f"{_small(line['registry_number'])}</div></td>"
            f'<td><a class="list-title" href="{escape(line["url"])}">{escape(line["title"])}</a>'
            f"{_small(line['movers'])}</td>"
            f'<td data-label="{self.stage}"><div>{escape(line["word"])}{badges}'
            f"{_small(line['detail'])}</div></td>"
            f'<td data-label="{self.clock}">{_clock(line["clock"])}</td>'
            f"{self._step(line) if self.has_steps else ''}</tr>"
        )

    def _box(self, line: Line, number: str) -> str:
        """A box to tick; none for a motion whose next step is a meeting's."""
        if line["awaits_meeting"]:
            return f'<td data-label="{self.choose}"></td>'
        return (
            f'<td data-label="{self.choose}"><input type="checkbox" name="motions" value="{line["pk"]}"'
            f' aria-label="{self.choose} {number} {escape(line["title"])}"{self.ticked}></td>'
        )

    def _step(self, line: Line) -> str:
        step = escape(line["step"])
        if line["step_url"]:
            return f'<td data-label="{self.next}"><a href="{escape(line["step_url"])}">{step}</a></td>'
        return f'<td data-label="{self.next}"><span class="quiet">{step}</span></td>'


@register.simple_tag
def board_rows(
    rows: Sequence[Row], user: HasRoles, *, has_steps: bool, has_boxes: object, all_ticked: bool = False
) -> SafeString:
    """`{% board_rows rows user has_steps=… has_boxes=… %}`: with the agendas that the user may see."""
    table = Table(has_steps=has_steps, has_boxes=bool(has_boxes), all_ticked=all_ticked)
    return SafeString("\n".join(map(table.row, lines(rows, user))))


def _clock(clock: YearClock) -> str:
    """What components/year_clock.html makes, without the bar where the clock has stopped."""
    state = clock.state
    amounts = f'max="{clock.total}" value="{clock.used}" aria-label="{escape(clock.meter_words)}"'
    bar = "" if state == "is-done" else f'<meter min="0" {amounts}></meter>'
    note = f'<p class="clock-note">{escape(clock.note)}</p>' if clock.note else ""
    return f'<div class="clock {state}"><p class="clock-left">{escape(clock.words)}</p>{bar}{note}</div>'


def _badge(badge: Badge) -> str:
    return f'<span class="badge {escape(badge.kind)}">{escape(badge.word)}</span>'


def _small(text: str | None) -> str:
    return f'<span class="quiet small">{escape(text)}</span>' if text else ""

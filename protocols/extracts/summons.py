"""The summons on paper: SummonsDocument → HTML → PDF, with all documents in the one file, bookmarked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from django.template.loader import render_to_string

from protocols.extracts.enclosed import Enclosed, printed
from protocols.extracts.enclosures import Enclosure, lay_in, open_enclosures
from protocols.extracts.letterhead import PLAIN, Letterhead
from protocols.extracts.pool import html_to_pdf_with_places
from protocols.extracts.render import PrintedSection, printed_section
from protocols.extracts.typography import held
from protocols.summons import SummonsDocument, SummonsItem
from protocols.wording.dates import full_date

DRAFT_KIND = "UTKAST – ej utfärdad"
DRAFT_PROOF = "Utkast som kan ändras. Ingen är kallad förrän kallelsen är utfärdad."
#: More than these are not named on the cover but after the list of items, so that the cover stays one page.
NAMED_ON_COVER = 40


@dataclass(frozen=True)
class SummonsFile:
    """The PDF, its number of pages, and the documents that could not be taken in, each with its reason."""

    content: bytes
    pages: int
    left_out: list[str]


@dataclass(frozen=True)
class _Item:
    """An item as it is printed; one without texts and documents has no page."""

    item: SummonsItem
    anchor: str
    title: str
    proposal: str
    sections: list[PrintedSection]
    enclosed: list[Enclosed]

    @property
    def has_pages(self) -> bool:
        return bool(self.sections) or any(enclosed.pages for enclosed in self.enclosed)


def summons_pdf(summons: SummonsDocument, *, letterhead: Letterhead = PLAIN) -> SummonsFile:
    """The summons as a tagged PDF in Swedish; a document that cannot be read is named and left out."""
    with ExitStack() as stack:
        papers = [paper for item in summons.items for paper in item.papers]
        enclosures = open_enclosures(papers, stack)
        html = summons_html(summons, enclosures, letterhead=letterhead)
        pdf, places, pages = html_to_pdf_with_places(html)
        content = lay_in(pdf, enclosures, places)
    left_out = [f"{e.paper.label}, {e.paper.title}, {e.problem}" for e in enclosures if e.problem]
    return SummonsFile(content, pages, left_out)


def summons_html(
    summons: SummonsDocument, enclosures: Sequence[Enclosure], *, letterhead: Letterhead = PLAIN
) -> str:
    """The summons as a page for the press, with a page kept for each page of a document."""
    by_number = {enclosure.paper.number: enclosure for enclosure in enclosures}
    is_draft = summons.number is None
    names = [*summons.members, *summons.substitutes]
    return render_to_string(
        "protocols/pdf/summons.html",
        {
            "summons": summons,
            "letterhead": letterhead,
            "is_draft": is_draft,
            "kind": DRAFT_KIND if is_draft else summons.title.split(" ")[0].upper(),
            "proof": DRAFT_PROOF if is_draft else f"Utfärdad {summons.issued_on.isoformat()}.",
            "day": held(full_date(summons.held_on)),
            "is_named_on_cover": len(names) <= NAMED_ON_COVER,
            "members": [held(name) for name in summons.members],
            "substitutes": [held(name) for name in summons.substitutes],
            "groups": [
                (heading, [_item(item, by_number) for item in items]) for heading, items in summons.groups
            ],
        },
    )


def _item(item: SummonsItem, enclosures: Mapping[int, Enclosure]) -> _Item:
    return _Item(
        item=item,
        anchor=f"a{item.number}",
        title=held(item.title),
        proposal=held(item.proposal),
        sections=[printed_section(section) for section in item.sections],
        enclosed=[printed(enclosures[paper.number]) for paper in item.papers],
    )

"""A document inside a paper of ours, as it is printed: a caption on each page that is kept for it."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.extracts.enclosures import Enclosure, anchor
from protocols.extracts.typography import held
from protocols.wording.text import shortened

#: Characters of a document's name that fit above its pages.
_TITLE = 80


@dataclass(frozen=True)
class KeptPage:
    """A page kept for a page of a document."""

    anchor: str
    is_wide: bool
    caption: str


@dataclass(frozen=True)
class Enclosed:
    """A document as it is printed; `target` is where the contents lead, `problem` why it has no pages."""

    label: str
    title: str
    problem: str
    target: str
    pages: list[KeptPage]


def printed(enclosure: Enclosure) -> Enclosed:
    """For the template `protocols/pdf/enclosed.html`."""
    paper, count = enclosure.paper, len(enclosure.pages)
    return Enclosed(
        label=paper.label,
        title=held(shortened(paper.title, _TITLE)),
        problem=enclosure.problem,
        target=f"b{paper.number}",
        pages=[
            KeptPage(anchor(enclosure, number), is_wide, f"sida {number + 1} av {count}")
            for number, is_wide in enumerate(enclosure.pages)
        ],
    )

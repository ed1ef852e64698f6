"""A verified § read back wherever it stands, and compared with what its case tells."""

from __future__ import annotations

import io

from pypdf import PdfReader

from protocols.document import ParagraphDocument
from protocols.models import Paragraph
from protocols.queries.facts import facts_of
from tests.cases.told import all_told, one_line
from tests.cases.walk import Item, Sitting
from tests.paper import blocks, loose
from tests.protocols.reading.return_trip import paragraph_comes_back, read_back


def is_told(key: str, sitting: Sitting, item: Item) -> None:
    """The verified § says exactly what the case tells: frozen, on its page, in the minutes in that order.

    Read back from the minutes, its facts are those that were recorded.
    """
    told = next(case for case in all_told() if case.key == key)
    assert item.read() == dict(told.lines)
    paragraph = Paragraph.objects.get(pk=item.paragraph.pk)
    assert f"{one_line(paragraph.label)} {paragraph.title}" == told.section
    pdf = sitting.file()
    document = ParagraphDocument.from_json(paragraph.frozen_document)
    paragraph_comes_back(read_back(pdf), facts_of(paragraph), document)
    page, minutes = item.page(), _words(pdf)
    after = minutes.index(_bare(told.section), minutes.index(_bare("Beslutande")))
    for heading, lines in told.lines.items():
        for words in (heading, *lines):
            for cell in words.split(" | "):
                assert cell in page
                after = minutes.index(_bare(cell), after)


def _words(pdf: bytes) -> str:
    """The words of the minutes as a screen reader reads them: without the furniture of the pages."""
    reader = PdfReader(io.BytesIO(pdf))
    return _bare(" ".join(block.text for block in blocks(reader)))


def _bare(text: str) -> str:
    """The text without what a line's end hides in a PDF."""
    return loose(one_line(text)).replace(" ", "")

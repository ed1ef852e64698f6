"""Uploaded PDFs inside a paper of ours: opened whatever they are, and laid into pages kept for them.

A page keeps our head with its number; the foreign page is drawn below it, a little smaller, as the content of
the paragraph that names it: its words can be searched, copied and read aloud, and the tags of our own pages
stay as they are. What was typed or signed in form fields is drawn too. Links and scripts do not come along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Matrix, Name, Operator

from protocols.summons import Paper

#: Where a foreign page is drawn: millimetres from the edges of the page, as in summons.css.
_LEFT, _BOTTOM, _RIGHT, _TOP = 9, 8, 9, 32
_MILLIMETRE = 72 / 25.4
#: What one file can hold: mail and phones must bear it.
MOST_PAGES = 2000
MOST_BYTES = 150 * 1024 * 1024

Instruction: TypeAlias = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage

_CLAIMS = {
    "{http://www.aiim.org/pdfa/ns/id/}part",
    "{http://www.aiim.org/pdfa/ns/id/}conformance",
    "{http://www.aiim.org/pdfua/ns/id/}part",
}

LOCKED = "är låst med lösenord"
BROKEN = "är skadad och kan inte läsas"
MISSING = "finns inte i arkivet"
TOO_LARGE = "får inte plats i en fil"


@dataclass(frozen=True)
class Enclosure:
    """A document as it can be enclosed: `pages` says of each whether it is wider than high.

    `problem` is why it cannot, in words that follow on its name; then it has no pages.
    """

    paper: Paper
    pages: Sequence[bool] = ()
    problem: str = ""
    pdf: pikepdf.Pdf | None = None


def open_enclosures(papers: Iterable[Paper], stack: ExitStack) -> list[Enclosure]:
    """The documents, opened until the stack is left; one that cannot be read is told, never raised."""
    found, pages, size = [], 0, 0
    for paper in papers:
        enclosure, length = _opened(paper, stack)
        if pages + len(enclosure.pages) > MOST_PAGES or size + length > MOST_BYTES:
            enclosure = Enclosure(paper, problem=TOO_LARGE)
        else:
            pages, size = pages + len(enclosure.pages), size + length
        found.append(enclosure)
    return found


def _opened(paper: Paper, stack: ExitStack) -> tuple[Enclosure, int]:
    try:
        file = stack.enter_context(paper.source.open("rb"))
        length = file.seek(0, 2)
        file.seek(0)
    except OSError:
        return Enclosure(paper, problem=MISSING), 0
    try:
        pdf = stack.enter_context(pikepdf.open(file, suppress_warnings=True))
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("all")
        pages = [_is_wide(page) for page in pdf.pages]
    except pikepdf.PasswordError:
        return Enclosure(paper, problem=LOCKED), 0
    except Exception:  # noqa: BLE001 -- anything can be wrong in a file from outside; it is told by its name
        return Enclosure(paper, problem=BROKEN), 0
    if not pages:
        return Enclosure(paper, problem=BROKEN), 0
    return Enclosure(paper, pages, pdf=pdf), length


def _is_wide(page: pikepdf.Page) -> bool:
    """Whether the page is wider than high as shown. Reads it to its end: what is broken raises here."""
    page.contents_coalesce()
    if Name.Contents in page.obj:
        page.obj.Contents.read_bytes()
    left, bottom, right, top = (float(side) for side in page.trimbox.as_list())
    is_turned = int(page.obj.get(Name.Rotate, 0)) % 180 != 0
    return ((right - left) > (top - bottom)) != is_turned


def lay_in(pdf: bytes, enclosures: Sequence[Enclosure], places: Mapping[str, int]) -> bytes:
    """The paper with the foreign pages in the pages kept for them: `places` gives these by `anchor`."""
    with pikepdf.open(BytesIO(pdf)) as paper:
        for enclosure in enclosures:
            for number in range(len(enclosure.pages)):
                assert enclosure.pdf
                page = paper.pages[places[anchor(enclosure, number)]]
                _draw(paper, page, enclosure.pdf.pages[number], anchor(enclosure, number))
        if any(enclosure.pages for enclosure in enclosures):
            _withdraw_claim(paper)
        written = BytesIO()
        paper.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


def anchor(enclosure: Enclosure, page: int) -> str:
    """The id of the page kept for a page of the document, counted from 0."""
    return f"b{enclosure.paper.number}-{page}"


def _draw(paper: pikepdf.Pdf, page: pikepdf.Page, foreign: pikepdf.Page, place: str) -> None:
    form = paper.copy_foreign(foreign.as_form_xobject())
    _drop_marks(form)
    name = page.add_resource(form, Name.XObject, Name(f"/Enclosed-{place}"))
    width, height = (float(side) for side in page.mediabox.as_list()[2:])
    frame = pikepdf.Rectangle(
        _LEFT * _MILLIMETRE,
        _BOTTOM * _MILLIMETRE,
        width - _RIGHT * _MILLIMETRE,
        height - _TOP * _MILLIMETRE,
    )
    drawing = page.calc_form_xobject_placement(
        form, name, frame, invert_transformations=True, allow_shrink=True, allow_expand=False
    )
    page.contents_coalesce()
    page.obj.Contents.write(_with_drawing(page, drawing))


def _with_drawing(page: pikepdf.Page, drawing: bytes) -> bytes:
    """The page's content with the drawing at the end of its caption, whatever is transformed there."""
    instructions = list(pikepdf.parse_content_stream(page))
    state, saved, is_open, end = Matrix(), [], False, 0
    at_end = state
    for place, instruction in enumerate(instructions):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "q":
            saved.append(state)
        elif operator == "Q":
            state = saved.pop()
        elif operator == "cm":
            state = Matrix(*(float(number) for number in operands)) @ state
        elif operator == "BDC":
            is_open = isinstance(operands[1], pikepdf.Dictionary) and Name.MCID in operands[1]
        elif operator == "EMC" and is_open:
            end, at_end, is_open = place, state, False
    back = pikepdf.ContentStreamInstruction(list(at_end.inverse().shorthand), Operator("cm"))
    start = pikepdf.unparse_content_stream(instructions[:end])
    undo = pikepdf.unparse_content_stream([back])
    return b"\n".join([start, b"q", undo, drawing, b"Q", pikepdf.unparse_content_stream(instructions[end:])])


def _drop_marks(form: Any) -> None:
    """Take the numbers of a structure that stays behind out of the content; they would be taken for ours."""
    for key in (Name.StructParents, Name.StructParent):
        if key in form:
            del form[key]
    if b"MCID" not in form.read_bytes():
        return
    instructions: list[Instruction] = []
    for instruction in pikepdf.parse_content_stream(form):
        operands = instruction.operands
        is_numbered = str(instruction.operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary)
        if is_numbered and Name.MCID in operands[1]:
            instructions.append(pikepdf.ContentStreamInstruction([Name.Span], Operator("BMC")))
        else:
            instructions.append(instruction)
    form.write(pikepdf.unparse_content_stream(instructions))


def _withdraw_claim(paper: pikepdf.Pdf) -> None:
    """What others made need not keep PDF/A and PDF/UA: the file says so of itself no longer."""
    with paper.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for claim in _CLAIMS & set(metadata):
            del metadata[claim]

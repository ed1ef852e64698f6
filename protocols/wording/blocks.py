"""What wording is made of: paragraphs (plain str), lists, and HTML a person has written.

`to_html` escapes everything that is text; only `Written` passes as it is, having been sanitised when saved.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from protocols.wording.text import bind, fold


@dataclass(frozen=True)
class Clauses:
    """A numbered list: the clauses of a decision, each beginning with "att"."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """An unnumbered list: recipients, appendices, motions, earlier paragraphs."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """Sanitised HTML in a person's own words: the text of a reservation or a note."""

    html: str


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first cell of each row names the row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = str | Clauses | Listing | Written | Table


def to_html(blocks: Sequence[Block]) -> str:
    """The blocks as HTML, one element a line."""
    return "\n".join(_block_html(block) for block in blocks)


def plain_text(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The same as lines of plain text, list items one by one and written HTML without its tags."""
    lines: list[str] = []
    for block in blocks:
        match block:
            case Clauses(items) | Listing(items):
                lines.extend(items)
            case Written(markup):
                lines.append(strip_tags(markup))
            case Table(caption, _head, rows):
                lines.extend([caption, *(" · ".join(row) for row in rows)])
            case _:
                lines.append(block)
    return tuple(lines)


def listing(items: Sequence[str]) -> tuple[Block, ...]:
    """A list of the non-blank items; nothing at all where there are none."""
    kept = tuple(line for line in map(bind, items) if line)
    return (Listing(kept),) if kept else ()


def strip_tags(markup: str) -> str:
    """The readable text of sanitised HTML on one line."""
    return fold(html.unescape(re.sub(r"<[^>]*>", " ", markup)))


def is_blank(markup: str) -> bool:
    """Whether HTML has nothing to read, as the editor leaves it ("<p></p>")."""
    return not strip_tags(markup)


def _block_html(block: Block) -> str:
    match block:
        case Clauses(items):
            return f'<ol class="clauses">{_items_html(items)}</ol>'
        case Listing(items):
            return f"<ul>{_items_html(items)}</ul>"
        case Written(markup):
            return markup
        case Table(caption, head, rows):
            return _table_html(caption, head, rows)
        case _:
            return f"<p>{html.escape(block, quote=False)}</p>"


def _table_html(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    named = "".join(f'<th scope="col">{html.escape(cell, quote=False)}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{html.escape(first, quote=False)}</th>'
        + "".join(f"<td>{html.escape(cell, quote=False)}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return (
        f'<table class="votes"><caption>{html.escape(caption, quote=False)}</caption>'
        f"<thead><tr>{named}</tr></thead><tbody>{body}</tbody></table>"
    )


def _items_html(items: Sequence[str]) -> str:
    return "".join(f"<li>{html.escape(item, quote=False)}</li>" for item in items)

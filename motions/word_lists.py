"""Lists as Word puts them on the clipboard: paragraphs that only look like items, made into real lists.

Word writes each item as a paragraph with `mso-list:l0 level1 lfo1` in its style, and its bullet or number as
text in a span with `mso-list:Ignore`. The first pass of `motions.texts` keeps of these attributes what is
needed here, in a form of our own; nothing of it is left after the second.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

WORD_ATTRIBUTES = {"p": {"style", "class"}, "span": {"style"}}

_LEVEL = re.compile(r"mso-list:\s{0,9}l\d{1,9}\s{1,9}level(\d)", re.IGNORECASE)
_IGNORE = re.compile(r"mso-list:\s{0,9}Ignore", re.IGNORECASE)

_PARAGRAPH = re.compile(r'<p((?: (?:class|style)="[a-z]+\d?")+)>(.*?)</p>', re.DOTALL)
_MARK_START = '<span style="mark">'
_SPAN = re.compile(r"<(/?)span[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_EDGE = "\u00a0 \t\r\n"
#: A bullet (three of them from Word's symbol fonts), or a number or letter with its stop, and a space.
_BARE_MARK = re.compile(r"[\s\u00a0]*([·•●▪◦§o–\uf0b7\uf0a7\uf0fc-]|\d{1,3}[.)]|[a-zA-Z][.)])[\s\u00a0]+")
_NUMBER = re.compile(r"(\d{1,5})[.)]?|[a-zA-Z]{1,7}[.)]")


@dataclass(frozen=True)
class _Item:
    """One item: how deep, with which mark, and its HTML without the mark."""

    level: int
    mark: str
    html: str

    @property
    def tag(self) -> str:
        return "ol" if _NUMBER.fullmatch(self.mark) else "ul"

    @property
    def opening(self) -> str:
        """The tag of a list that begins with this item; it goes on with the number it has."""
        number = _NUMBER.fullmatch(self.mark)
        return f'<ol start="{number[1]}">' if number and number[1] not in (None, "1") else f"<{self.tag}>"


def word_attribute(tag: str, name: str, value: str) -> str | None:
    """What the first pass keeps of an attribute of Word's: `itemN`, `listed` or `mark`, else None."""
    if (tag, name) == ("p", "style"):
        level = _LEVEL.search(value)
        return f"item{level[1]}" if level else None
    if (tag, name) == ("span", "style"):
        return "mark" if _IGNORE.search(value) else None
    if (tag, name) == ("p", "class"):
        return "listed" if "MsoList" in value else None
    return None


def real_lists(html: str) -> str:
    """`html` of the first pass with lists for what were runs of item paragraphs."""
    made: list[str] = []
    run: list[_Item] = []
    end = 0
    for paragraph in _PARAGRAPH.finditer(html):
        between = html[end : paragraph.start()]
        if between.strip(_EDGE):
            made.append(_list(run))
            run = []
        made.append(between)
        item = _item(paragraph)
        if item:
            run.append(item)
        else:
            made += [_list(run), f"<p>{paragraph[2]}</p>"]
            run = []
        end = paragraph.end()
    return "".join([*made, _list(run), html[end:]])


def _item(paragraph: re.Match[str]) -> _Item | None:
    """The paragraph as an item; None for one that Word only indents like one."""
    level = re.search(r"item(\d)", paragraph[1])
    mark, html = _cut_mark(paragraph[2])
    if level or mark:
        return _Item(int(level[1]) if level else 1, mark, html)
    return None


def _cut_mark(html: str) -> tuple[str, str]:
    """The mark at the beginning of an item, and the item without it."""
    start = html.find(_MARK_START)
    if start == -1:
        bare = _BARE_MARK.match(_TAG.sub("", html[:200]))
        if not bare:
            return "", html
        # The mark may stand in a span of its own: cut it where its sign is first written.
        before, _sign, after = html.partition(bare[1])
        return bare[1], before + after.lstrip(_EDGE)
    depth = 0
    for span in _SPAN.finditer(html, start):
        depth += -1 if span[1] else 1
        if depth == 0:
            mark = _TAG.sub("", html[start : span.end()])
            return mark.strip(_EDGE), html[:start] + html[span.end() :]
    return "", html


def _list(items: list[_Item]) -> str:
    """Nested lists of the items, as deep as their levels say."""
    made: list[str] = []
    open_lists: list[_Item] = []  # the item that began each list that is open
    for item in items:
        while open_lists and open_lists[-1].level > item.level:
            made.append(f"</li></{open_lists.pop().tag}>")
        if open_lists and open_lists[-1].level == item.level:
            if open_lists[-1].tag == item.tag:
                made.append("</li>")
            else:
                made.append(f"</li></{open_lists.pop().tag}>")
        if not open_lists or open_lists[-1].level < item.level:
            made.append(item.opening)
            open_lists.append(item)
        made.append(f"<li>{item.html}")
    made += [f"</li></{opened.tag}>" for opened in reversed(open_lists)]
    return "".join(made)

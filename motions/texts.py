"""Rich text: one tight allow-list for what is typed, pasted, imported and shown.

Allowed is what minutes need: paragraphs, two levels of headings, lists, tables, links and emphasis.
Everything else of a pasted page (styles, classes, scripts, Word's own markup) goes, its words stay.
"""

from __future__ import annotations

import html as entities
import re

import nh3

ALLOWED_TAGS = frozenset(
    [
        "p",
        "br",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "sub",
        "sup",
        "a",
        "blockquote",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
)
ALLOWED_ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
ALLOWED_SCHEMES = {"http", "https", "mailto"}

#: Elements whose content is no text of the author's.
_DROPPED_WITH_CONTENT = {"script", "style", "title", "xml", "svg", "math", "template", "noscript", "iframe"}

_RENAMED = {"b": "strong", "i": "em", "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "div": "p"}
_RENAMED_TAG = re.compile(rf"<(/?)({'|'.join(_RENAMED)})(?=[\s>/])", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[a-zA-Z/!]")
_BLOCK_START = re.compile(r"<(?:p|h[1-6]|ul|ol|table|blockquote|div)[\s>]", re.IGNORECASE)

_WORD_ITEM = re.compile(
    r"<p\b[^>]*(?:mso-list:\s*l|class=[\"']?MsoListParagraph)[^>]*>(?P<item>.*?)</p>",
    re.IGNORECASE | re.DOTALL,
)
_WORD_ITEMS = re.compile(
    rf"(?:{_WORD_ITEM.pattern.replace('?P<item>', '?:')}\s*)+", re.IGNORECASE | re.DOTALL
)
_WORD_MARK = re.compile(
    r"<!--\[if !supportLists\]-->(?P<mark>.*?)<!--\[endif\]-->"
    r"|^\s*(?:<span[^>]*>\s*)*(?P<bare>[·•o§\-–]|\d+[.)])(?:\s|&nbsp;|</?span[^>]*>)+",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED = re.compile(r"\d+[.)]")

_EMPTY = re.compile(r"<(p|h3|h4|li|strong|em|sub|sup|blockquote|ul|ol)>(?:\s|\u00a0|<br>)*</\1>")
_SPACES = re.compile(r"[ \t\r\n\u00a0]*[ \t\r\n][ \t\r\n\u00a0]*")
_BLOCK_END = re.compile(r"<br>|</(?:p|h3|h4|li|tr|blockquote)>")
_CELL_END = re.compile(r"</t[hd]>")
_TAG = re.compile(r"<[^>]*>")


def clean(html: str) -> str:
    """The text with only what is allowed; plain text becomes paragraphs. Cleaning twice changes nothing."""
    if not _ANY_TAG.search(html):
        return _paragraphs(html)
    html = _WORD_ITEMS.sub(_word_list, html)
    html = _RENAMED_TAG.sub(lambda match: f"<{match[1]}{_RENAMED[match[2].lower()]}", html)
    cleaned = _once(html)
    # What the parser repairs (a paragraph inside a paragraph) can leave an empty one behind.
    while (again := _once(cleaned)) != cleaned:
        cleaned = again
    return cleaned


def plain(html: str) -> str:
    """The words alone, a line for each paragraph, list item and table row."""
    text = _BLOCK_END.sub("\n", html)
    text = _CELL_END.sub(" ", text)
    text = entities.unescape(_TAG.sub("", text))
    lines = (re.sub(r"[^\S\u00a0]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def is_empty(html: str) -> bool:
    """Whether no word is left when the text is cleaned."""
    return not plain(clean(html)).strip("\u00a0\u200b \n")


def _once(html: str) -> str:
    html = nh3.clean(
        html,
        tags=set(ALLOWED_TAGS),
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        strip_comments=True,
        link_rel=None,
    ).replace("&nbsp;", "\u00a0")
    html = _SPACES.sub(" ", html)
    while (shorter := _EMPTY.sub("", html)) != html:
        html = shorter
    html = html.strip()
    if html and not _BLOCK_START.search(html):
        html = f"<p>{html}</p>"
    return html


def _paragraphs(text: str) -> str:
    """Plain text as paragraphs parted by empty lines, line breaks inside them kept."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    made = []
    for block in blocks:
        lines = [_SPACES.sub(" ", line).strip() for line in block.strip().split("\n")]
        words = "<br>".join(entities.escape(entities.unescape(line), quote=False) for line in lines if line)
        if words.strip("\u00a0"):
            made.append(f"<p>{words}</p>")
    return "".join(made)


def _word_list(match: re.Match[str]) -> str:
    """Word's list paragraphs as a real list: numbered where the first mark is a number."""
    items = [item["item"] for item in _WORD_ITEM.finditer(match[0])]
    marks = [_WORD_MARK.search(item) for item in items]
    first = (marks[0]["mark"] or marks[0]["bare"]) if marks[0] else ""
    tag = "ol" if _NUMBERED.search(_TAG.sub("", first)) else "ul"
    rows = "".join(f"<li>{_WORD_MARK.sub('', item, count=1)}</li>" for item in items)
    return f"<{tag}>{rows}</{tag}>"

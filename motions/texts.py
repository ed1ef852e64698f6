"""Rich text: one tight allow-list for what is typed, pasted, imported and shown.

Allowed is what minutes need: paragraphs, two levels of headings, lists, tables, links and emphasis.
Everything else of a pasted page (styles, classes, scripts, Word's own markup) goes, its words stay.

Every step here takes time in proportion to the text: a pattern runs over HTML that the parser has put in
order, or over text without tags, and never looks further than the next tag.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable

import nh3

from motions.word_lists import WORD_ATTRIBUTES, real_lists, word_attribute

ALLOWED_TAGS = frozenset(
    ["p", "br", "h3", "h4", "ul", "ol", "li", "strong", "em", "sub", "sup", "a", "blockquote",
     "table", "thead", "tbody", "tr", "th", "td"]
)  # fmt: skip
ALLOWED_ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
ALLOWED_SCHEMES = {"http", "https", "mailto"}

#: Elements whose content is no text of the author's.
_DROPPED_WITH_CONTENT = {
    "script", "style", "title", "xml", "svg", "math", "template", "noscript", "iframe", "object", "head",
}  # fmt: skip
#: What other tags mean here; a block of any kind is at least a paragraph, so that words are not run together.
_RENAMED = {
    "b": "strong", "i": "em", "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "tfoot": "tbody",
    **dict.fromkeys(
        ["div", "dt", "dd", "pre", "center", "address", "article", "section", "main", "header", "footer",
         "aside", "figure", "figcaption", "form", "fieldset", "legend", "details", "summary", "caption",
         "nav"],
        "p",
    ),
}  # fmt: skip
_RENAMED_TAG = re.compile(rf"<(/?)({'|'.join(_RENAMED)})>")
_ANY_TAG = re.compile(r"<[a-zA-Z/!]")

_ADDRESS = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)
_VALUES = {
    "start": re.compile(r"\d{1,5}"),
    "colspan": re.compile(r"[1-9]\d?"),
    "rowspan": re.compile(r"[1-9]\d?"),
    "scope": re.compile(r"(?:col|row)(?:group)?"),
}
#: Would end a tag early for whoever looks for its ">", or part an address.
_IN_ADDRESS = {ord(" "): "%20", ord("<"): "%3C", ord(">"): "%3E", ord("\u00a0"): "%C2%A0", 0xFDD0: "%C2%A0"}

#: What no XML 1.0 may hold, not even as an entity.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_BLOCKS = "p|h3|h4|ul|ol|li|table|thead|tbody|tr|th|td|blockquote"
_BLOCK_START = re.compile(r"<(?:p|h3|h4|ul|ol|table|blockquote)[ >]")
_AROUND_BLOCK = re.compile(rf"[ \u00a0]?(</?(?:{_BLOCKS}|br)(?: [^>]*)?>)[ \u00a0]?")
_BREAK_AT_EDGE = re.compile(
    r"(<(?:p|h3|h4|li|th|td|blockquote)(?: [^>]*)?>)(?:<br>)+|(?:<br>)+(?=</(?:p|h3|h4|li|th|td))"
)
_EMPTY = re.compile(
    r"<(p|h3|h4|li|strong|em|sub|sup|blockquote|ul|ol|a|thead|tbody|tr|table)(?: [^>]*)?>"
    r"[ \u00a0]?(?:<br>)?</\1>"
)
_BARE_LINK = re.compile(r"<a>(.*?)</a>", re.DOTALL)
_SPACES = re.compile(r"[\s\u00a0]+")
#: Controls (PostgreSQL refuses NUL), zero-width spaces, optional hyphens, and marks that turn the direction
#: of text around, so that what is read is not what is written. Joiners of letters and emoji stay.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufdd0-\ufdef\ufeff]"
)

#: Entities stand as noncharacters while the parser works: it writes many of them in quadratic time. They
#: only ever turn back into the same entities, and none comes in from outside.
_SHIELD = {"&nbsp;": "\ufdd0", "\u00a0": "\ufdd0", "&amp;": "\ufdd1", "&lt;": "\ufdd2", "&gt;": "\ufdd3"}
_SHIELDED = re.compile("&(?:amp|lt|gt|nbsp);|\u00a0|&(?![a-zA-Z#])")
_UNSHIELD = str.maketrans({"\ufdd0": "\u00a0", "\ufdd1": "&amp;", "\ufdd2": "&lt;", "\ufdd3": "&gt;"})
#: Tags that are open inside each other; deeper than any text, the parser takes quadratic time for more.
_DEEPEST = 200
_OPEN_OR_CLOSE = re.compile(r"<(/?)(?!(?:p|li|t[dhr]|d[dt]|br|hr|img|col|input|meta|link)\b)[a-zA-Z]")

_BLOCK_END = re.compile(r"<br>|</(?:p|h3|h4|li|tr|blockquote)>")
_NESTED_BLOCK = re.compile(r"<(?:ul|ol|table|blockquote|p|h3|h4)(?: [^>]*)?>")
_CELL_END = re.compile(r"</t[hd]>")
_TAG = re.compile(r"<[^<>]*>")

#: More rounds than a repaired text ever needs.
_ROUNDS = 10


def clean(html: str) -> str:
    """The text with only what is allowed; plain text becomes paragraphs. Cleaning twice changes nothing."""
    if not _ANY_TAG.search(html):
        return _paragraphs(html)
    if _is_too_deep(html):
        return _paragraphs(_TAG.sub("\n\n", html))
    cleaned = _once(real_lists(_understood(html)))
    for _round in range(_ROUNDS):
        # What the parser repairs (a paragraph inside a paragraph) can leave an empty one behind.
        again = _once(cleaned)
        if again == cleaned:
            break
        cleaned = again
    return cleaned


def plain(html: str) -> str:
    """The words of cleaned HTML alone, a line for each paragraph, list item and table row."""
    text = _NESTED_BLOCK.sub("\n", _BLOCK_END.sub("\n", html))
    text = _CELL_END.sub(" ", text)
    text = entities.unescape(_TAG.sub("", text))
    lines = (re.sub(r"[^\S\u00a0]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def for_xml(text: str) -> str:
    """The text without what no XML may hold: control characters that came in by a paste (XML 1.0, 2.2)."""
    return _NOT_IN_XML.sub("", text)


def is_empty(html: str) -> bool:
    """Whether no word is left when the text is cleaned."""
    return not plain(clean(html)).strip("\u00a0 \n")


def _is_too_deep(html: str) -> bool:
    depth = 0
    for tag in _OPEN_OR_CLOSE.finditer(html):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > _DEEPEST:
            return True
    return False


def _understood(html: str) -> str:
    """What browsers and Word send, put in order and in our own tags; Word's items still bear a sign."""
    html = _sanitised(
        _INVISIBLE.sub("", html),
        tags={*ALLOWED_TAGS, *_RENAMED, "span"},
        attributes={**ALLOWED_ATTRIBUTES, **WORD_ATTRIBUTES},
        attribute_filter=lambda tag, name, value: (
            word_attribute(tag, name, value) or _value(tag, name, value)
        ),
    )
    return _RENAMED_TAG.sub(lambda tag: f"<{tag[1]}{_RENAMED[tag[2]]}>", html)


def _once(html: str) -> str:
    html = _sanitised(html, tags=set(ALLOWED_TAGS), attributes=ALLOWED_ATTRIBUTES, attribute_filter=_value)
    html = _SPACES.sub(_space, _INVISIBLE.sub("", html))
    html = _AROUND_BLOCK.sub(r"\1", _BARE_LINK.sub(r"\1", html)).strip()
    html = _BREAK_AT_EDGE.sub(r"\1", html)
    while (shorter := _EMPTY.sub("", html)) != html:
        html = shorter
    if html and not _BLOCK_START.search(html):
        html = f"<p>{html}</p>"
    return html


def _sanitised(
    html: str,
    *,
    tags: set[str],
    attributes: dict[str, set[str]],
    attribute_filter: Callable[[str, str, str], str | None],
) -> str:
    """What the parser makes of it: well-formed, with these tags and attributes only."""
    shielded = _SHIELDED.sub(lambda sign: _SHIELD.get(sign[0], "\ufdd1"), html)
    return (
        nh3.clean(
            shielded,
            tags=tags,
            clean_content_tags=_DROPPED_WITH_CONTENT,
            attributes=attributes,
            attribute_filter=attribute_filter,
            url_schemes=ALLOWED_SCHEMES,
            link_rel=None,
        )
        .replace("&nbsp;", "\u00a0")
        .translate(_UNSHIELD)
    )


def _value(tag: str, name: str, value: str) -> str | None:
    """The value of an allowed attribute, or None where the attribute goes."""
    if name == "href":
        value = value.strip().translate(_IN_ADDRESS)
        return value if _ADDRESS.match(value) else None
    pattern = _VALUES.get(name)
    return value if pattern and pattern.fullmatch(value) else None


def _space(run: re.Match[str]) -> str:
    """One space for a run of them; a single no-break space stays what it is."""
    return run[0] if run[0] == "\u00a0" else " "


def _paragraphs(text: str) -> str:
    """Plain text as paragraphs parted by empty lines, line breaks inside them kept."""
    lines = [_tidy(line) for line in re.split(r"\r\n|\r|\n|\u2029|\u2028", text)]
    made: list[list[str]] = [[]]
    for line in lines:
        if line:
            made[-1].append(entities.escape(line, quote=False))
        elif made[-1]:
            made.append([])
    return "".join(f"<p>{'<br>'.join(block)}</p>" for block in made if block)


def _tidy(line: str) -> str:
    return _SPACES.sub(_space, _INVISIBLE.sub("", entities.unescape(line))).strip("\u00a0 ")
